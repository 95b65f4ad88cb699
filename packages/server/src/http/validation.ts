import { isUtf8 } from "node:buffer";
import type { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { ApiError, type ErrorDetail, invalid, invalidFields } from "../errors.js";

/** The request schemas of a route, as `createRoute` holds them. */
export interface RequestSchemas {
  params?: z.ZodType;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  body?: { required?: boolean; content: { "application/json": { schema: z.ZodType } } };
}

export const MAX_BODY_BYTES = 1_048_576;
/** Of whom nobody knows yet: a name, a password, a link's token. */
export const MAX_STRANGERS_BODY_BYTES = 8_192;
/** Bodies of the contract hold far fewer; a mebibyte of tiny values would take seconds to validate. */
const MAX_VALUES = 1_000;
/** Enough to mend a request by. */
const MOST_DETAILS = 20;

/**
 * The parts of a request, each by its schema.
 *
 * @throws ApiError naming every field that is wrong.
 */
export async function validate(c: Context, schemas: RequestSchemas, mostBytes: number) {
  let details: ErrorDetail[] = [];
  const check = (schema: z.ZodType | undefined, value: () => unknown): unknown => {
    if (!schema) return undefined;
    const result = schema.safeParse(value(), { reportInput: true });
    if (!result.success) details = [...details, ...result.error.issues.slice(0, MOST_DETAILS).flatMap(explain)];
    return result.data;
  };
  const params = check(schemas.params, () => c.req.param());
  const query = check(schemas.query, () => c.req.query());
  details = [...details, ...findRepeated(c, Object.keys(schemas.query?.shape ?? {})), ...checkSpan(query)];
  const given = givenHeaders(c, Object.keys(schemas.headers?.shape ?? {}));
  const headers = check(schemas.headers, () => given);
  const bodySchema = schemas.body?.content["application/json"].schema;
  const json = bodySchema && (await readJson(c, schemas.body?.required ?? true, mostBytes));
  const body = check(bodySchema, () => json);
  if (details.length > 0) throw invalidFields(details.slice(0, MOST_DETAILS));
  return { params, query, headers, body, idempotencyKey: given["Idempotency-Key"] };
}

/** A span that ends before it begins holds nothing, which nobody asks for on purpose. */
function checkSpan(query: unknown): ErrorDetail[] {
  if (typeof query !== "object" || query === null || !("since" in query) || !("until" in query)) return [];
  const isReversed = Date.parse(String(query.since)) > Date.parse(String(query.until));
  return isReversed ? [{ path: "since", message: "must not be later than until" }] : [];
}

/** Of these the first one counts, as clients of old may rely on it. */
const FIRST_COUNTS = new Set(["page", "limit", "contact_id"]);
/** Parameters that hold several values. */
const LISTS = new Set(["events"]);

/** A filter of which only the first value counted would hide what the others ask for. */
function findRepeated(c: Context, names: string[]): ErrorDetail[] {
  const cure = (name: string) => (LISTS.has(name) ? "put all values into one, separated by commas" : "give it once");
  return names
    .filter((name) => !FIRST_COUNTS.has(name) && (c.req.queries(name)?.length ?? 0) > 1)
    .map((name) => ({ path: name, message: `is given more than once; ${cure(name)}` }));
}

function givenHeaders(c: Context, names: string[]): Record<string, string> {
  const given: Record<string, string> = {};
  for (const name of names) {
    const value = c.req.header(name);
    if (value !== undefined) given[name] = value;
  }
  return given;
}

/** @throws ApiError `unsupported_media_type`, `payload_too_large`, `invalid_json` */
async function readJson(c: Context, required: boolean, mostBytes: number): Promise<unknown> {
  if (!required && isEmpty(c)) return {};
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json" && !type?.endsWith("+json")) {
    throw new ApiError("unsupported_media_type", "The body must be JSON. Send it with Content-Type: application/json");
  }
  const bytes = await readBody(c, mostBytes);
  if (!isUtf8(bytes)) throw invalidJson("The body is not valid UTF-8");
  const json = parseJson(bytes);
  if (countValues(json, MAX_VALUES) > MAX_VALUES) throw invalid("body", `must not hold more than ${MAX_VALUES} values`);
  return json;
}

