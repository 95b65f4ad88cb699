/** A store of deliveries in SQL, with the statements that `DeliveryStore` documents. */
import { DatabaseSync } from "node:sqlite";
import type { DeliveryStore } from "../src/webhooks/index.js";

export function startSqliteStore(): DeliveryStore {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE deliveries (id TEXT PRIMARY KEY, token TEXT, expires_at REAL NOT NULL)");
  const insert = database.prepare(
    `INSERT INTO deliveries VALUES (:id, :token, :now + :lease) ON CONFLICT (id) DO UPDATE
     SET token = excluded.token, expires_at = excluded.expires_at WHERE deliveries.expires_at <= :now`,
  );
  const find = database.prepare("SELECT token FROM deliveries WHERE id = ?");
  const remember = database.prepare(
    `INSERT INTO deliveries VALUES (:id, NULL, :now + :remember) ON CONFLICT (id) DO UPDATE
     SET token = NULL, expires_at = excluded.expires_at`,
  );
  const forget = database.prepare("DELETE FROM deliveries WHERE id = ? AND token = ?");
  const now = () => Date.now() / 1000;
  return {
    async claim(id, token, lease) {
      if (insert.run({ id, token, lease, now: now() }).changes) return "claimed";
      return find.get(id)?.token === null ? "processed" : "processing";
    },
    async commit(id, seconds) {
      remember.run({ id, remember: seconds, now: now() });
    },
    async release(id, token) {
      forget.run(id, token);
    },
  };
}
