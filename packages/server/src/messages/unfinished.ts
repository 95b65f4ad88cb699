import { type Kysely, sql } from "kysely";
import type { Database, Mode } from "../storage/schema.js";
import type { OutgoingMessage } from "../transport/transport.js";

function outbound(db: Kysely<Database>, mode: Mode) {
  return db
    .selectFrom("messages")
    .innerJoin("contacts", (join) =>
      join.onRef("contacts.space_id", "=", "messages.space_id").onRef("contacts.id", "=", "messages.contact_id"),
    )
    .innerJoin("spaces", "spaces.id", "messages.space_id")
    .select([
      "messages.space_id",
      "messages.device_id",
      "messages.id",
      "messages.content",
      "messages.status",
      "contacts.phone_number",
    ])
    .where("spaces.mode", "=", mode)
    .where("messages.direction", "=", "outbound")
    .where("messages.origin", "=", "api")
    .orderBy("messages.seq");
}

type Row = Awaited<ReturnType<ReturnType<typeof outbound>["execute"]>>[number];

const toOutgoing = ({ space_id, device_id, id, content, phone_number }: Row): OutgoingMessage => ({
  spaceId: space_id,
  deviceId: device_id,
  messageId: id,
  to: phone_number ?? "",
  text: content ?? "",
});

/** The messages that were stored and never acknowledged, in the order of their acceptance. */
export async function listUnacknowledged(db: Kysely<Database>, mode: Mode): Promise<OutgoingMessage[]> {
  const rows = await outbound(db, mode).where("messages.status", "=", sql.lit("pending")).execute();
  return rows.map(toOutgoing);
}

export interface UnreadMessage extends OutgoingMessage {
  status: "sent" | "delivered";
}

/** The messages since a time that are on their way to being read. */
export async function listUnread(db: Kysely<Database>, mode: Mode, since: number): Promise<UnreadMessage[]> {
  const rows = await outbound(db, mode)
    .where("messages.status", "in", ["sent", "delivered"])
    .where("messages.created_at", ">=", since)
    .execute();
  return rows.flatMap((row) =>
    row.status === "sent" || row.status === "delivered" ? [{ ...toOutgoing(row), status: row.status }] : [],
  );
}
