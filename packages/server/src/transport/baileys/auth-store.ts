import {
  type AuthenticationCreds,
  BufferJSON,
  initAuthCreds,
  makeCacheableSignalKeyStore,
  proto,
  type SignalDataSet,
  type SignalKeyStore,
} from "baileys";
import { prepared } from "../../storage/prepared.js";
import type { SecretBox } from "../../storage/secret-box.js";
import type { Store, Tx } from "../../storage/store.js";
import { createBoundedCache } from "./bounded-cache.js";
import { noteKeys } from "./departures.js";

/** What a device keeps between two connections. */
export interface DeviceAuth {
  creds: AuthenticationCreds;
  keys: SignalKeyStore;
  /** Resolves when `creds`, as they are now, are on disk. */
  saveCreds(): Promise<void>;
}

export interface AuthStore {
  /** The device's credentials; fresh ones where it has none, or only those of an attempt at pairing that came to nothing. */
  open(deviceId: string): Promise<DeviceAuth>;
  /** Forgets everything; the device has to be paired anew. */
  forget(deviceId: string): Promise<void>;
  isPaired(deviceId: string): Promise<boolean>;
  /** All entries of a type of keys. */
  // biome-ignore lint/suspicious/noExplicitAny: whoever names the type knows what it holds
  list(deviceId: string, type: string): Promise<{ id: string; value: any }[]>;
}

/** Sessions and the like that a device keeps in memory; behind them is the database. */
const CACHED_KEYS = 600;

const findCreds = prepared<{ deviceId: string }, { data: Buffer }>((db, { deviceId }) =>
  db.selectFrom("whatsapp_credentials").select("data").where("device_id", "=", deviceId),
);
const putCreds = prepared<{ deviceId: string; data: Buffer }, never>((db, { deviceId, data }) =>
  db
    .insertInto("whatsapp_credentials")
    .values({ device_id: deviceId, data })
    .onConflict((conflict) => conflict.column("device_id").doUpdateSet({ data })),
);
const deleteCreds = prepared<{ deviceId: string }, never>((db, { deviceId }) =>
  db.deleteFrom("whatsapp_credentials").where("device_id", "=", deviceId),
);
const findKey = prepared<{ deviceId: string; type: string; id: string }, { data: Buffer }>(
  (db, { deviceId, type, id }) =>
    db
      .selectFrom("whatsapp_keys")
      .select("data")
      .where("device_id", "=", deviceId)
      .where("type", "=", type)
      .where("id", "=", id),
);
const findKeysOfType = prepared<{ deviceId: string; type: string }, { id: string; data: Buffer }>(
  (db, { deviceId, type }) =>
    db.selectFrom("whatsapp_keys").select(["id", "data"]).where("device_id", "=", deviceId).where("type", "=", type),
);
const putKey = prepared<{ deviceId: string; type: string; id: string; data: Buffer }, never>(
  (db, { deviceId, type, id, data }) =>
    db
      .insertInto("whatsapp_keys")
      .values({ device_id: deviceId, type, id, data })
      .onConflict((conflict) => conflict.columns(["device_id", "type", "id"]).doUpdateSet({ data })),
);
const deleteKey = prepared<{ deviceId: string; type: string; id: string }, never>((db, { deviceId, type, id }) =>
  db.deleteFrom("whatsapp_keys").where("device_id", "=", deviceId).where("type", "=", type).where("id", "=", id),
);
const deleteKeys = prepared<{ deviceId: string }, never>((db, { deviceId }) =>
  db.deleteFrom("whatsapp_keys").where("device_id", "=", deviceId),
);

const credsPlace = (deviceId: string) => ({ table: "whatsapp_credentials", row: deviceId, column: "data" });
const keyPlace = (deviceId: string, type: string, id: string) => ({
  table: "whatsapp_keys",
  row: JSON.stringify([deviceId, type, id]),
  column: "data",
});

const encode = (value: unknown): string => JSON.stringify(value, BufferJSON.replacer);
const decode = (text: string) => JSON.parse(text, BufferJSON.reviver);

/**
 * Credentials and session keys in the database, sealed in the secret box. Whatever Baileys sets at once is one write, on disk
 * before the promise resolves, of types known and unknown alike: a process that is killed finds a whole state.
 */
export function createAuthStore({ store, secretBox }: { store: Store; secretBox: SecretBox }): AuthStore {
  const read = (deviceId: string, type: string, id: string, data: Buffer) => {
    const value = decode(secretBox.open(keyPlace(deviceId, type, id), data));
    return type === "app-state-sync-key" ? proto.Message.AppStateSyncKeyData.fromObject(value) : value;
  };

  async function findCredentials(deviceId: string): Promise<AuthenticationCreds | undefined> {
    const [row] = await findCreds(store.read, { deviceId });
    return row && decode(secretBox.open(credsPlace(deviceId), row.data));
  }

  function keysOf(deviceId: string): SignalKeyStore {
    return {
      async get(type, ids) {
        const found: [string, ReturnType<typeof decode>][] = [];
        for (const id of ids) {
          const [row] = await findKey(store.read, { deviceId, type, id });
          if (row) found.push([id, read(deviceId, type, id, row.data)]);
        }
        return Object.fromEntries(found);
      },
      async set(data: SignalDataSet) {
        const changes = Object.entries(data).flatMap(([type, values]) =>
          Object.entries(values ?? {}).map(([id, value]) => ({
            type,
            id,
            // Sealed before the write: it shares its transaction with others, who should not wait for that.
            data:
              value === null || value === undefined
                ? undefined
                : secretBox.seal(keyPlace(deviceId, type, id), encode(value)),
          })),
        );
        if (changes.length === 0) return;
        const written = store.write(async (tx) => {
          for (const { type, id, data } of changes) {
            if (data) await putKey(tx, { deviceId, type, id, data });
            else await deleteKey(tx, { deviceId, type, id });
          }
        });
        noteKeys();
        await written;
      },
    };
  }

  async function wipe(tx: Tx, deviceId: string): Promise<void> {
    await deleteCreds(tx, { deviceId });
    await deleteKeys(tx, { deviceId });
  }

  return {
    async open(deviceId) {
      const stored = await findCredentials(deviceId);
      // An attempt with a pairing code leaves `me` behind before it succeeds; such credentials could never log in.
      const creds = stored?.account ? stored : initAuthCreds();
      if (stored && !stored.account) await store.write((tx) => wipe(tx, deviceId));
      const cache = createBoundedCache(CACHED_KEYS);
      return {
        creds,
        keys: makeCacheableSignalKeyStore(keysOf(deviceId), undefined, cache),
        async saveCreds() {
          const data = secretBox.seal(credsPlace(deviceId), encode(creds));
          await store.write((tx) => putCreds(tx, { deviceId, data }));
        },
      };
    },
    async forget(deviceId) {
      await store.write((tx) => wipe(tx, deviceId));
    },
    async isPaired(deviceId) {
      return Boolean((await findCredentials(deviceId))?.account);
    },
    async list(deviceId, type) {
      const rows = await findKeysOfType(store.read, { deviceId, type });
      return rows.map(({ id, data }) => ({ id, value: read(deviceId, type, id, data) }));
    },
  };
}
