/**
 * Who may attempt how much at once.
 *
 * - slot: one attempt in flight.
 * - probing: a webhook whose last attempts all failed. It has one slot at a time, out of a pool that all probing webhooks share, so that
 *   those which hang until the deadline leave the others alone.
 */
const MAX_SLOTS = 64;
export const MAX_SLOTS_PER_WEBHOOK = 4;
/** Beyond this many a webhook gets its first slot only: what hangs for the first time finds the pool half empty at worst. */
const MAX_SLOTS_BEFORE_SHARING = 32;
const MAX_PROBES = 16;
const FAILURES_BEFORE_PROBING = 5;

/** A webhook with a delivery that is due. */
export interface Candidate {
  webhookId: string;
  failingCount: number;
}

export interface Slot {
  webhookId: string;
  probing: boolean;
}

export const isProbing = ({ failingCount }: Candidate): boolean => failingCount >= FAILURES_BEFORE_PROBING;

/** How many attempts each candidate may begin now, beside those that are `taken`. Those who waited longest come first. */
export function shareSlots(candidates: readonly Candidate[], taken: Iterable<Slot>): Map<string, number> {
  const heldBy = new Map<string, number>();
  const granted = new Map<string, number>();
  let held = 0;
  let probes = 0;
  const take = ({ webhookId, probing }: Slot) => {
    heldBy.set(webhookId, (heldBy.get(webhookId) ?? 0) + 1);
    held += 1;
    if (probing) probes += 1;
  };
  for (const slot of taken) take(slot);

  // Everyone's first slot, then everyone's second: a backlog never goes before a single delivery of somebody else.
  for (let round = 0; round < MAX_SLOTS_PER_WEBHOOK; round += 1) {
    for (const candidate of candidates) {
      const { webhookId } = candidate;
      const probing = isProbing(candidate);
      if ((heldBy.get(webhookId) ?? 0) !== round) continue;
      if (held >= (round === 0 ? MAX_SLOTS : MAX_SLOTS_BEFORE_SHARING)) break;
      if (probing && (round > 0 || probes >= MAX_PROBES)) continue;
      take({ webhookId, probing });
      granted.set(webhookId, (granted.get(webhookId) ?? 0) + 1);
    }
  }
  return granted;
}
