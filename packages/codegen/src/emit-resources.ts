/** Writes the SDK's resources.ts: one explicit, documented method for every operation that has an `x-sdk`. */
import { BANNER, docComment, identifier, literal, object } from "./source.js";
import {
  listOperations,
  lookUp,
  type Operation,
  parametersOf,
  type Response,
  refName,
  type Schema,
  type Spec,
  SpecError,
} from "./spec.js";

type Method = { operation: Operation; resource: string; name: string };

/** The source of resources.ts. */
export function emitResources(spec: Spec): string {
  const methods = listOperations(spec.paths).flatMap((operation): Method[] => {
    const sdk = operation.object["x-sdk"];
    return sdk ? [{ operation, resource: sdk.resource, name: sdk.method }] : [];
  });
  const resources = [...new Set(methods.map(({ resource }) => resource))];
  const of = (resource: string) => methods.filter((method) => method.resource === resource);
  const models = modelNames(spec, methods);
  return [
    BANNER,
    `import type { ApiPromise, Call, PagePromise, RequestOptions } from "../call.js";`,
    ...(methods.some(({ operation }) => isStream(operation))
      ? [`import type { StreamedEvent, StreamOptions } from "../event-stream.js";`]
      : []),
    `import type { components, operations } from "./openapi.js";`,
    "",
    ...models.map((name) => `export type ${name} = components["schemas"][${literal(name)}];`),
    ...methods.flatMap((method) => queryType(spec, method) ?? []),
    "",
    ...resources.map((resource) => {
      const tag = of(resource)[0]?.operation.object.tags[0];
      const description = spec.tags?.find(({ name }) => name === tag)?.description;
      const members = of(resource).map((method) => emitSignature(spec, method));
      return `${docComment([description])}export interface ${interfaceOf(resource)} {\n${members.join("\n")}\n}\n`;
    }),
    "/** Every resource of the API; the client extends it. */",
    "export class Resources {",
    ...resources.map((resource) => `readonly ${resource}: ${interfaceOf(resource)};`),
    "",
    "constructor(protected readonly call: Call) {",
    ...resources.map(
      (resource) => `this.${resource} = ${object(of(resource).map((method) => emitImplementation(spec, method)))};`,
    ),
    "}",
    "}",
  ].join("\n");
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const interfaceOf = (resource: string): string => `${capitalised(resource)}Resource`;

/** The schemas that a caller gets or gives, with all that they consist of; not errors, which come as exceptions, nor events. */
function modelNames(spec: Spec, methods: Method[]): string[] {
  const found = new Set<string>();
  const visit = (schema: Schema): void => {
    if (schema.$ref) {
      const name = refName(schema.$ref);
      if (found.has(name)) return;
      found.add(name);
      visit(lookUp(spec.components.schemas, schema.$ref, name));
    }
    const extra = typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : [];
    const unions = [schema.allOf, schema.oneOf, schema.anyOf].flatMap((parts) => parts ?? []);
    for (const part of [...unions, ...extra, ...Object.values(schema.properties ?? {})]) visit(part);
    if (schema.items) visit(schema.items);
  };
  for (const { operation } of methods) {
    const body = operation.object.requestBody?.content["application/json"].schema;
    // What streams yield has types of its own.
    const answer = isStream(operation) ? undefined : answerOf(spec, operation).schema;
    for (const schema of [body, answer]) if (schema) visit(schema);
    for (const parameter of parametersOf(spec, operation)) visit(parameter.schema);
  }
  return Object.keys(spec.components.schemas).filter((name) => found.has(name));
}

/** Answered with events, one after the other, and nothing else. */
function isStream({ object }: Operation): boolean {
  const success = object.responses["200"];
  const types = success && !("$ref" in success) ? Object.keys(success.content ?? {}) : [];
  return types.join() === "text/event-stream";
}

/** The one successful answer and its status. Where it comes in other media types too, the client asks for JSON. */
function answerOf(spec: Spec, { object: { operationId, responses } }: Operation): { status: string; schema: Schema } {
  const successes = Object.entries(responses).filter(([status]) => status.startsWith("2"));
  const [success, ...more] = successes;
  if (!success || more.length) throw new SpecError(operationId, "x-sdk needs exactly one successful answer");
  const [status, response] = success;
  const content = resolved(spec, response, operationId).content;
  const schema = content?.["application/json"]?.schema;
  if (!schema) throw new SpecError(operationId, "x-sdk needs an answer in JSON");
  return { status, schema };
}

const resolved = (spec: Spec, response: Response | { $ref: string }, at: string): Response =>
  "$ref" in response ? lookUp(spec.components.responses, response.$ref, at) : response;

/** The property of an answer at a path such as `data.contacts`. */
function propertyAt(spec: Spec, schema: Schema, path: string, at: string): Schema {
  return path.split(".").reduce((node, name) => {
    const target = node.$ref ? lookUp(spec.components.schemas, node.$ref, at) : node;
    const property = target.properties?.[name];
    if (!property) throw new SpecError(at, `the answer has no ${path}`);
    return property;
  }, schema);
}

/** What a method resolves to: a page's item, `data`, the text of `message`; or what it yields. */
function resultType(spec: Spec, { operation }: Method): { kind: "page" | "data" | "message" | "stream"; type: string } {
  const { operationId, "x-pagination": pagination } = operation.object;
  if (isStream(operation)) return { kind: "stream", type: "StreamedEvent" };
  const { status, schema } = answerOf(spec, operation);
  const answer = `operations[${literal(operationId)}]["responses"][${status}]["content"]["application/json"]`;
  if (pagination) {
    propertyAt(spec, schema, pagination.pagination, operationId);
    const { items } = propertyAt(spec, schema, pagination.items, operationId);
    if (!items) throw new SpecError(operationId, `${pagination.items} is no array`);
    const path = pagination.items.split(".").map((name) => `[${literal(name)}]`);
    return { kind: "page", type: typeName(items) ?? `${answer}${path.join("")}[number]` };
  }
  if (!schema.properties?.data) {
    propertyAt(spec, schema, "message", operationId);
    return { kind: "message", type: "string" };
  }
  return { kind: "data", type: typeName(schema.properties.data) ?? `${answer}["data"]` };
}

/** The short name of a schema's type: a model's or an array's of models. */
function typeName(schema: Schema): string | undefined {
  if (schema.$ref) return refName(schema.$ref);
  return schema.items?.$ref ? `${refName(schema.items.$ref)}[]` : undefined;
}

const queryTypeName = ({ operation }: Method): string => `${capitalised(operation.object.operationId)}Query`;

function hasQuery(spec: Spec, { operation }: Method): boolean {
  return parametersOf(spec, operation).some((parameter) => parameter.in === "query");
}

function queryType(spec: Spec, method: Method): string | undefined {
  if (!hasQuery(spec, method)) return undefined;
  const id = literal(method.operation.object.operationId);
  return `export type ${queryTypeName(method)} = NonNullable<operations[${id}]["parameters"]["query"]>;`;
}

/** `delivery_id` as an argument: `deliveryId`. */
const argumentName = (parameter: string): string => identifier(parameter);

/** The arguments of a method in order: path parameters, body, query, options. */
function argumentsOf(spec: Spec, method: Method): { name: string; type: string; optional: boolean }[] {
  const { operationId, requestBody } = method.operation.object;
  const parameters = parametersOf(spec, method.operation);
  const known = ["Idempotency-Key", ...(isStream(method.operation) ? ["Last-Event-ID"] : [])];
  const header = parameters.find((parameter) => parameter.in === "header" && !known.includes(parameter.name));
  if (header) throw new SpecError(operationId, `x-sdk does not know the header ${header.name}`);
  const path = parameters.filter((parameter) => parameter.in === "path");
  const query = parameters.filter((parameter) => parameter.in === "query");
  const body = requestBody && typeName(requestBody.content["application/json"].schema);
  if (requestBody && !body) throw new SpecError(operationId, "x-sdk needs a body that is a $ref");
  return [
    ...path.map(({ name }) => ({ name: argumentName(name), type: "string", optional: false })),
    ...(body ? [{ name: "body", type: body, optional: !requestBody?.required }] : []),
    ...(query.length
      ? [{ name: "query", type: queryTypeName(method), optional: !query.some(({ required }) => required) }]
      : []),
    { name: "options", type: isStream(method.operation) ? "StreamOptions" : "RequestOptions", optional: true },
  ];
}

const RESULTS = { page: "PagePromise", data: "ApiPromise", message: "ApiPromise", stream: "AsyncIterable" } as const;

function emitSignature(spec: Spec, method: Method): string {
  const { summary, description, deprecated } = method.operation.object;
  const { kind, type } = resultType(spec, method);
  const result = `${RESULTS[kind]}<${type}>`;
  const list = argumentsOf(spec, method).map(({ name, type, optional }) => `${name}${optional ? "?" : ""}: ${type}`);
  const doc = docComment([
    `${summary}.`,
    description,
    example(spec, method),
    throwsOf(spec, method),
    deprecated ? "@deprecated" : undefined,
  ]);
  return `${doc}${method.name}(${list.join(", ")}): ${result};`;
}

/** A call with the contract's own example values. */
function example(spec: Spec, method: Method): string {
  const { operation } = method;
  const body = operation.object.requestBody?.content["application/json"];
  const inPath = parametersOf(spec, operation).filter((parameter) => parameter.in === "path");
  const values = [
    ...inPath.map(({ name, schema }) => literal(schema.examples?.[0] ?? name)),
    ...(body ? [body.example === undefined ? "body" : JSON.stringify(body.example, null, 2)] : []),
  ];
  const call = `client.${method.resource}.${method.name}(${values.join(", ")})`;
  const { kind } = resultType(spec, method);
  const isMany = kind === "page" || kind === "stream";
  const line = isMany ? `for await (const item of ${call}) console.log(item);` : `await ${call};`;
  return `@example\n\`\`\`ts\n${line.replace(/"([a-z_]+)":/g, "$1:")}\n\`\`\``;
}

/** The SDK's class for each status. */
const ERROR_CLASSES: Record<string, string> = {
  401: "AuthenticationError",
  403: "PermissionError",
  404: "NotFoundError",
  409: "ConflictError",
  429: "RateLimitError",
};

/** A `@throws` for each error class with its statuses and the codes that the contract lists for them. */
function throwsOf(spec: Spec, { operation }: Method): string {
  const { operationId, responses } = operation.object;
  const failures = new Map<string, string[]>();
  for (const [status, response] of Object.entries(responses)) {
    if (status.startsWith("2")) continue;
    const schema = resolved(spec, response, operationId).content?.["application/json"]?.schema;
    const name = ERROR_CLASSES[status] ?? (status.startsWith("5") ? "ServerError" : "BadRequestError");
    const codes = schema ? errorCodes(spec, schema).join(", ") : "";
    failures.set(name, [...(failures.get(name) ?? []), `${status} ${codes}`.trim()]);
  }
  return [...failures].map(([name, said]) => `@throws {${name}} ${said.join("; ")}`).join("\n");
}

function errorCodes(spec: Spec, schema: Schema): string[] {
  const target = schema.$ref ? lookUp(spec.components.schemas, schema.$ref, schema.$ref) : schema;
  const own = target.properties?.code;
  if (own && !own.$ref) return (own.const === undefined ? (own.enum ?? []) : [own.const]).map(String);
  return [...(target.allOf ?? [])].reverse().flatMap((part) => errorCodes(spec, part));
}

function emitImplementation(spec: Spec, method: Method): string {
  const { operation, name } = method;
  const { kind } = resultType(spec, method);
  const list = argumentsOf(spec, method);
  const parameters = parametersOf(spec, operation).filter((parameter) => parameter.in === "path");
  const params = parameters.map((parameter) => {
    const argument = argumentName(parameter.name);
    return parameter.name === argument ? argument : `${literal(parameter.name)}: ${argument}`;
  });
  const parts = object([
    ...(params.length ? [`params: ${object(params)}`] : []),
    ...list.filter(({ name }) => name === "body" || name === "query").map(({ name }) => name),
  ]);
  const [verb, path] = [literal(operation.method.toUpperCase()), literal(operation.path)];
  const { items = "", pagination = "" } = operation.object["x-pagination"] ?? {};
  const callee = {
    data: `one(${verb}, ${path}, "data"`,
    message: `one(${verb}, ${path}, "message"`,
    page: `page(${path}, ${literal(items)}, ${literal(pagination)}`,
    stream: `stream(${path}`,
  }[kind];
  return `${name}: (${list.map((argument) => argument.name).join(", ")}) => call.${callee}, ${parts}, options)`;
}
