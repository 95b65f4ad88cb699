import type { Clock } from "../src/clock.js";

/** Time that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves the time, and does on the way what is due, in the order in which it is due. */
  advance(ms: number): void;
  /** Sets the time, as an operator or NTP does: what waits goes on waiting as long as before. */
  set(now: number): void;
  /** For how many milliseconds each of those who wait goes on waiting. */
  waits(): number[];
}

export function createFakeClock(startAt: number = Date.UTC(2025, 9, 11, 10, 30)): FakeClock {
  let now = startAt;
  let setBy = 0;
  const timers = new Set<{ at: number; action: () => void }>();

  /** The earliest; of several at the same time the first that was asked for. */
  const nextUntil = (end: number) =>
    [...timers]
      .filter((timer) => timer.at <= end)
      .reduce<{ at: number; action: () => void } | undefined>(
        (first, timer) => (first && first.at <= timer.at ? first : timer),
        undefined,
      );

  return {
    now: () => now,
    elapsed: () => now - setBy,
    after(delayMs, action) {
      const timer = { at: now + Math.max(0, delayMs), action };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (let timer = nextUntil(end); timer; timer = nextUntil(end)) {
        timers.delete(timer);
        now = timer.at;
        timer.action();
      }
      now = end;
    },
    set(time) {
      for (const timer of timers) timer.at += time - now;
      setBy += time - now;
      now = time;
    },
    waits: () => [...timers].map((timer) => timer.at - now),
  };
}
