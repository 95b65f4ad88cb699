/** Writes schemas.ts: every component schema as zod, each after those that it refers to. */
import { componentToZod, referencesOf, schemaConstant } from "./schema-to-zod.js";
import { BANNER, literal } from "./source.js";
import { lookUp, type Schema, type Spec, SpecError } from "./spec.js";

/** The source of schemas.ts. */
export function emitSchemas(spec: Spec): string {
  const { schemas } = spec.components;
  const order = topologicalOrder(schemas);
  const entries = Object.keys(schemas).map((name) => `${literal(name)}: ${schemaConstant(name)}`);
  return [
    BANNER,
    `import { z } from "@hono/zod-openapi";`,
    `import { fromText, present, text, uniqueItems } from "./zod-helpers.js";`,
    "",
    ...order.map((name) => componentToZod(name, schemas)),
    "",
    "/** Every schema of the contract, by its name there. */",
    `export const schemas = { ${entries.join(", ")} } as const;`,
    "export type SchemaName = keyof typeof schemas;",
  ].join("\n");
}

/**
 * The names, each after those that it refers to.
 *
 * @throws SpecError for a circle, which would need lazy schemas without inferred types.
 */
export function topologicalOrder(schemas: Record<string, Schema>): string[] {
  const done: string[] = [];
  const visit = (name: string, path: string[]): void => {
    if (done.includes(name)) return;
    if (path.includes(name)) throw new SpecError(name, `circular: ${[...path, name].join(" > ")}`);
    for (const next of referencesOf(lookUp(schemas, name, path.at(-1) ?? name))) visit(next, [...path, name]);
    done.push(name);
  };
  for (const name of Object.keys(schemas)) visit(name, []);
  return done;
}
