import type { PlanLimits } from "../accounts/plans.js";
import type { Clock } from "../clock.js";
import type { Store } from "../storage/store.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** One window as a caller may know it. */
export interface WindowState {
  name: "minute" | "hour";
  limit: number;
  used: number;
  remaining: number;
  resetsAt: number;
}
export interface RateLimitState {
  minute: WindowState;
  hour: WindowState;
}
export interface RateLimitDecision extends RateLimitState {
  allowed: boolean;
}

/**
 * Counts requests per space in aligned windows of a minute and an hour.
 *
 * The counts live in memory. What the database holds is an upper bound that runs ahead of them by a hundredth of the limit, so that
 * reads cost no write, and a kill -9 forgets nothing: after it a space may lose that hundredth, but never gains.
 */
export interface RateLimiter {
  /** Counts one request, unless a window is used up. */
  take(spaceId: number, limits: PlanLimits): Promise<RateLimitDecision>;
  /** Looks without counting. */
  look(spaceId: number, limits: PlanLimits): Promise<RateLimitState>;
  /** Replaces the upper bounds by the true counts, at the end. */
  flush(): Promise<void>;
}

interface Window {
  startedAt: number;
  used: number;
  /** How much of `used` the database already allows for. */
  reserved: number;
}
interface Windows {
  minute: Window;
  hour: Window;
  /** The last reservation under way; nobody is answered before the one that counts him is on disk. */
  reserving: Promise<void>;
}

export function createRateLimiter({ store, clock }: { store: Store; clock: Clock }): RateLimiter {
  const spaces = new Map<number, Promise<Windows>>();

  async function load(spaceId: number): Promise<Windows> {
    const row = await store.read
      .selectFrom("rate_windows")
      .selectAll()
      .where("space_id", "=", spaceId)
      .executeTakeFirst();
    const minuteUsed = row?.minute_used ?? 0;
    const hourUsed = row?.hour_used ?? 0;
    return {
      minute: { startedAt: row?.minute_started_at ?? 0, used: minuteUsed, reserved: minuteUsed },
      hour: { startedAt: row?.hour_started_at ?? 0, used: hourUsed, reserved: hourUsed },
      reserving: Promise.resolve(),
    };
  }

  async function current(spaceId: number): Promise<Windows> {
    let loading = spaces.get(spaceId);
    if (!loading) {
      loading = load(spaceId);
      spaces.set(spaceId, loading);
      loading.catch(() => spaces.delete(spaceId));
    }
    const windows = await loading;
    const now = clock.now();
    roll(windows.minute, now, MINUTE_MS);
    roll(windows.hour, now, HOUR_MS);
    return windows;
  }

  function save(spaceId: number, { minute, hour }: Windows, count: (window: Window) => number): Promise<void> {
    const row = {
      minute_started_at: minute.startedAt,
      minute_used: count(minute),
      hour_started_at: hour.startedAt,
      hour_used: count(hour),
    };
    return store.write(async (tx) => {
      await tx
        .insertInto("rate_windows")
        .values({ space_id: spaceId, ...row })
        .onConflict((conflict) => conflict.column("space_id").doUpdateSet(row))
        .execute();
    });
  }

  return {
    async take(spaceId, limits) {
      const windows = await current(spaceId);
      const { minute, hour } = windows;
      if (minute.used >= limits.requestsPerMinute || hour.used >= limits.requestsPerHour) {
        return { allowed: false, ...stateOf(windows, limits) };
      }
      minute.used += 1;
      hour.used += 1;
      const state = stateOf(windows, limits);
      if (minute.used > minute.reserved || hour.used > hour.reserved) {
        const ahead = Math.floor(Math.min(limits.requestsPerMinute, limits.requestsPerHour) / 100);
        minute.reserved = minute.used + ahead;
        hour.reserved = hour.used + ahead;
        windows.reserving = save(spaceId, windows, (window) => window.reserved).catch((error) => {
          // The next request tries again.
          minute.reserved = 0;
          hour.reserved = 0;
          throw error;
        });
      }
      await windows.reserving;
      return { allowed: true, ...state };
    },
    async look(spaceId, limits) {
      return stateOf(await current(spaceId), limits);
    },
    async flush() {
      for (const [spaceId, loading] of spaces) await save(spaceId, await loading, (window) => window.used);
    },
  };
}

function roll(window: Window, now: number, lengthMs: number): void {
  const startedAt = now - (now % lengthMs);
  if (window.startedAt === startedAt) return;
  window.startedAt = startedAt;
  window.used = 0;
  window.reserved = 0;
}

function stateOf({ minute, hour }: Windows, limits: PlanLimits): RateLimitState {
  const state = (
    name: WindowState["name"],
    { used, startedAt }: Window,
    limit: number,
    lengthMs: number,
  ): WindowState => ({
    name,
    limit,
    used,
    remaining: Math.max(0, limit - used),
    resetsAt: startedAt + lengthMs,
  });
  return {
    minute: state("minute", minute, limits.requestsPerMinute, MINUTE_MS),
    hour: state("hour", hour, limits.requestsPerHour, HOUR_MS),
  };
}

/** The window that the headers describe: the minute, unless the hour is nearer its end. */
export const nearest = ({ minute, hour }: RateLimitState): WindowState =>
  hour.remaining < minute.remaining ? hour : minute;
