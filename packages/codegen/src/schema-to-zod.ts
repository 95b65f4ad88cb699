/**
 * Turns one JSON Schema into the source of a zod schema that accepts the same values and documents itself in the same words.
 * Each kind of schema lists the keywords that it understands; any other keyword is an error naming the place.
 */
import { isRequiredIn, objectShape, requireMapping, requireNarrowing } from "./composition-checks.js";
import { literal, object } from "./source.js";
import { type Context, lookUp, refName, type Schema, type SchemaType, SpecError } from "./spec.js";

/** The constant that holds a component's zod schema. The suffix keeps a schema called `Error` off the global. */
export const schemaConstant = (name: string): string => `${name}Schema`;

const DOCUMENTATION = ["title", "description", "example", "examples", "deprecated", "readOnly"] as const;

const STRING = ["type", "minLength", "maxLength", "pattern", "format", "default"] as const;
const NUMBER = ["type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "default"] as const;

/** The keywords of each kind, besides the documentation. */
const KEYWORDS = {
  any: [],
  ref: ["$ref", "default"],
  const: ["type", "const", "default"],
  enum: ["type", "enum", "default"],
  allOf: ["allOf"],
  oneOf: ["oneOf", "discriminator"],
  anyOf: ["anyOf"],
  string: STRING,
  integer: NUMBER,
  number: NUMBER,
  boolean: ["type", "default"],
  array: ["type", "items", "minItems", "maxItems", "uniqueItems", "default"],
  object: ["type", "properties", "required", "additionalProperties"],
} as const satisfies Record<string, readonly (keyof Schema)[]>;
type Kind = keyof typeof KEYWORDS;

const FORMATS = ["date-time", "date", "uri", "uuid"];

/**
 * The source of a zod schema for `schema`.
 *
 * @throws SpecError for anything that has no exact counterpart.
 */
export function schemaToZod(schema: Schema, context: Context): string {
  const kind = kindOf(schema, context.at);
  refuseOtherKeywords(schema, kind, context.at);
  const code = WRITERS[kind](schema, context) + (isNullable(schema, kind, context.at) ? ".nullable()" : "");
  const documentation = documentationOf(schema);
  return `${code}${defaultOf(schema)}${documentation ? `.openapi(${documentation})` : ""}`;
}

/** `export const NameSchema = …`, registered under its name so that the served document refers to it by `$ref`. */
export function componentToZod(name: string, components: Record<string, Schema>): string {
  const at = `components > schemas > ${name}`;
  const schema = lookUp(components, name, at);
  if (kindOf(schema, at) === "ref") throw new SpecError(at, "a component that is only another name is not supported");
  const documentation = documentationOf(schema);
  const bare = Object.fromEntries(Object.entries(schema).filter(([key]) => !isDocumentation(key)));
  const code = schemaToZod(bare, { at, components });
  return `export const ${schemaConstant(name)} = ${code}.openapi(${literal(name)}${documentation ? `, ${documentation}` : ""});`;
}

/** The same for a path, query or header parameter, whose value arrives as text. */
export function parameterToZod(schema: Schema, context: Context): string {
  const { default: _, ...bare } = schema;
  const kind = wireKind(schema, context);
  if (kind === "string" || kind === "enum" || kind === "const") return schemaToZod(schema, context);
  if (kind !== "integer" && kind !== "number" && kind !== "boolean") {
    throw new SpecError(context.at, `a parameter of kind ${kind} is not supported`);
  }
  return `fromText.${kind}(${schemaToZod(bare, context)})${defaultOf(schema)}`;
}

/** The names of the component schemas that `schema` refers to, in itself or in its parts. */
export function referencesOf(schema: Schema): string[] {
  const parts = [
    ...(schema.allOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.items ? [schema.items] : []),
    ...Object.values(schema.properties ?? {}),
    ...(typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : []),
  ];
  return [...(schema.$ref ? [refName(schema.$ref)] : []), ...parts.flatMap(referencesOf)];
}

const isDocumentation = (key: string): boolean => (DOCUMENTATION as readonly string[]).includes(key);

function documentationOf(schema: Schema): string | undefined {
  const entries = Object.entries(schema).filter(([key]) => isDocumentation(key));
  return entries.length ? literal(Object.fromEntries(entries)) : undefined;
}

const defaultOf = (schema: Schema): string =>
  schema.default === undefined ? "" : `.default(${literal(schema.default)})`;

const KINDS_BY_KEYWORD = {
  $ref: "ref",
  const: "const",
  enum: "enum",
  allOf: "allOf",
  oneOf: "oneOf",
  anyOf: "anyOf",
} as const;

function kindOf(schema: Schema, at: string): Kind {
  for (const keyword of ["$ref", "const", "enum", "allOf", "oneOf", "anyOf"] as const) {
    if (schema[keyword] !== undefined) return KINDS_BY_KEYWORD[keyword];
  }
  if (schema.type === undefined) return "any";
  const [type, ...more] = typesOf(schema).filter((name) => name !== "null");
  if (!type) throw new SpecError(at, "the type null alone is not supported");
  if (more.length) throw new SpecError(at, "several types besides null are not supported");
  return type;
}

const typesOf = ({ type }: Schema): SchemaType[] => (type === undefined ? [] : [type].flat());

function refuseOtherKeywords(schema: Schema, kind: Kind, at: string): void {
  const known: readonly string[] = KEYWORDS[kind];
  const used = Object.entries(schema).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  const other = used.filter((key) => !known.includes(key) && !isDocumentation(key));
  if (other.length) throw new SpecError(at, `${other.join(", ")} is not supported in a schema of kind ${kind}`);
}

function isNullable(schema: Schema, kind: Kind, at: string): boolean {
  const byType = typesOf(schema).includes("null");
  if (kind === "const" && byType) throw new SpecError(at, "a const is never null");
  if (kind === "enum") {
    const byEnum = schema.enum?.includes(null) ?? false;
    if (byEnum !== byType) throw new SpecError(at, "null must be both in type and in enum, or in neither");
  }
  return byType || (withoutNull(schema).hadNull && !hasReferences(schema));
}

/**
 * A referenced schema or null is written as a union. `.nullable()` keeps the name under which the schema is registered, and where
 * such a one comes first, the document would say of the component itself that it may be null.
 */
const hasReferences = (schema: Schema): boolean => withoutNull(schema).parts.some(({ $ref }) => $ref);

/** The alternatives of a union without `{ type: "null" }`. */
function withoutNull(schema: Schema): { parts: Schema[]; hadNull: boolean } {
  const all = schema.anyOf ?? schema.oneOf ?? [];
  const parts = all.filter((part) => part.type !== "null");
  return { parts, hadNull: parts.length < all.length };
}

const WRITERS: Record<Kind, (schema: Schema, context: Context) => string> = {
  any: () => "z.unknown()",
  ref: ({ $ref = "" }, { at, components }) => {
    lookUp(components, $ref, at);
    return schemaConstant(refName($ref));
  },
  const: writeConst,
  enum: writeEnum,
  allOf: writeAllOf,
  oneOf: writeOneOf,
  anyOf: (schema, context) => writeUnion(schema, withoutNull(schema).parts, within(context, "anyOf")),
  string: writeString,
  integer: (schema) => `z.int()${bounds(schema)}`,
  number: (schema) => `z.number()${bounds(schema)}`,
  boolean: () => "z.boolean()",
  array: writeArray,
  object: writeObject,
};

const within = (context: Context, step: string): Context => ({ ...context, at: `${context.at} > ${step}` });

function writeConst(schema: Schema, { at }: Context): string {
  const [type] = typesOf(schema);
  const fits = type === "integer" ? Number.isInteger(schema.const) : typeof schema.const === type;
  if (!fits) throw new SpecError(at, "const must be of the schema's type");
  return `z.literal(${literal(schema.const)})`;
}

function writeEnum(schema: Schema, { at }: Context): string {
  if (!typesOf(schema).includes("string")) throw new SpecError(at, "enum is supported for strings only");
  return `z.enum(${literal(schema.enum?.filter((value) => value !== null))})`;
}

function writeString(schema: Schema, { at }: Context): string {
  const { minLength, maxLength, pattern, format } = schema;
  if (format !== undefined && !FORMATS.includes(format)) throw new SpecError(at, `format ${format} is not supported`);
  if (pattern !== undefined) compile(pattern, at);
  const limits = { minLength, maxLength, pattern, format };
  const plain = Object.values(limits).every((limit) => limit === undefined);
  return plain ? "z.string()" : `text(${literal(limits)})`;
}

function compile(pattern: string, at: string): void {
  try {
    new RegExp(pattern, "u");
  } catch (error) {
    throw new SpecError(at, `pattern does not compile: ${String(error)}`);
  }
}

function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const bound = (method: string, value: number | undefined) => (value === undefined ? "" : `.${method}(${value})`);
  return bound("min", minimum) + bound("max", maximum) + bound("gt", exclusiveMinimum) + bound("lt", exclusiveMaximum);
}

