import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { up as initial } from "./migrations/0001-initial.js";
import { up as devices } from "./migrations/0002-devices.js";
import { up as whatsapp } from "./migrations/0003-whatsapp.js";
import { up as webhooks } from "./migrations/0004-webhooks.js";
import { up as users } from "./migrations/0005-users.js";
import { up as deviceTimes } from "./migrations/0006-device-times.js";
import type { Database } from "./schema.js";
import { differingTables, type Shape, shapeOf } from "./shape.js";
import { kyselyOver, openWriter, type SqliteConnection } from "./sqlite.js";

/** In their order, for ever: a migration that was released is never changed, moved or removed. */
const MIGRATIONS: Record<string, Migration> = {
  "0001-initial": { up: initial },
  "0002-devices": { up: devices },
  "0003-whatsapp": { up: whatsapp },
  "0004-webhooks": { up: webhooks },
  "0005-users": { up: users },
  "0006-device-times": { up: deviceTimes },
};
export const MIGRATION_NAMES = Object.keys(MIGRATIONS);

/** What is wrong with a database that cannot be opened, as the end of a sentence. */
export class UnusableDatabaseError extends Error {
  override readonly name = "UnusableDatabaseError";
}

/**
 * Brings the database to the newest version, in one transaction. Kysely's own lock is empty on SQLite, so the write lock is taken
 * before Kysely looks: two processes that start at once migrate one after the other.
 */
export async function migrate(writer: SqliteConnection, db: Kysely<Database>): Promise<void> {
  writer.exec("begin immediate");
  try {
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => MIGRATIONS },
      disableTransactions: true,
    });
    const { error } = await migrator.migrateToLatest();
    if (error) throw new Error(explain(error), { cause: error });
    await checkShape(writer);
    writer.exec("commit");
  } finally {
    if (writer.inTransaction) writer.exec("rollback");
  }
}

/**
 * A migration is recorded by its name alone: a build between two releases may have made other tables under the same one.
 *
 * @throws UnusableDatabaseError
 */
async function checkShape(writer: SqliteConnection): Promise<void> {
  expectedShape ??= makeExpectedShape();
  const [differing] = differingTables(await expectedShape, shapeOf(writer));
  if (differing !== undefined)
    throw new UnusableDatabaseError(
      `its table ${differing} is not as this version makes it, so another build has written it. Start that build, or use another data folder`,
    );
}

let expectedShape: Promise<Shape> | undefined;

async function makeExpectedShape(): Promise<Shape> {
  const connection = openWriter(":memory:");
  const db = kyselyOver(connection);
  try {
    for (const { up } of Object.values(MIGRATIONS)) await up(db);
    return shapeOf(connection);
  } finally {
    await db.destroy();
  }
}

/** How an open database differs from what this version makes of it: another version may migrate it while the server runs. */
export async function missingMigrations(db: Kysely<Database>): Promise<{ missing: boolean; unknown: boolean }> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const applied = new Set(rows.map(({ name }) => name));
  return {
    missing: MIGRATION_NAMES.some((name) => !applied.has(name)),
    unknown: [...applied].some((name) => !MIGRATION_NAMES.includes(name)),
  };
}

function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes("corrupted migrations")) {
    return "The database was written by a newer version of whatsflow. Start that version, or use another data folder.";
  }
  return `The database could not be migrated: ${message}`;
}
