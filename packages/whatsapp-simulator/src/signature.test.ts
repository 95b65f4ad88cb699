import { Curve, generateSignalPubKey, proto, WA_ADV_ACCOUNT_SIG_PREFIX } from "baileys";
import { expect, test } from "vitest";
import { setStage } from "../test/stage.js";
import { createNoiseIdentity } from "./noise.js";
import { SignalDevice } from "./signal-device.js";
import { verifySignature } from "./signature.js";

test("only the right key, message and signature pass", () => {
  const message = Buffer.from("message");
  for (let round = 0; round < 20; round += 1) {
    const pair = Curve.generateKeyPair();
    const signature = Curve.sign(pair.private, message);
    expect(verifySignature(pair.public, message, signature)).toBe(true);
    expect(verifySignature(Curve.generateKeyPair().public, message, signature)).toBe(false);
    expect(verifySignature(pair.public, Buffer.from("another"), signature)).toBe(false);
    const damaged = Buffer.from(signature);
    damaged.writeUInt8(damaged.readUInt8(10) ^ 1, 10);
    expect(verifySignature(pair.public, message, damaged)).toBe(false);
  }
});

test("the certificates of the handshake are signed from the root down", () => {
  const root = Curve.generateKeyPair();
  const { staticKey, certificates } = createNoiseIdentity(root);
  const { intermediate, leaf } = proto.CertChain.decode(certificates);
  const { Details } = proto.CertChain.NoiseCertificate;
  const empty = Buffer.alloc(0);
  const [middle, end] = [intermediate?.details ?? empty, leaf?.details ?? empty];
  expect(verifySignature(root.public, middle, intermediate?.signature ?? empty)).toBe(true);
  expect(verifySignature(Details.decode(middle).key ?? empty, end, leaf?.signature ?? empty)).toBe(true);
  expect(Buffer.from(Details.decode(end).key ?? empty).equals(staticKey.public)).toBe(true);
});

test("a phone signs its pre-key, and the identity of the client that it links", async () => {
  const { identity, signedPreKey } = new SignalDevice().createBundle({ preKey: true });
  expect(verifySignature(identity, generateSignalPubKey(signedPreKey.publicKey), signedPreKey.signature)).toBe(true);

  const { client } = await setStage();
  const { account, signedIdentityKey } = client.auth.creds;
  const empty = Buffer.alloc(0);
  const signed = [WA_ADV_ACCOUNT_SIG_PREFIX, account?.details ?? empty, signedIdentityKey.public];
  const { accountSignatureKey, accountSignature } = account ?? {};
  expect(verifySignature(accountSignatureKey ?? empty, Buffer.concat(signed), accountSignature ?? empty)).toBe(true);
});