function writeArray(schema: Schema, context: Context): string {
  if (!schema.items) throw new SpecError(context.at, "an array needs items");
  const size = (schema.minItems === undefined ? "" : `.min(${schema.minItems})`).concat(
    schema.maxItems === undefined ? "" : `.max(${schema.maxItems})`,
  );
  const code = `z.array(${schemaToZod(schema.items, within(context, "items"))})${size}`;
  if (!schema.uniqueItems) return code;
  const item = wireKind(schema.items, context);
  if (!["string", "enum", "integer", "number"].includes(item)) {
    throw new SpecError(context.at, `uniqueItems is not supported for items of kind ${item}`);
  }
  return `uniqueItems(${code})`;
}

/** The kind of a schema, references followed. */
function wireKind(schema: Schema, context: Context): Kind {
  if (typesOf(schema).includes("null") && typesOf(schema).length > 1) {
    throw new SpecError(context.at, "null is not supported here");
  }
  if (schema.$ref) return wireKind(lookUp(context.components, schema.$ref, context.at), context);
  return kindOf(schema, context.at);
}

function writeObject(schema: Schema, context: Context): string {
  const { properties, additionalProperties: extra } = schema;
  if (!properties) {
    if (extra === true) return "z.record(z.string(), z.unknown())";
    if (typeof extra !== "object")
      throw new SpecError(context.at, "an object needs properties or additionalProperties");
    return `z.record(z.string(), ${schemaToZod(extra, within(context, "additionalProperties"))})`;
  }
  if (typeof extra === "object") {
    throw new SpecError(context.at, "properties together with a schema for additionalProperties are not supported");
  }
  const make = extra === false ? "strictObject" : extra === true ? "looseObject" : "object";
  return `z.${make}(${writeShape(schema, context)})`;
}

