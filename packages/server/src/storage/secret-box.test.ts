import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSecretBox, ENCRYPTION_KEY_BYTES } from "./secret-box.js";

const box = createSecretBox(randomBytes(ENCRYPTION_KEY_BYTES));
const place = { table: "webhooks", row: "webhook_1", column: "secret" };

describe("a sealed value", () => {
  it("opens again, whatever it says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (secret) => {
        expect(box.open(place, box.seal(place, secret))).toBe(secret);
      }),
    );
  });

  it("shows nothing of what it says, and is never the same twice", () => {
    const sealed = box.seal(place, "whsec_secret");
    expect(sealed.includes("whsec")).toBe(false);
    expect(box.seal(place, "whsec_secret").equals(sealed)).toBe(false);
  });

  it.each([
    { ...place, table: "settings" },
    { ...place, row: "webhook_2" },
    { ...place, column: "url" },
    { table: "webhooks", row: "webhook_1secret", column: "" },
  ])("does not open in the place %j", (elsewhere) => {
    const sealed = box.seal(place, "secret");
    expect(() => box.open(elsewhere, sealed)).toThrow();
  });

  it("does not open with another key, and says that this is why", () => {
    const other = createSecretBox(randomBytes(ENCRYPTION_KEY_BYTES));
    expect(() => other.open(place, box.seal(place, "secret"))).toThrow("another encryption key");
  });

  it("does not open once any of its bits was changed, or some of it is missing", () => {
    const sealed = box.seal(place, "secret");
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => box.open(place, changed)).toThrow();
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => box.open(place, sealed.subarray(0, length))).toThrow();
    }
  });
});

it("a key of another length is none", () => {
  for (const length of [0, 16, 31, 33]) expect(() => createSecretBox(randomBytes(length))).toThrow("32 bytes");
});
