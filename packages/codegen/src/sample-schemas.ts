/** A few schemas for tests. */
import type { Schema } from "./spec.js";

export const Color: Schema = { type: "string", enum: ["red", "green", "blue"] };
export const Thing: Schema = {
  type: "object",
  required: ["id"],
  properties: { id: { type: "string" }, color: ref("Color") },
};
export const Cat: Schema = {
  type: "object",
  required: ["kind"],
  properties: { kind: { type: "string", const: "cat" } },
};
export const Dog: Schema = {
  type: "object",
  required: ["kind", "name"],
  properties: { kind: { type: "string", const: "dog" }, name: { type: "string" } },
};

export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}
