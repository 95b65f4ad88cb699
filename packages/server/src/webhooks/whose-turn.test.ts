import { expect, test } from "vitest";
import { type Candidate, kindOf, type Slot, shareSlots } from "./slots.js";
import { createTurns } from "./whose-turn.js";

type Head = Candidate & { dueAt: number };
const heads = (accountId: string, count: number, more: Partial<Head> = {}): Head[] =>
  Array.from({ length: count }, (_, index) => ({
    webhookId: `${accountId}_${index}`,
    accountId,
    failingCount: 0,
    ordered: false,
    dueAt: index,
    ...more,
  }));

/** In which round of attempts, each of which takes as long, a webhook gets its first slot; all others always have more to do. */
function firstRound(others: Head[], late: Head): number {
  const turns = createTurns();
  let rounds = 0;
  for (let waiting = others; ; waiting = [...others, late]) {
    const order = turns.inOrder(waiting);
    const granted = shareSlots(order, []);
    for (const head of order) if (granted.has(head.webhookId)) turns.took(head);
    if (granted.has(late.webhookId)) return rounds;
    rounds += 1;
  }
}

test("what is due for a long time does not go before everybody else again and again", () => {
  const slow = [...heads("one", 32, { dueAt: -1_000_000 }), ...heads("two", 32, { dueAt: -1_000_000 })];
  const [late] = heads("three", 1, { dueAt: 0 });
  if (!late) throw new Error("No webhook");
  expect(firstRound(slow, late)).toBe(1);
});

test("an account with very many webhooks leaves others their turn, also of the probes", () => {
  for (const failingCount of [0, 1, 5]) {
    const [late] = heads("two", 1, { failingCount });
    if (!late) throw new Error("No webhook");
    expect(firstRound(heads("one", 190, { failingCount }), late)).toBe(1);
  }
});

test("among many of an account each has its turn", () => {
  const turns = createTurns();
  const many = heads("one", 100);
  const served = new Set<string>();
  for (let round = 1; round <= 4; round += 1) {
    const order = turns.inOrder(many);
    const granted = shareSlots(order, []);
    for (const head of order.filter(({ webhookId }) => granted.has(webhookId))) {
      turns.took(head);
      served.add(head.webhookId);
    }
    expect(served.size).toBe(Math.min(32 * round, 100));
  }
});

test("a webhook that failed once gets its retry although slow ones have more to do than there is room", () => {
  const slow = heads("one", 24);
  const [late] = heads("one", 1, { failingCount: 1, webhookId: "late" });
  if (!late) throw new Error("No webhook");
  const taken: Slot[] = slow.map((head) => ({ ...head, kind: kindOf(head) }));
  expect(shareSlots([late], taken)).toEqual(new Map([["late", 1]]));
});
