import type { Kysely, Selectable } from "kysely";
import { ApiError, invalid, notFound } from "../errors.js";
import { newId } from "../ids.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";

/** A person who may sign in. */
export type User = Selectable<Database["users"]>;

const MAX_USERS_PER_ACCOUNT = 100;

/** The form in which names are compared: `Anna@Example.com` is `anna@example.com`, and spaces of whatever kind and number are one. */
export const nameKey = (name: string): string =>
  name.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase().normalize("NFKC");

/** What nobody sees makes two names of one: controls and formats, separators of lines, and what is shown as nothing. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

export const listUsers = (db: Kysely<Database>, accountId: string): Promise<User[]> =>
  db.selectFrom("users").selectAll().where("account_id", "=", accountId).orderBy("seq").execute();

/** A user of whatever account, by the name to sign in with. */
export const findUser = (db: Kysely<Database>, name: string): Promise<User | undefined> =>
  db.selectFrom("users").selectAll().where("name_key", "=", nameKey(name)).executeTakeFirst();

/** @throws ApiError `unauthorized` when the user was removed while something was done for it. */
export async function getUser(db: Kysely<Database>, id: string): Promise<User> {
  const user = await db.selectFrom("users").selectAll().where("id", "=", id).executeTakeFirst();
  if (!user) throw new ApiError("unauthorized", "This user was removed");
  return user;
}

export const hasUsers = async (db: Kysely<Database>): Promise<boolean> =>
  (await db.selectFrom("users").select("seq").limit(1).executeTakeFirst()) !== undefined;

/** @throws ApiError for a name that nobody could type again, or a password that anybody would try. */
export function checkNewUser(name: string, password: string): void {
  if (nameKey(name) === "") throw invalid("name", "must have a character that is no space");
  if (INVISIBLE.test(name))
    throw invalid(
      "name",
      "must have no line breaks, tabs, control characters or others that cannot be seen; type it anew",
    );
  checkPassword(name, password);
}

/** @throws ApiError `invalid_request` */
export function checkPassword(name: string, password: string, path = "password"): void {
  if (nameKey(password) === nameKey(name)) throw invalid(path, "must not be the name; choose another one");
}

/** @throws ApiError `name_taken` */
export async function requireFreeName(db: Kysely<Database>, name: string): Promise<void> {
  if (await findUser(db, name))
    throw new ApiError("name_taken", "Another user has this name. Choose another one, or sign in.");
}

/** @throws ApiError `name_taken`, `limit_reached` */
export async function createUser(
  tx: Tx,
  accountId: string,
  { name, passwordHash }: { name: string; passwordHash: string },
  now: number,
): Promise<User> {
  await requireFreeName(tx, name);
  if ((await listUsers(tx, accountId)).length >= MAX_USERS_PER_ACCOUNT)
    throw new ApiError("limit_reached", `An account has at most ${MAX_USERS_PER_ACCOUNT} users. Remove one first.`);
  return tx
    .insertInto("users")
    .values({
      id: newId("user", now),
      account_id: accountId,
      name: name.replace(/\s+/g, " ").trim(),
      name_key: nameKey(name),
      password_hash: passwordHash,
      created_at: now,
      last_signed_in_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function setPassword(tx: Tx, userId: string, passwordHash: string): Promise<void> {
  await tx.updateTable("users").set({ password_hash: passwordHash }).where("id", "=", userId).execute();
}

/** Nothing is this password: until another one is set, nobody signs in as the user. */
export const voidPassword = (tx: Tx, userId: string): Promise<void> => setPassword(tx, userId, "$none");

/**
 * Removes a user of the account, with all sessions and links.
 *
 * @throws ApiError `not_found`; `last_user`, as nobody could invite another one
 */
export async function deleteUser(tx: Tx, accountId: string, id: string): Promise<User> {
  const users = await listUsers(tx, accountId);
  const user = users.find((one) => one.id === id);
  if (!user) throw notFound("user", id);
  if (users.length === 1)
    throw new ApiError("last_user", "This is the last user of the account. Invite another one first.");
  await tx.deleteFrom("users").where("id", "=", id).execute();
  return user;
}