function writeShape({ properties = {}, required = [] }: Schema, context: Context): string {
  const unknown = required.filter((name) => !Object.hasOwn(properties, name));
  if (unknown.length) throw new SpecError(context.at, `required ${unknown.join(", ")} is no property`);
  const fields = Object.entries(properties).map(([name, property]) => {
    const inner = within(context, name);
    const isRequired = required.includes(name);
    if (isRequired && property.default !== undefined) throw new SpecError(inner.at, "required together with a default");
    const code = schemaToZod(property, inner);
    if (isRequired && kindOf(property, inner.at) === "any") return `${literal(name)}: present(${code})`;
    return `${literal(name)}: ${code}${isRequired || property.default !== undefined ? "" : ".optional()"}`;
  });
  return object(fields);
}

/** `allOf` is a base and what extends it, or a single `$ref` that is given its own description. */
function writeAllOf({ allOf = [] }: Schema, context: Context): string {
  const [base, ...extensions] = allOf;
  if (!base?.$ref || Object.keys(base).length > 1) throw new SpecError(context.at, "allOf must begin with a bare $ref");
  let code = schemaToZod(base, context);
  const { shape, open } = objectShape(base, context);
  for (const [i, extension] of extensions.entries()) {
    const inner = within(context, `allOf ${i + 1}`);
    if (!open) throw new SpecError(inner.at, "a strict object cannot be extended");
    if (extension.additionalProperties !== undefined || !extension.properties) {
      throw new SpecError(inner.at, "an extension has properties and no additionalProperties");
    }
    refuseOtherKeywords(extension, kindOf(extension, inner.at), inner.at);
    for (const [name, property] of Object.entries(extension.properties)) {
      const overridden = shape[name];
      if (overridden) requireNarrowing(overridden, property, within(inner, name));
      if (overridden && isRequiredIn(base, name, context) && !extension.required?.includes(name)) {
        throw new SpecError(inner.at, `${name} is required by the base and must be required here too`);
      }
    }
    code += `.extend(${writeShape(extension, inner)})`;
  }
  return code;
}

function writeUnion(schema: Schema, parts: Schema[], context: Context): string {
  const codes = parts.map((part, i) => schemaToZod(part, within(context, `${i}`)));
  if (withoutNull(schema).hadNull && hasReferences(schema)) codes.push("z.null()");
  return codes.length === 1 ? codes.join() : `z.union([${codes.join(", ")}])`;
}

function writeOneOf(schema: Schema, context: Context): string {
  const { parts, hadNull } = withoutNull(schema);
  if (!schema.discriminator) {
    if (parts.length > 1) throw new SpecError(context.at, "oneOf needs a discriminator; anyOf does not");
    return writeUnion(schema, parts, within(context, "oneOf"));
  }
  const codes = parts.map((part, i) => schemaToZod(part, within(context, `oneOf ${i}`)));
  if (hadNull) throw new SpecError(context.at, "a discriminated union cannot be null");
  requireMapping(parts, schema.discriminator, context);
  return `z.discriminatedUnion(${literal(schema.discriminator.propertyName)}, [${codes.join(", ")}])`;
}
