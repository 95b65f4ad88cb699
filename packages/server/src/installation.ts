import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ensureDefaultAccount } from "./accounts/accounts.js";
import type { Clock } from "./clock.js";
import { type Config, ConfigError } from "./config.js";
import { createSecretBox, ENCRYPTION_KEY_BYTES, type SecretBox } from "./storage/secret-box.js";
import { openStore, type Store } from "./storage/store.js";

/** The data folder of one installation, open. */
export interface Installation {
  store: Store;
  secretBox: SecretBox;
}

const KEY_FILE = "encryption.key";
const CHECK_PLACE = { table: "settings", row: "encryption_check", column: "value" };
const CHECK_TEXT = "whatsflow";

/**
 * Opens the data folder, making what is missing: the folder, the database, the encryption key, the first account. The server and
 * every CLI command begin here.
 *
 * @throws ConfigError when the folder cannot be used, or the encryption key is not the one it was made with.
 */
export async function openInstallation(config: Config, clock: Clock): Promise<Installation> {
  // Whatever is made from here on (SQLite's own files too) is for this user alone.
  process.umask(0o077);
  makeFolder(config.dataDir);
  makeFolder(dirname(config.databaseFile));
  const store = await openStore(config.databaseFile);
  try {
    return { store, secretBox: await unlock(store, config, clock) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    makeWithParents(folder);
    // A folder that was there already is ours when it is empty or holds our database; any other keeps its mode.
    const files = readdirSync(folder);
    if (files.length === 0 || files.includes("whatsflow.db")) chmodSync(folder, 0o700);
  } catch (error) {
    throw new ConfigError(
      `The data folder ${folder} cannot be used: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Node's own `recursive` never returns below /proc. */
function makeWithParents(folder: string): void {
  if (existsSync(folder)) return;
  makeWithParents(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** The secret box with the key that this database was made with; the first start chooses it. Never makes a second one. */
async function unlock(store: Store, config: Config, clock: Clock): Promise<SecretBox> {
  const keyFile = join(config.dataDir, KEY_FILE);
  return store.write(async (tx) => {
    const given = config.encryptionKey ?? (existsSync(keyFile) ? readKeyFile(keyFile) : undefined);
    const check = await tx
      .selectFrom("settings")
      .select("value")
      .where("name", "=", "encryption_check")
      .executeTakeFirst();
    if (!check) {
      const key = given ?? makeKeyFile(keyFile);
      const box = createSecretBox(key);
      await tx
        .insertInto("settings")
        .values({ name: "encryption_check", value: box.seal(CHECK_PLACE, CHECK_TEXT) })
        .execute();
      await ensureDefaultAccount(tx, clock.now());
      return box;
    }
    const source = config.encryptionKey ? "WHATSFLOW_ENCRYPTION_KEY" : keyFile;
    if (!given)
      throw new ConfigError(
        `The encryption key is missing: put ${keyFile} back, or set WHATSFLOW_ENCRYPTION_KEY to the key that this database was made with`,
      );
    const box = createSecretBox(given);
    if (!opensCheck(box, check.value))
      throw new ConfigError(`${source} is not the encryption key that this database was made with`);
    return box;
  });
}

function opensCheck(box: SecretBox, sealed: Uint8Array): boolean {
  try {
    return box.open(CHECK_PLACE, sealed) === CHECK_TEXT;
  } catch {
    return false;
  }
}

function readKeyFile(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, "utf8").trim(), "base64");
  if (key.length !== ENCRYPTION_KEY_BYTES)
    throw new ConfigError(`${file} holds no encryption key (32 bytes as base64)`);
  return key;
}

/** Within the transaction that writes the check value: only one process ever makes a key. */
function makeKeyFile(file: string): Buffer {
  const key = randomBytes(ENCRYPTION_KEY_BYTES);
  writeFileSync(file, `${key.toString("base64")}\n`, { mode: 0o600, flag: "wx", flush: true });
  return key;
}
