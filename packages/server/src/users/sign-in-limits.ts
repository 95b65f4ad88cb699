import type { Clock } from "../clock.js";
import { ApiError } from "../errors.js";

/** Slows down whoever guesses passwords. In memory alone: a restart is nothing that a guesser can have. */
export interface SignInLimits {
  /**
   * Counts a try for each of the names before it is made, so that many at once do not slip through.
   *
   * @throws ApiError `rate_limited` while one of them has to wait
   */
  begin(names: readonly Guessed[]): Try;
}

/** A try that was counted. */
export interface Try {
  /** Waits for the work that tells whether it was right. One that could not be made, as the server has too much to do, counts for nobody. */
  made<T>(work: Promise<T>): Promise<T>;
  /** It was right: it counts for nobody, and what was counted for the names before is forgotten, but not for the address. */
  succeeded(): void;
}

/**
 * What tries are counted for. `stranger` is a name that no user has. `address` is what an attacker has one of, and `network` what many
 * have thousands of these in (IPv6).
 */
export type Guessed = `${Kind}:${string}`;
type Kind = keyof typeof FREE_TRIES;

/** So many are free; from then on each wait is twice as long as the one before. */
const FREE_TRIES = { name: 5, stranger: 5, user: 5, address: 20, network: 60 } as const;
const LONGEST_WAIT_MS = 15 * 60_000;
const FORGOTTEN_AFTER_MS = 60 * 60_000;
/**
 * Memory stays bounded whatever is thrown at us; past it the oldest of the same kind are forgotten. Users are as many as the operator lets
 * be, so theirs never are: nobody frees a name from its wait by trying others.
 */
const MOST_KNOWN = { name: Infinity, user: Infinity, stranger: 10_000, address: 10_000, network: 10_000 } as const;

interface Tries {
  readonly count: number;
  readonly last: number;
}
/** A try as it was counted for one of its names, and what was known of the name before. */
interface Counted {
  name: Guessed;
  tries: Tries;
  before: Tries | undefined;
}

export function createSignInLimits(clock: Clock): SignInLimits {
  const known: Record<Kind, Map<string, Tries>> = {
    name: new Map(),
    stranger: new Map(),
    user: new Map(),
    address: new Map(),
    network: new Map(),
  };

  function triesOf(name: Guessed): Tries | undefined {
    const tries = known[kindOf(name)].get(name);
    return tries && clock.elapsed() - tries.last < FORGOTTEN_AFTER_MS ? tries : undefined;
  }

  function waitMs(name: Guessed): number {
    const tries = triesOf(name);
    const kind = kindOf(name);
    if (!tries || tries.count < FREE_TRIES[kind]) return 0;
    const wait = Math.min(1_000 * 2 ** (tries.count - FREE_TRIES[kind]), LONGEST_WAIT_MS);
    return Math.max(0, tries.last + wait - clock.elapsed());
  }

  function count(name: Guessed): Counted {
    const ofKind = known[kindOf(name)];
    const before = triesOf(name);
    const tries = { count: (before?.count ?? 0) + 1, last: clock.elapsed() };
    ofKind.delete(name);
    ofKind.set(name, tries);
    const oldest = ofKind.keys().next().value;
    if (ofKind.size > MOST_KNOWN[kindOf(name)] && oldest !== undefined) ofKind.delete(oldest);
    return { name, tries, before };
  }

  /** As if it had not been: waits go on from the try before. Where another one came in between, they go on from that. */
  function uncount({ name, tries, before }: Counted): void {
    const ofKind = known[kindOf(name)];
    const latest = ofKind.get(name);
    if (latest === undefined) return;
    if (latest !== tries) ofKind.set(name, { count: Math.max(0, latest.count - 1), last: latest.last });
    else if (before) ofKind.set(name, before);
    else ofKind.delete(name);
  }

  return {
    begin(names) {
      const wait = Math.max(...names.map(waitMs));
      if (wait > 0)
        throw new ApiError("rate_limited", "Too many wrong passwords. Wait, then try again.", {
          retryAfterSeconds: Math.ceil(wait / 1_000),
        });
      const counted = names.map(count);
      return {
        made: (work) =>
          work.catch((error: unknown) => {
            for (const one of counted) uncount(one);
            throw error;
          }),
        succeeded() {
          for (const one of counted)
            if (OF_MANY.has(kindOf(one.name))) uncount(one);
            else known[kindOf(one.name)].delete(one.name);
        },
      };
    },
  };
}

/** Others may guess from there, too. */
const OF_MANY: ReadonlySet<Kind> = new Set<Kind>(["address", "network"]);

function kindOf(name: Guessed): Kind {
  const kind = name.slice(0, name.indexOf(":"));
  if (kind === "name" || kind === "stranger" || kind === "user" || kind === "network") return kind;
  return "address";
}
