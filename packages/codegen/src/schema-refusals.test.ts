/** What the generator refuses to write rather than write it wrongly. */
import { describe, expect, it } from "vitest";
import { Cat, Color, Dog, ref, Thing } from "./sample-schemas.js";
import { componentToZod, parameterToZod, schemaToZod } from "./schema-to-zod.js";
import type { Context, Schema } from "./spec.js";

describe("refusals", () => {
  const context: Context = {
    at: "somewhere",
    components: { Color, Thing, Cat, Dog, Strict: { ...Cat, additionalProperties: false } },
  };
  const mapping = { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" };

  it.each<[string, Schema]>([
    ["minLength is not supported in a schema of kind integer", { type: "integer", minLength: 1 }],
    ["minimum is not supported in a schema of kind string", { type: "string", minimum: 1 }],
    ["pattern is not supported in a schema of kind enum", { ...Color, pattern: "^r" }],
    ["type is not supported in a schema of kind ref", { ...ref("Color"), type: "string" }],
    ["properties is not supported in a schema of kind any", { properties: {} }],
    ["format email is not supported", { type: "string", format: "email" }],
    ["pattern does not compile", { type: "string", pattern: "[" }],
    ["several types besides null", { type: ["string", "integer"] }],
    ["the type null alone", { type: "null" }],
    ["const must be of the schema's type", { type: "string", const: 1 }],
    ["const must be of the schema's type", { const: "a" }],
    ["a const is never null", { type: ["string", "null"], const: "a" }],
    ["null must be both in type and in enum", { type: ["string", "null"], enum: ["a"] }],
    ["null must be both in type and in enum", { type: "string", enum: ["a", null] }],
    ["enum is supported for strings only", { type: "integer", enum: ["1"] }],
    ["an array needs items", { type: "array" }],
    ["uniqueItems is not supported for items of kind object", { type: "array", uniqueItems: true, items: Cat }],
    ["an object needs properties or additionalProperties", { type: "object" }],
    [
      "properties together with a schema for additionalProperties",
      { type: "object", properties: {}, additionalProperties: { type: "string" } },
    ],
    ["required b is no property", { type: "object", required: ["b"], properties: { a: {} } }],
    [
      "required together with a default",
      { type: "object", required: ["a"], properties: { a: { type: "integer", default: 1 } } },
    ],
    ["does not exist", ref("Nothing")],
    ["allOf must begin with a bare $ref", { allOf: [Cat] }],
    ["a strict object cannot be extended", { allOf: [ref("Strict"), { type: "object", properties: {} }] }],
    ["an extension has properties", { allOf: [ref("Cat"), { type: "object", additionalProperties: true }] }],
    [
      "overridden only by some of its own enum's values",
      { allOf: [ref("Thing"), { type: "object", required: ["id"], properties: { id: { type: "integer" } } }] },
    ],
    [
      "overridden only by some of its own enum's values",
      { allOf: [ref("Thing"), { type: "object", properties: { color: { type: "string", const: "pink" } } }] },
    ],
    [
      "kind is required by the base",
      { allOf: [ref("Cat"), { type: "object", properties: { kind: { type: "string", const: "cat" } } }] },
    ],
    ["oneOf needs a discriminator", { oneOf: [{ type: "string" }, { type: "integer" }] }],
    [
      "discriminator is not supported in a schema of kind anyOf",
      { anyOf: [Cat, Dog], discriminator: { propertyName: "kind", mapping } },
    ],
    [
      "a discriminated union cannot be null",
      { oneOf: [ref("Cat"), ref("Dog"), { type: "null" }], discriminator: { propertyName: "kind", mapping } },
    ],
    [
      "the mapping lacks an alternative",
      { oneOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "kind", mapping: { cat: mapping.cat } } },
    ],
    [
      "Thing is no alternative",
      {
        oneOf: [ref("Cat"), ref("Dog")],
        discriminator: { propertyName: "kind", mapping: { ...mapping, thing: "#/components/schemas/Thing" } },
      },
    ],
    [
      "must be the const cow",
      {
        oneOf: [ref("Cat"), ref("Dog")],
        discriminator: { propertyName: "kind", mapping: { cow: mapping.cat, dog: mapping.dog } },
      },
    ],
  ])("%s", (problem, schema) => {
    expect(() => schemaToZod(schema, context)).toThrow(problem);
    expect(() => schemaToZod({ type: "array", items: schema }, context)).toThrow("somewhere > items");
  });

  it("refuses a component that is only another name", () => {
    expect(() => componentToZod("Colour", { Color, Colour: ref("Color") })).toThrow("only another name");
  });

  it("refuses an enum of numbers in a parameter", () => {
    expect(() => parameterToZod({ type: "integer", enum: ["1"] }, context)).toThrow("strings only");
  });
});
