import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { zodOf, zodOfParameter } from "./evaluate.js";
import { Cat, Color, Dog, ref, Thing } from "./sample-schemas.js";
import type { JsonValue, Schema } from "./spec.js";

const ajv = new Ajv2020({ strict: false });
formats.default(ajv);

/** What JSON Schema itself says. */
function isValid(schema: Schema, components: Record<string, Schema>, value: unknown): boolean {
  return ajv.validate({ ...schema, components: { schemas: components } }, value);
}

const NOW = "2025-10-11T10:30:00.000Z";

type Case = {
  title: string;
  schema: Schema;
  components?: Record<string, Schema>;
  accepts: JsonValue[];
  refuses: JsonValue[];
  /** The keyword whose absence must let one of `refuses` through: proof that the values can tell. */
  decisive?: keyof Schema;
};

const CASES: Case[] = [
  { title: "any value", schema: {}, accepts: [null, 0, "", [], {}], refuses: [] },
  { title: "a string", schema: { type: "string" }, accepts: ["", "a"], refuses: [1, null, {}], decisive: "type" },
  {
    title: "minLength in code points",
    schema: { type: "string", minLength: 2 },
    accepts: ["ab", "😀😀", "a😀"],
    refuses: ["", "a", "😀"],
    decisive: "minLength",
  },
  {
    title: "maxLength in code points",
    schema: { type: "string", maxLength: 2 },
    accepts: ["", "ab", "😀😀"],
    refuses: ["abc", "😀😀😀", "ab😀"],
    decisive: "maxLength",
  },
  {
    title: "pattern with Unicode properties",
    schema: { type: "string", pattern: "^[^\\x00\\p{Cs}]*$" },
    accepts: ["", "a😀\n\u2028", "/"],
    refuses: ["\u0000", "a\ud800", "\udc00b"],
    decisive: "pattern",
  },
  {
    title: "pattern with a slash",
    schema: { type: "string", pattern: "^a/b$" },
    accepts: ["a/b"],
    refuses: ["a\\/b"],
    decisive: "pattern",
  },
  {
    title: "date-time",
    schema: { type: "string", format: "date-time" },
    accepts: [NOW, "2025-10-11T10:30:00Z", "2025-10-11T10:30:00+05:30", "2024-02-29T00:00:00.123456789Z"],
    refuses: [
      "",
      "2025-10-11",
      "2025-10-11T10:30Z",
      "2025-10-11T10:30:00",
      "2025-02-29T00:00:00Z",
      "2025-10-11T24:00:00Z",
    ],
    decisive: "format",
  },
  {
    title: "date",
    schema: { type: "string", format: "date" },
    accepts: ["2025-10-11", "2024-02-29"],
    refuses: ["2025-02-29", "2025-1-1", NOW],
    decisive: "format",
  },
  {
    title: "uri",
    schema: { type: "string", format: "uri" },
    accepts: ["https://a.example/b?c=d#e", "http://127.0.0.1:80/", "http://[::1]/a%20b", "urn:isbn:1"],
    refuses: [
      "",
      "/a",
      "a.example",
      "https://a.example/ b",
      " https://a.example",
      "https://a.example/é",
      "https://a/%zz",
    ],
    decisive: "format",
  },
  {
    title: "uuid",
    schema: { type: "string", format: "uuid" },
    accepts: ["0199d5a0-0000-7000-8000-000000000000"],
    refuses: ["0199d5a0000070008000000000000000", "g199d5a0-0000-7000-8000-000000000000"],
    decisive: "format",
  },
  { title: "an integer", schema: { type: "integer" }, accepts: [0, -1, 1.0], refuses: [0.5, "1"], decisive: "type" },
  {
    title: "integer bounds",
    schema: { type: "integer", minimum: 1, maximum: 3 },
    accepts: [1, 3],
    refuses: [0, 4],
    decisive: "minimum",
  },
  {
    title: "exclusive bounds",
    schema: { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
    accepts: [0.5],
    refuses: [0, 1],
    decisive: "exclusiveMaximum",
  },
  { title: "a boolean", schema: { type: "boolean" }, accepts: [true, false], refuses: [0, "true"], decisive: "type" },
  {
    title: "null or a type",
    schema: { type: ["string", "null"] },
    accepts: ["", null],
    refuses: [0],
    decisive: "type",
  },
  {
    title: "const",
    schema: { type: "boolean", const: true },
    accepts: [true],
    refuses: [false, 1],
    decisive: "const",
  },
  { title: "enum", schema: Color, accepts: ["red"], refuses: ["pink", 1, null], decisive: "enum" },
  {
    title: "enum with null",
    schema: { type: ["string", "null"], enum: ["a", null] },
    accepts: ["a", null],
    refuses: ["b"],
    decisive: "enum",
  },
  {
    title: "array sizes",
    schema: { type: "array", items: { type: "integer" }, minItems: 1, maxItems: 2 },
    accepts: [[1], [1, 2]],
    refuses: [[], [1, 2, 3], ["a"]],
    decisive: "minItems",
  },
  {
    title: "unique items",
    schema: { type: "array", items: { type: "string" }, uniqueItems: true },
    accepts: [[], ["a", "b"]],
    refuses: [["a", "a"]],
    decisive: "uniqueItems",
  },
  {
    title: "an object that ignores more",
    schema: { type: "object", required: ["a"], properties: { a: { type: "string" }, b: { type: "integer" } } },
    accepts: [{ a: "" }, { a: "", b: 1 }, { a: "", c: 1 }],
    refuses: [{}, { a: 1 }, { a: "", b: "1" }, [], null],
    decisive: "required",
  },
  {
    title: "a required property of any value",
    schema: { type: "object", required: ["a"], properties: { a: {} } },
    accepts: [{ a: null }, { a: 1 }],
    refuses: [{}],
    decisive: "required",
  },
  {
    title: "a strict object",
    schema: { type: "object", additionalProperties: false, properties: { a: { type: "string" } } },
    accepts: [{}, { a: "" }],
    refuses: [{ b: 1 }],
    decisive: "additionalProperties",
  },
  {
    title: "an object that keeps more",
    schema: { type: "object", additionalProperties: true, properties: { a: { type: "string" } } },
    accepts: [{ b: 1 }],
    refuses: [{ a: 1 }],
  },
  {
    title: "a record",
    schema: { type: "object", additionalProperties: { type: "integer" } },
    accepts: [{}, { a: 1 }],
    refuses: [{ a: "1" }],
    decisive: "additionalProperties",
  },
  {
    title: "any object",
    schema: { type: "object", additionalProperties: true },
    accepts: [{}, { a: "1" }],
    refuses: [[], "a"],
  },
  {
    title: "a reference",
    schema: ref("Color"),
    components: { Color },
    accepts: ["red"],
    refuses: ["pink"],
    decisive: "$ref",
  },
  {
    title: "a reference or null",
    schema: { anyOf: [ref("Color"), { type: "null" }] },
    components: { Color },
    accepts: ["red", null],
    refuses: ["pink"],
    decisive: "anyOf",
  },
  {
    title: "an array or null",
    schema: { anyOf: [{ type: "array", items: { type: "string" } }, { type: "null" }] },
    accepts: [[], null],
    refuses: [[1], ""],
    decisive: "anyOf",
  },
  {
    title: "anyOf",
    schema: { anyOf: [{ type: "string" }, { type: "integer" }] },
    accepts: ["", 1],
    refuses: [true, 0.5],
    decisive: "anyOf",
  },
  {
    title: "a described reference",
    schema: { description: "A color.", allOf: [ref("Color")] },
    components: { Color },
    accepts: ["red"],
    refuses: ["pink"],
    decisive: "allOf",
  },
  {
    title: "allOf that extends and narrows",
    schema: {
      allOf: [
        ref("Thing"),
        {
          type: "object",
          required: ["color", "size"],
          properties: { color: { type: "string", const: "red" }, size: { type: "integer" } },
        },
      ],
    },
    components: { Color, Thing },
    accepts: [{ id: "", color: "red", size: 1 }],
    refuses: [
      { color: "red", size: 1 },
      { id: "", color: "blue", size: 1 },
      { id: "", color: "red" },
    ],
    decisive: "allOf",
  },
  {
    title: "a discriminated union",
    schema: {
      oneOf: [ref("Cat"), ref("Dog")],
      discriminator: {
        propertyName: "kind",
        mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
      },
    },
    components: { Cat, Dog },
    accepts: [{ kind: "cat" }, { kind: "dog", name: "Rex" }],
    refuses: [{ kind: "dog" }, { kind: "cow" }, {}],
    decisive: "oneOf",
  },
];

describe("schemaToZod", () => {
  it.each(CASES)("writes $title as JSON Schema means it", ({ schema, components = {}, accepts, refuses }) => {
    const zod = zodOf(schema, components);
    for (const value of [...accepts, ...refuses]) {
      const wanted = accepts.includes(value);
      expect([value, "by JSON Schema", isValid(schema, components, value)]).toEqual([value, "by JSON Schema", wanted]);
      expect([value, "by zod", zod.safeParse(value).success]).toEqual([value, "by zod", wanted]);
    }
  });

  it.each(CASES.filter(({ decisive }) => decisive))(
    "would be seen to drop $decisive in $title",
    ({ schema, components = {}, refuses, decisive }) => {
      const mutant: Schema = { ...schema, discriminator: undefined, [decisive ?? "type"]: undefined };
      if (decisive === "additionalProperties" && !schema.properties) mutant.additionalProperties = true;
      const zod = zodOf(mutant, components);
      expect(refuses.some((value) => zod.safeParse(value).success)).toBe(true);
    },
  );

  it("fills in defaults", () => {
    const zod = zodOf({ type: "object", properties: { a: { type: "integer", default: 5 } } });
    expect(zod.parse({})).toEqual({ a: 5 });
    expect(zod.parse({ a: 6 })).toEqual({ a: 6 });
  });

  it("keeps what is ignored out of the result, and what is allowed in it", () => {
    const properties: Record<string, Schema> = { a: { type: "string" } };
    expect(zodOf({ type: "object", properties }).parse({ a: "", b: 1 })).toEqual({ a: "" });
    const open = zodOf({ type: "object", properties, additionalProperties: true });
    expect(open.parse({ a: "", b: 1 })).toEqual({ a: "", b: 1 });
  });

  it("counts 65,536 emoji as 65,536 characters", () => {
    const zod = zodOf({ type: "string", minLength: 1, maxLength: 65_536, pattern: "^[^\\x00\\p{Cs}]*$" });
    expect(zod.safeParse("😀".repeat(65_536)).success).toBe(true);
    expect(zod.safeParse("😀".repeat(65_537)).success).toBe(false);
  });

  it("says what is wrong", () => {
    const message = (schema: Schema, value: JsonValue) => zodOf(schema).safeParse(value).error?.issues[0]?.message;
    expect(message({ type: "string", minLength: 1 }, "")).toBe("must have at least 1 character");
    expect(message({ type: "string", maxLength: 1000 }, "a".repeat(1001))).toBe("must have at most 1,000 characters");
    expect(message({ type: "string", pattern: "^a$" }, "b")).toBe("must match ^a$");
    expect(message({ type: "string", format: "uri" }, "b")).toBe("must be an absolute URI by RFC 3986");
  });
});

describe("parameterToZod", () => {
  it.each<[Schema, [string, unknown][], string[]]>([
    [
      { type: "integer", minimum: -5 },
      [
        ["0", 0],
        ["-5", -5],
        ["007", 7],
      ],
      ["", " 1", "1.0", "1e3", "0x1", "+1", "١", "-6", "1234567890123456"],
    ],
    [
      { type: "number" },
      [
        ["0.5", 0.5],
        ["-1", -1],
      ],
      ["", ".5", "1.", "1e3", "Infinity", "NaN"],
    ],
    [
      { type: "boolean" },
      [
        ["true", true],
        ["false", false],
      ],
      ["", "1", "TRUE", "yes"],
    ],
    [{ type: "string", minLength: 1 }, [["1", "1"]], [""]],
    [Color, [["red", "red"]], ["pink"]],
  ])("reads %j from text", (schema, accepts, refuses) => {
    const zod = zodOfParameter(schema);
    for (const [text, value] of accepts) expect(zod.parse(text)).toBe(value);
    for (const text of refuses) expect([text, zod.safeParse(text).success]).toEqual([text, false]);
  });

  it("refuses a parameter that is given twice", () => {
    expect(zodOfParameter({ type: "integer" }).safeParse(["1", "2"]).success).toBe(false);
  });

  it("follows references and fills in defaults", () => {
    const components: Record<string, Schema> = { Size: { type: "integer", maximum: 9 }, Color };
    expect(zodOfParameter(ref("Size"), components).parse("9")).toBe(9);
    expect(zodOfParameter(ref("Color"), components).parse("red")).toBe("red");
    expect(zodOfParameter({ type: "integer", default: 50 }).parse(undefined)).toBe(50);
  });

  it.each<[string, Schema]>([
    ["kind array", { type: "array", items: { type: "string" } }],
    ["kind object", { type: "object", additionalProperties: true }],
    ["null", { type: ["integer", "null"] }],
  ])("refuses a parameter of %s", (problem, schema) => {
    expect(() => zodOfParameter(schema)).toThrow(problem);
  });
});
