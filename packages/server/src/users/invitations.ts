import type { Kysely, Selectable } from "kysely";
import { ApiError, notFound } from "../errors.js";
import { newId } from "../ids.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import { hashToken, newToken } from "./sessions.js";
import { hasUsers, type User } from "./users.js";

/** A one-time link, as it is kept. */
export type Invitation = Selectable<Database["invitations"]>;
/** One that is open, with who made it and whose password it sets; null where there is nobody. */
export type ListedInvitation = Pick<Invitation, "id" | "account_id" | "created_at" | "expires_at"> & {
  maker: NamedUser | null;
  user: NamedUser | null;
};
type NamedUser = Pick<User, "id" | "name">;
export interface NewInvitation {
  id: string;
  token: string;
  expiresAt: number;
}

const VALID_FOR_MS = 24 * 3_600_000;
const MAX_OPEN_PER_ACCOUNT = 20;

/** After `#`, which browsers keep to themselves: no log of a server or proxy ever has the token. */
export function linkPath(token: string, user?: Pick<User, "name">): string {
  return `/#/welcome?token=${token}${user ? `&name=${encodeURIComponent(user.name)}` : ""}`;
}

/**
 * Makes a link for a new user of an account, or for one whose password is to be set anew. It ends with the user who made it.
 *
 * @throws ApiError `limit_reached`
 */
export async function createInvitation(
  tx: Tx,
  accountId: string,
  {
    userId = null,
    createdBy = null,
    atStart = false,
  }: { userId?: string | null; createdBy?: string | null; atStart?: boolean },
  now: number,
): Promise<NewInvitation> {
  await forgetOldInvitations(tx, now);
  const { count } = await tx
    .selectFrom("invitations")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("account_id", "=", accountId)
    .executeTakeFirstOrThrow();
  // A user's own link takes the place of the one before.
  if (userId !== null) await tx.deleteFrom("invitations").where("user_id", "=", userId).execute();
  // Without the link of a start nobody might get in, nor the server start.
  else if (!atStart && count >= MAX_OPEN_PER_ACCOUNT)
    throw new ApiError(
      "limit_reached",
      `An account has at most ${MAX_OPEN_PER_ACCOUNT} open invitations. Use one, void one, or wait until one expires.`,
    );
  const id = newId("invite", now);
  const token = newToken();
  const expiresAt = now + VALID_FOR_MS;
  await tx
    .insertInto("invitations")
    .values({
      id,
      token_hash: hashToken(token),
      account_id: accountId,
      user_id: userId,
      created_by: createdBy,
      made_at_start: atStart ? 1 : 0,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute();
  return { id, token, expiresAt };
}

/** The links of an account that somebody may still use, the oldest first. */
export async function listInvitations(
  db: Kysely<Database>,
  accountId: string,
  now: number,
): Promise<ListedInvitation[]> {
  const rows = await db
    .selectFrom("invitations")
    .leftJoin("users as makers", "makers.id", "invitations.created_by")
    .leftJoin("users", "users.id", "invitations.user_id")
    .select(["invitations.id", "invitations.account_id", "invitations.created_at", "invitations.expires_at"])
    .select(["makers.id as maker_id", "makers.name as maker_name", "users.id as user_id", "users.name as user_name"])
    .where("invitations.account_id", "=", accountId)
    .where("invitations.expires_at", ">", now)
    .orderBy("invitations.created_at")
    .orderBy("invitations.id")
    .execute();
  return rows.map(({ maker_id, maker_name, user_id, user_name, ...invitation }) => ({
    ...invitation,
    maker: namedUser(maker_id, maker_name),
    user: namedUser(user_id, user_name),
  }));
}

const namedUser = (id: string | null, name: string | null): NamedUser | null =>
  id === null || name === null ? null : { id, name };

/**
 * Voids a link of the account.
 *
 * @throws ApiError `not_found`, also for a link that was used or has expired
 */
export async function deleteInvitation(tx: Tx, accountId: string, id: string, now: number): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom("invitations")
    .where("id", "=", id)
    .where("account_id", "=", accountId)
    .where("expires_at", ">", now)
    .executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) throw notFound("invitation", id);
}

/** For a server that starts without any user: a link in place of the one that its last start printed. Undefined once there are users. */
export async function inviteFirstUser(tx: Tx, accountId: string, now: number): Promise<NewInvitation | undefined> {
  await tx.deleteFrom("invitations").where("made_at_start", "=", 1).execute();
  return (await hasUsers(tx)) ? undefined : createInvitation(tx, accountId, { atStart: true }, now);
}

/** @throws ApiError `not_found` for a link that was used, has expired or never was. */
export async function getInvitation(db: Kysely<Database>, token: string, now: number): Promise<Invitation> {
  const found = await db
    .selectFrom("invitations")
    .selectAll()
    .where("token_hash", "=", hashToken(token))
    .where("expires_at", ">", now)
    .executeTakeFirst();
  if (found) return found;
  throw new ApiError(
    "not_found",
    "This link was used already, has expired, or is not complete. Get a new one: from a colleague, or with whatsflow users invite or whatsflow users reset-password",
  );
}

/**
 * Takes a link, so that nobody else can.
 *
 * @throws ApiError `not_found`
 */
export async function takeInvitation(tx: Tx, token: string, now: number): Promise<Invitation> {
  const invitation = await getInvitation(tx, token, now);
  await tx.deleteFrom("invitations").where("token_hash", "=", invitation.token_hash).execute();
  // The first user is there: what was printed for another one is void.
  await tx.deleteFrom("invitations").where("made_at_start", "=", 1).execute();
  return invitation;
}

export async function forgetOldInvitations(tx: Tx, now: number): Promise<void> {
  await tx.deleteFrom("invitations").where("expires_at", "<=", now).execute();
}
