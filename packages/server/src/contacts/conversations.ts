import { setImmediate as nextTurn } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import type { Space } from "../accounts/space.js";
import { type MessageWithContact, withContact } from "../messages/messages.js";
import { decodeCursor, type ListPage, type ListRequest, type Position } from "../paging.js";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import type { Contact } from "./contacts.js";

export interface Conversation {
  contact: Contact;
  lastMessage: MessageWithContact;
}

/** Read at once while searching: a millisecond, after which others have their turn. */
const CHUNK = 500;
/** A search looks at no more conversations for one page; it goes on from there with the next. */
export const MOST_SEARCHED = 20_000;

/**
 * Contacts with their last message, the newest first.
 *
 * A search reads the conversations one after the other, as names are in all the world's letters, and SQLite compares no case but that
 * of ASCII. So a page may be short, and have a next one all the same.
 */
export async function listConversations(
  db: Kysely<Database>,
  space: Space,
  search: string | undefined,
  { cursor, limit }: Omit<ListRequest, "page">,
): Promise<ListPage<Conversation>> {
  const matches = search === undefined ? () => true : matcher(search);
  const most = search === undefined ? limit + 1 : CHUNK;
  let position = cursor === undefined ? undefined : decodeCursor(cursor, 2);
  const found: Contact[] = [];
  for (let looked = 0; ; ) {
    const contacts = await contactsAfter(db, space, position, most);
    for (const contact of contacts) {
      if (!matches(contact)) continue;
      if (found.length === limit) return toPage(db, found, positionOf(found.at(-1)));
      found.push(contact);
    }
    looked += contacts.length;
    position = positionOf(contacts.at(-1)) ?? position;
    if (contacts.length < most) return toPage(db, found, null);
    if (looked >= MOST_SEARCHED) return toPage(db, found, position ?? null);
    await nextTurn();
  }
}

const positionOf = (contact: Contact | undefined): Position | null =>
  contact ? [contact.last_message_at ?? 0, contact.seq] : null;

async function toPage(db: Kysely<Database>, contacts: Contact[], next: Position | null) {
  const rows: Conversation[] = [];
  for (const contact of contacts) {
    const [lastMessage] = await lastMessageOf(db, { spaceId: contact.space_id, contactId: contact.id });
    if (lastMessage) rows.push({ contact, lastMessage });
  }
  return { rows, next };
}

function contactsAfter(db: Kysely<Database>, space: Space, position: Position | undefined | null, most: number) {
  const contacts = db
    .selectFrom("contacts")
    .selectAll()
    .where("space_id", "=", space.id)
    .where("last_message_at", "is not", null)
    .orderBy("last_message_at", "desc")
    .orderBy("seq", "desc")
    .limit(sql.lit(most));
  if (!position) return contacts.execute();
  const [at = 0, seq = 0] = position;
  return contacts.where(sql<boolean>`(last_message_at, seq) < (${at}, ${seq})`).execute();
}

const lastMessageOf = prepared<{ spaceId: number; contactId: string }, MessageWithContact>(
  (db, { spaceId, contactId }) =>
    withContact(
      db,
      db
        .selectFrom("messages")
        .where("space_id", "=", spaceId)
        .where("contact_id", "=", contactId)
        .orderBy("created_at", "desc")
        .orderBy("seq", "desc")
        .limit(sql.lit(1)),
    ),
);

const folded = (text: string): string => text.normalize("NFKC").toLowerCase();

/** By name, whatever the case; by number, as people write it: with spaces, or with zeros instead of the country code. */
function matcher(search: string): (contact: Contact) => boolean {
  const text = folded(search).trim();
  const digits = /^[\d\s+().-]+$/.test(text) ? text.replace(/\D/g, "").replace(/^0+/, "") : "";
  return ({ name, phone_number, lid }) =>
    (name !== null && folded(name).includes(text)) || (digits !== "" && (phone_number ?? lid ?? "").includes(digits));
}
