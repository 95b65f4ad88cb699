import SqliteDatabase from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import type { Database } from "./schema.js";

export type SqliteConnection = SqliteDatabase.Database;

/** How long a statement waits for another process (a CLI command beside the server) before it fails as busy. */
const BUSY_TIMEOUT_MS = 5_000;

/** The connection that writes. What it commits is on disk: `synchronous=FULL`. */
export function openWriter(file: string): SqliteConnection {
  const connection = new SqliteDatabase(file, { timeout: BUSY_TIMEOUT_MS });
  connection.pragma("journal_mode = WAL");
  connection.pragma("synchronous = FULL");
  connection.pragma("foreign_keys = ON");
  return connection;
}

/** A second connection that cannot write: reads never wait for the writer, and see only what is committed. */
export function openReader(file: string): SqliteConnection {
  return new SqliteDatabase(file, { readonly: true, timeout: BUSY_TIMEOUT_MS });
}

/** Kysely over one connection. Kysely prepares each statement anew; keeping them prepared halves the cost of a query. */
export function kyselyOver(connection: SqliteConnection): Kysely<Database> {
  const prepared = new Map<string, SqliteDatabase.Statement>();
  const prepare = (sql: string) => {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = connection.prepare(sql);
      if (prepared.size < MAX_PREPARED) prepared.set(sql, statement);
    }
    return statement;
  };
  return new Kysely<Database>({
    dialect: new SqliteDialect({ database: { prepare, close: () => connection.close() } }),
  });
}

/** Far more than the program has statements; lists of varying length could otherwise add to them for ever. */
const MAX_PREPARED = 1_000;
