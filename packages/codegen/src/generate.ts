/** From the text of openapi.yaml to the text of every generated file. Touches no file itself. */
import { readFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { crossCheck } from "./cross-checks.js";
import { emitEvents } from "./emit-events.js";
import { emitNames, emitOperations } from "./emit-operations.js";
import { emitResources } from "./emit-resources.js";
import { emitRoutes } from "./emit-routes.js";
import { emitSchemas } from "./emit-schemas.js";
import { BANNER } from "./source.js";
import { readSpec, type Spec } from "./spec.js";

const SERVER = "packages/server/src/generated";
const SDK = "packages/sdk/src/generated";

/**
 * The generated files by their path below the repository's root, not yet formatted.
 *
 * @throws SpecError when the contract uses something that the generator does not know.
 */
export async function generate(source: string): Promise<Map<string, string>> {
  const spec = readSpec(source);
  crossCheck(spec);
  const helpers = await readFile(new URL("../templates/zod-helpers.ts", import.meta.url), "utf8");
  const files = new Map([
    [`${SERVER}/schemas.ts`, emitSchemas(spec)],
    [`${SERVER}/routes.ts`, emitRoutes(spec)],
    [`${SERVER}/operations.ts`, emitOperations(spec)],
    [`${SERVER}/zod-helpers.ts`, `${BANNER}\n${helpers}`],
    [`${SDK}/names.ts`, emitNames(spec)],
    [`${SDK}/resources.ts`, emitResources(spec)],
    [`${SDK}/events.ts`, emitEvents(spec)],
  ]);
  // Last, because its own complaints about a contract are less clear than ours.
  files.set(`${SERVER}/openapi.ts`, await emitTypes(source));
  files.set(`${SDK}/openapi.ts`, await emitTypes(withoutOperatorOperations(spec)));
  return files;
}

/** openapi-typescript's types. `defaultNonNullable: false` keeps a field with a default optional, as it is in a request. */
async function emitTypes(source: string): Promise<string> {
  const nodes = await openapiTS(source, { defaultNonNullable: false, alphabetize: false, silent: true });
  return `${BANNER}\n${astToString(nodes.map(withUndefined))}`;
}

/**
 * What may be left out may be undefined as well, also for who compiles with `exactOptionalPropertyTypes`: both are the same in JSON and
 * in a query. `never` stays, for there it forbids the whole property.
 */
function withUndefined<T extends ts.Node>(root: T): T {
  const visit = (node: ts.Node): ts.Node => {
    const visited = ts.visitEachChild(node, visit, undefined);
    if (!ts.isPropertySignature(visited) || !visited.questionToken || !visited.type) return visited;
    if (visited.type.kind === ts.SyntaxKind.NeverKeyword) return visited;
    const type = ts.factory.createUnionTypeNode([
      visited.type,
      ts.factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword),
    ]);
    const { modifiers, name, questionToken } = visited;
    return ts.factory.updatePropertySignature(visited, modifiers, name, questionToken, type);
  };
  const changed = ts.visitNode(root, visit);
  return changed as T;
}

/** The contract as the published client sees it. */
function withoutOperatorOperations(spec: Spec): string {
  const paths = Object.entries(spec.paths).map(([path, item]) => {
    const operations = Object.entries(item).filter(([, operation]) => operation["x-audience"] !== "operator");
    return [path, Object.fromEntries(operations)];
  });
  return JSON.stringify({ ...spec, paths: Object.fromEntries(paths) });
}
