/** Spreads what was stored within seconds over two days, as no API can. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { WhatsFlow } from "./whatsflow.js";
import type { Line } from "./workshop.js";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const QUARTER_MS = 15 * MINUTE_MS;

/** Received, sent and failed messages of each hour, from this one back. */
const HOURS = [
  [9, 14, 0],
  [16, 21, 0],
  [12, 18, 1],
  [14, 17, 0],
  [19, 26, 0],
  [11, 24, 2],
  [7, 31, 0],
  [3, 12, 0],
  [1, 0, 0],
  [0, 0, 0],
  [0, 0, 0],
  [1, 0, 0],
  [0, 0, 0],
  [2, 0, 0],
  [1, 0, 0],
  [4, 2, 0],
  [6, 3, 0],
  [5, 2, 0],
  [9, 4, 0],
  [8, 9, 0],
  [10, 15, 0],
  [15, 19, 0],
  [13, 16, 1],
  [12, 15, 0],
] as const;

/** The webhooks' addresses are by their ids. */
export function age(server: WhatsFlow, lines: readonly Line[], urls: ReadonlyMap<string, string>): void {
  const now = Date.now();
  const database = new DatabaseSync(join(server.dataDir, "whatsflow.db"));
  database.exec("pragma busy_timeout = 10000; begin immediate");
  const run = (sql: string, ...values: (string | number)[]) => database.prepare(sql).run(...values);

  for (const [minutes, , , , text] of lines)
    run("update messages set created_at = ? where content = ?", now - minutes * MINUTE_MS, text);
  run("update contacts set last_message_at = (select max(created_at) from messages where contact_id = contacts.id)");

  const space = Number(database.prepare("select id from spaces where mode = 'live'").get()?.id);
  run("delete from message_counts where space_id = ?", space);
  for (const [hour, counts] of HOURS.entries())
    run(
      "insert into message_counts (space_id, quarter, inbound, outbound, failed) values (?, ?, ?, ?, ?)",
      space,
      Math.floor(now / QUARTER_MS) - 4 * hour,
      ...counts,
    );

  // Nobody listens at the addresses that are shown.
  run("update deliveries set due_at = due_at + ? where due_at is not null", 20 * MINUTE_MS);
  for (const [id, url] of urls) run("update webhooks set url = ? where id = ?", url, id);
  const ago = (seq: string) => `${11 * MINUTE_MS} * ((select max(seq) from deliveries) - ${seq})`;
  run(`update delivery_attempts set attempted_at = attempted_at - ${ago("delivery_seq")}`);
  run(`update deliveries set created_at = created_at - ${ago("seq")}, delivered_at = delivered_at - ${ago("seq")}`);
  run(`update events set created_at = created_at - 11 * ${MINUTE_MS} * ((select max(seq) from events) - seq)`);
  for (const [name, minutes] of Object.entries({ Sales: 9_100, Repairs: 1_800, "Delivery van": 52 }))
    run(
      "update devices set created_at = ?, last_connected_at = ? where device_name = ?",
      now - 130 * DAY_MS,
      now - minutes * MINUTE_MS,
      name,
    );
  run("update webhooks set created_at = created_at - ?", 63 * DAY_MS);
  run("update webhooks set failing_since = failing_since - ? where failing_since is not null", 125 * MINUTE_MS);

  for (const [name, days] of Object.entries({ "Shop website": 41, Reports: 12, "Customer records": 63 }))
    run(
      "update api_keys set created_at = ?, last_used_at = ? where name = ?",
      now - days * DAY_MS,
      now - days * MINUTE_MS,
      name,
    );
  database.exec("commit");
  database.close();
}
