/** A list of names (scopes, events, device ids) as the tables keep it: JSON text. */
export function namesIn(json: string): string[] {
  const value: unknown = JSON.parse(json);
  if (!Array.isArray(value)) throw new Error("Not a list of names");
  return value.filter((name) => typeof name === "string");
}