/** Nothing was sent as a body: then the type that some clients send all the same does not matter. */
const isEmpty = (c: Context): boolean =>
  c.req.header("transfer-encoding") === undefined && Number(c.req.header("content-length") ?? 0) === 0;

/** How many values a JSON value holds, counted no further than just beyond `most`. */
function countValues(json: unknown, most: number): number {
  if (most <= 0 || typeof json !== "object" || json === null) return 1;
  let count = 1;
  for (const value of Object.values(json)) {
    count += countValues(value, most - count);
    if (count > most) break;
  }
  return count;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    throw invalidJson(
      `The body is not valid JSON: ${error instanceof Error ? withoutExcerpt(error.message) : "unknown error"}`,
    );
  }
}

const invalidJson = (message: string) =>
  new ApiError("invalid_json", message, { details: [{ path: "body", message }] });

/** V8 quotes the text around the mistake, which may hold what nobody should see in a log. */
const withoutExcerpt = (message: string) => message.replace(/,? ?(\.\.\.)?".*" is not valid JSON/s, "");

const tooLarge = (mostBytes: number) => {
  const size = mostBytes === MAX_BODY_BYTES ? "1 MiB" : `${mostBytes / 1_024} KiB`;
  return new ApiError("payload_too_large", `The body is larger than ${mostBytes} bytes (${size}). Send less.`);
};

/** What the connection's end cuts short is the client's doing, and no fault here. */
const readBody = (c: Context, mostBytes: number): Promise<Buffer> =>
  receiveBody(c, mostBytes).catch((error: unknown) => {
    throw error instanceof ApiError ? error : invalidJson("The body ended before it was complete");
  });

async function receiveBody(c: Context, mostBytes: number): Promise<Buffer> {
  const length = c.req.header("content-length");
  if (length !== undefined) {
    if (Number(length) > mostBytes) throw tooLarge(mostBytes);
    return Buffer.from(await c.req.raw.arrayBuffer());
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw tooLarge(mostBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A schema's complaint in words that name the cure. */
function explain(issue: z.core.$ZodIssue): ErrorDetail[] {
  const path = issue.path.map(String).join(".") || "body";
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: [...issue.path.map(String), key].join("."),
        message: "is not a known field; remove it",
      }));
    case "invalid_type":
      if (issue.input === undefined && issue.path.length > 0) return [{ path, message: "is required" }];
      return [{ path, message: `must be ${article(issue.expected)}` }];
    case "invalid_value":
      return [{ path, message: `must be one of ${issue.values.join(", ")}` }];
    case "too_small":
      return [
        { path, message: `must ${bound(issue.origin)} at least ${issue.minimum}${unit(issue.origin, issue.minimum)}` },
      ];
    case "too_big":
      return [
        { path, message: `must ${bound(issue.origin)} at most ${issue.maximum}${unit(issue.origin, issue.maximum)}` },
      ];
    default:
      return [{ path, message: PATTERN_CURES[issue.message] ?? issue.message }];
  }
}

/** What the contract's patterns mean. */
const PATTERN_CURES: Record<string, string> = {
  "must match ^[^\\x00\\p{Cs}]*$": "must not contain NUL characters or lone surrogates",
  "must match ^[\\x21-\\x7e]+$": "must be visible ASCII characters, without spaces",
  "must match ^[0-9]{1,15}$": "must be an id that the stream told: up to 15 digits, such as 42",
};

const bound = (origin: string) => (origin === "array" ? "have" : "be");
const unit = (origin: string, count: number | bigint) => (origin === "array" ? ` item${count === 1 ? "" : "s"}` : "");

/** The contract has no numbers but whole ones. */
const article = (type: string) =>
  type === "int" || type === "number" ? "a whole number" : `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;

const FIRST_TIME = Date.parse("0000-01-01T00:00:00.000Z");
const LAST_TIME = Date.parse("9999-12-31T23:59:59.999Z");

/** A time of a query or body, in milliseconds; the schema has checked its form. */
export function parseTime(path: string, text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw invalid(path, "must be a time such as 2025-10-11T10:30:00.000Z");
  // An offset can carry a time out of the years that RFC 3339 can write.
  if (ms < FIRST_TIME || ms > LAST_TIME) throw invalid(path, "must lie in the years 0000 to 9999, in UTC");
  return ms;
}
