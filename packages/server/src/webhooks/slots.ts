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
  const ofWebhook = new Counts();
  const ofAccount = new Counts();
  const granted = new Counts();
  let held = 0;
  let probes = 0;
  const take = ({ webhookId, accountId, probing }: Slot) => {
    ofWebhook.add(webhookId);
    ofAccount.add(accountId);
    held += 1;
    if (probing) probes += 1;
  };
  for (const slot of taken) take(slot);

  const grant = ({ webhookId, accountId }: Candidate, probing: boolean) => {
    take({ webhookId, accountId, probing });
    granted.add(webhookId);
  };
  const isFull = (accountId: string, share: number) =>
    held >= MAX_SLOTS * share || ofAccount.of(accountId) >= MAX_SLOTS_PER_ACCOUNT * share;

  // First, as they are few: in a server that always has more to do than slots, nobody who is back again would ever be found out.
  for (const candidate of candidates) {
    if (probes >= MAX_PROBES) break;
    if (!isProbing(candidate) || ofWebhook.of(candidate.webhookId) > 0 || isFull(candidate.accountId, 1)) continue;
    grant(candidate, true);
  }
  // Everyone's first slot, then everyone's second: a backlog never goes before a single delivery of somebody else. The second half of
  // the slots is for the first of those that work: what begins to hang finds the pool half empty at worst.
  for (let round = 0; round < MAX_SLOTS_PER_WEBHOOK; round += 1) {
    for (const candidate of candidates) {
      const { webhookId, accountId, failingCount, ordered } = candidate;
      if (isProbing(candidate) || ofWebhook.of(webhookId) !== round || (ordered && round > 0)) continue;
      if (isFull(accountId, round === 0 && failingCount === 0 ? 1 : 0.5)) continue;
      grant(candidate, false);
    }
  }
  return granted;
}

class Counts extends Map<string, number> {
  of(key: string): number {
    return this.get(key) ?? 0;
  }
  add(key: string): void {
    this.set(key, this.of(key) + 1);
  }
}
