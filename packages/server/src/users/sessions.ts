import { hash } from "node:crypto";
import type { Kysely, Selectable } from "kysely";
import type { Clock } from "../clock.js";
import { ApiError } from "../errors.js";
import { SCOPES } from "../generated/operations.js";
import { newId, randomText } from "../ids.js";
import type { UserCaller } from "../keys/key-directory.js";
import { prepared } from "../storage/prepared.js";
import type { Database, Mode } from "../storage/schema.js";
import type { Store, Tx } from "../storage/store.js";
import type { User } from "./users.js";

/** A user's session, as far as its caller is concerned. */
export interface Session {
  id: string;
  userId: string;
  /** Of the token that the request showed: a session can go on under another one. */
  tokenHash: Buffer;
}
export type SessionRow = Selectable<Database["sessions"]>;
/** A session that begins; the token is in the cookie alone. */
export interface StartedSession extends SessionRow {
  token: string;
}

/** Who is signed in. The database knows, and is asked each time: what any process ended has ended. */
export interface Sessions {
  /** The caller behind a session's token, in the space of a mode; undefined when there is no such session, or no more. */
  find(token: string, mode: Mode): Promise<UserCaller | undefined>;
  /** Whether the session of a caller still counts: for what outlives its request. */
  isStillValid(caller: UserCaller): Promise<boolean>;
  /** Calls `listener` when this process ended sessions. */
  onEnd(listener: () => void): void;
  /** Call it after sessions were ended, before that is answered. */
  ended(): void;
}

export const SESSION_LIFE_MS = 30 * 24 * 3_600_000;
const IDLE_LIFE_MS = 7 * 24 * 3_600_000;
/** A clock that is put right by some seconds ends no session. */
const CLOCKS_DIFFER_MS = 60_000;
/** When a session was used last is told to the minute. */
const NOTE_USE_MS = 60_000;
export const MAX_SESSIONS_PER_USER = 100;
const MAX_USER_AGENT = 200;
const MOST_FORGOTTEN_AT_ONCE = 1_000;

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Hold 256 random bits. */
const TOKEN_CHARACTERS = 43;

export const newToken = (): string => randomText(TOKEN_CHARACTERS, ALPHABET);
export const hashToken = (token: string): Buffer => hash("sha256", token, "buffer");

const byToken = prepared<{ tokenHash: Buffer; mode: Mode }, SessionOfUser>((db, { tokenHash, mode }) =>
  db
    .selectFrom("sessions")
    .innerJoin("users", "users.id", "sessions.user_id")
    .innerJoin("accounts", "accounts.id", "users.account_id")
    .innerJoin("spaces", (join) => join.onRef("spaces.account_id", "=", "accounts.id").on("spaces.mode", "=", mode))
    .select(["sessions.id", "sessions.created_at", "sessions.last_used_at", "sessions.expires_at"])
    .select(["users.id as user_id", "users.name"])
    .select(["accounts.id as account_id", "accounts.plan", "accounts.requests_per_minute"])
    .select(["accounts.requests_per_hour", "accounts.messages_per_month", "spaces.id as space_id"])
    .where("sessions.token_hash", "=", tokenHash),
);
type SessionOfUser = Lifetime &
  Pick<SessionRow, "id" | "user_id"> &
  Pick<User, "name" | "account_id"> &
  Pick<
    Selectable<Database["accounts"]>,
    "plan" | "requests_per_minute" | "requests_per_hour" | "messages_per_month"
  > & { space_id: number };

export function createSessions({ store, clock }: { store: Store; clock: Clock }): Sessions {
  const listeners: (() => void)[] = [];
  const ALL_SCOPES = new Set(SCOPES);
  function noteUse(id: string): void {
    const now = clock.now();
    store
      .write(
        async (tx) => {
          await tx.updateTable("sessions").set({ last_used_at: now }).where("id", "=", id).execute();
        },
        { patient: true },
      )
      // When a session was used last is worth a try, not a request's failure.
      .catch(() => undefined);
  }

  return {
    async find(token, mode) {
      const tokenHash = hashToken(token);
      const [row] = await byToken(store.read, { tokenHash, mode });
      if (!row || !isAlive(row, clock.now())) return undefined;
      if (clock.now() - row.last_used_at >= NOTE_USE_MS) noteUse(row.id);
      return {
        actor: { kind: "user", id: row.user_id, name: row.name },
        session: { id: row.id, userId: row.user_id, tokenHash },
        space: { id: row.space_id, accountId: row.account_id, mode },
        scopes: ALL_SCOPES,
        deviceIds: null,
        account: {
          plan: row.plan,
          requestsPerMinute: row.requests_per_minute,
          requestsPerHour: row.requests_per_hour,
          messagesPerMonth: row.messages_per_month,
        },
        // A key that is made here does not end with the session.
        expiresAt: null,
      };
    },
    async isStillValid({ session }) {
      const row = await findSession(store.read, session.id);
      return row !== undefined && isAlive(row, clock.now());
    },
    onEnd: (listener) => void listeners.push(listener),
    ended() {
      for (const listener of listeners) listener();
    },
  };
}

