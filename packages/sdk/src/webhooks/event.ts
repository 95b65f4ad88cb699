/** From the bytes of a verified body to a typed event. */
import type { WebhookEvents } from "../generated/events.js";
import { EVENT_NAMES, type EventName } from "../generated/names.js";
import { WebhookVerificationError } from "./errors.js";
import type { SignedBody } from "./hmac.js";

/** An event that this version of the package does not know: a newer server sent it. Ignore it, or update. */
export type UnknownWebhookEvent = { event: "$unknown"; name: string; timestamp: string; data: unknown };

/**
 * Any event, told apart by `event`.
 *
 * @example
 * ```ts
 * if (event.event === "message.received") console.log(event.data.message);
 * ```
 */
export type WebhookEvent = WebhookEvents[EventName] | UnknownWebhookEvent;

type Envelope = { event?: unknown; timestamp?: unknown; data?: unknown };

/** What has the form of an event, as one; undefined for anything else. One that a newer server sent is marked as unknown. */
export function toEvent(value: unknown): WebhookEvent | undefined {
  const envelope: Envelope = value ?? {};
  const { event, timestamp, data } = envelope;
  if (typeof event !== "string" || typeof timestamp !== "string" || typeof data !== "object" || !data) return undefined;
  return isKnown(envelope) ? envelope : { event: "$unknown", name: event, timestamp, data };
}

/** The data of a known event is as the contract says, because whoever holds the secret signed it; only the envelope is checked. */
const isKnown = (envelope: Envelope): envelope is WebhookEvents[EventName] =>
  EVENT_NAMES.some((name) => name === envelope.event);

// Fatal, because a lenient decoder makes one and the same text of different bytes; and a byte order mark is no JSON.
const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @throws WebhookVerificationError `bad_body` when it is no event. */
export function parseEvent(body: SignedBody): WebhookEvent {
  let cause: unknown;
  try {
    const event = toEvent(JSON.parse(typeof body === "string" ? body : utf8.decode(body)));
    if (event) return event;
  } catch (error) {
    cause = error;
  }
  throw new WebhookVerificationError("bad_body", "The body is no event in JSON and UTF-8", { cause });
}
