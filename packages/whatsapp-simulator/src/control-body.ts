/** The JSON object of a request to the control port. */
export type Body = Record<string, unknown>;

export class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export function text(body: Body, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "") return value;
  throw new ControlError(400, `"${name}" is missing, or no text`);
}

/** Those of the names that are there, to be spread into options. */
export function optionalText<Name extends string>(body: Body, ...names: Name[]): { [Key in Name]?: string } {
  const found: { [Key in Name]?: string } = {};
  for (const name of names) if (body[name] !== undefined) found[name] = text(body, name);
  return found;
}

export function optionalNumber(body: Body, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || typeof value === "number") return value;
  throw new ControlError(400, `"${name}" is no number`);
}

export function flag(body: Body, name: string, otherwise: boolean): boolean {
  const value = body[name] ?? otherwise;
  if (typeof value === "boolean") return value;
  throw new ControlError(400, `"${name}" is neither true nor false`);
}

export function textList(body: Body, name: string): string[] {
  const value = body[name];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw new ControlError(400, `"${name}" is no list of texts`);
}

export function object(body: Body, name: string): Body {
  const value = body[name];
  if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value));
  throw new ControlError(400, `"${name}" is no object`);
}
