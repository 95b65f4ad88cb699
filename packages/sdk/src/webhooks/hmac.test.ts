import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { importKey, type SignedBody } from "./hmac.js";
import { verifyWebhook } from "./index.js";

const dataView = ({ buffer, byteOffset, byteLength }: Uint8Array) => new DataView(buffer, byteOffset, byteLength);

it("is the same with WebCrypto, where Node's crypto is missing", async () => {
  const bytes = (minLength: number) => fc.uint8Array({ minLength, maxLength: 300 });
  const body: fc.Arbitrary<SignedBody> = fc.oneof(fc.string({ unit: "binary" }), bytes(0), bytes(0).map(dataView));
  await fc.assert(
    fc.asyncProperty(
      bytes(1),
      fc.string(),
      body,
      fc.constantFrom("hex", "base64"),
      async (key, prefix, body, encoding) => {
        const mac = createHmac("sha256", key).update(prefix).update(body).digest(encoding);
        const onNode = importKey(key, "v1,", encoding);
        // null and not undefined, which would stand for the default.
        const elsewhere = importKey(key, "v1,", encoding, null);
        for (const sign of [onNode, elsewhere]) expect(await sign(prefix, body)).toBe(`v1,${mac}`);
      },
    ),
  );
});

it("verifies where there is no process.getBuiltinModule, as on Node 20.15", async () => {
  const lookUp = vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined);
  // No other test has them, so neither is imported yet.
  const [secret, other] = ["whsec_withoutABuiltinModule0", "whsec_WithoutABuiltinModule0"];
  const now = new Date();
  const data = { webhook_id: "webhook_abc123", message: "Grüße 😀" };
  const body = JSON.stringify({ event: "webhook.test", timestamp: now.toISOString(), data });
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const standard = {
    "webhook-id": "delivery_1",
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${createHmac("sha256", key).update(`delivery_1.${timestamp}.${body}`).digest("base64")}`,
  };
  const reference = { "x-webhook-signature": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}` };
  for (const headers of [standard, reference])
    for (const raw of [body, Buffer.from(body), Uint8Array.from(Buffer.from(body)).buffer]) {
      expect(await verifyWebhook({ body: raw, headers, secret: [other, secret] })).toMatchObject({ data });
      const unsigned = verifyWebhook({ body: raw, headers, secret: other });
      await expect(unsigned).rejects.toMatchObject({ code: "bad_signature" });
    }
  expect(lookUp).toHaveBeenCalledTimes(4);
});
