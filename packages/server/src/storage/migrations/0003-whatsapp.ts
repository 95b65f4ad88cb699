import { type Kysely, sql } from "kysely";

const STATEMENTS = [
  // The id that WhatsApp knows a message by; a device stores none twice.
  sql`alter table messages add column whatsapp_id text`,
  sql`alter table messages add column group_id text`,
  sql`alter table messages add column group_name text`,
  sql`alter table messages add column media text`,
  sql`alter table messages add column reply_to_id text`,
  sql`alter table messages add column reply_to_text text`,
  sql`create unique index messages_by_whatsapp_id on messages (device_id, whatsapp_id) where whatsapp_id is not null`,

  // What goes out for a message, byte for byte, however often it has to.
  sql`create table whatsapp_payloads (
    device_id text not null,
    whatsapp_id text not null,
    payload blob not null,
    primary key (device_id, whatsapp_id)
  ) strict`,

  // Receipts of messages that are not stored yet: the phone's own overtake their copies.
  sql`create table early_receipts (
    device_id text not null,
    whatsapp_id text not null,
    status text not null check (status in ('delivered', 'read')),
    received_at integer not null,
    primary key (device_id, whatsapp_id)
  ) strict, without rowid`,
  sql`create index early_receipts_age on early_receipts (received_at)`,

  sql`create table whatsapp_credentials (
    device_id text primary key,
    data blob not null
  ) strict, without rowid`,

  sql`create table whatsapp_keys (
    device_id text not null,
    type text not null,
    id text not null,
    data blob not null,
    primary key (device_id, type, id)
  ) strict`,

  // WhatsApp's own number of an account; in some countries it differs from the one that people dial.
  sql`create table whatsapp_numbers (
    space_id integer not null references spaces (id),
    phone_number text not null,
    whatsapp_number text not null,
    primary key (space_id, phone_number)
  ) strict, without rowid`,
  sql`create index whatsapp_numbers_dialled on whatsapp_numbers (space_id, whatsapp_number) where whatsapp_number <> phone_number`,
];

/** What live devices need: credentials and keys, WhatsApp's ids of messages, and what goes out again after a crash. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
