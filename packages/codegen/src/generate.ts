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
import { publishedSpec } from "./published.js";
import { BANNER } from "./source.js";
import { readSpec } from "./spec.js";

const SERVER = "packages/server/src/generated";
const SDK = "packages/sdk/src/generated";
/** Has the operations for signed-in operators besides all others. */
const DASHBOARD = "packages/dashboard/src/generated";

/**
 * The generated files by their path below the repository's root, not yet formatted.
 *
 * @throws SpecError when the contract uses something that the generator does not know.
 */
export async function generate(source: string): Promise<Map<string, string>> {
  const spec = readSpec(source);
  crossCheck(spec);
  const published = publishedSpec(spec);
  const helpers = await readFile(new URL("../templates/zod-helpers.ts", import.meta.url), "utf8");
  const files = new Map([
    [`${SERVER}/schemas.ts`, emitSchemas(spec)],
    [`${SERVER}/routes.ts`, emitRoutes(spec)],
    [`${SERVER}/operations.ts`, emitOperations(spec)],
    [`${SERVER}/zod-helpers.ts`, `${BANNER}\n${helpers}`],
    [`${SDK}/names.ts`, emitNames(spec)],
    [`${SDK}/resources.ts`, emitResources(published)],
    [`${SDK}/events.ts`, emitEvents(spec)],
    [`${DASHBOARD}/resources.ts`, emitResources(spec)],
  ]);
  // Last, because its own complaints about a contract are less clear than ours.
  files.set(`${SERVER}/openapi.ts`, await emitTypes(source));
  files.set(`${SDK}/openapi.ts`, await emitTypes(JSON.stringify(published)));
  files.set(`${DASHBOARD}/openapi.ts`, files.get(`${SERVER}/openapi.ts`) ?? "");
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
