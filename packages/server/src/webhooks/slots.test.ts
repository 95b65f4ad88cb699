import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Candidate, kindOf, type Slot, shareSlots } from "./slots.js";

const candidate = (webhookId: string, more: Partial<Candidate> = {}): Candidate => ({
  webhookId,
  accountId: "one",
  failingCount: 0,
  ordered: false,
  ...more,
});
const webhooks = (count: number, more: Partial<Candidate> = {}): Candidate[] =>
  Array.from({ length: count }, (_, index) =>
    candidate(`${more.accountId ?? "one"}_${more.failingCount ?? 0}_${index}`, more),
  );
/** What candidates hold after they were granted it. */
const slotsOf = (granted: Map<string, number>, candidates: readonly Candidate[]): Slot[] =>
  candidates.flatMap((each) =>
    Array.from({ length: granted.get(each.webhookId) ?? 0 }, () => ({ ...each, kind: kindOf(each) })),
  );
const sum = (granted: Map<string, number>) => [...granted.values()].reduce((total, count) => total + count, 0);

test("a webhook has at most four slots, an ordered one a single one", () => {
  const [hook] = webhooks(1);
  if (!hook) throw new Error("No webhook");
  const taken = (count: number) => slotsOf(new Map([[hook.webhookId, count]]), [hook]);
  expect(shareSlots([hook], [])).toEqual(new Map([[hook.webhookId, 4]]));
  expect(shareSlots([hook], taken(3))).toEqual(new Map([[hook.webhookId, 1]]));
  expect(shareSlots([hook], taken(4))).toEqual(new Map());
  expect(shareSlots([{ ...hook, ordered: true }], [])).toEqual(new Map([[hook.webhookId, 1]]));
  expect(shareSlots([{ ...hook, ordered: true }], taken(1))).toEqual(new Map());
});

test("everyone's first slot goes before anyone's second", () => {
  const many = [...webhooks(20), ...webhooks(20, { accountId: "two" })];
  expect([...shareSlots(many, []).values()]).toEqual(Array.from({ length: 40 }, () => 1));
});

test("64 are in flight in all, 32 of an account", () => {
  expect(sum(shareSlots(webhooks(100), []))).toBe(32);
  const three = ["one", "two", "three"].flatMap((accountId) => webhooks(100, { accountId }));
  expect(sum(shareSlots(three, []))).toBe(64);
});

test("the second half is for the first slots of those that work", () => {
  expect(sum(shareSlots(webhooks(4), []))).toBe(16);
  expect(sum(shareSlots(webhooks(8), []))).toBe(16);
  // Those that fail have half of it, whoever has the other.
  expect(sum(shareSlots(webhooks(40, { failingCount: 1 }), []))).toBe(16);
  const busy = webhooks(24);
  expect(shareSlots([candidate("failed", { failingCount: 1 })], slotsOf(shareSlots(busy, []), busy)).size).toBe(1);
  // Those that hang for the first time leave room for one that comes later; those that failed before, too.
  const hanging = webhooks(8);
  const failing = webhooks(40, { failingCount: 4 });
  const late = candidate("late");
  for (const others of [hanging, failing]) {
    const taken = slotsOf(shareSlots(others, []), others);
    expect(shareSlots([...others, late], taken)).toEqual(new Map([["late", 1]]));
  }
});

describe("after five failures in a row", () => {
  test("a webhook has one slot", () => {
    expect(sum(shareSlots(webhooks(1, { failingCount: 4 }), []))).toBe(4);
    const probed = webhooks(1, { failingCount: 5 });
    const granted = shareSlots(probed, []);
    expect(sum(granted)).toBe(1);
    expect(shareSlots(probed, slotsOf(granted, probed))).toEqual(new Map());
  });

  test("it is one out of sixteen for all of its kind", () => {
    const probed = webhooks(50, { failingCount: 5 });
    const working = webhooks(3);
    const granted = shareSlots([...probed, ...working], []);
    expect(sum(granted)).toBe(16 + 3);
    expect(working.every(({ webhookId }) => granted.get(webhookId) === 1)).toBe(true);
    const taken = slotsOf(granted, [...probed, ...working]);
    expect(shareSlots([...probed, ...webhooks(30, { accountId: "two" })], taken).size).toBe(30);
  });

  test("it is found out when it works again, however much the others have to do", () => {
    const busy = [...webhooks(40), ...webhooks(40, { accountId: "two" })];
    const full = slotsOf(shareSlots(busy, []), busy);
    expect(full).toHaveLength(64);
    const probed = candidate("probed", { failingCount: 9 });
    expect(shareSlots([...busy, probed], full).size).toBe(0);
    expect(shareSlots([...busy, probed], full.slice(1))).toEqual(new Map([["probed", 1]]));
  });
});

test("whatever is asked for and taken, the limits hold, and there is no room that somebody waits for", () => {
  const anyCandidate = fc.record({
    webhookId: fc.nat(60).map((id) => `webhook_${id}`),
    failingCount: fc.nat(7),
    ordered: fc.boolean(),
  });
  const round = fc.uniqueArray(anyCandidate, { selector: ({ webhookId }) => webhookId, maxLength: 60 });
  fc.assert(
    fc.property(fc.array(round, { maxLength: 6 }), (rounds) => {
      let taken: Slot[] = [];
      for (const [index, asked] of rounds.entries()) {
        const candidates = asked.map((each) => ({
          ...each,
          accountId: `account_${Number(each.webhookId.slice(8)) % 3}`,
        }));
        const before = taken.length;
        taken = [...taken, ...slotsOf(shareSlots(candidates, taken), candidates)];
        const most = (key: "webhookId" | "accountId") =>
          Math.max(0, ...taken.map((slot) => taken.filter((other) => other[key] === slot[key]).length));
        expect(taken.length).toBeLessThanOrEqual(64);
        expect(most("accountId")).toBeLessThanOrEqual(32);
        expect(most("webhookId")).toBeLessThanOrEqual(4);
        expect(taken.filter(({ kind }) => kind === "probing").length).toBeLessThanOrEqual(16);
        if (before === 0 && candidates.length > 0) expect(taken.length).toBeGreaterThan(0);
        // Whoever works and has nothing goes without only where all is taken.
        for (const { webhookId, accountId, failingCount } of candidates) {
          const has = (key: "webhookId" | "accountId", id: string) => taken.filter((slot) => slot[key] === id).length;
          const isFull = taken.length === 64 || has("accountId", accountId) >= 32;
          const failing = taken.filter(({ kind }) => kind === "failing");
          const failingOfAccount = failing.filter((slot) => slot.accountId === accountId).length;
          const mayFail = failing.length < 32 && failingOfAccount < 16;
          const probed = taken.filter(({ kind }) => kind === "probing").length === 16;
          if (failingCount >= 5 ? probed : failingCount > 0 && !mayFail) continue;
          expect(isFull || has("webhookId", webhookId) > 0).toBe(true);
        }
        // Some of them end.
        taken = taken.filter((_, place) => (place + index) % 3 > 0);
      }
    }),
  );
});
