import SqliteDatabase from "better-sqlite3";
import { Kysely, SqliteDialect, sql } from "kysely";
import { expect, it } from "vitest";
import { up as initial } from "./0001-initial.js";
import { up as devices } from "./0002-devices.js";
import { up as whatsapp } from "./0003-whatsapp.js";
import { up as webhooks } from "./0004-webhooks.js";
import { up as users } from "./0005-users.js";

it("messages of the last two days that were there before are counted", async () => {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new SqliteDatabase(":memory:") }) });
  for (const up of [initial, devices, whatsapp, webhooks]) await up(db);
  const now = Date.now();
  const quarter = Math.floor(now / 900_000);
  await sql`insert into accounts values ('acct_1', 'one', 'trial', 1, 1, null, 0)`.execute(db);
  await sql`insert into spaces (account_id, mode) values ('acct_1', 'test')`.execute(db);
  await sql`insert into devices (id, space_id, device_name, status, is_primary, created_at)
    values ('device_1', 1, 'one', 'connected', 1, 0)`.execute(db);
  await sql`insert into contacts (id, space_id, phone_number, is_business, total_messages, created_at)
    values ('contact_1', 1, '+94771234567', 0, 4, 0)`.execute(db);
  const messages = [
    ["inbound", "delivered", now],
    ["outbound", "sent", now],
    ["outbound", "failed", now],
    ["outbound", "sent", now - 3 * 86_400_000],
  ] as const;
  for (const [index, [direction, status, at]] of messages.entries())
    await sql`insert into messages (id, space_id, device_id, contact_id, direction, message_type, status, created_at)
      values (${`msg_${index}`}, 1, 'device_1', 'contact_1', ${direction}, 'text', ${status}, ${at})`.execute(db);
  await users(db);
  const { rows } = await sql`select * from message_counts`.execute(db);
  expect(rows).toEqual([{ space_id: 1, quarter, inbound: 1, outbound: 2, failed: 1 }]);
  await db.destroy();
});
