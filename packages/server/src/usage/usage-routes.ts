import { type Clock, toTimestamp } from "../clock.js";
import type { Handlers } from "../http/contract.js";
import type { Store } from "../storage/store.js";
import { messagesUsed, monthOf } from "./message-quota.js";
import type { RateLimiter, WindowState } from "./rate-limit.js";

export function usageRoutes({
  store,
  clock,
  rateLimiter,
}: {
  store: Store;
  clock: Clock;
  rateLimiter: RateLimiter;
}): Pick<Handlers, "getUsage"> {
  return {
    async getUsage({ caller, reply }) {
      const { account, space } = caller;
      const now = clock.now();
      const { minute, hour } = await rateLimiter.look(space.id, account);
      const used = await messagesUsed(store.read, space.accountId, now);
      const limit = account.messagesPerMonth;
      const data = {
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
      return reply(200, { success: true, data });
    },
  };
}

const toWindow = ({ limit, used, remaining, resetsAt }: WindowState) => ({
  limit,
  used,
  remaining,
  resets_at: toTimestamp(resetsAt),
});
