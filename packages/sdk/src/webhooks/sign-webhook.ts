import type { WebhookEvent } from "./event.js";
import { requireSecrets, sign } from "./signatures.js";

export type SignOptions = {
  /** The webhook's `whsec_…` secret; several while one replaces another. The first makes `X-Webhook-Signature`. */
  secret: string | readonly string[];
  /** The delivery's id. Drawn where absent. */
  id?: string | undefined;
  /** When it is signed. Default now. */
  timestamp?: Date | undefined;
} & ({ body: string; event?: undefined } | { event: Exclude<WebhookEvent, { event: "$unknown" }>; body?: undefined });

/**
 * Signs a body as the server does, with both signatures, so that tests of your own endpoint can send real requests.
 *
 * @example
 * ```ts
 * const event = { event: "webhook.test", timestamp: "2025-10-11T10:30:00.000Z", data: { webhook_id: "webhook_1", message: "Hello" } } as const;
 * const { body, headers } = await signWebhook({ event, secret });
 * await fetch("http://localhost:3000/webhooks", { method: "POST", body, headers });
 * ```
 *
 * @throws TypeError when the secret is missing or no base64, or there is neither an event nor a body as text.
 */
export async function signWebhook(options: SignOptions): Promise<{ body: string; headers: Record<string, string> }> {
  const [secret = "", ...others] = requireSecrets(options.secret);
  const body: unknown = options.body ?? JSON.stringify(options.event);
  if (typeof body !== "string") throw new TypeError("Pass event, or body as text.");
  const id = options.id ?? `delivery_${crypto.randomUUID().replaceAll("-", "")}`;
  const timestamp = String(Math.floor((options.timestamp ?? new Date()).getTime() / 1000));
  const signatures = await Promise.all([secret, ...others].map((each) => sign(each, body, `${id}.${timestamp}.`)));
  return {
    body,
    headers: {
      "Content-Type": "application/json",
      "User-Agent": "WhatsFlow-Webhooks/1.0",
      "X-Webhook-Event": eventName(body),
      "X-Webhook-Signature": await sign(secret, body, ""),
      "X-Webhook-Delivery-Id": id,
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": signatures.join(" "),
    },
  };
}

/** The body's `event`; tests of an endpoint may well sign what is no event. */
function eventName(body: string): string {
  try {
    const { event }: { event?: unknown } = JSON.parse(body) ?? {};
    return typeof event === "string" && /^[\x21-\x7e]+$/.test(event) ? event : "unknown";
  } catch {
    return "unknown";
  }
}
