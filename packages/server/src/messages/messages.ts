import { type Kysely, type Selectable, type SelectQueryBuilder, sql } from "kysely";
import type { Space } from "../accounts/space.js";
import type { Contact } from "../contacts/contacts.js";
import type { Device, DeviceLimit } from "../devices/devices.js";
import { invalid, notFound } from "../errors.js";
import { newId } from "../ids.js";
import { checkListRequest, decodeCursor, type ListPage, type ListRequest, toListPage } from "../paging.js";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import type { Outcome } from "../transport/transport.js";
import { countMessage } from "./message-counts.js";

export type Message = Selectable<Database["messages"]>;
/** What answers and events tell of a message; reading the rest of its columns would cost as much again. */
const TOLD = [
  "seq",
  "id",
  "space_id",
  "device_id",
  "contact_id",
  "direction",
  "message_type",
  "content",
  "media",
  "group_id",
  "group_name",
  "status",
  "origin",
  "failure_code",
  "failure_message",
  "created_at",
] as const satisfies (keyof Message)[];

/** A message as it is told, with its contact. */
export type MessageWithContact = Pick<Message, (typeof TOLD)[number]> &
  Pick<Contact, "phone_number" | "lid"> & { contact_name: string | null };

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

type Messages = SelectQueryBuilder<Database, "messages", object>;

function visibleMessages(db: Kysely<Database>, space: Space, limit: DeviceLimit): Messages {
  // Written out, not bound: see withContact.
  const messages = db.selectFrom("messages").where("space_id", "=", sql.lit(space.id));
  return limit ? messages.where("device_id", "in", limit) : messages;
}

/**
 * Some messages (limited in number), each with its contact. The messages are chosen in a query of their own, with a literal limit:
 * SQLite prepares a join, and a query with a bound limit, anew for every value, which costs four times as much as running it.
 */
export const withContact = (db: Kysely<Database>, messages: Messages) =>
  db
    .selectFrom(messages.select(TOLD).as("messages"))
    .innerJoin("contacts", (join) =>
      join.onRef("contacts.space_id", "=", "messages.space_id").onRef("contacts.id", "=", "messages.contact_id"),
    )
    .selectAll("messages")
    .select(["contacts.phone_number", "contacts.lid", "contacts.name as contact_name"]);

const byId = prepared<{ spaceId: number; id: string }, MessageWithContact>((db, { spaceId, id }) =>
  withContact(db, db.selectFrom("messages").where("space_id", "=", spaceId).where("id", "=", id).limit(sql.lit(1))),
);

/** @throws ApiError `not_found` */
export async function getMessage(
  db: Kysely<Database>,
  space: Space,
  limit: DeviceLimit,
  id: string,
): Promise<MessageWithContact> {
  const [message] = await byId(db, { spaceId: space.id, id });
  if (!message || (limit && !limit.includes(message.device_id))) throw notFound("message", id);
  return message;
}

/** A stored outbound message, as its sender is answered now. */
export async function getSentMessage(db: Kysely<Database>, spaceId: number, messageId: string): Promise<SentMessage> {
  const [message] = await byId(db, { spaceId, id: messageId });
  if (!message) throw new Error(`The message ${messageId} is gone`);
  const { status, failure_code } = message;
  const outcome: SentMessage["outcome"] =
    status === "failed"
      ? { status, code: failure_code ?? "rejected", message: message.failure_message ?? "" }
      : { status };
  return {
    id: message.id,
    phoneNumber: message.phone_number,
    text: message.content ?? "",
    createdAt: message.created_at,
    outcome,
  };
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
    throw invalid(
      "page",
      "cannot be combined with filters other than contact_id; leave it out and follow pagination.next_cursor",
    );
  }

  let chosen = filtered(visibleMessages(db, space, limit), filters)
    .orderBy("created_at", "desc")
    .orderBy("seq", "desc")
    .limit(sql.lit(request.limit + 1));
  const rows = () =>
    withContact(db, chosen).orderBy("messages.created_at", "desc").orderBy("messages.seq", "desc").execute();
  const positionOf = (message: MessageWithContact) => [message.created_at, message.seq];
  if (request.cursor !== undefined) {
    const [createdAt = 0, seq = 0] = decodeCursor(request.cursor, 2);
    chosen = chosen.where(sql<boolean>`(created_at, seq) < (${createdAt}, ${seq})`);
  }
  if (request.cursor !== undefined || byCursorOnly) return toListPage(await rows(), request.limit, positionOf);

  const page = request.page ?? 1;
  chosen = chosen.offset((page - 1) * request.limit);
  const total = await countMessages(db, space, limit, filters.contactId);
  return { ...toListPage(await rows(), request.limit, positionOf), page, total };
}

