import { toTimestamp } from "../clock.js";
import { ApiError, invalid } from "../errors.js";
import type { components } from "../generated/openapi.js";
import type { AnyAnswer, Handlers } from "../http/contract.js";
import { parseTime } from "../http/validation.js";
import { toPagination } from "../paging.js";
import type { Store } from "../storage/store.js";
import { getMessage, getSentMessage, listMessages, type MessageWithContact, type SentMessage } from "./messages.js";
import { normalizePhoneNumber } from "./phone-number.js";
import type { Messenger, SendInput } from "./sending.js";

type Body = components["schemas"]["SendMessageRequest"];

export function messageRoutes({
  store,
  messenger,
}: {
  store: Store;
  messenger: Messenger;
}): Pick<Handlers, "sendMessage" | "getMessage" | "listMessages"> {
  return {
    async sendMessage({ caller, body, reply, claim }) {
      const to = recipientOf(body);
      const input: SendInput = { to, text: body.message, deviceId: body.device_id, ttlSeconds: body.ttl_seconds };
      const { status, body: answer } = sentAnswer(await messenger.send(caller, input, claim));
      return reply(status, answer);
    },
    async getMessage({ caller, params, reply }) {
      const message = await getMessage(store.read, caller.space, caller.deviceIds, params.id);
      return reply(200, { success: true, data: toMessage(message) });
    },
    async listMessages({ caller, query, reply }) {
      const { contact_id, device_id, direction, status, since, until, ...request } = query;
      const filters = {
        contactId: contact_id,
        deviceId: device_id,
        direction,
        status,
        since: since === undefined ? undefined : parseTime("since", since),
        until: until === undefined ? undefined : parseTime("until", until),
      };
      const page = await listMessages(store.read, caller.space, caller.deviceIds, filters, request);
      return reply(200, { success: true, data: page.rows.map(toMessage), pagination: toPagination(page, query.limit) });
    },
  };
}

/**
 * The answer to a send, told again from the state of its message, for a repeated Idempotency-Key.
 *
 * @throws ApiError where the answer was one.
 */
export async function repeatSendAnswer(store: Store, spaceId: number, messageId: string): Promise<AnyAnswer> {
  return sentAnswer(await getSentMessage(store.read, spaceId, messageId));
}

function recipientOf({ phone_number, contact_id }: Pick<Body, "phone_number" | "contact_id">): SendInput["to"] {
  if (phone_number !== undefined && contact_id !== undefined)
    throw invalid("contact_id", "cannot be combined with phone_number; send one of them");
  if (contact_id !== undefined) return { contactId: contact_id };
  if (phone_number === undefined) throw invalid("phone_number", "is required, unless contact_id is given");
  const phoneNumber = normalizePhoneNumber(phone_number);
  if (phoneNumber === undefined)
    throw invalid("phone_number", "must be an international number with country code, such as +94771234567");
  return { phoneNumber };
}

function sentAnswer({ id, phoneNumber, text, createdAt, outcome }: SentMessage) {
  if (outcome.status === "failed" && outcome.code !== "expired")
    throw new ApiError(outcome.code, outcome.message, { messageId: id });
  // What came after the acknowledgement is told by events; the answer to a send is always about the sending.
  const status = outcome.status === "delivered" || outcome.status === "read" ? "sent" : outcome.status;
  const data = { message_id: id, phone_number: phoneNumber, message: text, status, timestamp: toTimestamp(createdAt) };
  return { status: 200, body: { success: true, data } } as const;
}

export function toMessage(message: MessageWithContact): components["schemas"]["Message"] {
  const { failure_code, failure_message, lid, phone_number, media, group_id, group_name, origin } = message;
  return {
    id: message.id,
    contact_id: message.contact_id,
    device_id: message.device_id,
    phone_number,
    ...(phone_number === null && lid !== null && { lid }),
    contact_name: message.contact_name,
    direction: message.direction,
    message_type: message.message_type,
    content: message.content,
    ...(media !== null && { media: JSON.parse(media) }),
    ...(group_id !== null && { group_id, group_name }),
    status: message.status,
    ...(origin !== null && { origin }),
    ...(failure_code !== null && { failure: { code: failure_code, message: failure_message ?? "" } }),
    created_at: toTimestamp(message.created_at),
  };
}
