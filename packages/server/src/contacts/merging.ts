import { type Selectable, sql } from "kysely";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";

type Contact = Selectable<Database["contacts"]>;

/**
 * Makes one contact of two that turned out to be the same person: the one with the number stays, the messages of the other move
 * over, and the counters add up.
 */
export async function mergeContacts(tx: Tx, numbered: Contact, hidden: Contact): Promise<Contact> {
  const merged: Contact = {
    ...numbered,
    lid: hidden.lid,
    name:
      numbered.is_named === 1 || hidden.name === null
        ? numbered.name
        : hidden.is_named === 1
          ? hidden.name
          : (numbered.name ?? hidden.name),
    is_named: numbered.is_named === 1 || hidden.is_named === 1 ? 1 : 0,
    profile_pic_url: numbered.profile_pic_url ?? hidden.profile_pic_url,
    is_business: numbered.is_business === 1 || hidden.is_business === 1 ? 1 : 0,
    total_messages: numbered.total_messages + hidden.total_messages,
    last_message_at: latest(numbered.last_message_at, hidden.last_message_at),
    created_at: Math.min(numbered.created_at, hidden.created_at),
  };
  await tx
    .updateTable("messages")
    .set({ contact_id: numbered.id })
    .where("space_id", "=", hidden.space_id)
    .where("contact_id", "=", hidden.id)
    .execute();
  await tx.deleteFrom("contacts").where("seq", "=", hidden.seq).execute();
  await tx
    .updateTable("spaces")
    .set({ contact_count: sql`contact_count - 1` })
    .where("id", "=", hidden.space_id)
    .execute();
  await tx
    .updateTable("contacts")
    .set({
      lid: merged.lid,
      name: merged.name,
      is_named: merged.is_named,
      profile_pic_url: merged.profile_pic_url,
      is_business: merged.is_business,
      total_messages: merged.total_messages,
      last_message_at: merged.last_message_at,
      created_at: merged.created_at,
    })
    .where("seq", "=", merged.seq)
    .execute();
  return merged;
}

const latest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);
