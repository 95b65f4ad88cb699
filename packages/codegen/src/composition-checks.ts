/** What `allOf` and discriminated unions must keep to, so that zod's `extend` and `discriminatedUnion` say the same. */
import { type Context, lookUp, type Schema, SpecError } from "./spec.js";

/** The properties that a referenced object has, its own bases included. */
export function objectShape(schema: Schema, context: Context): { shape: Record<string, Schema>; open: boolean } {
  if (schema.$ref) return objectShape(lookUp(context.components, schema.$ref, context.at), context);
  const bases = (schema.allOf ?? []).map((part) => objectShape(part, context));
  return {
    shape: Object.assign({}, ...bases.map((base) => base.shape), schema.properties),
    open: schema.additionalProperties === undefined && bases.every((base) => base.open),
  };
}

export function isRequiredIn(schema: Schema, name: string, context: Context): boolean {
  const target = schema.$ref ? lookUp(context.components, schema.$ref, context.at) : schema;
  const inBase = (target.allOf ?? []).some((part) => isRequiredIn(part, name, context));
  return inBase || (target.required?.includes(name) ?? false);
}

/** zod replaces an overridden property where JSON Schema demands both; the same only if the new values are among the old. */
export function requireNarrowing(base: Schema, narrower: Schema, context: Context): void {
  const allowed = valuesOf(base, context);
  const values = valuesOf(narrower, context);
  if (!allowed || !values?.every((value) => allowed.includes(value))) {
    throw new SpecError(context.at, "a property may be overridden only by some of its own enum's values");
  }
}

function valuesOf(schema: Schema, context: Context): unknown[] | undefined {
  if (schema.$ref) return valuesOf(lookUp(context.components, schema.$ref, context.at), context);
  return schema.const === undefined ? schema.enum : [schema.const];
}

/** Each alternative is a reference whose discriminating property has exactly the mapped value. */
export function requireMapping(
  parts: Schema[],
  discriminator: NonNullable<Schema["discriminator"]>,
  context: Context,
): void {
  const { propertyName, mapping } = discriminator;
  const mapped = Object.values(mapping);
  for (const part of parts) {
    if (!part.$ref || !mapped.includes(part.$ref)) throw new SpecError(context.at, "the mapping lacks an alternative");
  }
  for (const [value, $ref] of Object.entries(mapping)) {
    if (!parts.some((part) => part.$ref === $ref)) throw new SpecError(context.at, `${$ref} is no alternative`);
    const property = objectShape({ $ref }, context).shape[propertyName];
    const values = property && valuesOf(property, context);
    if (values?.length !== 1 || values[0] !== value) {
      throw new SpecError(context.at, `${propertyName} of ${$ref} must be the const ${value}`);
    }
  }
}
