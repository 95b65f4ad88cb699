/** A database with many messages, as years of use would leave it. */
import { openWriter, type SqliteConnection } from "../packages/server/src/storage/sqlite.js";

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

/** As long as the body of an ordinary event. */
const BODY = Buffer.from(
  JSON.stringify({
    event: "message.received",
    timestamp: "2025-10-11T10:30:00.000Z",
    data: {
      message_id: "msg_0mh9x0f2k3v8q1w7z5c4b6n2a",
      contact_id: "contact_0mh9x0f2k3v8q1w7z5c4b6n2a",
      phone_number: "+94771234567",
      contact_name: "John Doe",
      message: "Hi, I need help with my order",
      message_type: "text",
      device_id: "device_0mh9x0f2k3v8q1w7z5c4b6n2a",
      device_name: "Main Line",
      created_at: "2025-10-11T10:30:00.000Z",
    },
  }),
);

/** Adds `count` events to every space with webhooks, and for each webhook a delivery of each of them that is due. */
export function seedBacklog(databaseFile: string, count: number): void {
  const db = openWriter(databaseFile);
  db.transaction(() => {
    const spaces = db.prepare("select distinct space_id from webhooks").pluck().all() as number[];
    for (const space of spaces) insertDeliveries(db, { space, first: insertEvents(db, space, count), count });
  })();
  db.close();
}

/**
 * Adds webhooks to the test space of the only account: `healthy` ones with a few due deliveries each, and one that has failed for long,
 * for which the rest of `count` wait.
 */
export function seedWaiting(databaseFile: string, { healthy, count }: { healthy: number; count: number }): void {
  const db = openWriter(databaseFile);
  db.transaction(() => {
    const space = Number(db.prepare("select id from spaces where mode = 'test'").pluck().get());
    const addWebhook = (name: string, failures: number) => {
      const webhook = `webhook_${name.padStart(25, "0")}`;
      const values = [webhook, space, failures, Date.now(), Date.now()];
      db.prepare(
        `insert into webhooks (id, space_id, url, events, secret, is_active, failing_count, created_at, updated_at)
         values (?, ?, 'https://example.com/', '["message.received"]', x'00', 1, ?, ?, ?)`,
      ).run(values);
      return webhook;
    };
    const each = 4;
    const rest = count - healthy * each;
    const first = insertEvents(db, space, rest);
    insertDeliveries(db, { space, webhook: addWebhook("dead", 20), first, count: rest });
    for (let index = 0; index < healthy; index += 1) {
      insertDeliveries(db, { space, webhook: addWebhook(String(index), 0), first, count: each });
    }
  })();
  db.pragma("wal_checkpoint(truncate)");
  db.close();
}

/** Returns the `seq` of the first. */
function insertEvents(db: SqliteConnection, space: number, count: number): number {
  const first = 1 + Number(db.prepare("select coalesce(max(seq), 0) from events").pluck().get());
  db.prepare(
    `with recursive n(i) as (select ? union all select i + 1 from n where i + 1 < ?)
     insert into events (seq, id, space_id, name, body, created_at)
     select i, printf('evt_%025d', i), ?, 'message.received', ?, ? from n`,
  ).run(first, first + count, space, BODY, Date.now());
  return first;
}

interface SeededDeliveries {
  space: number;
  /** One webhook; all of the space unless given. */
  webhook?: string;
  /** The first event. */
  first: number;
  count: number;
}

/** Event after event, as they come. */
function insertDeliveries(db: SqliteConnection, { space, webhook, first, count }: SeededDeliveries): void {
  const now = Date.now();
  db.prepare(
    `with recursive n(i) as (select ? union all select i + 1 from n where i + 1 < ?)
     insert into deliveries (id, space_id, webhook_id, event_seq, status, due_at, created_at)
     select printf('delivery_%016d%09d', i, webhooks.seq), space_id, webhooks.id, i, 'pending', ?, ?
     from n cross join webhooks where space_id = ? and webhooks.id = coalesce(?, webhooks.id)`,
  ).run(first, first + count, now, now, space, webhook ?? null);
}
