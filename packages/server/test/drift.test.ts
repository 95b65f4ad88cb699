/** The document that the server serves is the contract: whole, both ways, apart from spelling. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { contractDocument } from "../src/http/document.js";

type Json = string | number | boolean | null | undefined | Json[] | JsonObject;
type JsonObject = { [key: string]: Json };

const contract: JsonObject = parse(readFileSync(new URL("../../../openapi.yaml", import.meta.url), "utf8"), {
  maxAliasCount: -1,
});
const served: JsonObject = JSON.parse(JSON.stringify(contractDocument()));

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const asObject = (value: Json): JsonObject => (isObject(value) ? value : {});
const asList = (value: Json): Json[] => (Array.isArray(value) ? value : []);

/** The node that a `$ref` names, without what the reference says beside it. */
function follow(document: JsonObject, ref: string): JsonObject {
  const target = ref
    .slice(2)
    .split("/")
    .reduce<Json>((node, key) => asObject(node)[key], document);
  if (!isObject(target)) throw new Error(`${ref} leads nowhere`);
  return target;
}

/** The contract without operator operations, and without the components that these alone refer to. */
function published(whole: JsonObject): JsonObject {
  const forOperators: Json[] = [];
  const forOthers: Json[] = [whole.webhooks];
  const paths: JsonObject = {};
  for (const [path, item] of Object.entries(asObject(whole.paths))) {
    for (const [method, operation] of Object.entries(asObject(item))) {
      const isOperators = asObject(operation)["x-audience"] === "operator";
      (isOperators ? forOperators : forOthers).push(operation);
      if (!isOperators) paths[path] = { ...asObject(paths[path]), [method]: operation };
    }
  }
  const [theirs, others] = [mentioned(whole, forOperators), mentioned(whole, forOthers)];
  const isPublished = (name: string) => others.has(name) || !theirs.has(name);
  const components = Object.entries(asObject(whole.components)).map(([section, all]) => [
    section,
    Object.fromEntries(
      Object.entries(asObject(all)).filter(([name]) => isPublished(`#/components/${section}/${name}`)),
    ),
  ]);
  const tags = asList(whole.tags).filter((tag) => isPublished(`tag ${asObject(tag).name}`));
  return { ...whole, paths, tags, components: Object.fromEntries(components) };
}

/** Everything that a part of the document refers to: components by `$ref`, security schemes and tags by their names. */
function mentioned(whole: JsonObject, node: Json, found = new Set<string>()): Set<string> {
  for (const [key, value] of Object.entries(node ?? {})) {
    if (key === "security")
      for (const name of asList(value).flatMap((one) => Object.keys(asObject(one))))
        found.add(`#/components/securitySchemes/${name}`);
    else if (key === "tags") for (const name of asList(value)) found.add(`tag ${name}`);
    else if (key === "$ref" && typeof value === "string" && !found.has(value)) {
      found.add(value);
      mentioned(whole, follow(whole, value), found);
    } else if (typeof value === "object") mentioned(whole, value, found);
  }
  return found;
}

/** What is for signed-in operators alone is not published. */
const written = published(contract);

/** One form for the several ways in which OpenAPI 3.1 says the same: references followed, null as a type, allOf merged. */
function normalise(document: JsonObject, node: Json, key = ""): Json {
  if (Array.isArray(node))
    return sorted(
      node.map((item) => normalise(document, item)),
      key,
    );
  if (!isObject(node)) return node;
  if (key === "example" || key === "examples" || key === "default") return node;
  if (typeof node.$ref === "string") {
    const { $ref, ...beside } = node;
    return normalise(document, { ...follow(document, node.$ref), ...beside }, key);
  }
  const isMap = ["properties", "responses", "headers", "content", "mapping"].includes(key);
  const entries = Object.entries(node).map(([name, value]): [string, Json] => [
    name,
    normalise(document, value, isMap ? "" : name),
  ]);
  const plain = Object.fromEntries(entries);
  return isMap ? plain : mergeAllOf(nullAsType(constAsEnum(withoutDefaults(plain))));
}

const nameOf = (node: Json): string => `${asObject(node).in} ${asObject(node).name}`;

function sorted(list: Json[], key: string): Json[] {
  if (key === "required" || key === "type") return [...list].sort();
  if (key === "parameters") return [...list].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return list;
}

/** `required: false` of a parameter and an empty `required` are the defaults. */
function withoutDefaults(node: JsonObject): JsonObject {
  const { required, ...rest } = node;
  const isDefault = required === false || (Array.isArray(required) && required.length === 0);
  return isDefault ? rest : node;
}

function constAsEnum(node: JsonObject): JsonObject {
  if (node.const === undefined || "properties" in node) return node;
  const { const: value, ...rest } = node;
  return { ...rest, enum: [value] };
}

