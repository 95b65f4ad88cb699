import type { Clock } from "../clock.js";
import { ApiError } from "../errors.js";

/** Slows down whoever guesses passwords. In memory alone: a restart is nothing that a guesser can have. */
export interface SignInLimits {
  /**
   * Counts a try for each of the names before it is made, so that many at once do not slip through.
   *
   * @throws ApiError `rate_limited` while one of them has to wait
   */
  begin(names: readonly Guessed[]): void;
  /** The try was right: it counts for nobody, and what was counted for the names before is forgotten, but not for the address. */
  succeeded(names: readonly Guessed[]): void;
}

/** What tries are counted for. */
export type Guessed = `name:${string}` | `address:${string}` | `user:${string}`;

/** So many are free; from then on each wait is twice as long as the one before. */
const FREE_TRIES = { name: 5, user: 5, address: 20 } as const;
const LONGEST_WAIT_MS = 15 * 60_000;
const FORGOTTEN_AFTER_MS = 60 * 60_000;
/** Memory stays bounded whatever is thrown at us; past it the oldest are forgotten. */
const MOST_KNOWN = 10_000;

interface Tries {
  count: number;
  last: number;
}

export function createSignInLimits(clock: Clock): SignInLimits {
  const known = new Map<Guessed, Tries>();

  function triesOf(name: Guessed): Tries | undefined {
    const tries = known.get(name);
    return tries && clock.now() - tries.last < FORGOTTEN_AFTER_MS ? tries : undefined;
  }

  function waitMs(name: Guessed): number {
    const tries = triesOf(name);
    const kind = kindOf(name);
    if (!tries || tries.count < FREE_TRIES[kind]) return 0;
    const wait = Math.min(1_000 * 2 ** (tries.count - FREE_TRIES[kind]), LONGEST_WAIT_MS);
    return Math.max(0, tries.last + wait - clock.now());
  }

  function count(name: Guessed): void {
    const tries = { count: (triesOf(name)?.count ?? 0) + 1, last: clock.now() };
    known.delete(name);
    known.set(name, tries);
    const oldest = known.keys().next().value;
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  }

  return {
    begin(names) {
      const wait = Math.max(...names.map(waitMs));
      if (wait > 0)
        throw new ApiError("rate_limited", "Too many wrong passwords. Wait, then try again.", {
          retryAfterSeconds: Math.ceil(wait / 1_000),
        });
      for (const name of names) count(name);
    },
    succeeded(names) {
      for (const name of names) {
        const tries = known.get(name);
        if (tries && kindOf(name) === "address") tries.count -= 1;
        else known.delete(name);
      }
    },
  };
}

const kindOf = (name: Guessed): keyof typeof FREE_TRIES =>
  name.startsWith("name:") ? "name" : name.startsWith("user:") ? "user" : "address";
