import { createHmac, createSecretKey, type KeyObject, randomBytes } from "node:crypto";

const SECRET_PREFIX = "whsec_";
/** 33 bytes are 44 characters of base64, without padding. */
const SECRET_BYTES = 33;

/**
 * A new signing secret: one text that both schemes take, and that survives a shell, a URL and a double click.
 *
 * About one draw in four has neither `+` nor `/`; 260 of its 264 bits remain random.
 */
export function newWebhookSecret(): string {
  for (;;) {
    const text = randomBytes(SECRET_BYTES).toString("base64");
    if (/^[0-9A-Za-z]+$/.test(text)) return SECRET_PREFIX + text;
  }
}

/** A secret as each scheme signs with it. Node takes five times as long with the bytes themselves. */
export interface SigningKeys {
  /** Of the reference's scheme. */
  text: KeyObject;
  /** Of Standard Webhooks. */
  decoded: KeyObject;
}

export const signingKeys = (secret: string): SigningKeys => ({
  text: createSecretKey(secret, "utf8"),
  decoded: createSecretKey(secret.slice(SECRET_PREFIX.length), "base64"),
});

export interface Unsigned {
  deliveryId: string;
  keys: SigningKeys;
  /** Of the secret before it, while both are in use. */
  previousKeys: SigningKeys | undefined;
  /** Signed byte for byte. */
  body: Uint8Array;
  timestampSeconds: number;
}

export type SignatureHeaders = Record<
  "X-Webhook-Signature" | "webhook-id" | "webhook-timestamp" | "webhook-signature",
  string
>;

/**
 * The headers of both schemes: the reference's, over the body alone, and that of Standard Webhooks
 * (https://www.standardwebhooks.com), which also covers the delivery's id and the time of the attempt.
 *
 * While two secrets are in use the second scheme carries a signature of each, the new one first. The first scheme has room for one:
 * it stays with the old secret, which all receivers know, until that ends.
 */
export function signatureHeaders(unsigned: Unsigned): SignatureHeaders {
  const { deliveryId, keys, previousKeys, body, timestampSeconds } = unsigned;
  const { text } = previousKeys ?? keys;
  const all = previousKeys === undefined ? [keys] : [keys, previousKeys];
  return {
    "X-Webhook-Signature": `sha256=${createHmac("sha256", text).update(body).digest("hex")}`,
    "webhook-id": deliveryId,
    "webhook-timestamp": String(timestampSeconds),
    "webhook-signature": all.map((each) => standardSignature(each, unsigned)).join(" "),
  };
}

function standardSignature({ decoded }: SigningKeys, { deliveryId, body, timestampSeconds }: Unsigned): string {
  const mac = createHmac("sha256", decoded).update(`${deliveryId}.${timestampSeconds}.`).update(body);
  return `v1,${mac.digest("base64")}`;
}

/** All headers of a delivery. */
export const deliveryHeaders = (eventName: string, unsigned: Unsigned): Record<string, string> => ({
  "Content-Type": "application/json",
  "User-Agent": "WhatsFlow-Webhooks/1.0",
  "X-Webhook-Event": eventName,
  "X-Webhook-Delivery-Id": unsigned.deliveryId,
  ...signatureHeaders(unsigned),
});
