import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { createMediaCertificate } from "./media-certificate.js";

test("a certificate for loopback that signs itself", () => {
  const parsed = new X509Certificate(createMediaCertificate().certificate);
  expect(parsed.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(parsed.checkHost("localhost")).toBe("localhost");
  expect(parsed.verify(parsed.publicKey)).toBe(true);
  expect(parsed.ca).toBe(true);
  expect(parsed.validToDate.getUTCFullYear()).toBe(2099);
});