function filtered(
  messages: Messages,
  { contactId, deviceId, direction, status, since, until }: MessageFilters,
): Messages {
  let some = messages;
  if (contactId !== undefined) some = some.where("contact_id", "=", contactId);
  if (deviceId !== undefined) some = some.where("device_id", "=", deviceId);
  if (direction !== undefined) some = some.where("direction", "=", direction);
  if (status !== undefined) some = some.where("status", "=", status);
  if (since !== undefined) some = some.where("created_at", ">=", since);
  if (until !== undefined) some = some.where("created_at", "<", until);
  return some;
}

/** From the counters; only for a key that is limited to devices the messages are counted. */
async function countMessages(
  db: Kysely<Database>,
  space: Space,
  limit: DeviceLimit,
  contactId: string | undefined,
): Promise<number> {
  if (limit) {
    const { count } = await filtered(visibleMessages(db, space, limit), { contactId })
      .select((select) => select.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    return count;
  }
  if (contactId === undefined) {
    const { message_count } = await db
      .selectFrom("spaces")
      .select("message_count")
      .where("id", "=", space.id)
      .executeTakeFirstOrThrow();
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

export type NewMessage = Pick<
  Message,
  "direction" | "message_type" | "content" | "status" | "origin" | "expires_at" | "created_at" | "whatsapp_id"
> &
  Partial<Pick<Message, "group_id" | "group_name" | "media" | "reply_to_id" | "reply_to_text">>;

const idOfWhatsAppId = prepared<{ deviceId: string; whatsappId: string }, { id: string }>(
  (db, { deviceId, whatsappId }) =>
    db.selectFrom("messages").select("id").where("device_id", "=", deviceId).where("whatsapp_id", "=", whatsappId),
);

/** The message that WhatsApp knows by this id, if the device has it. */
export async function findByWhatsAppId(
  db: Kysely<Database>,
  deviceId: string,
  whatsappId: string,
): Promise<string | undefined> {
  const [message] = await idOfWhatsAppId(db, { deviceId, whatsappId });
  return message?.id;
}

const countInSpace = prepared<{ spaceId: number }, never>((db, { spaceId }) =>
  db.updateTable("spaces").set({ message_count: sql`message_count + 1` }).where("id", "=", spaceId),
);

const countForContact = prepared<{ seq: number; at: number }, never>((db, { seq, at }) =>
  db
    .updateTable("contacts")
    .set({
      total_messages: sql`total_messages + 1`,
      last_message_at: sql`max(coalesce(last_message_at, 0), ${at})`,
    })
    .where("seq", "=", seq),
);

const insert = prepared<Omit<Message, "seq" | "failure_code" | "failure_message">, never>((db, row) =>
  db.insertInto("messages").values({
    id: row.id,
    space_id: row.space_id,
    device_id: row.device_id,
    contact_id: row.contact_id,
    direction: row.direction,
    message_type: row.message_type,
    content: row.content,
    status: row.status,
    origin: row.origin,
    expires_at: row.expires_at,
    created_at: row.created_at,
    whatsapp_id: row.whatsapp_id,
    group_id: row.group_id,
    group_name: row.group_name,
    media: row.media,
    reply_to_id: row.reply_to_id,
    reply_to_text: row.reply_to_text,
    failure_code: null,
    failure_message: null,
  }),
);

/** Stores a message, and counts it for its contact and its space; returns its id. */
export async function insertMessage(
  tx: Tx,
  device: Pick<Device, "id">,
  contact: Contact,
  message: NewMessage,
): Promise<string> {
  const { space_id } = contact;
  const id = newId("msg", message.created_at);
  await countInSpace(tx, { spaceId: space_id });
  await countForContact(tx, { seq: contact.seq, at: message.created_at });
  await countMessage(tx, space_id, message);
  const direct = { group_id: null, group_name: null, media: null, reply_to_id: null, reply_to_text: null };
  await insert(tx, { ...direct, ...message, id, space_id, device_id: device.id, contact_id: contact.id });
  return id;
}
