/**
 * Which of the `offered` media types a caller likes best, by its `Accept` (RFC 9110, 12.5.1); the first one when it likes several alike, or
 * none: an answer that was not asked for is worth more than a 406.
 *
 * @example preferredType("image/*, application/json;q=0.5", ["application/json", "image/png"]) // "image/png"
 */
export function preferredType(accept: string | undefined, offered: readonly string[]): string {
  const [first = "application/json"] = offered;
  if (offered.length < 2 || accept === undefined) return first;
  const ranges = accept.split(",").map(parseRange);
  return offered.reduce((best, type) => (qualityOf(type, ranges) > qualityOf(best, ranges) ? type : best), first);
}

interface Range {
  range: string;
  quality: number;
}

function parseRange(text: string): Range {
  const [range = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const quality = Number(parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? 1);
  return { range, quality: Number.isNaN(quality) ? 1 : quality };
}

/** The quality of the most specific range that a type lies in. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  for (const candidate of [type, `${type.split("/")[0]}/*`, "*/*"]) {
    const found = ranges.find(({ range }) => range === candidate);
    if (found) return found.quality;
  }
  return 0;
}
