/** Requests made from openapi.yaml: some as it wants them, most not quite. */
import fc from "fast-check";
import { at, type Json, resolve, spec } from "./contract-check.js";
import { oddJson, oddKey, oddNumber, oddText, valid } from "./odd-values.js";

export interface GeneratedRequest {
  operation: string;
  method: string;
  /** Below the base path, with the query; `{id}` is replaced by an id that exists where `idFrom` says so. */
  path: string;
  idFrom: number | undefined;
  key: number;
  headers: Record<string, string>;
  body: Buffer | undefined;
  chunked: boolean;
}

/** The body as a schema wants it, with some fields replaced, left out or added. */
function bodyOf(schema: Json): fc.Arbitrary<Buffer> {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const fields = Object.entries(resolve(schema.properties ?? {})).map(([name, property]) =>
    fc.oneof(
      {
        weight: required.includes(name) ? 12 : 4,
        arbitrary: valid(property, name).map((value) => [name, JSON.stringify(value)]),
      },
      { weight: required.includes(name) ? 1 : 6, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: oddJson.map((value) => [name, value]) },
    ),
  );
  const extra = fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.tuple(oddKey.map(String), oddJson) },
  );
  const text = fc
    .tuple(...fields, extra)
    .map((chosen) => chosen.filter((field) => field !== undefined))
    .map((chosen) => `{${chosen.map(([name, value]) => `${JSON.stringify(name)}:${value}`)}}`);
  return fc.oneof(
    { weight: 20, arbitrary: text.map((json) => Buffer.from(json)) },
    { weight: 2, arbitrary: oddJson.map((json) => Buffer.from(json)) },
    { weight: 1, arbitrary: text.map((json) => Buffer.from(json.slice(0, json.length / 2))) },
    { weight: 1, arbitrary: text.map((json) => Buffer.from(`\ufeff${json}`)) },
    { weight: 1, arbitrary: text.map((json) => Buffer.from(json, "utf16le")) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom("", "x".repeat(1_048_577), `"${"x".repeat(1_048_574)}"`)
        .map((long) => Buffer.from(long)),
    },
  );
}

/** Lone surrogates have no percent-encoding. */
const wellFormed = (text: string) => Buffer.from(text).toString();

/** Short: Node itself refuses a head of more than 16 KiB. */
const encoded = fc.oneof(
  oddText.map((text) => encodeURIComponent(wellFormed(text).slice(0, 400))),
  fc.constantFrom("%", "%zz", "%ff", "%00", "%c0%af", "%2e%2e", "%2F", "+", "&&", "a=b", ";", "%F0%9F%98"),
);

function queryOf(parameters: Json[]): fc.Arbitrary<string> {
  const given = parameters.map((parameter) =>
    fc
      .oneof(
        { weight: 4, arbitrary: fc.constant([]) },
        {
          weight: 3,
          arbitrary: valid(parameter.schema, String(parameter.name)).map((value) => [
            encodeURIComponent(wellFormed(String(value).slice(0, 400))),
          ]),
        },
        { weight: 1, arbitrary: fc.oneof(encoded, oddNumber.map(String)).map((value) => [value]) },
        { weight: 1, arbitrary: fc.array(encoded, { minLength: 2, maxLength: 3 }) },
      )
      .map((values) => values.map((value) => `${parameter.name}=${value}`)),
  );
  const unknown = fc.oneof(
    { weight: 6, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.tuple(encoded, encoded).map(([name, value]) => [`${name}=${value}`]) },
  );
  return fc.tuple(...given, unknown).map((parts) => parts.flat().join("&"));
}

const oddHeader = fc.oneof(
  fc.constantFrom("", " ", ",", ";", "*/*", "é", "ÿ".repeat(300), "null", "bytes=0-1", "x".repeat(4_000)),
  fc.stringMatching(/^[ -~]{1,40}$/),
);
/** Mostly absent. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>, weight = 1) =>
  fc.oneof({ weight: 20, arbitrary: fc.constant(undefined) }, { weight, arbitrary });

const jsonTypes = fc.constantFrom("application/json", "application/json; charset=utf-8", "APPLICATION/JSON");
const otherTypes = fc.oneof(oddHeader, fc.constantFrom("text/plain", "multipart/form-data", "application/xml"));

const headersOf = (posts: boolean, hasBody: boolean): fc.Arbitrary<Record<string, string>> =>
  fc
    .record({
      "content-type": hasBody
        ? fc.oneof({ weight: 20, arbitrary: jsonTypes }, { weight: 1, arbitrary: otherTypes })
        : rarely(otherTypes),
      // Few, so that many come again.
      "idempotency-key": rarely(
        fc.integer({ min: 1, max: 300 }).map((number) => `key-${number}`),
        posts ? 20 : 1,
      ),
      "Idempotency-Key": rarely(oddHeader),
      authorization: rarely(
        fc.oneof(
          oddHeader,
          oddHeader.map((text) => `Bearer ${text}`),
        ),
      ),
      "x-forwarded-for": rarely(oddHeader),
      accept: rarely(oddHeader),
      "content-encoding": rarely(fc.constantFrom("gzip", "identity", "br")),
      "x-request-id": rarely(oddHeader),
      "x-http-method-override": rarely(fc.constant("DELETE")),
    })
    .map((all) =>
      Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    );

function requestsFor(path: string, method: string, node: unknown): fc.Arbitrary<GeneratedRequest> {
  const operation = resolve(node);
  const parameters = Array.isArray(operation.parameters) ? operation.parameters.map(resolve) : [];
  const schema = at(operation.requestBody, "content", "application/json", "schema");
  const query = queryOf(parameters.filter((parameter) => parameter.in === "query"));
  return fc
    .record({
      operation: fc.constant(String(operation.operationId)),
      method: fc.oneof(
        { weight: 40, arbitrary: fc.constant(method.toUpperCase()) },
        { weight: 1, arbitrary: fc.constantFrom("PATCH", "OPTIONS", "PUT", "DELETE", "QUERY") },
      ),
      id: fc.oneof({ weight: 4, arbitrary: fc.nat() }, { weight: 1, arbitrary: encoded }),
      query,
      key: fc.nat({ max: 19 }),
      headers: headersOf(method === "post", schema !== undefined),
      body: schema === undefined ? fc.constant(undefined) : bodyOf(resolve(schema)),
      chunked: fc.boolean(),
    })
    .map(({ id, query, ...rest }) => ({
      ...rest,
      path: (typeof id === "string" ? path.replace("{id}", () => id || "x") : path) + (query && `?${query}`),
      idFrom: typeof id === "number" ? id : undefined,
    }));
}

/** Each hashes a password, or is made to wait after wrong ones: thousands of them would take hours. */
export const TOO_SLOW = ["signIn", "acceptInvitation", "changePassword"];

/** Requests for all operations of the contract alike. */
export const anyRequest: fc.Arbitrary<GeneratedRequest> = fc.oneof(
  ...Object.entries(resolve(at(spec, "paths"))).flatMap(([path, item]) =>
    Object.entries(resolve(item))
      .filter(([, operation]) => !TOO_SLOW.includes(String(at(operation, "operationId"))))
      .map(([method, operation]) => requestsFor(path, method, operation)),
  ),
);
