/** A database with many messages, as years of use would leave it. */
import { openWriter } from "../packages/server/src/storage/sqlite.js";

const CONTACTS = 500;

/** Adds `count` messages, a second apart and spread over 500 contacts, to the test space of the only account. */
export function seedMessages(databaseFile: string, count: number): void {
  const db = openWriter(databaseFile);
  const { space_id, id: device_id } = db.prepare("select space_id, id from devices").get() as {
    space_id: number;
    id: string;
  };
  const now = Date.now();
  db.transaction(() => {
    db.prepare(
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${CONTACTS})
       insert into contacts (id, space_id, phone_number, is_business, total_messages, last_message_at, created_at)
       select printf('contact_%025d', i), ?, printf('+9477%07d', i), 0, ?, ?, ? from n`,
    ).run(space_id, count / CONTACTS, now, now);
    db.prepare(
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
       insert into messages (id, space_id, device_id, contact_id, direction, message_type, content, status, created_at)
       select printf('msg_%025d', i), ?, ?, printf('contact_%025d', 1 + i % ${CONTACTS}), 'inbound', 'text', 'Message number ' || i, 'delivered', ? - 1000 * (${count} - i)
       from n`,
    ).run(space_id, device_id, now);
    db.prepare(
      "update spaces set message_count = message_count + ?, contact_count = contact_count + ? where id = ?",
    ).run(count, CONTACTS, space_id);
  })();
  db.pragma("wal_checkpoint(truncate)");
  db.close();
}
