/** The contract as the server hands it out, and what the reference takes of it. */

export type Schema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  default?: unknown;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
};

export type Parameter = {
  $ref?: string;
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description?: string;
  schema?: Schema;
};
type Content = Record<string, { schema?: Schema; example?: unknown }>;
export type Answer = { $ref?: string; description: string; content?: Content };

type OperationObject = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, Answer>;
};
type PathItem = Record<string, OperationObject | Parameter[]> & { parameters?: Parameter[] };

export type ApiDocument = {
  info: { title: string; version: string; summary?: string; description?: string };
  tags: { name: string; description?: string }[];
  paths: Record<string, PathItem>;
  webhooks: Record<string, { post: OperationObject }>;
  components: Record<string, Record<string, object>>;
};

export type Operation = {
  id: string;
  method: string;
  /** As the contract writes it, such as `/messages/{id}`. */
  path: string;
  summary: string;
  description: string;
  tag: string;
  /** What a key has to be allowed to. */
  scopes: string[];
  parameters: Parameter[];
  body?: { schema: Schema; example: unknown };
  answers: { status: string; description: string; schema?: Schema }[];
};

export type ApiEvent = { name: string; summary: string; description: string; schema: Schema };

const METHODS = ["get", "post", "put", "patch", "delete"];
const JSON_TYPE = "application/json";

/** What a reference leads to; references to references, too. */
export function resolve<T extends { $ref?: string }>(document: ApiDocument, from: T): T {
  if (from.$ref === undefined) return from;
  const [, , kind = "", name = ""] = from.$ref.split("/");
  const found = document.components[kind]?.[name];
  return found ? resolve<T>(document, Object(found)) : from;
}

export function operationsOf(document: ApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined || Array.isArray(operation)) return [];
      const shared = item.parameters ?? [];
      const body = operation.requestBody?.content[JSON_TYPE];
      return {
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        summary: operation.summary,
        description: operation.description ?? "",
        tag: operation.tags[0] ?? "",
        scopes: (operation.security ?? []).flatMap(({ bearerAuth }) => bearerAuth ?? []),
        parameters: [...shared, ...(operation.parameters ?? [])].map((each) => resolve(document, each)),
        ...(body?.schema && {
          body: { schema: body.schema, example: body.example ?? exampleOf(document, body.schema) },
        }),
        answers: Object.entries(operation.responses).map(([status, answer]) => {
          const { description, content } = resolve(document, answer);
          const schema = content?.[JSON_TYPE]?.schema;
          return { status, description, ...(schema && { schema }) };
        }),
      };
    }),
  );
}

export function eventsOf(document: ApiDocument): ApiEvent[] {
  return Object.entries(document.webhooks).map(([name, { post }]) => ({
    name,
    summary: post.summary,
    description: post.description ?? "",
    schema: post.requestBody?.content[JSON_TYPE]?.schema ?? {},
  }));
}

/** One schema in place of the several that all hold. */
export function merged(document: ApiDocument, schema: Schema): Schema {
  const { allOf, ...own } = resolve(document, schema);
  if (!allOf) return own;
  const parts = [...allOf.map((part) => merged(document, part)), own];
  const properties = Object.assign({}, ...parts.map((part) => part.properties));
  const described = schema.description ?? own.description ?? parts.find((part) => part.description)?.description;
  return {
    ...Object.assign({}, ...parts),
    ...(Object.keys(properties).length > 0 && { properties, required: parts.flatMap((part) => part.required ?? []) }),
    ...(described !== undefined && { description: described }),
  };
}

/** What a value may look like, from the examples of its parts. */
export function exampleOf(document: ApiDocument, from: Schema, depth = 0): unknown {
  const schema = merged(document, from);
  if (schema.const !== undefined) return schema.const;
  if (schema.examples?.[0] !== undefined) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const choice = schema.oneOf?.[0] ?? schema.anyOf?.[0];
  if (choice && !schema.properties) return exampleOf(document, choice, depth);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (depth > MAX_DEPTH) return null;
  if (schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, part]) => [name, exampleOf(document, part, depth + 1)]),
    );
  if (schema.items) return [exampleOf(document, schema.items, depth + 1)];
  return type === undefined ? null : BLANKS[type];
}

const MAX_DEPTH = 8;
const BLANKS: Record<string, unknown> = { string: "", integer: 0, number: 0, boolean: true, array: [], object: {} };

/** A type in a few words, such as `string or null` or `array of Message`. */
export function typeWords(document: ApiDocument, from: Schema): string {
  const schema = merged(document, from);
  const types = Array.isArray(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type];
  const words = types.map((type) =>
    type === "array" && schema.items ? `array of ${typeWords(document, schema.items)}` : type,
  );
  const format = schema.format === undefined ? "" : `, ${schema.format}`;
  return (words.join(" or ") || (schema.oneOf || schema.anyOf ? "one of several" : "any")) + format;
}

/** What else holds for a value. */
export function limitsOf(schema: Schema): string[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  const range = (from: number | undefined, to: number | undefined, unit: string) => {
    if (from !== undefined && to !== undefined) return `${from} to ${to}${unit}`;
    if (from !== undefined) return `at least ${from}${unit}`;
    return to === undefined ? undefined : `at most ${to}${unit}`;
  };
  return [
    range(minimum, maximum, ""),
    range(minLength, maxLength, " characters"),
    range(minItems, maxItems, " items"),
    schema.default === undefined ? undefined : `default ${JSON.stringify(schema.default)}`,
    schema.const === undefined ? undefined : `always ${JSON.stringify(schema.const)}`,
  ].filter((words) => words !== undefined);
}
