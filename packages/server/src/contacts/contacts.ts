import { type Kysely, type Selectable, sql } from "kysely";
import type { Space } from "../accounts/space.js";
import type { DeviceLimit } from "../devices/devices.js";
import { notFound } from "../errors.js";
import { newId } from "../ids.js";
import { checkListRequest, decodeCursor, type ListPage, type ListRequest, toListPage } from "../paging.js";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import type { Address } from "../transport/transport.js";
import { mergeContacts } from "./merging.js";

export type Contact = Selectable<Database["contacts"]>;

/** A key that is limited to devices knows the people whom these devices exchanged messages with. */
function visibleContacts(db: Kysely<Database>, space: Space, limit: DeviceLimit) {
  const contacts = db.selectFrom("contacts").where("contacts.space_id", "=", space.id);
  if (!limit) return contacts;
  return contacts.where((where) =>
    where.exists(
      where
        .selectFrom("messages")
        .select("messages.seq")
        .whereRef("messages.space_id", "=", "contacts.space_id")
        .whereRef("messages.contact_id", "=", "contacts.id")
        .where("messages.device_id", "in", limit),
    ),
  );
}

/** Contacts, the newest first. */
export async function listContacts(
  db: Kysely<Database>,
  space: Space,
  limit: DeviceLimit,
  request: ListRequest,
): Promise<ListPage<Contact>> {
  checkListRequest(request);
  let rows = visibleContacts(db, space, limit)
    .selectAll("contacts")
    .orderBy("contacts.seq", "desc")
    .limit(sql.lit(request.limit + 1));
  if (request.cursor !== undefined) {
    const [seq = 0] = decodeCursor(request.cursor, 1);
    rows = rows.where("contacts.seq", "<", seq);
    return toListPage(await rows.execute(), request.limit, (contact) => [contact.seq]);
  }
  const page = request.page ?? 1;
  const found = await rows.offset((page - 1) * request.limit).execute();
  const total = await countContacts(db, space, limit);
  return { ...toListPage(found, request.limit, (contact) => [contact.seq]), page, total };
}

async function countContacts(db: Kysely<Database>, space: Space, limit: DeviceLimit): Promise<number> {
  if (!limit) {
    const { contact_count } = await db
      .selectFrom("spaces")
      .select("contact_count")
      .where("id", "=", space.id)
      .executeTakeFirstOrThrow();
    return contact_count;
  }
  const { count } = await visibleContacts(db, space, limit)
    .select((select) => select.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** @throws ApiError `not_found` */
export async function getContact(db: Kysely<Database>, space: Space, limit: DeviceLimit, id: string): Promise<Contact> {
  const contact = await visibleContacts(db, space, limit)
    .selectAll("contacts")
    .where("contacts.id", "=", id)
    .executeTakeFirst();
  if (!contact) throw notFound("contact", id);
  return contact;
}

const byPhoneNumber = prepared<{ spaceId: number; phoneNumber: string }, Contact>((db, { spaceId, phoneNumber }) =>
  db.selectFrom("contacts").selectAll().where("space_id", "=", spaceId).where("phone_number", "=", phoneNumber),
);
const byLid = prepared<{ spaceId: number; lid: string }, Contact>((db, { spaceId, lid }) =>
  db.selectFrom("contacts").selectAll().where("space_id", "=", spaceId).where("lid", "=", lid),
);
const addAddress = prepared<{ seq: number; phoneNumber: string | null; lid: string | null }, never>((db, row) =>
  db.updateTable("contacts").set({ phone_number: row.phoneNumber, lid: row.lid }).where("seq", "=", row.seq),
);

/**
 * The contact that has this number or LID; what it lacked of the two it has now. Where number and LID belonged to two contacts,
 * these are one from now on.
 */
async function findContact(tx: Tx, spaceId: number, { phoneNumber, lid }: Address): Promise<Contact | undefined> {
  const [numbered] = phoneNumber === null ? [] : await byPhoneNumber(tx, { spaceId, phoneNumber });
  const [hidden] = lid === null || numbered?.lid === lid ? [] : await byLid(tx, { spaceId, lid });
  if (numbered && hidden && hidden.phone_number === null) return mergeContacts(tx, numbered, hidden);
  const known = numbered ?? hidden;
  if (!known) return undefined;
  // A LID stays with whom it came to first, unless it is nobody's: numbers change hands, and people change numbers.
  const both = {
    phoneNumber: known.phone_number ?? phoneNumber,
    lid: known.lid ?? (hidden && hidden !== known ? null : lid),
  };
  if (both.phoneNumber === known.phone_number && both.lid === known.lid) return known;
  await addAddress(tx, { seq: known.seq, ...both });
  return { ...known, phone_number: both.phoneNumber, lid: both.lid };
}

/** The contact of a number or LID, made when it is new. */
export async function findOrCreateContact(tx: Tx, spaceId: number, address: Address, now: number): Promise<Contact> {
  const known = await findContact(tx, spaceId, address);
  if (known) return known;
  await tx.updateTable("spaces").set({ contact_count: sql`contact_count + 1` }).where("id", "=", spaceId).execute();
  return tx
    .insertInto("contacts")
    .values({
      id: newId("contact", now),
      space_id: spaceId,
      phone_number: address.phoneNumber,
      lid: address.lid,
      name: null,
      profile_pic_url: null,
      is_business: 0,
      total_messages: 0,
      last_message_at: null,
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What WhatsApp tells of a person. */
export interface ContactNews {
  name?: string | null | undefined;
  isBusiness?: boolean | undefined;
  profilePicUrl?: string | undefined;
}

/** Keeps what WhatsApp tells of a contact; a name given through the API stays. */
export async function updateContact(
  tx: Tx,
  contact: Contact,
  { name, isBusiness, profilePicUrl }: ContactNews,
): Promise<Contact> {
  const told = name?.trim() || null;
  const after: Contact = {
    ...contact,
    name: contact.is_named === 1 || told === null ? contact.name : told,
    is_business: isBusiness === undefined ? contact.is_business : isBusiness ? 1 : 0,
    profile_pic_url: profilePicUrl ?? contact.profile_pic_url,
  };
  const { name: shown, is_business, profile_pic_url } = after;
  if (shown === contact.name && is_business === contact.is_business && profile_pic_url === contact.profile_pic_url)
    return contact;
  await tx
    .updateTable("contacts")
    .set({ name: shown, is_business, profile_pic_url })
    .where("seq", "=", contact.seq)
    .execute();
  return after;
}

/** The same for somebody who may not be a contact here; then nothing is kept. */
export async function noteContact(tx: Tx, spaceId: number, address: Address, news: ContactNews): Promise<void> {
  const contact = await findContact(tx, spaceId, address);
  if (contact) await updateContact(tx, contact, news);
}
