import { type Kysely, type Selectable, type SelectQueryBuilder, sql } from "kysely";
import type { Space } from "../accounts/accounts.js";
import type { Contact } from "../contacts/contacts.js";
import type { Device, DeviceLimit } from "../devices/devices.js";
import { invalid, notFound } from "../errors.js";
import { newId } from "../ids.js";
import { checkListRequest, decodeCursor, type ListPage, type ListRequest, toListPage } from "../paging.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import type { Outcome } from "../transport/transport.js";

export type Message = Selectable<Database["messages"]>;
/** A message with what its answers tell of its contact. */
export type MessageWithContact = Message & Pick<Contact, "phone_number" | "lid"> & { contact_name: string | null };

/** A message as its sender is answered. */
export interface SentMessage {
  id: string;
  phoneNumber: string | null;
  text: string;
  createdAt: number;
  outcome: Outcome | { status: "pending" };
}

export interface MessageFilters {
  contactId?: string | undefined;
  deviceId?: string | undefined;
  direction?: Message["direction"] | undefined;
  status?: Message["status"] | undefined;
  /** Inclusive. */
  since?: number | undefined;
  /** Exclusive. */
  until?: number | undefined;
}

type Visible = SelectQueryBuilder<Database, "messages" | "contacts", object>;

function visibleMessages(db: Kysely<Database>, space: Space, limit: DeviceLimit): Visible {
  const messages = db
    .selectFrom("messages")
    .innerJoin("contacts", (join) => join.onRef("contacts.space_id", "=", "messages.space_id").onRef("contacts.id", "=", "messages.contact_id"))
    .where("messages.space_id", "=", space.id);
  return limit ? messages.where("messages.device_id", "in", limit) : messages;
}

const withContact = (messages: Visible) =>
  messages.selectAll("messages").select(["contacts.phone_number", "contacts.lid", "contacts.name as contact_name"]);

/** @throws ApiError `not_found` */
export async function getMessage(db: Kysely<Database>, space: Space, limit: DeviceLimit, id: string): Promise<MessageWithContact> {
  const message = await withContact(visibleMessages(db, space, limit)).where("messages.id", "=", id).executeTakeFirst();
  if (!message) throw notFound("message", id);
  return message;
}

/** A stored outbound message, as its sender is answered now. */
export async function getSentMessage(db: Kysely<Database>, spaceId: string, messageId: string): Promise<SentMessage> {
  const row = await db
    .selectFrom("messages")
    .innerJoin("contacts", (join) => join.onRef("contacts.space_id", "=", "messages.space_id").onRef("contacts.id", "=", "messages.contact_id"))
    .selectAll("messages")
    .select("contacts.phone_number")
    .where("messages.space_id", "=", spaceId)
    .where("messages.id", "=", messageId)
    .executeTakeFirstOrThrow();
  const { status, failure_code } = row;
  const outcome: SentMessage["outcome"] =
    status === "failed" ? { status, code: failure_code ?? "rejected", message: row.failure_message ?? "" } : { status };
  return { id: row.id, phoneNumber: row.phone_number, text: row.content ?? "", createdAt: row.created_at, outcome };
}

/**
 * Messages, the newest first. By page only without filters or with `contactId` alone: for these a total is kept, and any other total
 * would have to be counted.
 *
 * @throws ApiError when the request asks for what cannot be combined.
 */
export async function listMessages(
  db: Kysely<Database>,
  space: Space,
  limit: DeviceLimit,
  filters: MessageFilters,
  request: ListRequest,
): Promise<ListPage<MessageWithContact>> {
  checkListRequest(request);
  const byCursorOnly = Object.entries(filters).some(([name, value]) => name !== "contactId" && value !== undefined);
  if (byCursorOnly && request.page !== undefined) {
    throw invalid("page", "cannot be combined with filters other than contact_id; leave it out and follow pagination.next_cursor");
  }

  let messages = filtered(visibleMessages(db, space, limit), filters);
  if (request.cursor !== undefined) {
    const [createdAt = 0, seq = 0] = decodeCursor(request.cursor, 2);
    messages = messages.where(sql<boolean>`(messages.created_at, messages.seq) < (${createdAt}, ${seq})`);
  }
  let rows = withContact(messages)
    .orderBy("messages.created_at", "desc")
    .orderBy("messages.seq", "desc")
    .limit(request.limit + 1);
  const positionOf = (message: Message) => [message.created_at, message.seq];
  if (request.cursor !== undefined || byCursorOnly) return toListPage(await rows.execute(), request.limit, positionOf);

  const page = request.page ?? 1;
  rows = rows.offset((page - 1) * request.limit);
  const total = await countMessages(db, space, limit, filters.contactId);
  return { ...toListPage(await rows.execute(), request.limit, positionOf), page, total };
}

function filtered(messages: Visible, { contactId, deviceId, direction, status, since, until }: MessageFilters): Visible {
  let some = messages;
  if (contactId !== undefined) some = some.where("messages.contact_id", "=", contactId);
  if (deviceId !== undefined) some = some.where("messages.device_id", "=", deviceId);
  if (direction !== undefined) some = some.where("messages.direction", "=", direction);
  if (status !== undefined) some = some.where("messages.status", "=", status);
  if (since !== undefined) some = some.where("messages.created_at", ">=", since);
  if (until !== undefined) some = some.where("messages.created_at", "<", until);
  return some;
}

/** From the counters; only for a key that is limited to devices the messages are counted. */
async function countMessages(db: Kysely<Database>, space: Space, limit: DeviceLimit, contactId: string | undefined): Promise<number> {
  if (limit) {
    const { count } = await filtered(visibleMessages(db, space, limit), { contactId })
      .select((select) => select.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    return count;
  }
  if (contactId === undefined) {
    const { message_count } = await db.selectFrom("spaces").select("message_count").where("id", "=", space.id).executeTakeFirstOrThrow();
    return message_count;
  }
  const contact = await db
    .selectFrom("contacts")
    .select("total_messages")
    .where("space_id", "=", space.id)
    .where("id", "=", contactId)
    .executeTakeFirst();
  return contact?.total_messages ?? 0;
}

export type NewMessage = Pick<Message, "direction" | "message_type" | "content" | "status" | "origin" | "expires_at" | "created_at">;

/** Stores a message, and counts it for its contact and its space. */
export async function insertMessage(tx: Tx, device: Pick<Device, "id">, contact: Contact, message: NewMessage): Promise<Message> {
  const { created_at } = message;
  await tx
    .updateTable("spaces")
    .set({ message_count: sql`message_count + 1` })
    .where("id", "=", contact.space_id)
    .execute();
  await tx
    .updateTable("contacts")
    .set({ total_messages: sql`total_messages + 1`, last_message_at: sql`max(coalesce(last_message_at, 0), ${created_at})` })
    .where("space_id", "=", contact.space_id)
    .where("id", "=", contact.id)
    .execute();
  return tx
    .insertInto("messages")
    .values({
      id: newId("msg", created_at),
      space_id: contact.space_id,
      device_id: device.id,
      contact_id: contact.id,
      failure_code: null,
      failure_message: null,
      ...message,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}
