import { createHmac } from "node:crypto";
import fc from "fast-check";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { expect, test } from "vitest";
import { eventBody } from "../events/event-body.js";
import { receivedMessage } from "./dispatcher-fixture.js";
import { newWebhookSecret, signatureHeaders, signingKeys } from "./signing.js";

const ODD_TEXTS = [
  "plain",
  "Grüße, 你好, שלום",
  "\u0000 and \u001f",
  "\u2028\u2029",
  "👩‍👩‍👧‍👦 🏴‍☠️",
  'quotes " and \\ and </script>',
  "\ufffd \ufeff",
  "😀".repeat(65_536),
];

function sign(text: string) {
  const secret = newWebhookSecret();
  const body = eventBody("message.received", "2025-10-11T10:30:00.000Z", receivedMessage(text));
  const timestampSeconds = Math.floor(Date.now() / 1_000);
  const headers = signatureHeaders({
    deliveryId: "delivery_xyz789",
    keys: signingKeys(secret),
    previousKeys: undefined,
    body,
    timestampSeconds,
  });
  return { secret, body, headers };
}

/** The reference's Node.js sample, word for word. */
function verifySignature(payload: unknown, signature: string, secret: string) {
  const expected = createHmac("sha256", secret).update(JSON.stringify(payload)).digest("hex");

  return signature === `sha256=${expected}`;
}

test.each(ODD_TEXTS)("standardwebhooks, svix and the reference's sample verify %#", (text) => {
  const { secret, body, headers } = sign(text);
  const payload = JSON.parse(body.toString());
  expect(JSON.stringify(new StandardWebhook(secret).verify(body.toString(), headers)) === body.toString()).toBe(true);
  // Throws when it does not.
  new SvixWebhook(secret).verify(body.toString(), headers);
  expect(() => new SvixWebhook(secret).verify(`${body} `, headers)).toThrow("No matching signature found");
  expect(verifySignature(payload, headers["X-Webhook-Signature"], secret)).toBe(true);
});

test("any text is verified, and refused when a byte of it changed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.nat(), (text, position) => {
      const { secret, body, headers } = sign(text);
      new StandardWebhook(secret).verify(body.toString(), headers);
      const changed = Buffer.from(body);
      const at = position % changed.length;
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => new StandardWebhook(secret).verify(changed, headers)).toThrow("No matching signature found");
      const again = signatureHeaders({
        deliveryId: "delivery_xyz789",
        keys: signingKeys(secret),
        previousKeys: undefined,
        body: changed,
        timestampSeconds: 0,
      });
      expect(again["X-Webhook-Signature"]).not.toBe(headers["X-Webhook-Signature"]);
    }),
    { numRuns: 100 },
  );
});

test("a secret is whsec_ and 44 letters and digits that stand for 33 bytes", () => {
  const secrets = Array.from({ length: 200 }, newWebhookSecret);
  for (const secret of secrets) {
    expect(secret).toMatch(/^whsec_[0-9A-Za-z]{44}$/);
    expect(Buffer.from(secret.slice("whsec_".length), "base64")).toHaveLength(33);
  }
  expect(new Set(secrets).size).toBe(secrets.length);
});
