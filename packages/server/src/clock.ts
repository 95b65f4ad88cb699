/** Time, handed to everything that needs it, so that tests can turn it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since some moment, evenly, whatever the time is set to: for what must not be hurried or held up by that. */
  elapsed(): number;
  /** Calls `action` once, `delayMs` from now; the returned function cancels it. Does not keep the process alive. */
  after(delayMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs).unref();
    return () => clearTimeout(timer);
  },
};

let lastMs = Number.NaN;
let lastTimestamp = "";

/** The API's form of a time: UTC, milliseconds, `Z`. What happens at once often asks for the same time again, so the last is kept. */
export function toTimestamp(ms: number): string {
  if (ms !== lastMs) {
    lastTimestamp = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastTimestamp;
}

export const toTimestampOrNull = (ms: number | null): string | null => (ms === null ? null : toTimestamp(ms));
