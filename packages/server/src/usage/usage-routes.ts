import { type Clock, toTimestamp } from "../clock.js";
import type { Handlers } from "../http/contract.js";
import type { Caller } from "../keys/key-directory.js";
import type { Store } from "../storage/store.js";
import { messagesUsed, monthOf } from "./message-quota.js";
import type { RateLimiter, WindowState } from "./rate-limit.js";

interface UsageDeps {
  store: Store;
  clock: Clock;
  rateLimiter: RateLimiter;
}

export function usageRoutes(deps: UsageDeps): Pick<Handlers, "getUsage"> {
  return {
    async getUsage({ caller, reply }) {
      return reply(200, { success: true, data: await readUsage(deps, caller) });
    },
  };
}

/** What is used of the plan, as it is told. */
export async function readUsage({ store, clock, rateLimiter }: UsageDeps, { account, space }: Caller) {
  const now = clock.now();
  const { minute, hour } = await rateLimiter.look(space.id, account);
  const used = await messagesUsed(store.read, space.accountId, now);
  const limit = account.messagesPerMonth;
  return {
    plan: account.plan,
    mode: space.mode,
    requests_per_minute: toWindow(minute),
    requests_per_hour: toWindow(hour),
    messages_per_month: {
      limit,
      used,
      remaining: limit === null ? null : Math.max(0, limit - used),
      resets_at: toTimestamp(monthOf(now, 1)),
    },
  };
}

const toWindow = ({ limit, used, remaining, resetsAt }: WindowState) => ({
  limit,
  used,
  remaining,
  resets_at: toTimestamp(resetsAt),
});
