import { type Kysely, sql } from "kysely";
import type { Database, Mode } from "../storage/schema.js";
import type { OutgoingMessage, UnfinishedMessage } from "../transport/transport.js";

function outbound(db: Kysely<Database>, mode: Mode) {
  return (
    db
      .selectFrom("messages")
      .innerJoin("contacts", (join) =>
        join.onRef("contacts.space_id", "=", "messages.space_id").onRef("contacts.id", "=", "messages.contact_id"),
      )
      .innerJoin("spaces", "spaces.id", "messages.space_id")
      .leftJoin("whatsapp_payloads", (join) =>
        join
          .onRef("whatsapp_payloads.device_id", "=", "messages.device_id")
          .onRef("whatsapp_payloads.whatsapp_id", "=", "messages.whatsapp_id"),
      )
      .select([
        "messages.space_id",
        "messages.device_id",
        "messages.id",
        "messages.content",
        "messages.status",
        "messages.whatsapp_id",
        "messages.expires_at",
        "contacts.phone_number",
        "contacts.lid",
        "whatsapp_payloads.payload",
      ])
      .where("spaces.mode", "=", mode)
      .where("messages.direction", "=", "outbound")
      .where("messages.origin", "=", "api")
      // The sign keeps SQLite from walking the whole table in this order instead of using an index.
      .orderBy(sql`+messages.seq`)
  );
}

type Row = Awaited<ReturnType<ReturnType<typeof outbound>["execute"]>>[number];

const toOutgoing = (row: Row): OutgoingMessage => ({
  spaceId: row.space_id,
  deviceId: row.device_id,
  messageId: row.id,
  to: { phoneNumber: row.phone_number, lid: row.lid },
  text: row.content ?? "",
  prepared: row.whatsapp_id !== null && row.payload ? { whatsappId: row.whatsapp_id, payload: row.payload } : null,
  expiresAt: row.expires_at ?? 0,
  isRepeated: true,
});

/** The messages that were stored and never acknowledged, and whose time is not over, in the order of their acceptance. */
export async function listUnacknowledged(db: Kysely<Database>, mode: Mode, now: number): Promise<OutgoingMessage[]> {
  const rows = await outbound(db, mode)
    .where("messages.status", "=", sql.lit("pending"))
    .where("messages.expires_at", ">", now)
    .execute();
  return rows.map(toOutgoing);
}

/** The messages since a time that are on their way to being read. */
export async function listUnread(db: Kysely<Database>, mode: Mode, since: number): Promise<UnfinishedMessage[]> {
  const rows = await outbound(db, mode)
    .where("messages.status", "in", ["sent", "delivered"])
    .where("messages.created_at", ">=", since)
    .execute();
  return rows.flatMap((row) =>
    row.status === "sent" || row.status === "delivered" ? [{ ...toOutgoing(row), status: row.status }] : [],
  );
}
