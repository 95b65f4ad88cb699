import SqliteDatabase from "better-sqlite3";
import { Kysely, SqliteDialect, sql } from "kysely";
import { expect, it } from "vitest";
import { up as initial } from "./0001-initial.js";
import { up as devices } from "./0002-devices.js";
import { up as whatsapp } from "./0003-whatsapp.js";
import { up as webhooks } from "./0004-webhooks.js";
import { up as users } from "./0005-users.js";
import { up as deviceTimes } from "./0006-device-times.js";

it("since when devices are offline that were so before, their events tell", async () => {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new SqliteDatabase(":memory:") }) });
  for (const up of [initial, devices, whatsapp, webhooks, users]) await up(db);
  await sql`insert into accounts values ('acct_1', 'one', 'trial', 1, 1, null, 0)`.execute(db);
  await sql`insert into spaces (account_id, mode) values ('acct_1', 'live')`.execute(db);
  const rows = [
    ["online", "connected", null, 30],
    ["offline", "disconnected", "logged_out", 30],
    ["blocked", "disconnected", "restricted", 30],
    ["forgotten", "disconnected", "logged_out", 90],
    ["new", "qr_pending", null, null],
  ] as const;
  for (const [id, status, reason, connectedAt] of rows)
    await sql`insert into devices (id, space_id, device_name, status, reason, is_primary, last_connected_at, created_at)
      values (${id}, 1, ${id}, ${status}, ${reason}, 0, ${connectedAt}, 0)`.execute(db);
  for (const { 0: id } of rows)
    for (const [index, [name, at]] of [
      ["device.disconnected", 20],
      ["device.connected", 30],
      ["device.disconnected", 40],
      ["device.disconnected", 50],
    ].entries())
      await sql`insert into events (id, space_id, name, device_id, body, created_at)
        values (${`${id}_${index}`}, 1, ${name}, ${id}, x'00', ${at})`.execute(db);
  await deviceTimes(db);
  const found = await sql`select id, disconnected_at, restricted_at from devices order by seq`.execute(db);
  expect(found.rows.map((row) => Object.values(Object(row)))).toEqual([
    ["online", null, null],
    ["offline", 40, null],
    ["blocked", 40, 50],
    ["forgotten", null, null],
    ["new", null, null],
  ]);
  await db.destroy();
});