/** One from the future was begun while the time was set wrong, and would outlive its life. */
const isAlive = ({ created_at, last_used_at, expires_at }: Lifetime, now: number) =>
  created_at <= now + CLOCKS_DIFFER_MS && now < expires_at && now < last_used_at + IDLE_LIFE_MS;
type Lifetime = Pick<SessionRow, "created_at" | "last_used_at" | "expires_at">;

/** @throws ApiError `unauthorized` when it has ended. */
export async function getSession(db: Kysely<Database>, id: string): Promise<SessionRow> {
  const session = await findSession(db, id);
  if (!session) throw hasEnded();
  return session;
}

/** @throws ApiError `unauthorized` when it has ended, or gone on under another token, since its request was let in. */
export async function requireSession(db: Kysely<Database>, { id, tokenHash }: Session, now: number): Promise<void> {
  const session = await findSession(db, id);
  if (!session?.token_hash.equals(tokenHash) || !isAlive(session, now)) throw hasEnded();
}

const hasEnded = () => new ApiError("unauthorized", "Your session has ended. Sign in again.");

const findSession = (db: Kysely<Database>, id: string): Promise<SessionRow | undefined> =>
  db.selectFrom("sessions").selectAll().where("id", "=", id).executeTakeFirst();

/** Those of a user that have not ended, the one that was used last first. */
export const listSessions = (db: Kysely<Database>, userId: string, now: number): Promise<SessionRow[]> =>
  db
    .selectFrom("sessions")
    .selectAll()
    .where("user_id", "=", userId)
    .where("expires_at", ">", now)
    .where("last_used_at", ">", now - IDLE_LIFE_MS)
    .where("created_at", "<=", now + CLOCKS_DIFFER_MS)
    .orderBy("last_used_at", "desc")
    .limit(MAX_SESSIONS_PER_USER)
    .execute();

/** Signs a user in, always under a new token. Of very many sessions the one that was not used for the longest time ends. */
export async function startSession(
  tx: Tx,
  userId: string,
  { token, userAgent }: { token: string; userAgent: string | undefined },
  now: number,
): Promise<StartedSession> {
  const row: SessionRow = {
    id: newId("session", now),
    token_hash: hashToken(token),
    user_id: userId,
    user_agent: userAgent?.slice(0, MAX_USER_AGENT) || null,
    created_at: now,
    last_used_at: now,
    expires_at: now + SESSION_LIFE_MS,
  };
  await tx.insertInto("sessions").values(row).execute();
  const surplus = tx
    .selectFrom("sessions")
    .select("id")
    .where("user_id", "=", userId)
    .orderBy("last_used_at", "desc")
    .orderBy("id", "desc")
    .limit(-1)
    .offset(MAX_SESSIONS_PER_USER);
  await tx.deleteFrom("sessions").where("id", "in", surplus).execute();
  await tx.updateTable("users").set({ last_signed_in_at: now }).where("id", "=", userId).execute();
  return { ...row, token };
}

export async function endSession(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("sessions").where("id", "=", id).execute();
}

/** Signs a user out everywhere. */
export async function endSessionsOf(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom("sessions").where("user_id", "=", userId).execute();
  await voidLinks(tx, userId);
}

/** Whoever had one of the sessions, or the password before, may have kept a link by which to come back: those that the user made, or that set the password. */
async function voidLinks(tx: Tx, userId: string): Promise<void> {
  await tx
    .deleteFrom("invitations")
    .where((e) => e.or([e("created_by", "=", userId), e("user_id", "=", userId)]))
    .execute();
}

/** Gives a session another token: what the old one opens has ended. */
export async function renewToken(tx: Tx, id: string, token: string): Promise<void> {
  await tx
    .updateTable("sessions")
    .set({ token_hash: hashToken(token) })
    .where("id", "=", id)
    .execute();
}

export async function endOtherSessions(tx: Tx, { id, userId }: Session): Promise<void> {
  await tx.deleteFrom("sessions").where("user_id", "=", userId).where("id", "<>", id).execute();
  await voidLinks(tx, userId);
}

export async function forgetOldSessions(tx: Tx, now: number): Promise<void> {
  const old = tx
    .selectFrom("sessions")
    .select("id")
    .where("expires_at", "<=", now)
    .orderBy("expires_at")
    .limit(MOST_FORGOTTEN_AT_ONCE);
  await tx.deleteFrom("sessions").where("id", "in", old).execute();
}
