import type { Clock } from "../clock.js";

const MOST_PER_MINUTE = 100;
/** Memory stays bounded whatever is thrown at us; past it the oldest addresses are forgotten. */
const MOST_ADDRESSES = 10_000;
const MINUTE_MS = 60_000;

/** Counts the requests with a wrong key per client address and minute, in memory alone. Valid keys never come here. */
export interface WrongKeys {
  /** Notes one; returns how many seconds the address has to wait, or undefined while it may go on. */
  note(address: string): number | undefined;
}

export function createWrongKeys(clock: Clock): WrongKeys {
  let minute = 0;
  let counts = new Map<string, number>();
  return {
    note(address) {
      const now = clock.now();
      const started = now - (now % MINUTE_MS);
      if (started !== minute) {
        minute = started;
        counts = new Map();
      }
      const count = (counts.get(address) ?? 0) + 1;
      counts.delete(address);
      counts.set(address, count);
      const oldest = counts.keys().next().value;
      if (counts.size > MOST_ADDRESSES && oldest !== undefined) counts.delete(oldest);
      return count > MOST_PER_MINUTE ? Math.ceil((started + MINUTE_MS - now) / 1_000) : undefined;
    },
  };
}
