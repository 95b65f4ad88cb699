/**
 * Who may attempt how much at once.
 *
 * - slot: one attempt in flight.
 * - probing: a webhook whose last attempts all failed. It has one slot at a time, out of a pool that all probing webhooks share, so that
 *   those which hang until the deadline leave the others alone.
 */
const MAX_SLOTS = 64;
const MAX_SLOTS_PER_ACCOUNT = 32;
export const MAX_SLOTS_PER_WEBHOOK = 4;
const MAX_PROBES = 16;
const FAILURES_BEFORE_PROBING = 5;

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
  probing: boolean;
}

export const isProbing = ({ failingCount }: Pick<Candidate, "failingCount">): boolean =>
  failingCount >= FAILURES_BEFORE_PROBING;

/** How many attempts each candidate may begin now, beside those that are `taken`. Those that come first have the first choice. */
export function shareSlots(candidates: readonly Candidate[], taken: Iterable<Slot>): Map<string, number> {
  const ofWebhook = new Map<string, number>();
  const ofAccount = new Map<string, number>();
  const granted = new Map<string, number>();
  let held = 0;
  let probes = 0;
  const take = ({ webhookId, accountId, probing }: Slot) => {
    count(ofWebhook, webhookId);
    count(ofAccount, accountId);
    held += 1;
    if (probing) probes += 1;
  };
  for (const slot of taken) take(slot);

  const grant = ({ webhookId, accountId }: Candidate, probing: boolean) => {
    take({ webhookId, accountId, probing });
    count(granted, webhookId);
  };
  const isFull = (accountId: string, share: number) =>
    held >= MAX_SLOTS * share || countOf(ofAccount, accountId) >= MAX_SLOTS_PER_ACCOUNT * share;

  // First, as they are few: in a server that always has more to do than slots, nobody who is back again would ever be found out.
  for (const candidate of candidates) {
    if (probes >= MAX_PROBES) break;
    if (!isProbing(candidate) || countOf(ofWebhook, candidate.webhookId) > 0 || isFull(candidate.accountId, 1))
      continue;
    grant(candidate, true);
  }
  // Everyone's first slot, then everyone's second: a backlog never goes before a single delivery of somebody else. The second half of
  // the slots is for the first of those that work: what begins to hang finds the pool half empty at worst.
  for (let round = 0; round < MAX_SLOTS_PER_WEBHOOK; round += 1) {
    for (const candidate of candidates) {
      const { webhookId, accountId, failingCount, ordered } = candidate;
      if (isProbing(candidate) || countOf(ofWebhook, webhookId) !== round || (ordered && round > 0)) continue;
      if (isFull(accountId, round === 0 && failingCount === 0 ? 1 : 0.5)) continue;
      grant(candidate, false);
    }
  }
  return granted;
}

const countOf = (counts: ReadonlyMap<string, number>, key: string): number => counts.get(key) ?? 0;
const count = (counts: Map<string, number>, key: string) => counts.set(key, countOf(counts, key) + 1);
