import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import SqliteDatabase from "better-sqlite3";

/** Beside the database itself, under whatever name it was reached. Its folder has to be there. */
export const lockFileOf = (databaseFile: string): string =>
  `${existsSync(databaseFile) ? realpathSync(databaseFile) : join(realpathSync(dirname(databaseFile)), basename(databaseFile))}.lock`;

/**
 * Keeps a second server off a database. SQLite's exclusive lock on a file of its own is the operating system's: it ends with the
 * process, also by kill -9, so no stale lock ever has to be cleared.
 *
 * @returns a function that releases it, or undefined when another process holds it.
 */
export function takeLock(lockFile: string): (() => void) | undefined {
  const lock = new SqliteDatabase(lockFile, { timeout: 0 });
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
