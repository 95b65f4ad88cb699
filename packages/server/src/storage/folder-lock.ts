import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";

/**
 * Keeps a second server off a data folder. SQLite's exclusive lock is the operating system's: it ends with the process, also by
 * kill -9, so no stale lock ever has to be cleared.
 *
 * @returns a function that releases it, or undefined when another process holds it.
 */
export function lockFolder(folder: string): (() => void) | undefined {
  const lock = new SqliteDatabase(join(folder, "serve.lock"), { timeout: 0 });
  try {
    lock.pragma("journal_mode = DELETE");
    lock.exec("begin exclusive");
    return () => lock.close();
  } catch (error) {
    lock.close();
    if (error instanceof SqliteDatabase.SqliteError && error.code.startsWith("SQLITE_BUSY")) return undefined;
    throw error;
  }
}
