import type { components } from "../generated/openapi.js";
import type { EventName } from "../generated/operations.js";

type WebhookEvent = components["schemas"]["WebhookEvent"];
/** What an event of a name carries, by the contract. */
export type EventData<Name extends EventName> = Extract<WebhookEvent, { event: Name }>["data"];

/** Express refuses bodies over 102,400 bytes unless told otherwise; every event stays below. */
export const MAX_BODY_BYTES = 100_000;

/**
 * An event as it is stored, signed and sent: compact JSON in UTF-8, serialised this once.
 *
 * A text that would make the body too large is cut at a character's end, and `message_truncated` says so.
 */
export function eventBody<Name extends EventName>(event: Name, timestamp: string, data: EventData<Name>): Buffer {
  const body = serialise(event, timestamp, data);
  return body.length < MAX_BODY_BYTES ? body : truncated(event, timestamp, data);
}

const serialise = (event: EventName, timestamp: string, data: object) =>
  Buffer.from(JSON.stringify({ event, timestamp, data }));

function truncated(event: EventName, timestamp: string, data: object): Buffer {
  if (!("message" in data) || typeof data.message !== "string") throw new Error(`The event ${event} is too large`);
  const rest = { ...data, message: "", message_truncated: true };
  const space = MAX_BODY_BYTES - 1 - serialise(event, timestamp, rest).length;
  return serialise(event, timestamp, { ...rest, message: cut(data.message, space) });
}

/** The longest beginning of `text`, in whole characters, whose JSON form has at most `maxBytes` bytes. */
function cut(text: string, maxBytes: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(JSON.stringify(character)) - 2;
    if (bytes > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}
