/** Values for the fields of requests: what the contract allows, and what programs stumble at. */
import fc from "fast-check";
import { type Json, resolve } from "./contract-check.js";

/** Texts at which programs stumble. */
export const oddText = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "\udfff\ud800",
    "\u2028",
    "\ufeff",
    "\u202e",
    "e\u0301",
    "\u{1F468}\u200D\u{1F469}",
  ),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "null",
    "undefined",
    "NaN",
    "-0",
    "1e999",
    "0x10",
    "true",
    "[object Object]",
  ),
  fc.constantFrom("' or 1=1 --", "../../etc/passwd", "%00", "%", "<script>", "\r\nx: y", "msg_", "device_0", "٣"),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme-composite", maxLength: 30 }),
  fc
    .tuple(fc.constantFrom("x", "\u{1F600}", "\\", '"'), fc.constantFrom(255, 256, 2_049, 65_536, 65_537))
    .map(([unit, count]) => unit.repeat(count)),
);
export const oddNumber = fc.oneof(
  fc.constantFrom(0, -0, -1, 0.5, 1e21, -1e308, 2 ** 53, 2 ** 31, 86_401, 1e-7),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
export const oddKey = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "hasOwnProperty", "", "id", "message", "0"),
  fc.string(),
);
/** JSON as text, so that `__proto__` and repeated keys are in it. */
export const oddJson = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(oddText, oddNumber, fc.boolean(), fc.constant(null)).map((value) => JSON.stringify(value)),
    fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items}]`),
    fc
      .array(fc.tuple(oddKey, tie("value")), { maxLength: 4 })
      .map((fields) => `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${value}`)}}`),
    fc.constantFrom(1_000, 50_000).map((depth) => "[".repeat(depth) + "]".repeat(depth)),
  ),
})).value;

const realNumber = fc.constantFrom(
  "+94771234567",
  "0094 (77) 123-4567",
  "+1 202 555 0150",
  "+12025550100",
  "+12025550101",
  "+12025550102",
  "+12025550103",
  "+12025550104",
);
const phoneNumber = fc.oneof(realNumber, fc.stringMatching(/^\+?[0-9 ()-]{5,18}$/));

/** What a schema cannot say: values that reach deeper than the validation. */
const MEANINGFUL: Record<string, fc.Arbitrary<unknown>> = {
  phone_number: phoneNumber,
  phone_numbers: fc.oneof(
    fc.array(realNumber, { minLength: 1, maxLength: 5 }),
    fc.array(phoneNumber, { minLength: 1, maxLength: 5 }),
  ),
  url: fc.oneof(
    fc.constantFrom(
      "http://127.0.0.1:9/",
      "http://localhost:9/a?b=c#d",
      "https://hooks.invalid/",
      "http://[::1]:9/",
      "https://hooks.invalid:99999/",
    ),
    fc.constantFrom(
      "http://10.0.0.1/",
      "http://2130706433/",
      "http://0x7f.1/",
      "http://u:p@hooks.invalid/",
      "ftp://hooks.invalid/",
      "https://",
      "//x",
      "javascript:1",
    ),
    fc.string().map((path) => `https://hooks.invalid/${path}`),
  ),
  // Events that nothing here causes: every message would otherwise go to a hundred webhooks.
  events: fc.uniqueArray(fc.constantFrom("device.connected", "device.restricted", "webhook.test", "webhook.disabled"), {
    minLength: 1,
  }),
  contact_id: fc.constantFrom("contact_x", "{contact}"),
  device_id: fc.constantFrom("device_x", "{device}"),
  device_ids: fc.constantFrom(null, ["{device}"], ["device_x"], []),
  cursor: fc.constantFrom(
    "MTQ1",
    "MTc2MDE3ODYwMDAwMC4xNDU",
    "MC4w",
    "OTAwNzE5OTI1NDc0MDk5MS45MDA3MTk5MjU0NzQwOTkx",
    "-",
    "MTQ1=",
    "LTEuLTE",
  ),
};

/** Values that a schema allows. */
export function valid(node: unknown, name = ""): fc.Arbitrary<unknown> {
  const meaningful = MEANINGFUL[name];
  if (meaningful) return meaningful;
  const schema = resolve(node);
  const [some] = [schema.anyOf, schema.oneOf].filter(Array.isArray);
  if (some) return fc.oneof(...some.map((part) => valid(part)));
  if (Array.isArray(schema.allOf)) return valid(schema.allOf[0]);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if ("const" in schema) return fc.constant(schema.const);
  const types = [schema.type].flat();
  return fc.oneof(...types.map((type) => ofType(String(type), schema)));
}

function ofType(type: string, schema: Json): fc.Arbitrary<unknown> {
  const number = (key: string, otherwise: number) => (typeof schema[key] === "number" ? schema[key] : otherwise);
  switch (type) {
    case "integer":
      return fc.integer({ min: number("minimum", 0), max: number("maximum", 1_000) });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.uniqueArray(valid(schema.items), { minLength: number("minItems", 0), maxLength: 5 });
    case "string":
      if (schema.format === "date-time")
        return fc.oneof(
          fc
            .date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-01-01") })
            .map((date) => date.toISOString()),
          fc.constantFrom(
            "2025-10-11T10:30:00+23:59",
            "2025-02-29T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999-23:59",
          ),
        );
      return fc.string({ unit: "grapheme", minLength: Math.max(1, number("minLength", 0)), maxLength: 60 });
    default:
      // Read-only fields: anything goes.
      return fc.constantFrom(null, "x", 1, [], { a: { b: 1 } });
  }
}
