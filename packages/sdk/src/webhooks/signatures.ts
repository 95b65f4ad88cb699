/** The two signatures of a webhook, and the secret that both are made from. */
import { importKey, type Mac } from "./hmac.js";

/** Secrets in use at one time are few; beyond this many the cache starts anew. */
const MAX_CACHED_KEYS = 100;
const cache = new Map<string, Promise<Mac>>();

function cachedMac(scheme: string, secret: string, keyOf: (secret: string) => Uint8Array): Promise<Mac> {
  const name = `${scheme} ${secret}`;
  const known = cache.get(name);
  if (known) return known;
  const mac = importKey(keyOf(secret));
  if (cache.size >= MAX_CACHED_KEYS) cache.clear();
  cache.set(name, mac);
  return mac;
}

/** The value of `X-Webhook-Signature`: keyed with the whole secret as UTF-8. */
export async function referenceSignature(secret: string, body: Uint8Array): Promise<string> {
  const mac = await cachedMac("reference", secret, (text) => new TextEncoder().encode(text));
  return `sha256=${toHex(await mac("", body))}`;
}

/** One value of `webhook-signature`: keyed with the bytes that the base64 after `whsec_` stands for. */
export async function standardSignature(
  secret: string,
  id: string,
  timestamp: string,
  body: Uint8Array,
): Promise<string> {
  const mac = await cachedMac("standard", secret, keyBytes);
  return `v1,${toBase64(await mac(`${id}.${timestamp}.`, body))}`;
}

/**
 * The secrets as a list.
 *
 * @throws TypeError when there is none: a check without a secret would be no check.
 */
export function requireSecrets(secret: unknown): string[] {
  const secrets: unknown[] = Array.isArray(secret) ? secret : [secret];
  if (secrets.length === 0) throw new TypeError("secret is missing: the list is empty");
  return secrets.map((each) => {
    if (typeof each !== "string" || each === "" || each === "whsec_")
      throw new TypeError("secret is missing. Pass the webhook's whsec_… secret.");
    if (each !== each.trim()) throw new TypeError("secret begins or ends with white space. Was it read from a file?");
    return each;
  });
}

/**
 * Before the first delivery, so that a secret which was copied badly is noticed when the receiver is started.
 *
 * @throws TypeError when one of the secrets is none that the server makes. The message repeats nothing of it.
 */
export function requireSecretForm(secret: unknown): void {
  for (const each of requireSecrets(secret)) {
    if (each.startsWith("whsec_") && isBase64(each.slice("whsec_".length))) continue;
    throw new TypeError(
      "secret is not whsec_ followed by base64, such as whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw. Pass it as it was shown: in the answer of createWebhook (client.webhooks.create), or by whatsflow listen.",
    );
  }
}

const isBase64 = (text: string): boolean =>
  /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.replace(/=+$/, "").length % 4 !== 1;

/** @throws TypeError when the secret stands for no bytes. */
function keyBytes(secret: string): Uint8Array {
  const base64 = secret.startsWith("whsec_") ? secret.slice("whsec_".length) : secret;
  if (!isBase64(base64)) {
    throw new TypeError("secret is not whsec_ followed by base64. Pass the secret as it was shown.");
  }
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function equalInConstantTime(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
