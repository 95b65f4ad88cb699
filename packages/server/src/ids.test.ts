import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newId, randomText } from "./ids.js";

const time = fc.integer({ min: 0, max: Date.UTC(5_000, 0) });

describe("newId", () => {
  it("makes a prefix and 25 digits and lower-case letters", () => {
    fc.assert(
      fc.property(time, (now) => {
        expect(newId("msg", now)).toMatch(/^msg_[0-9a-z]{25}$/);
      }),
    );
  });

  it("makes ids that sort by their time", () => {
    fc.assert(
      fc.property(time, time, (one, other) => {
        if (one < other) expect(newId("evt", one) < newId("evt", other)).toBe(true);
      }),
    );
  });

  it("never makes one twice", () => {
    const ids = Array.from({ length: 20_000 }, () => newId("msg", 0));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("randomText", () => {
  it("has the length and the letters that are asked for", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.uniqueArray(fc.constantFrom(..."abcdef0123"), { minLength: 1 }),
        (length, letters) => {
          const text = randomText(length, letters.join(""));
          expect(text).toHaveLength(length);
          for (const letter of text) expect(letters).toContain(letter);
        },
      ),
    );
  });

  it("prefers no letter: three of four bits would, if the rest of a byte were folded back", () => {
    const alphabet = Array.from({ length: 192 }, (_, code) => String.fromCharCode(0x100 + code)).join("");
    const text = randomText(96_000, alphabet);
    const early = [...text].filter((letter) => letter < "\u0140").length;
    // A third is expected, 32,000 give or take 146; folded back it were half.
    expect(early).toBeGreaterThan(30_000);
    expect(early).toBeLessThan(34_000);
  });
});
