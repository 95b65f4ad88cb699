/** A store of deliveries in SQL, with the statements that `DeliveryStore` documents. */
import { DatabaseSync } from "node:sqlite";
import type { DeliveryStore } from "../src/webhooks/index.js";

export function startSqliteStore(): DeliveryStore {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE deliveries (id TEXT PRIMARY KEY, token TEXT, expires_at REAL NOT NULL)");
  // Prepared anew each time: on Node 22 statements alone do not keep their database from being collected.
  const run = (sql: string, values: Record<string, string | number>) => database.prepare(sql).run(values);
  const now = () => Date.now() / 1000;
  return {
    async claim(id, token, lease) {
      const { changes } = run(
        `INSERT INTO deliveries VALUES (:id, :token, :now + :lease) ON CONFLICT (id) DO UPDATE
         SET token = excluded.token, expires_at = excluded.expires_at WHERE deliveries.expires_at <= :now`,
        { id, token, lease, now: now() },
      );
      if (changes) return "claimed";
      const row = database.prepare("SELECT token FROM deliveries WHERE id = ?").get(id);
      return row?.token === null ? "processed" : "processing";
    },
    async commit(id, seconds) {
      run(
        `INSERT INTO deliveries VALUES (:id, NULL, :now + :remember) ON CONFLICT (id) DO UPDATE
         SET token = NULL, expires_at = excluded.expires_at`,
        { id, remember: seconds, now: now() },
      );
    },
    async release(id, token) {
      run("DELETE FROM deliveries WHERE id = :id AND token = :token", { id, token });
    },
  };
}
