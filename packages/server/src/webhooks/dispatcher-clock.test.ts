/** Clocks that are set: an operator's correction, a board that begins in 1970, a wrong year. */
import { expect, test } from "vitest";
import { appendEvent } from "../events/events.js";
import { replayDelivery } from "./deliveries.js";
import { createTestSpace, receivedMessage, startReceiver, statuses, type TestSpace } from "./dispatcher-fixture.js";

const DAY_MS = 24 * 3_600_000;
const YEAR_MS = 365 * DAY_MS;

const only = async (here: TestSpace, webhookId: string) => {
  const [delivery, ...more] = await here.deliveries(webhookId);
  if (!delivery || more.length > 0) throw new Error("Not one delivery");
  return delivery;
};
const tried = (here: TestSpace, webhookId: string, count: number) =>
  here.until(async () => (await only(here, webhookId)).attempts.length === count);

/** Lets the dispatcher look around: a commit wakes it, and what it does is committed before the next one. */
async function look(here: TestSpace): Promise<void> {
  const { row } = await here.hook((await startReceiver()).url, ["device.connected"]);
  const data = { device_id: "device_123", device_name: "Main Line", phone_number: null, status: "connected" as const };
  await here.store.write((tx) =>
    appendEvent(
      tx,
      { name: "device.connected", spaceId: here.space.id, deviceId: null, data: { ...data, reason: null } },
      here.clock.now(),
    ),
  );
  await here.until(async () => (await here.webhook(row.id)).success_count === 1);
}

test.each([
  ["a day", DAY_MS],
  ["thirty years", 30 * YEAR_MS],
])("set back by %s, a delivery waits for its retry as long as before", async (_, byMs) => {
  const here = await createTestSpace();
  const receiver = await startReceiver(statuses(500, 500, 500, 200));
  const { row } = await here.hook(receiver.url);
  await here.startDispatcher();
  await here.publish();
  await tried(here, row.id, 1);
  here.clock.advance(5_000);
  await tried(here, row.id, 2);

  here.clock.set(here.clock.now() - byMs);
  await look(here);
  expect((await only(here, row.id)).due_at).toBe(here.clock.now() + 30_000);
  here.clock.advance(29_999);
  await look(here);
  expect(receiver.received).toHaveLength(2);
  here.clock.advance(1);
  await tried(here, row.id, 3);
  expect((await only(here, row.id)).due_at).toBe(here.clock.now() + 120_000);
  here.clock.advance(120_000);
  await tried(here, row.id, 4);
  expect(await only(here, row.id)).toMatchObject({ status: "succeeded", attempt_number: 4 });
});

test("set on by decades and back again, a delivery is tried once more than planned, and goes on by its schedule", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver(statuses(500));
  const { row } = await here.hook(receiver.url);
  await here.startDispatcher();
  await here.publish();
  await tried(here, row.id, 1);
  const right = here.clock.now();
  here.clock.set(right + 40 * YEAR_MS);
  await look(here);
  await tried(here, row.id, 2);
  await here.publish("in forty years");
  here.clock.set(right);
  await look(here);
  // The one of that day may be under way for longer than what was sent after it.
  await here.until(async () => (await here.deliveries(row.id)).every((one) => one.lease === null && one.attempts[0]));
  const waiting = await here.deliveries(row.id);
  expect(waiting.map(({ due_at }) => Number(due_at) - right).sort()).toEqual([30_000, 5_000].sort());
  for (const { attempts } of waiting) expect(attempts.length).toBeLessThanOrEqual(2);
});

test("a webhook that fails is probed again after a second, however far the clock was set back", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver(statuses(500, 200));
  const { row } = await here.hook(receiver.url);
  await here.store.write((tx) => tx.updateTable("webhooks").set({ failing_count: 5, failing_since: 1 }).execute());
  await here.startDispatcher();
  await here.publish();
  await here.until(async () => (await here.webhook(row.id)).failing_count === 6);
  here.clock.set(here.clock.now() - DAY_MS);
  await here.publish("another");
  here.clock.advance(1_000);
  await here.until(async () => (await here.webhook(row.id)).success_count === 1);
});

