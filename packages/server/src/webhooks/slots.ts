/**
 * Who may attempt how much at once.
 *
 * - slot: one attempt in flight.
 * - working, failing, probing: a webhook whose last attempt succeeded, failed, or whose last attempts all failed. One that is probed has
 *   one slot at a time, out of a pool that all of its kind share, so that those which hang until the deadline leave the others alone.
 */
const MAX_SLOTS = 64;
const MAX_SLOTS_PER_ACCOUNT = 32;
export const MAX_SLOTS_PER_WEBHOOK = 4;
const MAX_PROBES = 16;
const FAILURES_BEFORE_PROBING = 5;

type Kind = "working" | "failing" | "probing";

/** A webhook with a delivery that is due. */
export interface Candidate {
  webhookId: string;
  accountId: string;
  /** Failed attempts in a row. */
  failingCount: number;
  /** Takes one delivery at a time. */
  ordered: boolean;
}

export interface Slot {
  webhookId: string;
  accountId: string;
  kind: Kind;
}

export const kindOf = ({ failingCount }: Pick<Candidate, "failingCount">): Kind =>
  failingCount >= FAILURES_BEFORE_PROBING ? "probing" : failingCount > 0 ? "failing" : "working";

/** How many attempts each candidate may begin now, beside those that are `taken`. Those that come first have the first choice. */
export function shareSlots(candidates: readonly Candidate[], taken: Iterable<Slot>): Map<string, number> {
  const held = new Map<string, number>();
  const granted = new Map<string, number>();
  const all = "all";
  const take = ({ webhookId, accountId, kind }: Slot) => {
    for (const key of [all, webhookId, accountId, kind, `${kind} ${accountId}`]) count(held, key);
  };
  for (const slot of taken) take(slot);

  const grant = (candidate: Candidate) => {
    take({ ...candidate, kind: kindOf(candidate) });
    count(granted, candidate.webhookId);
  };
  const hasRoom = ({ accountId }: Candidate, share: number, kind = "") =>
    countOf(held, kind || all) < MAX_SLOTS * share &&
    countOf(held, kind ? `${kind} ${accountId}` : accountId) < MAX_SLOTS_PER_ACCOUNT * share;

  // First, as they are few: in a server that always has more to do than slots, nobody who is back again would ever be found out.
  for (const candidate of candidates) {
    if (kindOf(candidate) !== "probing" || countOf(held, candidate.webhookId) > 0) continue;
    if (countOf(held, "probing") < MAX_PROBES && hasRoom(candidate, 1)) grant(candidate);
  }
  // Everyone's first slot, then everyone's second: a backlog never goes before a single delivery of somebody else. Only first slots come
  // out of the second half, and those that fail have half at most: what begins to hang leaves room.
  for (let round = 0; round < MAX_SLOTS_PER_WEBHOOK; round += 1) {
    for (const candidate of candidates) {
      const kind = kindOf(candidate);
      if (kind === "probing" || countOf(held, candidate.webhookId) !== round || (candidate.ordered && round > 0))
        continue;
      if (!hasRoom(candidate, round === 0 ? 1 : 0.5)) continue;
      if (kind === "failing" && !hasRoom(candidate, 0.5, kind)) continue;
      grant(candidate);
    }
  }
  return granted;
}

const countOf = (counts: ReadonlyMap<string, number>, key: string): number => counts.get(key) ?? 0;
const count = (counts: Map<string, number>, key: string) => counts.set(key, countOf(counts, key) + 1);
