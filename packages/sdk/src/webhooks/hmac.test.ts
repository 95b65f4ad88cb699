import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { importKey } from "./hmac.js";

it("is the same with WebCrypto, where Node's crypto is missing", async () => {
  const bytes = (minLength: number) => fc.uint8Array({ minLength, maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(bytes(1), fc.string(), bytes(0), async (key, prefix, body) => {
      const expected = createHmac("sha256", key).update(prefix).update(body).digest("hex");
      const onNode = await importKey(key);
      // null and not undefined, which would stand for the default.
      const elsewhere = await importKey(key, null);
      for (const mac of [onNode, elsewhere])
        expect(Buffer.from(await mac(prefix, body)).toString("hex")).toBe(expected);
    }),
  );
});
