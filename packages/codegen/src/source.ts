/** Small writers of TypeScript source. Their output is formatted afterwards, so they care for nothing but being right. */

export const BANNER = "// Generated from openapi.yaml by `npm run generate`. Do not edit.\n";

/** `value` as a JavaScript literal. JSON is one, but for U+2028/2029 in old parsers; JSON.stringify is enough since ES2019. */
export const literal = (value: unknown): string => JSON.stringify(value);

/** An object literal from already written members; empty for none. */
export const object = (members: string[]): string => (members.length ? `{ ${members.join(", ")} }` : "{}");

/** `as const` array with the union of its values as a type: `names("Scope", "SCOPES", […])`. */
export const names = (type: string, constant: string, values: readonly string[], doc: string): string =>
  `/** ${doc} */\nexport const ${constant} = ${literal(values)} as const;\nexport type ${type} = (typeof ${constant})[number];\n`;

/** A name such as `X-Request-Id` as an identifier such as `XRequestId`. */
export const identifier = (name: string): string =>
  name.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? "");

/** A JSDoc block of the given paragraphs; empty ones are left out, and nothing is written where all are. */
export function docComment(paragraphs: (string | undefined)[]): string {
  const text = paragraphs
    .flatMap((paragraph) => paragraph?.trim() || [])
    .join("\n\n")
    .replaceAll("*/", "*\\/");
  if (!text) return "";
  const lines = text.split("\n").map((line) => ` * ${line}`.trimEnd());
  return lines.length === 1 && text.length < 100 ? `/** ${text} */\n` : `/**\n${lines.join("\n")}\n */\n`;
}
