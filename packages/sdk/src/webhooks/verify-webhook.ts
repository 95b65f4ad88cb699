import { WebhookVerificationError } from "./errors.js";
import { parseEvent, type WebhookEvent } from "./event.js";
import { equalInConstantTime, referenceSignature, requireSecrets, standardSignature } from "./signatures.js";

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

const DEFAULT_TOLERANCE_SECONDS = 5 * 60;
/**
 * How old an event may be whose signature says nothing of the time of the attempt. The waits between the attempts of one schedule add up
 * to no more. What is replayed, recovered, held back by an order or sent after a downtime of the server may be older, and is refused:
 * without a signed time nothing tells it from a recording.
 */
const OLDEST_UNTIMED_EVENT_MS = 4 * 24 * 60 * 60 * 1000;

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
export async function verifyWebhook(options: VerifyOptions): Promise<WebhookEvent> {
  const secrets = requireSecrets(options.secret);
  const body = requireRawBody(options.body);
  const now = (options.now ?? new Date()).getTime();
  const standard = standardHeaders(options.headers);
  if (standard) {
    await verifyStandard(standard, secrets, body);
    requireRecent(
      Number(standard.timestamp) * 1000,
      now,
      (options.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS) * 1000,
    );
    return parseEvent(body);
  }
  if (options.strict) {
    throw new WebhookVerificationError(
      "missing_header",
      "The headers webhook-id, -timestamp and -signature are missing",
    );
  }
  await verifyReference(readHeader(options.headers, "x-webhook-signature"), secrets, body);
  const event = parseEvent(body);
  requireRecent(Date.parse(event.timestamp), now, OLDEST_UNTIMED_EVENT_MS);
  return event;
}

/** The bytes that were signed. What a body parser made of them says nothing about them. */
function requireRawBody(body: unknown): Uint8Array {
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (isArrayBuffer(body)) return new Uint8Array(body);
  throw new TypeError(
    "Pass the raw body, a string or bytes, not a parsed one: in Express use express.raw({ type: 'application/json' }) for this route.",
  );
}

/** Also one of another realm, such as a test runner's or an iframe's, where `instanceof` says no. */
const isArrayBuffer = (value: unknown): value is ArrayBuffer =>
  Object.prototype.toString.call(value) === "[object ArrayBuffer]";

type StandardHeaders = { id: string; timestamp: string; signatures: string[] };

/** Undefined where none is present. One that lacks is an error: taking it away must not lead to the weaker check. */
function standardHeaders(headers: WebhookHeaders): StandardHeaders | undefined {
  const id = readHeader(headers, "webhook-id");
  const timestamp = readHeader(headers, "webhook-timestamp");
  const signature = readHeader(headers, "webhook-signature");
  if (id === undefined && timestamp === undefined && signature === undefined) return undefined;
  if (!id || !timestamp || !signature) {
    throw new WebhookVerificationError("missing_header", "Of webhook-id, -timestamp and -signature one is missing");
  }
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookVerificationError("bad_header", "webhook-timestamp must be Unix seconds");
  }
  return { id, timestamp, signatures: signature.split(" ") };
}

async function verifyStandard(headers: StandardHeaders, secrets: string[], body: Uint8Array): Promise<void> {
  for (const secret of secrets) {
    const expected = await standardSignature(secret, headers.id, headers.timestamp, body);
    if (headers.signatures.some((signature) => equalInConstantTime(signature, expected))) return;
  }
  throw new WebhookVerificationError("bad_signature", "webhook-signature does not fit the body and the secret");
}

async function verifyReference(signature: string | undefined, secrets: string[], body: Uint8Array): Promise<void> {
  if (!signature) throw new WebhookVerificationError("missing_header", "The request carries no signature");
  for (const secret of secrets) {
    if (equalInConstantTime(signature, await referenceSignature(secret, body))) return;
  }
  throw new WebhookVerificationError("bad_signature", "X-Webhook-Signature does not fit the body and the secret");
}

function requireRecent(timestamp: number, now: number, toleranceMs: number): void {
  // Written so that a time that is none is refused too.
  if (Math.abs(now - timestamp) <= toleranceMs) return;
  throw new WebhookVerificationError("stale", "The request was signed too long ago, or in the future");
}

/** A header's one value, whatever the case of its name. */
export function readHeader(headers: WebhookHeaders, name: string): string | undefined {
  if (isHeaders(headers)) return headers.get(name) ?? undefined;
  const values = Object.entries(headers).flatMap(([key, value]) =>
    key.toLowerCase() === name && value !== undefined ? value : [],
  );
  if (values.length > 1) throw new WebhookVerificationError("bad_header", `${name} is there more than once`);
  return values[0];
}

const isHeaders = (headers: WebhookHeaders): headers is { get(name: string): string | null } =>
  typeof headers.get === "function";
