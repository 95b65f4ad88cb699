import { toTimestamp } from "../clock.js";
import type { Contact } from "../contacts/contacts.js";
import type { Device } from "../devices/devices.js";
import type { EventData } from "../events/event-body.js";
import { appendEvent } from "../events/events.js";
import type { Tx } from "../storage/store.js";
import type { Outcome } from "../transport/transport.js";
import type { Message } from "./messages.js";

/** A status is only ever left for one that comes later. */
const EARLIER: Record<Outcome["status"], Message["status"][]> = {
  sent: ["pending"],
  delivered: ["pending", "sent"],
  read: ["pending", "sent", "delivered"],
  failed: ["pending"],
};
const EVENT_OF = {
  sent: "message.sent",
  delivered: "message.delivered",
  read: "message.read",
  failed: "message.failed",
} as const satisfies Record<Outcome["status"], string>;

/** The row of an outbound message's event: the message, its contact and its device. */
type MessageContext = Message & Pick<Contact, "phone_number" | "lid"> & { contact_name: string | null; device_name: Device["device_name"] };

/**
 * Moves a message on and records the event of it; returns false where the message had got further already (receipts overtake each
 * other) or does not exist.
 */
export async function recordOutcome(tx: Tx, spaceId: string, messageId: string, outcome: Outcome, now: number): Promise<boolean> {
  const failure = outcome.status === "failed" ? { failure_code: outcome.code, failure_message: outcome.message } : {};
  const { numUpdatedRows } = await tx
    .updateTable("messages")
    .set({ status: outcome.status, ...failure })
    .where("space_id", "=", spaceId)
    .where("id", "=", messageId)
    .where("status", "in", EARLIER[outcome.status])
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  const message = await getContext(tx, spaceId, messageId);
  const name = EVENT_OF[outcome.status];
  await appendEvent(tx, { name, spaceId, deviceId: message.device_id, data: outboundData(message) }, now);
  return true;
}

const getContext = (tx: Tx, spaceId: string, messageId: string): Promise<MessageContext> =>
  tx
    .selectFrom("messages")
    .innerJoin("contacts", (join) => join.onRef("contacts.space_id", "=", "messages.space_id").onRef("contacts.id", "=", "messages.contact_id"))
    .innerJoin("devices", (join) => join.onRef("devices.space_id", "=", "messages.space_id").onRef("devices.id", "=", "messages.device_id"))
    .selectAll("messages")
    .select(["contacts.phone_number", "contacts.lid", "contacts.name as contact_name", "devices.device_name"])
    .where("messages.space_id", "=", spaceId)
    .where("messages.id", "=", messageId)
    .executeTakeFirstOrThrow();

function outboundData(message: MessageContext): EventData<"message.sent"> {
  const { failure_code, failure_message } = message;
  return {
    message_id: message.id,
    contact_id: message.contact_id,
    phone_number: message.phone_number,
    ...(message.phone_number === null && message.lid !== null && { lid: message.lid }),
    contact_name: message.contact_name,
    message: message.content,
    message_type: message.message_type,
    status: message.status,
    origin: message.origin ?? "api",
    ...(failure_code !== null && { failure: { code: failure_code, message: failure_message ?? "" } }),
    device_id: message.device_id,
    device_name: message.device_name,
    created_at: toTimestamp(message.created_at),
  };
}

/** Fails the messages that waited for WhatsApp's acknowledgement longer than their sender wanted; at most `most` at once. */
export async function expirePending(tx: Tx, now: number, most: number): Promise<string[]> {
  const late = await tx
    .selectFrom("messages")
    .select(["id", "space_id"])
    .where("status", "=", "pending")
    .where("expires_at", "<=", now)
    .orderBy("expires_at")
    .limit(most)
    .execute();
  const outcome: Outcome = { status: "failed", code: "expired", message: "WhatsApp did not acknowledge the message in time" };
  for (const { id, space_id } of late) await recordOutcome(tx, space_id, id, outcome, now);
  return late.map(({ id }) => id);
}
