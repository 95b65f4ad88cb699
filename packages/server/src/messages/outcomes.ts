import { type Kysely, sql } from "kysely";
import { toTimestamp } from "../clock.js";
import type { Device } from "../devices/devices.js";
import type { EventData } from "../events/event-body.js";
import { appendEvent, appendEvents } from "../events/events.js";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import type { Outcome } from "../transport/transport.js";
import { type Message, type MessageWithContact, withContact } from "./messages.js";

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
  const name = EVENT_OF[outcome.status];
  await appendEvent(tx, { name, spaceId, deviceId: message.device_id, data: outboundData(message) }, now);
  return true;
}

/** So many that a statement's cost is shared, so few that its text stays short. */
const MOST_AT_ONCE = 50;

/** The same for several messages of one space that all got as far as this, in their order, at half the cost of each. */
export async function recordReceipts(
  tx: Tx,
  spaceId: number,
  messageIds: readonly string[],
  status: "sent" | "delivered" | "read",
  now: number,
): Promise<void> {
  const distinct = [...new Set(messageIds)];
  for (let from = 0; from < distinct.length; from += MOST_AT_ONCE) {
    const ids = distinct.slice(from, from + MOST_AT_ONCE);
    const chosen = tx.selectFrom("messages").where("space_id", "=", spaceId).where("id", "in", ids);
    const found = new Map((await withDevice(withContact(tx, chosen)).execute()).map((row) => [row.id, row]));
    const moved = ids.flatMap((id): MessageContext[] => {
      const before = found.get(id);
      return before && EARLIER[status].includes(before.status) ? [{ ...before, status }] : [];
    });
    if (moved.length === 0) continue;
    const seqs = moved.map(({ seq }) => seq);
    await tx.updateTable("messages").set({ status }).where("seq", "in", seqs).execute();
    const name = EVENT_OF[status];
    const events = moved.map((row) => ({ name, spaceId, deviceId: row.device_id, data: outboundData(row) }));
    await appendEvents(tx, spaceId, events, now);
  }
}

/** Records the event of a message that the phone itself sent, as it is stored. */
export async function announceSent(tx: Tx, spaceId: number, messageId: string, now: number): Promise<void> {
  const [message] = await context(tx, { spaceId, messageId });
  if (!message) throw new Error(`The message ${messageId} is gone`);
  const data = outboundData(message);
  await appendEvent(tx, { name: "message.sent", spaceId, deviceId: message.device_id, data }, now);
}

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
