// Generated from openapi.yaml by `npm run generate`. Do not edit.

import { z } from "@hono/zod-openapi";

type TextLimits = {
  /** In code points, as JSON Schema counts. */
  minLength?: number;
  /** In code points, as JSON Schema counts. */
  maxLength?: number;
  pattern?: string;
  format?: keyof typeof FORMATS;
};

/**
 * A string with JSON Schema's limits. zod's own `min` and `max` count UTF-16 units, so that one emoji is two; JSON Schema counts
 * code points. Patterns are compiled with the `u` flag, without which `\p{…}` means nothing.
 */
export function text(limits: TextLimits) {
  const { minLength, maxLength, pattern, format } = limits;
  const expression = pattern === undefined ? undefined : new RegExp(pattern, "u");
  return z
    .string()
    .check((payload) => {
      const { value, issues } = payload;
      const refuse = (message: string) => issues.push({ code: "custom", message, input: value, continue: true });
      if (minLength !== undefined && !hasAtLeast(value, minLength)) refuse(`must have at least ${count(minLength)}`);
      if (maxLength !== undefined && hasAtLeast(value, maxLength + 1)) refuse(`must have at most ${count(maxLength)}`);
      if (expression !== undefined && !expression.test(value)) refuse(`must match ${expression.source}`);
      if (format !== undefined && !FORMATS[format].test(value)) refuse(FORMATS[format].message);
    })
    .openapi(limits);
}

const count = (length: number) => `${length.toLocaleString("en-US")} character${length === 1 ? "" : "s"}`;

/** Whether `value` has that many code points. Stops counting as soon as it knows. */
function hasAtLeast(value: string, length: number): boolean {
  if (value.length < length) return false;
  if (value.length >= length * 2) return true;
  let counted = 0;
  for (const _ of value) if (++counted >= length) return true;
  return length === 0;
}

const FORMATS = {
  "date-time": {
    message: "must be a time by RFC 3339, such as 2025-10-11T10:30:00.000Z",
    test: (value: string) => {
      const [day, time] = [value.slice(0, 10), value.slice(10)];
      return (
        isDate(day) && /^[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/.test(time)
      );
    },
  },
  date: { message: "must be a date by RFC 3339, such as 2025-10-11", test: isDate },
  uri: { message: "must be an absolute URI by RFC 3986", test: isUri },
  uuid: {
    message: "must be a UUID by RFC 9562",
    test: (value: string) => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value),
  },
};

/** A day that exists: `2025-02-30` has the form of a date and is none. Leap seconds, which no JavaScript time has, are refused too. */
function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value);
}

/** RFC 3986 allows ASCII alone; `URL` would mend spaces and letters beyond it silently. */
function isUri(value: string): boolean {
  const form =
    /^[a-z][a-z0-9+.-]*:(\/\/([\w.~!$&'()*+,;=:@[\]-]|%[0-9a-f]{2})*(?=[/?#]|$))?([\w.~!$&'()*+,;=:@/-]|%[0-9a-f]{2})*(\?([\w.~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*)?(#([\w.~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*)?$/i;
  return form.test(value) && URL.canParse(value);
}

/** Parameters arrive as text. Text that is no such value stays as it is, so that the schema reports it; "" is never 0. */
export const fromText = {
  integer: <T extends z.ZodType<number>>(schema: T) =>
    z.preprocess((value) => (typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value), schema),
  number: <T extends z.ZodType<number>>(schema: T) =>
    z.preprocess(
      (value) => (typeof value === "string" && /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value),
      schema,
    ),
  boolean: <T extends z.ZodType<boolean>>(schema: T) =>
    z.preprocess((value) => (value === "true" ? true : value === "false" ? false : value), schema),
};

/** JSON Schema's `uniqueItems`, for strings and numbers. */
export const uniqueItems = <T extends z.ZodType<unknown[]>>(schema: T) =>
  schema
    .refine((items) => new Set(items).size === items.length, "must not have an item twice")
    .openapi({ uniqueItems: true });

/** Any value, but there: zod takes an absent key for `z.unknown()`. */
export const present = <T extends z.ZodType<unknown>>(schema: T) =>
  schema.refine((value) => value !== undefined, "is required");
