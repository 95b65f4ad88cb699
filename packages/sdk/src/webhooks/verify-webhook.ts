import { WebhookVerificationError } from "./errors.js";
import { parseEvent, type WebhookEvent } from "./event.js";
import type { SignedBody } from "./hmac.js";
import { equalInConstantTime, requireSecrets, sign } from "./signatures.js";

export type WebhookHeaders =
  | { get(name: string): string | null }
  | Record<string, string | readonly string[] | undefined>;

export type VerifyOptions = {
  /** The request's body as it came, not parsed: `await request.text()`, `express.raw()`, … */
  body: string | Uint8Array | ArrayBuffer;
  /** The request's headers: a `Headers` object or Node's `request.headers`. */
  headers: WebhookHeaders;
  /** The webhook's `whsec_…` secret; several while one replaces another. Undefined, as a variable that is not set, throws. */
  secret: string | readonly string[] | undefined;
  /** How old, or ahead, a Standard Webhooks timestamp may be. Default 300. */
  toleranceSeconds?: number | undefined;
  /**
   * Refuses requests that carry no Standard Webhooks headers. Switch it on where the server sends them, as WhatsFlow does: without it
   * a recorded delivery passes for four days, with those headers taken off and any `X-Webhook-Delivery-Id`. The handlers are strict
   * by default.
   */
  strict?: boolean | undefined;
  /** The present, for tests. */
  now?: Date | undefined;
};

/**
 * Four days: how old an event may be whose signature says nothing of the time of the attempt. The waits between the attempts of one
 * schedule add up to no more. What is replayed, recovered, held back by an order or sent after a downtime of the server may be older,
 * and is refused: without a signed time nothing tells it from a recording.
 */
const MAX_UNTIMED_AGE_SECONDS = 345_600;

/**
 * Checks that a request is a webhook of the holder of `secret`, and returns its event.
 *
 * Where the Standard Webhooks headers are present they alone decide, with a timestamp near to now. Where only
 * `X-Webhook-Signature` is, the event's own signed timestamp must lie within four days; `strict` refuses that altogether.
 * Deliveries may repeat: remember the `webhook-id` of what you have processed, with `strict`. Without it the id is not signed.
 *
 * @example
 * ```ts
 * const body = await request.text();
 * const event = await verifyWebhook({ body, headers: request.headers, secret, strict: true });
 * if (event.event === "message.received") await answer(event.data);
 * ```
 *
 * @throws WebhookVerificationError when the request is not genuine; TypeError when the call is wrong (no secret, a parsed body).
 */
export async function verifyWebhook({
  body,
  headers,
  secret,
  toleranceSeconds = 300,
  strict,
  now = new Date(),
}: VerifyOptions): Promise<WebhookEvent> {
  const secrets = requireSecrets(secret);
  const raw = requireRawBody(body);
  const id = readHeader(headers, "webhook-id");
  const timestamp = readHeader(headers, "webhook-timestamp");
  const signature = readHeader(headers, "webhook-signature");
  // A part of them is an error: taking one away must not lead to the weaker check.
  const isStandard = strict || (id ?? timestamp ?? signature) !== undefined;
  const [given, prefix, tolerance] = isStandard
    ? [id && timestamp && signature, `${id}.${timestamp}.`, toleranceSeconds]
    : [readHeader(headers, "x-webhook-signature"), "", MAX_UNTIMED_AGE_SECONDS];
  if (!given) {
    const missing = isStandard ? "webhook-id, webhook-timestamp or webhook-signature" : "X-Webhook-Signature";
    throw new WebhookVerificationError("missing_header", `${missing} is missing. Pass all headers of the request.`);
  }
  if (isStandard && !/^\d{1,12}$/.test(String(timestamp)))
    throw new WebhookVerificationError("bad_header", "webhook-timestamp is not Unix seconds");
  for (const each of secrets) {
    const signing = sign(each, raw, prefix);
    // Where it is there at once, to await it would cost a small body a part of its time.
    const expected = typeof signing === "string" ? signing : await signing;
    if (!given.split(" ").some((one) => equalInConstantTime(expected, one))) continue;
    const event = parseEvent(raw);
    const signedAt = isStandard ? Number(timestamp) * 1000 : Date.parse(event.timestamp);
    // Written so that a time that is none is refused too.
    if (Math.abs(now.getTime() - signedAt) <= tolerance * 1000) return event;
    throw new WebhookVerificationError("stale", "Signed too long ago, or in the future. Is the clock right?");
  }
  throw new WebhookVerificationError(
    "bad_signature",
    "The signature does not fit. Check the secret, and pass the raw body.",
  );
}

function requireRawBody(body: VerifyOptions["body"]): SignedBody {
  if (typeof body === "string" || ArrayBuffer.isView(body)) return body;
  try {
    // Takes an ArrayBuffer alone, also of another realm, where `instanceof` says no.
    return new DataView(body);
  } catch {
    throw new TypeError(
      "Pass the raw body: express.raw({ type: '*/*' }) in Express, parseAs: 'buffer' in Fastify, rawBody: true in NestJS, await request.text() in Next.js, Hono and Fetch",
    );
  }
}

/** A header's one value, whatever the case of its name. */
export function readHeader(headers: WebhookHeaders, name: string): string | undefined {
  if (isHeaders(headers)) return headers.get(name) ?? undefined;
  let found: string | undefined;
  for (const key in headers) {
    // The length first: it tells most names apart at once.
    if (key.length !== name.length || key.toLowerCase() !== name) continue;
    const value = headers[key];
    if (value === undefined) continue;
    if (found !== undefined || (typeof value === "object" && value.length > 1))
      throw new WebhookVerificationError("bad_header", `${name} is there more than once`);
    found = String(value);
  }
  return found;
}

const isHeaders = (headers: WebhookHeaders): headers is { get(name: string): string | null } =>
  typeof headers.get === "function";
