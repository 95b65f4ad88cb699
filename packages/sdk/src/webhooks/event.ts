/** From the bytes of a verified body to a typed event. */
import type { WebhookEvents } from "../generated/events.js";
import { EVENT_NAMES, type EventName } from "../generated/names.js";
import { WebhookVerificationError } from "./errors.js";

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

type Envelope = { event: string; timestamp: string; data: unknown };

export function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== "object" || value === null) return false;
  const { event, timestamp, data }: { event?: unknown; timestamp?: unknown; data?: unknown } = value;
  return typeof event === "string" && typeof timestamp === "string" && typeof data === "object" && data !== null;
}

/** The data of a known event is as the contract says, because whoever holds the secret signed it; only the envelope is checked. */
const isKnown = (envelope: Envelope): envelope is WebhookEvents[EventName] =>
  EVENT_NAMES.some((name) => name === envelope.event);

/** @throws WebhookVerificationError `bad_body` when the bytes are no event. */
export function parseEvent(body: Uint8Array): WebhookEvent {
  const envelope = parseJson(body);
  if (!isEnvelope(envelope)) throw new WebhookVerificationError("bad_body", "The body is not an event");
  return typedEvent(envelope);
}

/** What a newer server sent is marked as unknown, so that the union still narrows. */
export function typedEvent(envelope: Envelope): WebhookEvent {
  if (isKnown(envelope)) return envelope;
  const { event: name, timestamp, data } = envelope;
  return { event: "$unknown", name, timestamp, data };
}

function parseJson(body: Uint8Array): unknown {
  try {
    // Fatal, because a lenient decoder makes one and the same text of different bytes.
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body));
  } catch (cause) {
    throw new WebhookVerificationError("bad_body", "The body is not JSON in UTF-8", { cause });
  }
}
