/** The name under which a delivery is processed once. Nothing that a sender without the secret can choose may be one. */
import { toHex } from "./hmac.js";
import { readHeader, type WebhookHeaders } from "./verify-webhook.js";

export type DeliveryIdSource = { headers: WebhookHeaders; body: string | Uint8Array; strict: boolean };

/**
 * Of a request that verified: `webhook-id`, which is signed there. Where `strict` is off anybody can take the signed headers off a
 * recorded delivery and put another `X-Webhook-Delivery-Id` on, so it is `body_` and a hash of the body: that is signed either way,
 * and the same on every attempt.
 */
export async function deliveryIdOf({ headers, body, strict }: DeliveryIdSource): Promise<string> {
  const signed = strict ? readHeader(headers, "webhook-id") : undefined;
  if (signed !== undefined) return signed;
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : Uint8Array.from(body);
  return `body_${toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)))}`;
}
