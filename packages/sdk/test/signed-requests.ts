/** Requests as a sender would sign them, and what verifyWebhook makes of them. */
import { createHmac } from "node:crypto";
import {
  type MessageReceivedEvent,
  type VerifyOptions,
  verifyWebhook,
  type WebhookHeaders,
} from "../src/webhooks/index.js";

export const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr";
export const OTHER = "whsec_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR";
export const NOW = new Date("2025-10-11T10:30:00.000Z");
export const EVENT: MessageReceivedEvent = {
  event: "message.received",
  timestamp: "2025-10-11T10:30:00.000Z",
  data: {
    message_id: "msg_abc123",
    contact_id: "contact_xyz789",
    phone_number: "+94771234567",
    contact_name: "John Doe",
    message: "Hi, I need help",
    message_type: "text",
    device_id: "device_123",
    device_name: "Main Line",
    created_at: "2025-10-11T10:30:00.000Z",
  },
};
export const BODY = JSON.stringify(EVENT);
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const seconds = (date: Date): string => String(date.getTime() / 1000);

// Written here once more, from the contract's words and by other means, so that a mistake in the package is not in its test too.
export const reference = (body: Uint8Array, secret = SECRET) => ({
  "X-Webhook-Signature": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
});
export function standard(body: Uint8Array, { id = "delivery_1", timestamp = seconds(NOW), secret = SECRET } = {}) {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const signature = createHmac("sha256", key).update(signed).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}

export const verify = (headers: WebhookHeaders, more: Partial<VerifyOptions> = {}) =>
  verifyWebhook({ body: BODY, headers, secret: SECRET, now: NOW, ...more });

/** The code of the error, or the error itself where it is none of ours. */
export async function refusal(promise: Promise<unknown>): Promise<unknown> {
  const error: unknown = await promise.then(
    () => "accepted",
    (reason: unknown) => reason,
  );
  return error instanceof Error && "code" in error ? error.code : error;
}
