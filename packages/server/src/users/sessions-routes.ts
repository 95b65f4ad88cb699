import type { Account } from "../accounts/accounts.js";
import { getAccountById } from "../accounts/accounts.js";
import { type Clock, toTimestamp } from "../clock.js";
import { ApiError } from "../errors.js";
import type { components } from "../generated/openapi.js";
import type { Client } from "../http/client.js";
import { onItsOwnMachine } from "../http/client-address.js";
import type { Handlers } from "../http/contract.js";
import type { Store } from "../storage/store.js";
import { VERSION } from "../version.js";
import type { Passwords } from "./passwords.js";
import {
  endOtherSessions,
  endSession,
  endSessionsOf,
  getSession,
  listSessions,
  newToken,
  renewToken,
  type SessionRow,
  type Sessions,
  startSession,
} from "./sessions.js";
import type { Guessed, SignInLimits } from "./sign-in-limits.js";
import { checkPassword, findUser, getUser, nameKey, setPassword, type User } from "./users.js";
import { toUser } from "./users-routes.js";

type SessionOperation = "signIn" | "getSession" | "signOut" | "listSessions" | "signOutEverywhere" | "changePassword";

export interface SessionRouteDeps {
  store: Store;
  clock: Clock;
  sessions: Sessions;
  passwords: Passwords;
  signInLimits: SignInLimits;
}

export function sessionRoutes({
  store,
  clock,
  sessions,
  passwords,
  signInLimits,
}: SessionRouteDeps): Pick<Handlers, SessionOperation> {
  return {
    async signIn({ body, client, reply, write, setCookie, signedInAs }) {
      const from = requirePrivacy(client());
      const user = await findUser(store.read, body.name);
      const guess = signInLimits.begin([`${user ? "name" : "stranger"}:${nameKey(body.name)}`, ...placesOf(from)]);
      const isRight = await guess.made(passwords.verify(body.password, user?.password_hash));
      if (!user || !isRight) throw new ApiError("wrong_password", "The name or the password is wrong");
      guess.succeeded();
      const token = newToken();
      const now = clock.now();
      const answer = await write(async (tx) => {
        const known = await findUser(tx, body.name);
        // Another password was set while this one was looked at.
        if (known?.password_hash !== user.password_hash)
          throw new ApiError("wrong_password", "The password was changed just now. Sign in with the new one.");
        const session = await startSession(tx, user.id, { token, userAgent: from.userAgent }, now);
        signedInAs(user);
        const account = await getAccountById(tx, user.account_id);
        return reply(200, { success: true, data: toSession(session, { ...user, last_signed_in_at: now }, account) });
      });
      setCookie(token);
      return answer;
    },

    async getSession({ caller, reply }) {
      const { id, userId } = caller.session;
      const user = await getUser(store.read, userId);
      const account = await getAccountById(store.read, caller.space.accountId);
      return reply(200, { success: true, data: toSession(await getSession(store.read, id), user, account) });
    },

    async signOut({ caller, reply, write, setCookie }) {
      const answer = await write(async (tx) => {
        await endSession(tx, caller.session.id);
        return reply(200, { success: true, message: "Signed out successfully" });
      });
      sessions.ended();
      setCookie(undefined);
      return answer;
    },

    async listSessions({ caller, reply }) {
      const rows = await listSessions(store.read, caller.session.userId, clock.now());
      const data = rows.map((row) => ({
        id: row.id,
        user_agent: row.user_agent,
        is_current: row.id === caller.session.id,
        created_at: toTimestamp(row.created_at),
        last_used_at: toTimestamp(row.last_used_at),
        expires_at: toTimestamp(row.expires_at),
      }));
      return reply(200, { success: true, data });
    },

    async signOutEverywhere({ caller, reply, write, setCookie }) {
      const answer = await write(async (tx) => {
        await endSessionsOf(tx, caller.session.userId);
        return reply(200, { success: true, message: "Signed out everywhere" });
      });
      sessions.ended();
      setCookie(undefined);
      return answer;
    },

    async changePassword({ caller, body, reply, write, setCookie }) {
      const user = await getUser(store.read, caller.session.userId);
      checkPassword(user.name, body.new_password, "new_password");
      // Counted apart from sign-ins: whoever fails to sign in as somebody does not hinder the one who is.
      const guess = signInLimits.begin([`user:${user.id}`]);
      if (!(await guess.made(passwords.verify(body.current_password, user.password_hash))))
        throw new ApiError("wrong_password", "The current password is wrong");
      guess.succeeded();
      const passwordHash = await passwords.hash(body.new_password);
      const token = newToken();
      const answer = await write(async (tx) => {
        await setPassword(tx, user.id, passwordHash);
        await endOtherSessions(tx, caller.session);
        await renewToken(tx, caller.session.id, token);
        return reply(200, { success: true, message: "Password changed successfully" });
      });
      sessions.ended();
      setCookie(token);
      return answer;
    },
  };
}

/** Where tries are counted that come from a client. */
export const placesOf = ({ address, site }: Client): Guessed[] => [
  `address:${address}`,
  ...(site === undefined ? [] : [`network:${site}` as const]),
];

/**
 * A password, and a cookie that opens everything, go over no wire that others can read.
 *
 * @throws ApiError `insecure_connection`
 */
export function requirePrivacy(client: Client): Client {
  if (client.connection !== "plain") return client;
  if (client.unheardProxy?.isTls)
    throw new ApiError(
      "insecure_connection",
      `Over plain HTTP others could read your password. That you came over https only a trusted proxy can say. ${client.unheardProxy.cure}`,
    );
  throw new ApiError(
    "insecure_connection",
    "Over plain HTTP others could read your password. Open the dashboard over https:// (a proxy that speaks TLS, sets X-Forwarded-Proto, " +
      `and is named in WHATSFLOW_TRUSTED_PROXIES), or ${onItsOwnMachine(client.port)}`,
  );
}

export const toSession = (session: SessionRow, user: User, account: Account): components["schemas"]["Session"] => ({
  id: session.id,
  user: toUser(user),
  account: { id: account.id, name: account.name, plan: account.plan },
  server_version: VERSION,
  expires_at: toTimestamp(session.expires_at),
});
