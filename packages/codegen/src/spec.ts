/**
 * The subset of OpenAPI 3.1 that the contract may use, as types and as a check of the parsed file.
 * What is not written here is refused: a generator that skips what it does not know makes code that
 * silently says less than the contract.
 */
import { parse } from "yaml";
import { z } from "zod";

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

export const SCHEMA_TYPES = ["string", "integer", "number", "boolean", "array", "object", "null"] as const;
export type SchemaType = (typeof SCHEMA_TYPES)[number];

/** One JSON Schema. Which keywords go together is checked in schema-to-zod.ts. */
export type Schema = {
  $ref?: string | undefined;
  type?: SchemaType | SchemaType[] | undefined;
  const?: string | number | boolean | undefined;
  enum?: (string | null)[] | undefined;
  allOf?: Schema[] | undefined;
  oneOf?: Schema[] | undefined;
  anyOf?: Schema[] | undefined;
  discriminator?: { propertyName: string; mapping: Record<string, string> } | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  pattern?: string | undefined;
  format?: string | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  exclusiveMinimum?: number | undefined;
  exclusiveMaximum?: number | undefined;
  items?: Schema | undefined;
  minItems?: number | undefined;
  maxItems?: number | undefined;
  uniqueItems?: boolean | undefined;
  properties?: Record<string, Schema> | undefined;
  required?: string[] | undefined;
  additionalProperties?: boolean | Schema | undefined;
  default?: JsonValue | undefined;
  readOnly?: boolean | undefined;
  title?: string | undefined;
  description?: string | undefined;
  example?: JsonValue | undefined;
  examples?: JsonValue[] | undefined;
  deprecated?: boolean | undefined;
};

const json: z.ZodType<JsonValue> = z.json();
const subschema = z.lazy(() => schemaNode);
const refTo = (section: string) =>
  z.string().regex(new RegExp(`^#/components/${section}/[A-Za-z0-9_.-]+$`), `must be #/components/${section}/…`);

const schemaNode: z.ZodType<Schema> = z.strictObject({
  $ref: refTo("schemas").optional(),
  type: z.union([z.enum(SCHEMA_TYPES), z.array(z.enum(SCHEMA_TYPES)).min(1)]).optional(),
  const: z.union([z.string(), z.number(), z.boolean()]).optional(),
  enum: z.array(z.string().nullable()).min(1).optional(),
  allOf: z.array(subschema).min(1).optional(),
  oneOf: z.array(subschema).min(2).optional(),
  anyOf: z.array(subschema).min(2).optional(),
  discriminator: z
    .strictObject({ propertyName: z.string(), mapping: z.record(z.string(), refTo("schemas")) })
    .optional(),
  minLength: z.int().min(0).optional(),
  maxLength: z.int().min(0).optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  items: subschema.optional(),
  minItems: z.int().min(0).optional(),
  maxItems: z.int().min(0).optional(),
  uniqueItems: z.boolean().optional(),
  properties: z.record(z.string(), subschema).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.union([z.boolean(), subschema]).optional(),
  default: json.optional(),
  readOnly: z.boolean().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  example: json.optional(),
  examples: z.array(json).optional(),
  deprecated: z.boolean().optional(),
});

const MEDIA_TYPES = ["application/json", "text/event-stream", "text/plain", "image/png", "image/svg+xml"] as const;

const exampleNode = z.strictObject({
  summary: z.string().optional(),
  description: z.string().optional(),
  value: json,
});
const mediaNode = z.strictObject({
  schema: schemaNode,
  example: json.optional(),
  examples: z.record(z.string(), exampleNode).optional(),
});
export type Media = z.output<typeof mediaNode>;

const contentNode = z.partialRecord(z.enum(MEDIA_TYPES), mediaNode);

const headerNode = z.strictObject({
  description: z.string().optional(),
  required: z.boolean().optional(),
  deprecated: z.boolean().optional(),
  schema: schemaNode,
  example: json.optional(),
});

const responseNode = z.strictObject({
  description: z.string(),
  headers: z.record(z.string(), z.union([z.strictObject({ $ref: refTo("headers") }), headerNode])).optional(),
  content: contentNode.optional(),
});
export type Response = z.output<typeof responseNode>;

const parameterNode = z.strictObject({
  name: z.string().min(1),
  in: z.enum(["path", "query", "header"]),
  required: z.boolean().optional(),
  description: z.string().optional(),
  deprecated: z.boolean().optional(),
  schema: schemaNode,
  example: json.optional(),
});
export type Parameter = z.output<typeof parameterNode>;

const requestBodyNode = z.strictObject({
  description: z.string().optional(),
  /** False: no body at all counts as `{}`. */
  required: z.boolean("must be said, true or false"),
  content: z.strictObject({ "application/json": mediaNode }),
});

const securityNode = z.array(z.record(z.string(), z.array(z.string())));

