import { expect, test } from "vitest";
import { type Candidate, shareSlots } from "./slots.js";

const webhooks = (count: number, failingCount = 0, name = "webhook"): Candidate[] =>
  Array.from({ length: count }, (_, index) => ({ webhookId: `${name}_${index}`, failingCount }));
const slots = (count: number, webhookId: string, probing = false) =>
  Array.from({ length: count }, () => ({ webhookId, probing }));
const sum = (granted: Map<string, number>) => [...granted.values()].reduce((total, count) => total + count, 0);

test("a webhook has at most four slots", () => {
  expect(shareSlots(webhooks(1), [])).toEqual(new Map([["webhook_0", 4]]));
  expect(shareSlots(webhooks(1), slots(3, "webhook_0"))).toEqual(new Map([["webhook_0", 1]]));
  expect(shareSlots(webhooks(1), slots(4, "webhook_0"))).toEqual(new Map());
});

test("everyone's first slot goes before anyone's second", () => {
  expect([...shareSlots(webhooks(64), []).values()]).toEqual(Array.from({ length: 64 }, () => 1));
  expect(sum(shareSlots(webhooks(100), []))).toBe(64);
});

test("beyond half of the slots a webhook has one only, so that those which hang leave room", () => {
  expect(sum(shareSlots(webhooks(20), []))).toBe(32);
  const hanging = webhooks(8).flatMap(({ webhookId }) => slots(4, webhookId));
  expect(shareSlots([...webhooks(8), ...webhooks(1, 0, "other")], hanging)).toEqual(new Map([["other_0", 1]]));
});

test("after five failures in a row a webhook has one slot, out of sixteen for all of its kind", () => {
  expect(shareSlots(webhooks(1, 4), []).get("webhook_0")).toBe(4);
  expect(shareSlots(webhooks(1, 5), []).get("webhook_0")).toBe(1);
  expect(shareSlots(webhooks(1, 5), slots(1, "webhook_0", true))).toEqual(new Map());
  const granted = shareSlots([...webhooks(50, 5, "failing"), ...webhooks(3)], []);
  expect(sum(granted)).toBe(16 + 12);
  expect(granted.get("webhook_2")).toBe(4);
});