test("what was made before the clock was set back, and committed after, does not wait for the time that it bears", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver();
  const { row } = await here.hook(receiver.url);
  await here.startDispatcher();
  const wrong = here.clock.now();
  here.clock.set(wrong - DAY_MS);
  await look(here);
  const event = { name: "message.received", spaceId: here.space.id, deviceId: null } as const;
  await here.store.write((tx) => appendEvent(tx, { ...event, data: receivedMessage("late") }, wrong));
  await look(here);
  expect(receiver.received).toEqual([]);
  here.clock.advance(60_000);
  await here.until(async () => (await here.webhook(row.id)).success_count === 1);
});

test("a delivery that was sent again while the clock was wrong is tried after it was set back", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver(statuses(500, 500, 200));
  const { row } = await here.hook(receiver.url);
  await here.startDispatcher();
  await here.publish();
  await tried(here, row.id, 1);
  const right = here.clock.now();
  here.clock.set(right + DAY_MS);
  const { id } = await only(here, row.id);
  await here.store.write(
    async (tx) => void (await replayDelivery(tx, await here.webhook(row.id), id, here.clock.now())),
  );
  await tried(here, row.id, 2);
  here.clock.set(right);
  await look(here);
  here.clock.advance(5_000);
  await tried(here, row.id, 3);
});

test("starts after the clock was set back use up no attempts", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver(statuses(500));
  const { row } = await here.hook(receiver.url);
  const right = here.clock.now();
  here.clock.set(right + YEAR_MS);
  const wrong = here.dispatcher();
  await wrong.start();
  await here.publish();
  await tried(here, row.id, 1);
  await wrong.stop();
  here.clock.set(right);
  // Nobody knows how long it was to wait: it is tried at once, by the first start alone.
  for (let starts = 1; starts <= 10; starts += 1) {
    const dispatcher = here.dispatcher();
    await dispatcher.start();
    await tried(here, row.id, 2);
    await dispatcher.stop();
  }
  expect(await only(here, row.id)).toMatchObject({ status: "pending", due_at: right + 30_000, attempt_number: 2 });
});

test("an attempt that is under way when the clock is set back is counted from its end", async () => {
  const here = await createTestSpace();
  let answer = () => {};
  const receiver = await startReceiver((_request, response) => {
    answer = () => response.writeHead(500).end();
  });
  const { row } = await here.hook(receiver.url);
  const dispatcher = await here.startDispatcher();
  await here.publish();
  await receiver.requests(1);
  here.clock.set(here.clock.now() - DAY_MS);
  await look(here);
  answer();
  await tried(here, row.id, 1);
  const [attempt] = (await only(here, row.id)).attempts;
  expect(attempt).toMatchObject({ attempted_at: here.clock.now(), duration_ms: 0 });
  await dispatcher.stop();
  await here.startDispatcher();
  await look(here);
  expect(await only(here, row.id)).toMatchObject({ attempt_number: 1, due_at: here.clock.now() + 5_000 });
});

test("a board that begins in 1970 does not disable a webhook for failures of fifty years", async () => {
  const here = await createTestSpace();
  const right = here.clock.now();
  here.clock.set(0);
  const receiver = await startReceiver(statuses(500));
  const { row } = await here.hook(receiver.url);
  await here.startDispatcher();
  await Promise.all(Array.from({ length: 25 }, () => here.publish()));
  const failures = async () => (await here.webhook(row.id)).failing_count;
  for (let count = await failures(); count < 22; count = await failures()) {
    here.clock.advance(1_000);
    await here.until(async () => (await failures()) > count);
  }
  here.clock.set(right);
  await look(here);
  const before = await failures();
  here.clock.advance(1_000);
  await here.until(async () => (await failures()) > before);
  expect(await here.webhook(row.id)).toMatchObject({ is_active: 1, disabled_reason: null });
  expect(Number((await here.webhook(row.id)).failing_since)).toBeGreaterThan(right - DAY_MS);
});
