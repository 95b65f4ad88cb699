import { hash } from "node:crypto";
import type { Kysely, Selectable } from "kysely";
import type { Space } from "../accounts/space.js";
import type { DeviceLimit } from "../devices/devices.js";
import { ApiError, notFound } from "../errors.js";
import { SCOPES, type Scope } from "../generated/operations.js";
import { newId, randomText } from "../ids.js";
import { namesIn } from "../storage/names.js";
import { prepared } from "../storage/prepared.js";
import type { Database, Mode } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";

export type ApiKey = Selectable<Database["api_keys"]>;

export interface NewKey {
  name: string;
  scopes: readonly Scope[];
  deviceIds: readonly string[] | null;
  expiresAt: number | null;
}

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 43 characters of 62 hold 256 random bits, so a plain SHA-256 keeps a key safe at rest and costs microseconds. */
const KEY_CHARACTERS = 43;
const MAX_KEYS_PER_SPACE = 100;

export const isScope = (name: string): name is Scope => (SCOPES as readonly string[]).includes(name);

export const hashKey = (key: string): Buffer => hash("sha256", key, "buffer");

/** A key's text, such as `wf_test_4f…`. It exists outside this function only in the answer that shows it. */
export const newKeyText = (mode: Mode): string => `wf_${mode}_${randomText(KEY_CHARACTERS, ALPHABET)}`;

/**
 * Stores `key` (its hash, that is).
 *
 * @throws ApiError `limit_reached`
 */
export async function createKey(
  tx: Tx,
  space: Space,
  key: string,
  { name, scopes, deviceIds, expiresAt }: NewKey,
  now: number,
): Promise<ApiKey> {
  const { count } = await tx
    .selectFrom("api_keys")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("space_id", "=", space.id)
    .where("revoked_at", "is", null)
    .executeTakeFirstOrThrow();
  if (count >= MAX_KEYS_PER_SPACE)
    throw new ApiError("limit_reached", `A space holds at most ${MAX_KEYS_PER_SPACE} API keys. Revoke one first.`);
  return tx
    .insertInto("api_keys")
    .values({
      id: newId("key", now),
      space_id: space.id,
      name,
      hash: hashKey(key),
      key_hint: `wf_${space.mode}_…${key.slice(-4)}`,
      scopes: JSON.stringify(scopes),
      device_ids: deviceIds && JSON.stringify(deviceIds),
      expires_at: expiresAt,
      revoked_at: null,
      last_used_at: null,
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The keys of a space that are not revoked and that a key with this limit may see, the oldest first. */
export async function listKeys(db: Kysely<Database>, space: Space, limit: DeviceLimit): Promise<ApiKey[]> {
  const keys = await db
    .selectFrom("api_keys")
    .selectAll()
    .where("space_id", "=", space.id)
    .where("revoked_at", "is", null)
    .orderBy("seq")
    .execute();
  return keys.filter((key) => isVisible(key, limit));
}

/** A key that is limited to devices sees the keys that reach no further. */
function isVisible(key: ApiKey, limit: DeviceLimit): boolean {
  if (limit === null) return true;
  return key.device_ids !== null && namesIn(key.device_ids).every((device) => limit.includes(device));
}

/**
 * Revokes a key of the space.
 *
 * @throws ApiError `not_found`, also for a key that is revoked already or reaches further than `limit`.
 */
export async function revokeVisibleKey(
  tx: Tx,
  space: Space,
  limit: DeviceLimit,
  id: string,
  now: number,
): Promise<void> {
  const visible = (await listKeys(tx, space, limit)).some((key) => key.id === id);
  if (!visible) throw notFound("API key", id);
  await revokeKey(tx, id, now);
}

/**
 * Revokes a key of whatever space: for the operator's command line.
 *
 * @throws ApiError `not_found`, also for a key that is revoked already.
 */
export async function revokeKey(
  tx: Tx,
  id: string,
  now: number,
): Promise<{ account_id: string; mode: Mode; name: string }> {
  const key = await tx
    .selectFrom("api_keys")
    .innerJoin("spaces", "spaces.id", "api_keys.space_id")
    .select(["spaces.account_id", "spaces.mode", "api_keys.name"])
    .where("api_keys.id", "=", id)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  if (!key) throw notFound("API key", id);
  await tx.updateTable("api_keys").set({ revoked_at: now }).where("id", "=", id).execute();
  return key;
}

/** @throws ApiError `unauthorized` for a key that was revoked or has expired since its request was let in. */
export async function requireKey(tx: Tx, id: string, now: number): Promise<void> {
  const [key] = await byId(tx, { id });
  if (key && (key.expires_at === null || key.expires_at > now)) return;
  throw new ApiError("unauthorized", "Invalid or missing API key");
}

const byId = prepared<{ id: string }, Pick<ApiKey, "expires_at">>((db, { id }) =>
  db.selectFrom("api_keys").select("expires_at").where("id", "=", id).where("revoked_at", "is", null),
);

export type KeyOfAccount = ApiKey & { account: string; mode: Mode };

/** The keys of all spaces that are not revoked: for the operator's command line. */
export const listAllKeys = (db: Kysely<Database>): Promise<KeyOfAccount[]> =>
  db
    .selectFrom("api_keys")
    .innerJoin("spaces", "spaces.id", "api_keys.space_id")
    .innerJoin("accounts", "accounts.id", "spaces.account_id")
    .selectAll("api_keys")
    .select(["accounts.name as account", "spaces.mode"])
    .where("api_keys.revoked_at", "is", null)
    .orderBy("api_keys.seq")
    .execute();