function nullAsType(node: JsonObject): JsonObject {
  for (const union of ["anyOf", "oneOf"]) {
    const { [union]: parts, ...rest } = node;
    const some = asList(parts).filter((part) => asObject(part).type !== "null");
    const [only] = some.map(asObject);
    if (some.length !== 1 || asList(parts).length !== 2 || !only) continue;
    return { ...only, ...rest, type: [...[only.type ?? []].flat(), "null"].sort(), ...withNull(only.enum) };
  }
  const isNull = Array.isArray(node.type) && node.type.includes("null");
  return isNull ? { ...node, ...withNull(node.enum) } : node;
}

const withNull = (values: Json): JsonObject =>
  Array.isArray(values) ? { enum: [...values.filter((value) => value !== null), null] } : {};

function mergeAllOf(node: JsonObject): JsonObject {
  const { allOf, ...rest } = node;
  if (!Array.isArray(allOf)) return node;
  const parts = [...allOf.map(asObject), rest];
  const merged: JsonObject = Object.assign({}, ...parts);
  if (!merged.properties) return merged;
  const required = new Set(parts.flatMap((part) => asList(part.required)));
  return {
    ...merged,
    properties: Object.assign({}, ...parts.map((part) => asObject(part.properties))),
    required: [...required].sort(),
  };
}

/** Everything but the components that references have been replaced by. */
function comparable(document: JsonObject): JsonObject {
  const { components, ...rest } = document;
  const { securitySchemes, schemas, headers } = asObject(components);
  return asObject(
    normalise(document, { ...rest, securitySchemes, schemas: { ...asObject(schemas) }, headers }, "properties"),
  );
}

const want = comparable(written);
const got = comparable(served);

describe("the served document", () => {
  for (const part of ["paths", "webhooks"]) {
    for (const [name, item] of Object.entries(asObject(want[part]))) {
      for (const method of Object.keys(asObject(item))) {
        it(`${part}: ${method} ${name} is as written`, () => {
          expect(asObject(asObject(asObject(got[part])[name]))[method]).toEqual(asObject(item)[method]);
        });
      }
    }
  }

  for (const [name, schema] of Object.entries(asObject(want.schemas))) {
    it(`schema ${name} is as written`, () => expect(asObject(got.schemas)[name]).toEqual(schema));
  }

  it("is the whole contract, and has nothing more", () => expect(got).toEqual(want));

  it("tells nothing of what is for signed-in operators alone", () => {
    const text = JSON.stringify(served);
    for (const theirs of ["sessionCookie", "/conversations", "SignInRequest", "AuditEntry", '"Overview"'])
      expect(text).not.toContain(theirs);
    expect(Object.keys(asObject(contract.paths)).length).toBeGreaterThan(Object.keys(asObject(served.paths)).length);
  });
});

describe("the comparison", () => {
  /** The contract after one change, so that each kind of drift is seen to be noticed. */
  function changed(...path: (string | number)[]) {
    return (value: Json): JsonObject => {
      const copy: JsonObject = structuredClone(written);
      const last = path.pop() ?? "";
      let node: Json = copy;
      for (const step of path) node = Array.isArray(node) ? node[Number(step)] : asObject(node)[String(step)];
      if (!isObject(node)) throw new Error(`no ${path.join(" > ")}`);
      node[String(last)] = value;
      return copy;
    };
  }
  const send = ["paths", "/messages/send", "post"] as const;
  const schemas = ["components", "schemas"] as const;

  it.each<[string, JsonObject]>([
    ["a scope", changed(...send, "security")([{ bearerAuth: ["messages:read"] }])],
    ["a summary", changed(...send, "summary")("Other")],
    ["an extension", changed(...send, "x-sdk")({ resource: "messages", method: "post" })],
    ["an example", changed(...send, "requestBody", "content", "application/json", "example")({})],
    ["a response's header", changed(...send, "responses", "200", "headers")({})],
    ["a response", changed(...send, "responses", "418")({ description: "I'm a teapot" })],
    ["a parameter", changed("components", "parameters", "Limit", "schema", "maximum")(99)],
    ["a parameter's default", changed("components", "parameters", "Limit", "schema", "default")(49)],
    ["a header", changed("components", "headers", "Retry-After", "schema", "type")("string")],
    ["a length", changed(...schemas, "SendMessageRequest", "properties", "message", "maxLength")(65535)],
    ["a pattern", changed(...schemas, "SendMessageRequest", "properties", "message", "pattern")("^x$")],
    ["strictness", changed(...schemas, "SendMessageRequest", "additionalProperties")(true)],
    ["what is required", changed(...schemas, "SendMessageRequest", "required")([])],
    ["an enum", changed(...schemas, "MessageStatus", "enum")(["pending"])],
    ["null", changed(...schemas, "Message", "properties", "content", "type")("string")],
    ["uniqueness", changed(...schemas, "EventNames", "uniqueItems")(false)],
    ["a discriminator", changed(...schemas, "WebhookEvent", "discriminator", "propertyName")("type")],
    ["a webhook", changed("webhooks", "message.sent", "post", "description")("Other")],
    ["the version", changed("info", "version")("0.0.0")],
    ["the security scheme", changed("components", "securitySchemes", "bearerAuth", "scheme")("basic")],
  ])("notices %s", (_, document) => expect(comparable(document)).not.toEqual(got));
});
