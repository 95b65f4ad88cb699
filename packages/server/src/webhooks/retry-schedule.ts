const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long after each failed attempt the next one follows; twelve attempts over three days. */
const RETRY_DELAYS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  1 * HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
  24 * HOUR_MS,
];

/** However long a receiver asks to wait: older events are refused by verifiers that only know the reference's signature. */
const LONGEST_RETRY_MS = 4 * 24 * HOUR_MS;

/** Spreads out the retries of what failed together. */
const JITTER = 0.2;
const MAX_RETRY_AFTER_MS = 24 * HOUR_MS;
/** No delivery waits longer for its next attempt. */
export const LONGEST_WAIT_MS = 24 * HOUR_MS * (1 + JITTER);

/** A delivery that was not received, before what happens to it now. */
export interface Schedule {
  /** Attempts that failed so far, those that were cut short included. */
  failures: number;
  /** Those that a stop or a crash of this server cut short. */
  lost: number;
  /** The waits between them. */
  waitedMs: number;
}

/** How the attempt ended that follows them. */
export interface Failure {
  lost: boolean;
  /** What the receiver asked for; a minimum. */
  retryAfterMs: number | null;
  /** From 0 up to 1. */
  random: number;
}

/**
 * How long to wait after a failed attempt; null after the last.
 *
 * An attempt that this server cut short counts, so that an event which makes it crash does so twelve times at most. The first one is
 * made up for at once.
 */
export function retryDelayMs(schedule: Schedule, { lost, retryAfterMs, random }: Failure): number | null {
  const delayMs = RETRY_DELAYS_MS[schedule.failures];
  if (delayMs === undefined) return null;
  if (lost && schedule.lost === 0) return 0;
  const jitteredMs = Math.round(delayMs * (1 - JITTER + 2 * JITTER * random));
  const waitMs = Math.max(jitteredMs, Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS));
  // By what was waited and not by the clock, which may have been set.
  return schedule.waitedMs + waitMs > LONGEST_RETRY_MS ? null : waitMs;
}

/** The wait that a `Retry-After` header asks for, given as seconds or as a date (RFC 9110, 10.2.3); null when it is neither. */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * SECOND_MS;
  // Without a weekday it is no HTTP date, and Date.parse would take nearly anything for one.
  const at = /^[A-Z][a-z]+, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
