import { DEFAULT_ACCOUNT } from "../accounts/accounts.js";
import type { Clock } from "../clock.js";
import { ApiError } from "../errors.js";
import type { Operation } from "../generated/operations.js";
import { type Caller, isUser, type KeyDirectory, type UserCaller } from "../keys/key-directory.js";
import { requireKey } from "../keys/keys.js";
import type { Operator } from "../keys/operator.js";
import type { Store, Tx } from "../storage/store.js";
import { requireSession, type Sessions } from "../users/sessions.js";
import type { Client } from "./client.js";
import { isOfAnotherSite, MODE_HEADER, modeOf, readCookie } from "./session-cookie.js";
import type { WrongKeys } from "./wrong-keys.js";

/** Which account the operator's commands act for. */
export const ACCOUNT_HEADER = "whatsflow-account";

/** What a request shows to be let in. */
export interface Shown {
  header(name: string): string | undefined;
  /** Looked at where it matters alone. */
  client(): Client;
}

export interface AuthenticationDependencies {
  directory: KeyDirectory;
  operator: Operator;
  sessions: Sessions;
  wrongKeys: WrongKeys;
}

/**
 * Who asks: by `Authorization: Bearer …` (RFC 6750), or else by the cookie of a session.
 *
 * @throws ApiError `unauthorized`, the same for every way in which a key can be wrong; `rate_limited` after many of them.
 */
export async function authenticate(
  shown: Shown,
  operation: Operation,
  dependencies: AuthenticationDependencies,
): Promise<Caller> {
  const authorization = shown.header("authorization");
  const found =
    authorization === undefined
      ? await findUser(shown, operation, dependencies)
      : ((await findKey(authorization, shown, dependencies)) ?? WRONG_KEY);
  if (typeof found !== "string") return found;
  const retryAfterSeconds = dependencies.wrongKeys.note(shown.client().address);
  if (retryAfterSeconds !== undefined) {
    throw new ApiError("rate_limited", "Too many requests with an invalid API key came from this address", {
      retryAfterSeconds,
    });
  }
  throw new ApiError("unauthorized", found);
}

async function findKey(
  authorization: string,
  { header }: Shown,
  { directory, operator }: AuthenticationDependencies,
): Promise<Caller | undefined> {
  const key = authorization.match(/^Bearer +(\S+) *$/i)?.[1];
  if (key === undefined) return undefined;
  return (await directory.find(key)) ?? (await operator.find(key, header(ACCOUNT_HEADER) ?? DEFAULT_ACCOUNT));
}

/** The user whose session it is, or what is wrong. */
async function findUser(
  { header, client }: Shown,
  { authentication }: Operation,
  { sessions }: AuthenticationDependencies,
): Promise<UserCaller | string> {
  const cookies = header("cookie");
  const token = cookies === undefined ? undefined : readCookie(cookies, client());
  if (token === undefined) return authentication === "session" ? "You are not signed in. Sign in first." : WRONG_KEY;
  const mode = modeOf(header(MODE_HEADER));
  if (mode === undefined) return "A session counts only with the header WhatsFlow-Mode: live or WhatsFlow-Mode: test";
  if (isFromElsewhere({ header, client })) return OTHER_SITE;
  return (await sessions.find(token, mode)) ?? "Your session has ended. Sign in again.";
}

const WRONG_KEY = "Invalid or missing API key";
const OTHER_SITE =
  "The request comes from a page of another site. Behind a proxy, pass on the Host that the browser asked for, as Host or X-Forwarded-Host.";

const isFromElsewhere = ({ header, client }: Shown): boolean =>
  isOfAnotherSite({ site: header("sec-fetch-site"), origin: header("origin") }, client());

/**
 * For what nobody is signed in for yet: no other site signs its visitors in here.
 *
 * @throws ApiError `unauthorized`
 */
export function refuseOtherSites(shown: Shown): void {
  if (isFromElsewhere(shown)) throw new ApiError("unauthorized", OTHER_SITE);
}

/**
 * Asked again once the body is in, which can come long after the head, so that nothing is begun for whoever is let in no more. Keys are
 * looked up in memory, as every message that is sent comes this way.
 *
 * @throws ApiError `unauthorized`
 */
export async function requireStillValid(
  caller: Caller,
  { directory, store, clock }: Pick<AuthenticationDependencies, "directory"> & { store: Store; clock: Clock },
): Promise<void> {
  if (isUser(caller)) await requireSession(store.read, caller.session, clock.now());
  else if (!(await directory.isStillValid(caller))) throw new ApiError("unauthorized", WRONG_KEY);
}

/**
 * Asked again in the transaction that does a request's work: its caller may have ended while it waited.
 *
 * @throws ApiError `unauthorized`
 */
export async function requireStillLetIn(tx: Tx, caller: Caller | undefined, now: number): Promise<void> {
  if (!caller) return;
  if (isUser(caller)) await requireSession(tx, caller.session, now);
  else if (caller.actor.kind === "key") await requireKey(tx, caller.actor.id ?? "", now);
}

/** @throws ApiError `operator_only`; `missing_scope`, naming what is missing. */
export function requireRights(caller: Caller, { authentication, scopes }: Operation): void {
  if (authentication === "session" && !caller.session)
    throw new ApiError("operator_only", "This is for people who are signed in, not for API keys. Use the dashboard.");
  const missing = scopes.filter((scope) => !caller.scopes.has(scope));
  if (missing.length > 0)
    throw new ApiError("missing_scope", `Missing scope ${missing.join(", ")}. Use a key that has it.`);
}
