/** Writes routes.ts: `createRoute()` for every operation, the webhooks, and the rest of the document. */
import { operatorParts } from "./published.js";
import { parameterToZod, schemaConstant, schemaToZod } from "./schema-to-zod.js";
import { BANNER, docComment, literal, object } from "./source.js";
import {
  listOperations,
  lookUp,
  type Media,
  type Operation,
  type Parameter,
  parametersOf,
  type Response,
  refName,
  type Spec,
} from "./spec.js";

/** The source of routes.ts. */
export function emitRoutes(spec: Spec): string {
  const operations = listOperations(spec.paths);
  const hooks = Object.entries(spec.webhooks).map(
    ([name, { post }]): Operation => ({ path: name, method: "post", object: post }),
  );
  const { paths, webhooks, components, ...rest } = spec;
  const operatorOnly = operatorParts(spec);
  const document = { ...rest, tags: rest.tags?.filter(({ name }) => !operatorOnly.tags.has(name)) };
  return [
    BANNER,
    `import { createRoute, type RouteConfig, z } from "@hono/zod-openapi";`,
    `import { ${Object.keys(components.schemas).map(schemaConstant).join(", ")} } from "./schemas.js";`,
    `import { fromText, present, text, uniqueItems } from "./zod-helpers.js";`,
    "",
    `type ResponseConfig = Exclude<RouteConfig["responses"][string], { $ref: string }>;`,
    `type HeadersObject = Exclude<ResponseConfig["headers"], z.ZodObject | undefined>;`,
    ...Object.entries(components.responses).map(
      ([name, response]) =>
        `const ${responseConstant(name)} = ${emitResponse(response, spec, name)} satisfies ResponseConfig;`,
    ),
    "",
    ...operations.map(
      (operation) =>
        `${docComment([operation.object.summary])}export const ${operation.object.operationId} = createRoute(${emitOperation(operation, spec)});`,
    ),
    "",
    "/** Every operation, by its operationId. */",
    `export const routes = { ${operations.map(({ object }) => object.operationId).join(", ")} } as const;`,
    "",
    "/** Every event that the server sends out, by its name. */",
    `export const webhookRoutes = ${object(hooks.map((hook) => `${literal(hook.path)}: createRoute(${emitOperation(hook, spec)})`))} as const;`,
    "",
    "/** The components that only operator operations use: the published document has no use for them. */",
    `export const operatorComponents: Record<"schemas" | "headers" | "securitySchemes", readonly string[]> = ${literal({
      schemas: [...operatorOnly.components.schemas],
      headers: [...operatorOnly.components.headers],
      securitySchemes: [...operatorOnly.securitySchemes],
    })};`,
    "/** What the document says besides operations, webhooks and components. */",
    `export const document = ${literal(document)};`,
    `export const securitySchemes = ${literal(components.securitySchemes)} as const;`,
    "/** The response headers that the routes refer to. */",
    `export const headers = ${literal(components.headers)} satisfies HeadersObject;`,
  ].join("\n");
}

const responseConstant = (name: string): string => `${name}Response`;

function emitOperation(operation: Operation, spec: Spec): string {
  const { parameters, requestBody, responses, ...rest } = operation.object;
  const { operationId } = rest;
  const request = emitRequest(operation, spec);
  const replies = Object.entries(responses).map(([status, response]) => {
    const key = /^\d+$/.test(status) ? status : literal(status);
    if (!("$ref" in response)) return `${key}: ${emitResponse(response, spec, `${operationId} > ${status}`)}`;
    lookUp(spec.components.responses, response.$ref, operationId);
    return `${key}: ${responseConstant(refName(response.$ref))}`;
  });
  return object([
    `method: ${literal(operation.method)}`,
    `path: ${literal(operation.path)}`,
    ...Object.entries(rest).map(([key, value]) => `${literal(key)}: ${literal(value)}`),
    ...(request.length ? [`request: ${object(request)}`] : []),
    `responses: ${object(replies)}`,
  ]);
}

const GROUPS = { path: "params", query: "query", header: "headers" } as const;

function emitRequest(operation: Operation, spec: Spec): string[] {
  const at = operation.object.operationId;
  const parameters = parametersOf(spec, operation);
  const groups = (["path", "query", "header"] as const).flatMap((where) => {
    const here = parameters.filter((parameter) => parameter.in === where);
    const fields = here.map((parameter) => emitParameter(parameter, spec, `${at} > ${parameter.name}`));
    return fields.length ? [`${GROUPS[where]}: z.object(${object(fields)})`] : [];
  });
  const body = operation.object.requestBody;
  if (!body) return groups;
  const { content, ...rest } = body;
  const members = Object.entries(rest).map(([key, value]) => `${key}: ${literal(value)}`);
  return [...groups, `body: ${object([...members, `content: ${emitContent(content, spec, at)}`])}`];
}

function emitParameter(parameter: Parameter, spec: Spec, at: string): string {
  const { schema, required, ...param } = parameter;
  const code = parameterToZod(schema, { at, components: spec.components.schemas });
  const optional = required || schema.default !== undefined ? "" : ".optional()";
  return `${literal(parameter.name)}: ${code}${optional}.openapi({ param: ${literal(param)} })`;
}

function emitContent(content: Record<string, Media | undefined>, spec: Spec, at: string): string {
  const members = Object.entries(content).flatMap(([type, media]) => {
    if (!media) return [];
    const { schema, ...rest } = media;
    const code = schemaToZod(schema, { at: `${at} > ${type}`, components: spec.components.schemas });
    const extra = Object.entries(rest).map(([key, value]) => `${key}: ${literal(value)}`);
    return [`${literal(type)}: ${object([`schema: ${code}`, ...extra])}`];
  });
  return object(members);
}

function emitResponse({ description, headers, content }: Response, spec: Spec, at: string): string {
  for (const header of Object.values(headers ?? {})) {
    if ("$ref" in header) lookUp(spec.components.headers, header.$ref, at);
  }
  return object([
    `description: ${literal(description)}`,
    ...(headers ? [`headers: ${literal(headers)}`] : []),
    ...(content ? [`content: ${emitContent(content, spec, at)}`] : []),
  ]);
}
