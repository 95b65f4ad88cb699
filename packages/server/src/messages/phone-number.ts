import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** What people put between digits. */
const SEPARATORS = /[\s().\-\u2010-\u2015]/g;

/** Numbers that were looked at before: looking into the numbering plans takes as long as several queries. */
const possible = new Set<string>();
const MOST_REMEMBERED = 10_000;

/**
 * A number as people write it, in E.164: separators are dropped, a leading `00` is read as `+`.
 *
 * Numbers only have to be possible, not valid: numbering plans grow faster than any table of them. Undefined when `text` is none.
 *
 * @example normalizePhoneNumber("0094 (77) 123-4567") // "+94771234567"
 * @see ITU-T E.164
 */
export function normalizePhoneNumber(text: string): string | undefined {
  const compact = text.replace(SEPARATORS, "").replace(/^00/, "+");
  if (!/^\+[1-9]\d{6,14}$/.test(compact)) return undefined;
  if (possible.has(compact)) return compact;
  if (!parsePhoneNumberFromString(compact)?.isPossible()) return undefined;
  if (possible.size >= MOST_REMEMBERED) possible.clear();
  possible.add(compact);
  return compact;
}
