import { getAccountById } from "../accounts/accounts.js";
import { type Clock, toTimestamp, toTimestampOrNull } from "../clock.js";
import { invalid } from "../errors.js";
import type { Handlers } from "../http/contract.js";
import { parseTime } from "../http/validation.js";
import type { Store } from "../storage/store.js";
import type { RateLimiter } from "../usage/rate-limit.js";
import { readUsage } from "../usage/usage-routes.js";
import { byUrgency, countMessages, lookAtDevices, lookAtWebhooks, mindQuota } from "./overview.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The longest day there is, where clocks are set back, and some minutes for those that go wrong. */
const LONGEST_DAY_MS = 26 * HOUR_MS;

export function overviewRoutes(deps: {
  store: Store;
  clock: Clock;
  rateLimiter: RateLimiter;
}): Pick<Handlers, "getOverview"> {
  const { store, clock } = deps;
  return {
    async getOverview({ caller, query, reply }) {
      const { space } = caller;
      const now = clock.now();
      const since = query.since === undefined ? now - (now % DAY_MS) : dayStart(query.since, now);
      const messages = await countMessages(store.read, space, { since, now });
      const { attention: minded, ...devices } = await lookAtDevices(store.read, space);
      const webhooks = await lookAtWebhooks(store.read, space);
      const usage = await readUsage(deps, caller);
      const account = await getAccountById(store.read, space.accountId);
      const attention = [...minded, ...webhooks.attention, ...mindQuota(account, usage.messages_per_month)];
      const data = {
        mode: space.mode,
        attention: attention.sort(byUrgency).map(({ kind, subjectId, subject, reason, since }) => ({
          kind,
          subject_id: subjectId,
          subject,
          reason,
          since: toTimestampOrNull(since),
        })),
        devices,
        messages: {
          since: toTimestamp(messages.since),
          today: messages.today,
          hours: messages.hours.map(({ startsAt, ...counts }) => ({ starts_at: toTimestamp(startsAt), ...counts })),
        },
        webhooks: {
          active: webhooks.active,
          failing: webhooks.failing,
          disabled: webhooks.disabled,
          paused: webhooks.paused,
          pending_deliveries: webhooks.pending,
          oldest_pending_at: toTimestampOrNull(webhooks.oldestPendingAt),
        },
        usage,
      };
      return reply(200, { success: true, data });
    },
  };
}

/** @throws ApiError for a time that no day can have begun at. */
function dayStart(text: string, now: number): number {
  const since = parseTime("since", text);
  if (since > now || since < now - LONGEST_DAY_MS)
    throw invalid("since", "must be when today began: in the last 26 hours, and not to come");
  return since;
}
