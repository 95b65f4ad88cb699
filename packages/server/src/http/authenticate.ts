import { DEFAULT_ACCOUNT } from "../accounts/accounts.js";
import { ApiError } from "../errors.js";
import type { Scope } from "../generated/operations.js";
import type { Caller, KeyDirectory } from "../keys/key-directory.js";
import type { Operator } from "../keys/operator.js";
import type { WrongKeys } from "./wrong-keys.js";

/** Which account the operator's commands act for. */
export const ACCOUNT_HEADER = "whatsflow-account";

/**
 * Who asks, by `Authorization: Bearer …` (RFC 6750).
 *
 * @throws ApiError `unauthorized`, the same for every way in which a key can be wrong; `rate_limited` after many of them.
 */
export async function authenticate(
  authorization: string | undefined,
  {
    directory,
    operator,
    account,
    wrongKeys,
    address,
  }: {
    directory: KeyDirectory;
    operator: Operator;
    /** What `ACCOUNT_HEADER` says. */
    account: string | undefined;
    wrongKeys: WrongKeys;
    address: () => string;
  },
): Promise<Caller> {
  const key = authorization?.match(/^Bearer +(\S+) *$/i)?.[1];
  if (key !== undefined) {
    const caller = (await directory.find(key)) ?? (await operator.find(key, account ?? DEFAULT_ACCOUNT));
    if (caller) return caller;
  }
  const retryAfterSeconds = wrongKeys.note(address());
  if (retryAfterSeconds !== undefined) {
    throw new ApiError("rate_limited", "Too many requests with an invalid API key came from this address", {
      retryAfterSeconds,
    });
  }
  throw new ApiError("unauthorized", "Invalid or missing API key");
}

/** @throws ApiError `missing_scope`, naming what is missing. */
export function requireScopes(caller: Caller, scopes: readonly Scope[]): void {
  const missing = scopes.filter((scope) => !caller.scopes.has(scope));
  if (missing.length > 0)
    throw new ApiError("missing_scope", `Missing scope ${missing.join(", ")}. Use a key that has it.`);
}
