/** For tests: runs generated source, so that they can ask what a schema accepts and not how it is spelled. */
import { z } from "@hono/zod-openapi";
import * as helpers from "../templates/zod-helpers.js";
import { topologicalOrder } from "./emit-schemas.js";
import { componentToZod, parameterToZod, schemaToZod } from "./schema-to-zod.js";
import type { Context, Schema } from "./spec.js";

type Write = (schema: Schema, context: Context) => string;

function evaluate(write: Write, schema: Schema, components: Record<string, Schema>): z.ZodType {
  const definitions = topologicalOrder(components).map((name) =>
    componentToZod(name, components).replace("export const", "const"),
  );
  const code = write(schema, { at: "test", components });
  const run = new Function("z", ...Object.keys(helpers), `${definitions.join("\n")}\nreturn ${code};`);
  const result: unknown = run(z, ...Object.values(helpers));
  if (!(result instanceof z.ZodType)) throw new Error(`not a zod schema: ${code}`);
  return result;
}

/** The zod schema that the generator writes for `schema`. */
export const zodOf = (schema: Schema, components: Record<string, Schema> = {}): z.ZodType =>
  evaluate(schemaToZod, schema, components);

/** The zod schema that the generator writes for a parameter with this schema. */
export const zodOfParameter = (schema: Schema, components: Record<string, Schema> = {}): z.ZodType =>
  evaluate(parameterToZod, schema, components);
