import { type Kysely, sql } from "kysely";

const STATEMENTS = [
  // Messages refer to their device for ever, so a removed one stays as a row that nobody is shown.
  sql`alter table devices add column removed_at integer`,

  // A name that was given through the API is not overwritten by what WhatsApp tells.
  sql`alter table contacts add column is_named integer not null default 0 check (is_named in (0, 1))`,

  sql`create table number_checks (
    space_id integer not null references spaces (id),
    phone_number text not null,
    is_on_whatsapp integer not null check (is_on_whatsapp in (0, 1)),
    is_business integer check (is_business in (0, 1)),
    checked_at integer not null,
    primary key (space_id, phone_number)
  ) strict, without rowid`,
];

/** Devices that can be removed, contacts that can be named, numbers that were looked up. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
