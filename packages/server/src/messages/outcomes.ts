import { type Kysely, sql } from "kysely";
import { toTimestamp } from "../clock.js";
import type { Contact } from "../contacts/contacts.js";
import type { Device } from "../devices/devices.js";
import type { EventData } from "../events/event-body.js";
import { appendEvent, appendEvents } from "../events/events.js";
import { listed, prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import type { Outcome } from "../transport/transport.js";
import { countFailure } from "./message-counts.js";
import { type Message, type MessageWithContact, type NewMessage, withContact } from "./messages.js";

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
type MessageContext = MessageWithContact & Pick<Device, "device_name">;

const withDevice = (messages: ReturnType<typeof withContact>) =>
  messages
    .innerJoin("devices", (join) =>
      join.onRef("devices.space_id", "=", "messages.space_id").onRef("devices.id", "=", "messages.device_id"),
    )
    .select("devices.device_name");

const context = prepared<{ spaceId: number; messageId: string }, MessageContext>((db, { spaceId, messageId }) => {
  const one = db.selectFrom("messages").where("space_id", "=", spaceId).where("id", "=", messageId).limit(sql.lit(1));
  return withDevice(withContact(db, one));
});

const setStatus = prepared<Pick<Message, "seq" | "status" | "failure_code" | "failure_message">, never>((db, row) =>
  db
    .updateTable("messages")
    .set({ status: row.status, failure_code: row.failure_code, failure_message: row.failure_message })
    .where("seq", "=", row.seq),
);

/**
 * Moves a message on and records the event of it; returns false where the message had got further already (receipts overtake each
 * other) or does not exist.
 */
export async function recordOutcome(
  tx: Tx,
  spaceId: number,
  messageId: string,
  outcome: Outcome,
  now: number,
): Promise<boolean> {
  const [before] = await context(tx, { spaceId, messageId });
  if (!before || !EARLIER[outcome.status].includes(before.status)) return false;
  const failed = outcome.status === "failed";
  const message: MessageContext = {
    ...before,
    status: outcome.status,
    failure_code: failed ? outcome.code : null,
    failure_message: failed ? outcome.message : null,
  };
  await setStatus(tx, message);
  if (failed) await countFailure(tx, message);
  const name = EVENT_OF[outcome.status];
  await appendEvent(tx, { name, spaceId, deviceId: message.device_id, data: outboundData(message) }, now);
  return true;
}

const contexts = prepared<{ spaceId: number; messageIds: string }, MessageContext>((db, { spaceId, messageIds }) => {
  const some = db.selectFrom("messages").where("space_id", "=", spaceId).where("id", "in", listed<string>(messageIds));
  return withDevice(withContact(db, some));
});

const setStatuses = prepared<{ seqs: string; status: Message["status"] }, never>((db, { seqs, status }) =>
  db.updateTable("messages").set({ status }).where("seq", "in", listed<number>(seqs)),
);

/** The same for several messages of one space that all got as far as this, in their order, at half the cost of each. */
export async function recordReceipts(
  tx: Tx,
  spaceId: number,
  messageIds: readonly string[],
  status: "sent" | "delivered" | "read",
  now: number,
): Promise<void> {
  const ids = [...new Set(messageIds)];
  const found = new Map(
    (await contexts(tx, { spaceId, messageIds: JSON.stringify(ids) })).map((message) => [message.id, message]),
  );
  const moved = ids.flatMap((id): MessageContext[] => {
    const before = found.get(id);
    return before && EARLIER[status].includes(before.status) ? [{ ...before, status }] : [];
  });
  if (moved.length === 0) return;
  await setStatuses(tx, { seqs: JSON.stringify(moved.map(({ seq }) => seq)), status });
  const name = EVENT_OF[status];
  const events = moved.map((row) => ({ name, spaceId, deviceId: row.device_id, data: outboundData(row) }));
  await appendEvents(tx, spaceId, events, now);
}

/** Records the event of a message that was just stored as sent. */
export async function announceSent(
  tx: Tx,
  id: string,
  message: NewMessage,
  contact: Contact,
  device: Pick<Device, "id" | "device_name">,
  now: number,
): Promise<void> {
  const data = outboundData({
    ...message,
    id,
    failure_code: null,
    failure_message: null,
    contact_id: contact.id,
    phone_number: contact.phone_number,
    lid: contact.lid,
    contact_name: contact.name,
    device_id: device.id,
    device_name: device.device_name,
  });
  await appendEvent(tx, { name: "message.sent", spaceId: contact.space_id, deviceId: device.id, data }, now);
}

type Unused = "seq" | "space_id" | "direction" | "media" | "group_id" | "group_name";

function outboundData(message: Omit<MessageContext, Unused>): EventData<"message.sent"> {
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

/** The status is written out, not bound: only then SQLite sees that the index of pending messages serves. */
const overdue = prepared<{ now: number }, Pick<Message, "id" | "space_id">>((db, { now }) =>
  db
    .selectFrom("messages")
    .select(["id", "space_id"])
    .where("status", "=", sql.lit("pending"))
    .where("expires_at", "<=", now)
    .orderBy("expires_at")
    .limit(sql.lit(MOST_EXPIRED_AT_ONCE)),
);
const MOST_EXPIRED_AT_ONCE = 200;

/** Fails the messages that waited for WhatsApp's acknowledgement longer than their sender wanted; returns their ids, a limited number at once. */
export async function expirePending(tx: Tx, now: number): Promise<string[]> {
  const late = await overdue(tx, { now });
  const outcome: Outcome = {
    status: "failed",
    code: "expired",
    message: "WhatsApp did not acknowledge the message in time",
  };
  for (const { id, space_id } of late) await recordOutcome(tx, space_id, id, outcome, now);
  return late.map(({ id }) => id);
}

/** Whether there is anything to expire; spares the writer a transaction a second. */
export const anyOverdue = async (db: Kysely<Database>, now: number): Promise<boolean> =>
  (await overdue(db, { now })).length > 0;
