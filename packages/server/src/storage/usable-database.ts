import { statSync } from "node:fs";
import SqliteDatabase from "better-sqlite3";
import { MIGRATION_NAMES, UnusableDatabaseError } from "./migrate.js";

/**
 * Looks at a file before anything is changed in it: opening it for writing would already change another program's database.
 *
 * @throws UnusableDatabaseError when it is there, and is not a database of this program, of this version or an older one.
 */
export function checkDatabase(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isFile()) throw new UnusableDatabaseError("it is no file");
  const connection = new SqliteDatabase(file, { readonly: true });
  try {
    const names = (sql: string) => connection.prepare<[], string>(sql).pluck().all();
    const tables = names("select name from sqlite_schema where type = 'table'");
    if (tables.length === 0) return;
    const migrations = tables.includes("kysely_migration") ? names("select name from kysely_migration") : [];
    if (!migrations.includes(MIGRATION_NAMES[0] ?? ""))
      throw new UnusableDatabaseError("it is the database of another program");
    if (migrations.some((name) => !MIGRATION_NAMES.includes(name)))
      throw new UnusableDatabaseError(
        "it was written by a newer version of whatsflow. Start that version, or use another data folder",
      );
  } finally {
    connection.close();
  }
}

/** What went wrong with the database, if that is what an error is about. */
export function databaseFault(error: unknown): string | undefined {
  if (error instanceof UnusableDatabaseError) return error.message;
  if (!(error instanceof SqliteDatabase.SqliteError)) return undefined;
  if (error.code === "SQLITE_NOTADB") return "it is no SQLite database, or is damaged";
  if (error.code.startsWith("SQLITE_CORRUPT")) return "it is damaged. Restore a backup";
  return error.message;
}
