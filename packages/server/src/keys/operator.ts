import { timingSafeEqual } from "node:crypto";
import { findAccount, getSpace } from "../accounts/accounts.js";
import { COMMAND_LINE } from "../audit/audit-log.js";
import { ApiError } from "../errors.js";
import { SCOPES } from "../generated/operations.js";
import { randomText } from "../ids.js";
import type { Store } from "../storage/store.js";
import type { Caller } from "./key-directory.js";
import { hashKey } from "./keys.js";

/**
 * The operator of the machine, who may do everything in the live space of every account: the commands that need the running server ask it
 * with a token that the server draws at each start and keeps in the data folder, for its own user alone.
 */
export interface Operator {
  /**
   * The caller behind a token, acting for an account (name or id); undefined when the token is wrong.
   *
   * @throws ApiError `not_found` when there is no such account.
   */
  find(token: string, account: string): Promise<Caller | undefined>;
}

const PREFIX = "wf_operator_";
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const TOKEN_CHARACTERS = 43;

export const newOperatorToken = (): string => `${PREFIX}${randomText(TOKEN_CHARACTERS, ALPHABET)}`;

/** Without a token there is no operator. */
export function createOperator(store: Store, token: string | undefined): Operator {
  const expected = token === undefined ? undefined : hashKey(token);
  return {
    async find(given, nameOrId) {
      if (!expected || !given.startsWith(PREFIX) || !timingSafeEqual(hashKey(given), expected)) return undefined;
      const account = await findAccount(store.read, nameOrId);
      if (!account) throw new ApiError("not_found", `There is no account ${nameOrId}. See: whatsflow accounts list`);
      return {
        actor: COMMAND_LINE,
        space: await getSpace(store.read, account.id, "live"),
        scopes: new Set(SCOPES),
        deviceIds: null,
        account: {
          plan: account.plan,
          requestsPerMinute: account.requests_per_minute,
          requestsPerHour: account.requests_per_hour,
          messagesPerMonth: account.messages_per_month,
        },
        expiresAt: null,
      };
    },
  };
}
