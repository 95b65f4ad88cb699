import type { Clock } from "../clock.js";
import type { RateLimitDecision } from "../usage/rate-limit.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Far more than a page asks for, and little enough that one that runs wild leaves the server to others. */
export const REQUESTS_PER_MINUTE = 600;

/** Counts the requests of each session by the minute, in memory alone. They are taken from no space's limit: that is the programs'. */
export interface SessionLimits {
  take(sessionId: string): RateLimitDecision;
}

export function createSessionLimits(clock: Clock): SessionLimits {
  let minute = 0;
  let counts = new Map<string, number>();
  return {
    take(sessionId) {
      const now = clock.now();
      const started = now - (now % MINUTE_MS);
      if (started !== minute) {
        minute = started;
        counts = new Map();
      }
      const before = counts.get(sessionId) ?? 0;
      const allowed = before < REQUESTS_PER_MINUTE;
      const used = allowed ? before + 1 : before;
      counts.set(sessionId, used);
      const limit = REQUESTS_PER_MINUTE;
      // Sixty minutes fill the hour, so it is never nearer its end.
      const ofHour = {
        limit: 60 * limit,
        used,
        remaining: 60 * limit - used,
        resetsAt: now - (now % HOUR_MS) + HOUR_MS,
      };
      return {
        allowed,
        minute: { name: "minute", limit, used, remaining: limit - used, resetsAt: started + MINUTE_MS },
        hour: { name: "hour", ...ofHour },
      };
    },
  };
}
