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
  // Savepoints copy the pages that they change; beyond 64 kB of them SQLite would write a temporary file for each.
  connection.pragma("temp_store = memory");
  // Moves 32 MB at a time from the log into the database instead of 4: a tenth less work for a send.
  connection.pragma("wal_autocheckpoint = 8000");
  return connection;
}

/** A second connection that cannot write: reads never wait for the writer, and see only what is committed. */
export function openReader(file: string): SqliteConnection {
  return new SqliteDatabase(file, { readonly: true, timeout: BUSY_TIMEOUT_MS });
}

/** What was committed at one moment. */
export interface Snapshot {
  /** The next read sees what is committed by then. */
  renew(): void;
}

/** Lets the reads of one turn of the event loop share a snapshot: taking one costs a third of a small query. */
export function shareSnapshots(reader: SqliteConnection): Snapshot & { begin(): void } {
  const begin = reader.prepare("begin");
  const end = reader.prepare("commit");
  const renew = () => {
    if (reader.open && reader.inTransaction) end.run();
  };
  return {
    begin() {
      if (reader.inTransaction) return;
      begin.run();
      setImmediate(renew);
    },
    renew,
  };
}

/**
 * Kysely over one connection. Kysely prepares each statement anew; keeping them prepared halves the cost of a query.
 * `beforeEach` is called before every query.
 */
export function kyselyOver(connection: SqliteConnection, beforeEach: () => void = () => {}): Kysely<Database> {
  const prepared = new Map<string, SqliteDatabase.Statement>();
  const prepare = (sql: string) => {
    beforeEach();
    let statement = prepared.get(sql);
    if (!statement) {
      statement = connection.prepare(sql);
      if (prepared.size < MAX_PREPARED) prepared.set(sql, statement);
    }
    return statement;
  };
  const db = new Kysely<Database>({
    dialect: new SqliteDialect({ database: { prepare, close: () => connection.close() } }),
  });
  shortcuts.set(db, (sql, parameters) => {
    const statement = prepare(sql);
    if (statement.reader) return statement.all(parameters);
    statement.run(parameters);
    return [];
  });
  return db;
}

/** Runs a compiled statement and returns its rows. */
export type Run = (sql: string, parameters: readonly unknown[]) => unknown[];

const shortcuts = new WeakMap<Kysely<Database>, Run>();

/**
 * The way around Kysely's executor, whose queue for the only connection and chain of promises cost as much as a small
 * query: SQLite answers at once. Undefined for a database that does not.
 */
export const shortcutOf = (db: Kysely<Database>): Run | undefined => shortcuts.get(db);

/** Far more than the program has statements; lists of varying length could otherwise add to them for ever. */
const MAX_PREPARED = 1_000;
