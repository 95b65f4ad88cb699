import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openStore } from "./store.js";

let file: string;
beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), "whatsflow-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  file = join(folder, "whatsflow.db");
  await open();
});
const open = async () => (await openStore(file)).close();
function change(sql: string): void {
  const database = new SqliteDatabase(file);
  database.exec(sql);
  database.close();
}

describe("a database whose tables are not those of its migrations", () => {
  it.each([
    ["lacks a column", "alter table users drop column last_signed_in_at", "users"],
    ["has another column", "alter table users add column email text not null default ''", "users"],
    ["has a column of another name", "alter table webhooks rename column secret to key", "webhooks"],
    ["lacks a table", "drop table whatsapp_numbers", "whatsapp_numbers"],
    ["lacks an index", "drop index audit_log_age", "audit_log"],
    ["has another index", "drop index audit_log_age; create index audit_log_age on audit_log (actor_id)", "audit_log"],
  ])("is refused when it %s", async (_, sql, table) => {
    change(sql);
    await expect(open()).rejects.toThrow(`its table ${table} is not as this version makes it`);
  });

  it("is left as it is: a migration that was still to come is not recorded", async () => {
    const last = "where name = (select max(name) from kysely_migration)";
    change(`alter table users add column email text; delete from kysely_migration ${last};
      alter table devices drop column disconnected_at; alter table devices drop column restricted_at`);
    await expect(open()).rejects.toThrow("its table users is not as this version makes it");
    const database = new SqliteDatabase(file);
    const columns = database.pragma("table_info(devices)");
    database.close();
    expect(JSON.stringify(columns)).not.toContain("disconnected_at");
  });
});

it("what others keep in the database besides is theirs", async () => {
  change(`create table _backup_state (id integer primary key, at integer); create index mine on messages (content);
    analyze`);
  await open();
});