const sdkNode = z.strictObject({
  resource: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  method: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
});

const paginationNode = z.strictObject({
  style: z.enum(["page", "cursor"]),
  items: z.string().regex(/^data(\.[a-z_]+)?$/),
  pagination: z.enum(["pagination", "data.pagination"]),
});

const operationNode = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  summary: z.string(),
  description: z.string().optional(),
  tags: z.tuple([z.string()]),
  deprecated: z.boolean().optional(),
  security: securityNode.optional(),
  parameters: z.array(z.union([z.strictObject({ $ref: refTo("parameters") }), parameterNode])).optional(),
  requestBody: requestBodyNode.optional(),
  responses: z.record(
    z.string().regex(/^([1-5]\d\d|[1-5]XX|default)$/),
    z.union([z.strictObject({ $ref: refTo("responses") }), responseNode]),
  ),
  "x-sdk": sdkNode.optional(),
  "x-pagination": paginationNode.optional(),
  "x-audience": z.literal("operator").optional(),
  /** Whoever does it, it is written to the audit log. */
  "x-audit": z.literal(true).optional(),
});
export type OperationObject = z.output<typeof operationNode>;

export const METHODS = ["get", "put", "post", "delete", "patch"] as const;
export type Method = (typeof METHODS)[number];
const pathItemNode = z.partialRecord(z.enum(METHODS), operationNode);

const tagNode = z.strictObject({ name: z.string(), description: z.string().optional() });
const securitySchemeNode = z.record(z.string(), json);

const specNode = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/, "must be 3.1"),
  info: z.record(z.string(), json),
  jsonSchemaDialect: z.string().optional(),
  servers: z.array(z.record(z.string(), json)).optional(),
  security: securityNode.optional(),
  tags: z.array(tagNode).optional(),
  externalDocs: z.record(z.string(), json).optional(),
  paths: z.record(z.string().startsWith("/"), pathItemNode),
  webhooks: z.record(z.string(), z.strictObject({ post: operationNode })).default({}),
  components: z.strictObject({
    securitySchemes: z.record(z.string(), securitySchemeNode).default({}),
    parameters: z.record(z.string(), parameterNode).default({}),
    headers: z.record(z.string(), headerNode).default({}),
    responses: z.record(z.string(), responseNode).default({}),
    schemas: z.record(z.string().regex(/^[A-Z][A-Za-z0-9]*$/), schemaNode),
  }),
});
export type Spec = z.output<typeof specNode>;

/** Where a writer of schemas stands. */
export type Context = {
  /** Where the schema stands, for error messages. */
  at: string;
  /** `components.schemas`, to follow references. */
  components: Record<string, Schema>;
};

/** The contract says something that the generator does not know, or contradicts itself. `at` is the place. */
export class SpecError extends Error {
  override name = "SpecError";
  constructor(
    readonly at: string,
    readonly problem: string,
  ) {
    super(`${at}: ${problem}`);
  }
}

type Issue = z.core.$ZodIssue;

/** The branch of a union that was most probably meant: the one with the fewest complaints, the last on a tie. */
function deepestIssue(issue: Issue, path: PropertyKey[] = []): { path: PropertyKey[]; message: string } {
  const here = [...path, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return { path: here, message: issue.message };
  const [best] = [...issue.errors].reverse().sort((a, b) => a.length - b.length);
  const first = best?.[0];
  return first ? deepestIssue(first, here) : { path: here, message: issue.message };
}

/**
 * Reads the text of openapi.yaml (aliases resolved) and checks its structure.
 *
 * @throws SpecError naming the first place that uses something unknown.
 */
export function readSpec(source: string): Spec {
  const result = specNode.safeParse(parse(source, { maxAliasCount: -1 }));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (!issue) throw result.error;
  const { path, message } = deepestIssue(issue);
  throw new SpecError(path.map(String).join(" > ") || "the document", message);
}

/** The last part of a `$ref`: the component's name. */
export const refName = (ref: string): string => ref.slice(ref.lastIndexOf("/") + 1);

/** The component of `section` that `ref` names. */
export function lookUp<T>(section: Record<string, T>, ref: string, at: string): T {
  const found = Object.hasOwn(section, refName(ref)) ? section[refName(ref)] : undefined;
  if (found === undefined) throw new SpecError(at, `${ref} does not exist`);
  return found;
}

export type Operation = { path: string; method: Method; object: OperationObject };

/** Every operation under `paths`, in the order of the file. */
export function listOperations(paths: Spec["paths"]): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const object = item[method];
      return object ? [{ path, method, object }] : [];
    }),
  );
}

/** The operation's parameters, references resolved. */
export function parametersOf(spec: Spec, { object }: Operation): Parameter[] {
  return (object.parameters ?? []).map((parameter) =>
    "$ref" in parameter ? lookUp(spec.components.parameters, parameter.$ref, object.operationId) : parameter,
  );
}
