import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

export type Json = { [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const spec: unknown = parse(readFileSync(new URL("../../../openapi.yaml", import.meta.url), "utf8"));

/** What lies in a document under a path of keys; undefined where there is none. */
export function at(node: unknown, ...path: string[]): unknown {
  let here = node;
  for (const key of path) here = isObject(here) ? here[key] : undefined;
  return here;
}

/** A part of the contract, or what it refers to. */
export function resolve(node: unknown): Json {
  if (!isObject(node)) throw new Error("Not a part of the contract");
  return typeof node.$ref === "string" ? resolve(at(spec, ...node.$ref.slice(2).split("/"))) : node;
}

/** A schema without references, in which every object refuses what the contract does not name. */
function closed(schema: unknown, composed = false): unknown {
  if (Array.isArray(schema)) return schema.map((item) => closed(item));
  if (!isObject(schema)) return schema;
  if (typeof schema.$ref === "string") return closed(resolve(schema), composed);
  const { discriminator: _, example: _example, examples: _examples, ...rest } = schema;
  const copy: Json = {};
  for (const [key, value] of Object.entries(rest)) {
    if (key === "properties" && isObject(value)) {
      copy[key] = Object.fromEntries(Object.entries(value).map(([name, property]) => [name, closed(property)]));
    } else if (key === "allOf" && Array.isArray(value)) copy[key] = value.map((part) => closed(part, true));
    else copy[key] = key === "enum" || key === "required" ? value : closed(value);
  }
  if (!composed && (copy.type === "object" || Array.isArray(copy.allOf))) copy.unevaluatedProperties = false;
  return copy;
}

const ajv = new Ajv2020({ allErrors: true, strictRequired: false, strictTypes: false });
addFormats.default(ajv);
const validators = new Map<string, ValidateFunction>();

function validator(name: string, schema: unknown): ValidateFunction {
  let validate = validators.get(name);
  if (!validate) {
    const compilable = closed(schema);
    if (!isObject(compilable)) throw new Error(`${name} has no schema`);
    validate = ajv.compile(compilable);
    validators.set(name, validate);
  }
  return validate;
}

function check(name: string, schema: unknown, value: unknown): void {
  const validate = validator(name, schema);
  if (!validate(value))
    throw new Error(
      `${name} is outside the contract: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value)?.slice(0, 2_000)}`,
    );
}

const operations = Object.entries(resolve(at(spec, "paths"))).flatMap(([path, item]) =>
  Object.entries(resolve(item)).map(([method, operation]) => ({
    method: method.toUpperCase(),
    pattern: new RegExp(`^/api/public/v1${path.replace(/\{\w+\}/g, "[^/]+")}$`),
    literal: !path.includes("{"),
    operation: resolve(operation),
  })),
);

/** Throws unless the contract allows this answer: its status, its headers, its body. Errors that belong to no operation are checked by their form. */
export function checkAnswer(method: string, path: string, response: Response, body: unknown): void {
  const found = operations.filter((candidate) => candidate.method === method && candidate.pattern.test(path));
  const operation = (found.find((candidate) => candidate.literal) ?? found[0])?.operation;
  const name = `${method} ${path} -> ${response.status}`;
  if (!operation) {
    if (response.status !== 404 && response.status !== 405) throw new Error(`${name}: no operation answers this`);
    check("Error", at(spec, "components", "schemas", "Error"), body);
    return;
  }
  const answer = at(operation.responses, String(response.status));
  if (!answer) throw new Error(`${name}: ${operation.operationId} has no such status`);
  const { headers, content } = resolve(answer);
  for (const [header, definition] of Object.entries(isObject(headers) ? headers : {})) {
    const { required, schema } = resolve(definition);
    const value = response.headers.get(header);
    if (value === null && required) throw new Error(`${name} lacks the header ${header}`);
    if (value !== null)
      check(
        `${operation.operationId} ${response.status} ${header}`,
        schema,
        isObject(schema) && schema.type === "integer" ? Number(value) : value,
      );
  }
  const type = response.headers.get("content-type") ?? "";
  if (type === "text/event-stream") {
    check(`${operation.operationId} ${response.status}`, at(content, type, "schema"), body);
    return;
  }
  if (!type.startsWith("application/json")) throw new Error(`${name} is not JSON`);
  check(`${operation.operationId} ${response.status}`, at(content, "application/json", "schema"), body);
}

/** Throws unless the contract's `webhooks:` allow this event. */
export function checkEvent(body: unknown): void {
  const event = at(body, "event");
  const schema = at(spec, "webhooks", String(event), "post", "requestBody", "content", "application/json", "schema");
  if (!schema) throw new Error(`The contract has no event ${event}`);
  check(`event ${event}`, schema, body);
}
