import { randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { ensureDefaultAccount } from "./accounts/accounts.js";
import type { Clock } from "./clock.js";
import { type Config, ConfigError, DATABASE_FILE, decodeEncryptionKey } from "./config.js";
import { lockFileOf, takeLock } from "./storage/database-lock.js";
import { createSecretBox, ENCRYPTION_KEY_BYTES, type SecretBox } from "./storage/secret-box.js";
import { openStore, type Store } from "./storage/store.js";
import { checkDatabase, databaseFault } from "./storage/usable-database.js";

/** The data folder of one installation, open. */
export interface Installation {
  store: Store;
  secretBox: SecretBox;
  close(): Promise<void>;
}

const KEY_FILE = "encryption.key";
const CHECK_PLACE = { table: "settings", row: "encryption_check", column: "value" };
const CHECK_TEXT = "whatsflow";

/**
 * Opens the data folder, making what is missing: the folder, the database, the encryption key, the first account. The server and
 * every CLI command begin here.
 *
 * @param options.alone for the server: no other server may use the data folder or the database, from before it is opened until it
 * is closed.
 * @throws ConfigError when the folder or the database cannot be used, or the encryption key is not the one it was made with.
 */
export async function openInstallation(
  config: Config,
  clock: Clock,
  { alone = false }: { alone?: boolean } = {},
): Promise<Installation> {
  // Whatever is made from here on (SQLite's own files too) is for this user alone.
  process.umask(0o077);
  makeFolders(config);
  let unlock = () => {};
  let store: Store | undefined;
  try {
    if (alone) unlock = lock(config);
    checkDatabase(config.databaseFile);
    store = await openStore(config.databaseFile);
    const secretBox = await openSecretBox(store, config, clock);
    tightenFiles(config);
    const opened = store;
    return { store, secretBox, close: () => opened.close().finally(unlock) };
  } catch (error) {
    await store?.close();
    unlock();
    const fault = databaseFault(error);
    throw fault === undefined ? error : new ConfigError(`The database ${config.databaseFile} cannot be used: ${fault}`);
  }
}

/** Whether there is something to open: a database that some command or start has made. */
export const hasInstallation = (config: Config): boolean => existsSync(config.databaseFile);

function makeFolders({ dataDir, databaseFile }: Config): void {
  try {
    makeWithParents(dataDir);
    // An empty folder was made for us. One that holds something may be anybody's, and keeps its mode.
    if (readdirSync(dataDir).length === 0) chmodSync(dataDir, 0o700);
    makeWithParents(dirname(databaseFile));
  } catch (error) {
    throw new ConfigError(
      `The data folder ${dataDir} cannot be used: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Node's own `recursive` never returns below /proc. */
function makeWithParents(folder: string): void {
  if (existsSync(folder)) return;
  makeWithParents(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** The database's lock; the data folder's too when the database is elsewhere, since a server keeps other files in the folder. */
function lock({ dataDir, databaseFile }: Config): () => void {
  const refused = new Map([
    [
      lockFileOf(databaseFile),
      `Another whatsflow serve uses the database ${databaseFile}. Stop it, or give this one another with WHATSFLOW_DATABASE_URL.`,
    ],
    [
      lockFileOf(join(dataDir, DATABASE_FILE)),
      `Another whatsflow serve uses the data folder ${dataDir}. Stop it, or give this one another folder with --data.`,
    ],
  ]);
  const releases: (() => void)[] = [];
  const unlock = () => {
    for (const release of releases) release();
  };
  for (const [file, message] of refused) {
    const release = takeLock(file);
    if (!release) {
      unlock();
      throw new ConfigError(message);
    }
    releases.push(release);
  }
  return unlock;
}

/** Copying files, as a restore does, can open them to others. */
function tightenFiles({ dataDir, databaseFile }: Config): void {
  const database = realpathSync(databaseFile);
  const besides = ["", "-wal", "-shm", ".lock"].map((ending) => `${database}${ending}`);
  for (const file of [...besides, join(dataDir, KEY_FILE)]) {
    try {
      if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
    } catch {
      // It is not there, or it is another user's, such as a secret that is mounted: then its mode is that user's affair.
    }
  }
}

/** The secret box with the key that this database was made with; the first start chooses it. Never makes a second one. */
async function openSecretBox(store: Store, config: Config, clock: Clock): Promise<SecretBox> {
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
  const key = decodeEncryptionKey(readFileSync(file, "utf8").trim());
  if (!key) throw new ConfigError(`${file} holds no encryption key (32 bytes as base64 or hex)`);
  return key;
}

/** Within the transaction that writes the check value: only one process ever makes a key. */
function makeKeyFile(file: string): Buffer {
  const key = randomBytes(ENCRYPTION_KEY_BYTES);
  writeFileSync(file, `${key.toString("base64")}\n`, { mode: 0o600, flag: "wx", flush: true });
  return key;
}
