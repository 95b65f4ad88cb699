/** The two signatures of a webhook, and the secret that both are made from. */
import { importKey, type SignedBody, type Signer } from "./hmac.js";

/** Imported keys by their secrets, apart because each scheme makes another key of the same secret. */
const standardSigners = new Map<string, Signer>();
const referenceSigners = new Map<string, Signer>();

/**
 * A signature as it stands in its header. With a prefix, `<id>.<timestamp>.`, one of `webhook-signature`: keyed with the bytes that
 * the base64 after `whsec_` stands for. Without, the value of `X-Webhook-Signature`: keyed with the whole secret as UTF-8.
 *
 * @throws TypeError when the secret stands for no bytes.
 */
export function sign(secret: string, body: SignedBody, prefix: string): string | Promise<string> {
  const signers = prefix ? standardSigners : referenceSigners;
  let signer = signers.get(secret);
  if (!signer) {
    signer = prefix
      ? importKey(keyBytes(secret), "v1,", "base64")
      : importKey(new TextEncoder().encode(secret), "sha256=", "hex");
    // Secrets in use at one time are few; beyond a hundred the cache starts anew.
    if (signers.size >= 100) signers.clear();
    signers.set(secret, signer);
  }
  return signer(prefix, body);
}

/** @throws TypeError when the secret stands for no bytes. */
export function keyBytes(secret: string): Uint8Array<ArrayBuffer> {
  // White space within is no base64 either, but atob passes over it.
  const base64 = secret.replace(/^whsec_/, "").replace(/\s/, "?");
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    throw new TypeError("secret is not whsec_ followed by base64. Pass it as it was shown.");
  }
}

/**
 * The secrets as a list.
 *
 * @throws TypeError when there is none: a check without a secret would be no check.
 */
export function requireSecrets(secret: unknown): readonly string[] {
  const secrets: unknown[] = Array.isArray(secret) ? secret : [secret];
  if (secrets.length > 0 && secrets.every(isSecret)) return secrets;
  throw new TypeError("secret is missing, or has white space around it. Pass it as it was shown.");
}

const isSecret = (secret: unknown): secret is string =>
  typeof secret === "string" && secret !== "" && secret !== "whsec_" && secret === secret.trim();

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function equalInConstantTime(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
