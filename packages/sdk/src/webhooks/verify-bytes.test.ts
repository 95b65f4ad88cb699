import fc from "fast-check";
import { expect, it } from "vitest";
import {
  BODY,
  bytesOf,
  EVENT,
  NOW,
  reference,
  refusal,
  SECRET,
  seconds,
  standard,
  verify,
} from "../../test/signed-requests.js";
import { signWebhook } from "./index.js";

const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("\u0000", "\u2028\u2029", "\ud800", "\udfff\ud800", "\ufeff", "😀".repeat(65_536), '"\\/\b\f\n\r\t'),
);

it("signs and verifies whatever text an event holds", async () => {
  await fc.assert(
    fc.asyncProperty(texts, texts, async (message, contact_name) => {
      const event = { ...EVENT, data: { ...EVENT.data, message, contact_name } };
      const { body, headers } = await signWebhook({ event, secret: SECRET, timestamp: NOW });
      for (const raw of [body, bytesOf(body)]) expect(await verify(headers, { body: raw })).toEqual(event);
      const { "X-Webhook-Signature": signature } = headers;
      expect(await verify({ "X-Webhook-Signature": signature }, { body })).toEqual(event);
    }),
    { numRuns: 200 },
  );
});

it("takes a text for its bytes in UTF-8", async () => {
  const body = BODY.replace("help", "\ud800");
  for (const sign of [standard, reference]) {
    expect(await verify(sign(bytesOf(body)), { body })).toMatchObject({ event: "message.received" });
    expect(await refusal(verify(sign(Buffer.from(body, "utf16le")), { body }))).toBe("bad_signature");
  }
});

it("refuses a byte order mark", async () => {
  for (const body of [`\ufeff${BODY}`, bytesOf(`\ufeff${BODY}`)]) {
    const signed = standard(Buffer.from(body));
    expect(await refusal(verify(signed, { body }))).toBe("bad_body");
  }
});

it("verifies with each of more secrets than are kept imported", async () => {
  const secrets = Array.from({ length: 250 }, (_, index) => `whsec_${String(index).padStart(44, "A")}`);
  for (const secret of [...secrets, ...secrets]) {
    expect(await verify(standard(bytesOf(BODY), { secret }), { secret })).toEqual(EVENT);
    expect(await verify(reference(bytesOf(BODY), secret), { secret })).toEqual(EVENT);
  }
});

it("keeps lone surrogates that are written as escapes", async () => {
  const body = BODY.replace("Hi, I need help", "\\ud83d \\u0000 \\u2028");
  expect(await verify(standard(bytesOf(body)), { body })).toMatchObject({
    data: { message: "\ud83d \u0000 \u2028" },
  });
});

it("tells 0xFF from the character that a decoder would put in its place", async () => {
  const [before = "", after = ""] = BODY.split("help");
  const raw = Buffer.concat([bytesOf(before), Uint8Array.of(0xff), bytesOf(after)]);
  const decoded = `${before}\ufffd${after}`;
  expect(new TextDecoder().decode(raw)).toBe(decoded);
  expect(await refusal(verify(standard(raw), { body: decoded }))).toBe("bad_signature");
  expect(await refusal(verify(reference(raw), { body: decoded }))).toBe("bad_signature");
  expect(await refusal(verify(standard(bytesOf(decoded)), { body: raw }))).toBe("bad_signature");
  expect(await refusal(verify(standard(raw), { body: raw }))).toBe("bad_body");
});

it("accepts nothing that was changed, wherever", async () => {
  const raw = bytesOf(BODY);
  await fc.assert(
    fc.asyncProperty(fc.nat(raw.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
      const body = Uint8Array.from(raw);
      body[place] = (body[place] ?? 0) ^ change;
      expect(await refusal(verify(standard(raw), { body }))).toBe("bad_signature");
      expect(await refusal(verify(reference(raw), { body }))).toBe("bad_signature");
    }),
  );
});

it("accepts no headers that were made without the secret", async () => {
  const header = fc.oneof(fc.string(), fc.constantFrom("v1,", "sha256=", seconds(NOW)));
  const names = ["webhook-id", "webhook-timestamp", "webhook-signature", "x-webhook-signature"];
  const headers = fc.dictionary(fc.constantFrom(...names), header);
  const codes = ["missing_header", "bad_header", "bad_signature"];
  await fc.assert(
    fc.asyncProperty(headers, async (given) => {
      expect(codes).toContain(await refusal(verify(given)));
    }),
  );
});
