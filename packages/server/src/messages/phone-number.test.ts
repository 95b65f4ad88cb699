import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizePhoneNumber } from "./phone-number.js";

const E164 = /^\+[1-9]\d{6,14}$/;
const SEPARATORS = [" ", "-", ".", "(", ")", "\t", "\u00a0", "\u2011", "\u2013"];
const NUMBERS = ["+94771234567", "+12025550150", "+4915112345678", "+5511987654321", "+8613812345678", "+260955123456"];

/** A number that is possible, and the same as somebody may write it. */
const written = fc
  .tuple(fc.constantFrom(...NUMBERS), fc.array(fc.tuple(fc.constantFrom(...SEPARATORS), fc.nat()), { maxLength: 8 }))
  .map(([number, separators]) => {
    const characters = [...number];
    for (const [separator, place] of separators) characters.splice(place % (characters.length + 1), 0, separator);
    return { number, text: characters.join("") };
  });

describe("a phone number", () => {
  it("is the same whatever separates its digits", () => {
    fc.assert(
      fc.property(written, ({ number, text }) => {
        expect(normalizePhoneNumber(text)).toBe(number);
      }),
    );
  });

  it("may begin with 00 instead of +", () => {
    fc.assert(
      fc.property(written, ({ number, text }) => {
        expect(normalizePhoneNumber(text.replace("+", "00"))).toBe(number);
      }),
    );
  });

  it("is E.164, and stays what it is when it is normalised again", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.stringMatching(/^(\+|00)?[0-9 ().-]{5,20}$/),
      fc.stringMatching(/^\+[1-9]\d{6,14}$/),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const number = normalizePhoneNumber(text);
        if (number === undefined) return;
        expect(number).toMatch(E164);
        expect(normalizePhoneNumber(number)).toBe(number);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(["+999123456789012", "+1202555", "+9", "+", "00", "+00947712345", "++94771234567", "+94 77 123 4567 ext 2"])(
    "%j is none",
    (text) => expect(normalizePhoneNumber(text)).toBeUndefined(),
  );

  it.each(["٠١٢٣٤٥٦٧٨٩", "+９４７７１２３４５６７", "tel:+94771234567", "+94771234567\0", "+94/77/1234567"])(
    "%j is none: only ASCII digits and common separators count",
    (text) => expect(normalizePhoneNumber(text)).toBeUndefined(),
  );
});
