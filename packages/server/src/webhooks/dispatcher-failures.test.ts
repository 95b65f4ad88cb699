import { sql } from "kysely";
import { expect, test } from "vitest";
import { createTestSpace, LOOPBACK_ALLOWED, startReceiver, statuses, type TestSpace } from "./dispatcher-fixture.js";
import { updateWebhook } from "./webhooks.js";

const DAY_MS = 24 * 3_600_000;

/** Waits for the attempt's record, which is what the next one is counted from. */
const attempts = async (here: TestSpace, webhookId: string, count: number) => {
  await here.until(async () => (await here.deliveries(webhookId))[0]?.attempts.length === count);
  const [delivery] = await here.deliveries(webhookId);
  if (!delivery) throw new Error("No delivery");
  return delivery;
};

test("a delivery is tried twelve times over three days, with the same id and bytes, and has failed then", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver(statuses(500));
  const { row } = await here.hook(receiver.url);
  await here.startDispatcher();
  await here.publish();
  const waits: number[] = [];
  for (let count = 1; count <= 11; count += 1) {
    const { due_at, status } = await attempts(here, row.id, count);
    expect(status).toBe("pending");
    const waitMs = Number(due_at) - here.clock.now();
    waits.push(waitMs / 1_000);
    here.clock.advance(waitMs - 1);
    expect(receiver.received).toHaveLength(count);
    here.clock.advance(1);
  }
  const failed = await attempts(here, row.id, 12);
  expect(waits).toEqual([5, 30, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 86_400]);
  expect(failed).toMatchObject({
    status: "failed",
    due_at: null,
    attempt_number: 12,
    response_status: 500,
    delivered_at: null,
  });
  expect(failed.attempts.map(({ error }) => error)).toEqual(Array.from({ length: 12 }, () => "answered 500"));
  here.clock.advance(10 * DAY_MS);

  expect(receiver.received).toHaveLength(12);
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-timestamp"])).size).toBe(12);
  expect(new Set(receiver.received.map(({ body }) => body.toString())).size).toBe(1);
  expect(await here.webhook(row.id)).toMatchObject({
    is_active: 1,
    success_count: 0,
    failure_count: 12,
    failing_count: 12,
  });
});

test("a success after failures ends the streak", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver(statuses(503, 200));
  const { row } = await here.hook(receiver.url);
  await here.startDispatcher();
  await here.publish();
  await attempts(here, row.id, 1);
  here.clock.advance(5_000);
  expect(await attempts(here, row.id, 2)).toMatchObject({
    status: "succeeded",
    attempt_number: 2,
    response_status: 200,
  });
  expect(await here.webhook(row.id)).toMatchObject({
    success_count: 1,
    failure_count: 1,
    failing_count: 0,
    failing_since: null,
  });
});

test("Retry-After is waited for", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(429, { "retry-after": "90" }).end();
  });
  const { row } = await here.hook(receiver.url);
  await here.startDispatcher();
  await here.publish();
  const { due_at } = await attempts(here, row.id, 1);
  expect(due_at).toBe(here.clock.now() + 90_000);
});

test("a redirect is a failure, and is not followed", async () => {
  const here = await createTestSpace();
  const elsewhere = await startReceiver();
  const receiver = await startReceiver((_request, response) => {
    response.writeHead(307, { location: elsewhere.url }).end();
  });
  const { row } = await here.hook(receiver.url);
  await here.startDispatcher();
  await here.publish();
  const delivery = await attempts(here, row.id, 1);
  expect(delivery).toMatchObject({ status: "pending", response_status: 307 });
  expect(delivery.attempts[0]?.error).toBe("answered 307, and redirects are not followed");
  expect(elsewhere.received).toEqual([]);
});

test("410 disables the webhook, keeps what waits as skipped, and tells the others", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver(statuses(410));
  const watcher = await startReceiver();
  const { row } = await here.hook(receiver.url, ["message.received", "webhook.disabled"]);
  await here.hook(watcher.url, ["webhook.disabled"]);
  // More than can be under way at once.
  for (let count = 0; count < 10; count += 1) await here.publish();
  await here.startDispatcher();
  await watcher.requests(1);
  await here.until(async () => (await here.deliveries(row.id)).every(({ status }) => status === "skipped"));

  expect(JSON.parse(String(watcher.received[0]?.body))).toMatchObject({
    event: "webhook.disabled",
    data: { webhook_id: row.id, url: receiver.url, reason: "gone" },
  });
  expect(watcher.received).toHaveLength(1);
  expect(await here.webhook(row.id)).toMatchObject({ is_active: 0, disabled_reason: "gone" });
  // The ten messages, and its own copy of the event.
  expect(await here.deliveries(row.id)).toHaveLength(11);
  expect(receiver.received.length).toBeLessThanOrEqual(4);
});

test("twenty failures in a row over five days disable a webhook; switched on again it starts anew", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver(statuses(500));
  const { row } = await here.hook(receiver.url);
  const since = here.clock.now() - 5 * DAY_MS;
  await here.store.write((tx) => tx.updateTable("webhooks").set({ failing_count: 18, failing_since: since }).execute());
  await here.startDispatcher();

  // Old enough, but only the nineteenth.
  await here.publish();
  await here.until(async () => (await here.webhook(row.id)).failing_count === 19);
  expect(await here.webhook(row.id)).toMatchObject({ is_active: 1 });
  here.clock.advance(5_000);
  await here.until(async () => (await here.webhook(row.id)).is_active === 0);
  expect(await here.webhook(row.id)).toMatchObject({ disabled_reason: "failing", failing_count: 20 });
  expect(await here.deliveries(row.id)).toMatchObject([{ status: "skipped", due_at: null, attempt_number: 2 }]);

  const change = { isActive: true };
  await here.store.write((tx) =>
    updateWebhook(tx, { allow: LOOPBACK_ALLOWED }, here.space, null, row.id, change, here.clock.now()),
  );
  const resumed = await here.webhook(row.id);
  expect(resumed).toMatchObject({
    is_active: 1,
    disabled_reason: null,
    failing_count: 0,
    failing_since: null,
    failure_count: 2,
  });
  expect(await here.deliveries(row.id)).toMatchObject([{ status: "skipped" }]);
});

test("twenty failures within five days disable nothing", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver(statuses(500));
  const { row } = await here.hook(receiver.url);
  await here.startDispatcher();
  await Promise.all(Array.from({ length: 25 }, () => here.publish()));
  await failTo(here, row.id, 25);
  const since = here.clock.now() - (5 * DAY_MS - 120_000);
  await here.store.write((tx) => tx.updateTable("webhooks").set({ failing_since: since }).execute());
  await failTo(here, row.id, 50);
  expect(await here.webhook(row.id)).toMatchObject({ is_active: 1, disabled_reason: null });
});

test("an endpoint that is down is asked once a second, however much waits for it", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver(statuses(500));
  const { row } = await here.hook(receiver.url);
  await here.store.write((tx) => tx.updateTable("webhooks").set({ failing_count: 5, failing_since: 1 }).execute());
  await Promise.all(Array.from({ length: 50 }, () => here.publish()));
  await here.startDispatcher();
  const failing = async (count: number) => (await here.webhook(row.id)).failing_count === count;
  await here.until(() => failing(6));
  for (let second = 1; second <= 5; second += 1) {
    here.clock.advance(999);
    // A commit wakes the dispatcher; it is too early all the same.
    await here.publish();
    here.clock.advance(1);
    await here.until(() => failing(6 + second));
    expect(receiver.received).toHaveLength(1 + second);
  }
});

test("what an old address answers is not held against the new one", async () => {
  const here = await createTestSpace();
  let answer = () => {};
  const old = await startReceiver((_request, response) => {
    answer = () => response.writeHead(410).end();
  });
  const moved = await startReceiver();
  const { row } = await here.hook(old.url);
  await here.startDispatcher();
  await here.publish();
  await old.requests(1);
  const change = { url: moved.url };
  await here.store.write((tx) =>
    updateWebhook(tx, { allow: LOOPBACK_ALLOWED }, here.space, null, row.id, change, here.clock.now()),
  );
  answer();
  await here.until(async () => (await here.webhook(row.id)).failure_count === 1);
  expect(await here.webhook(row.id)).toMatchObject({ is_active: 1, failing_count: 0, failing_since: null });
  here.clock.advance(5_000);
  await moved.requests(1);
});

test("of attempts that overlap, the last to begin tells when the webhook was triggered", async () => {
  const here = await createTestSpace();
  let answer = () => {};
  const receiver = await startReceiver((_request, response, count) => {
    if (count === 1) answer = () => response.end();
    else response.end();
  });
  const { row } = await here.hook(receiver.url);
  await here.startDispatcher();
  await here.publish();
  await receiver.requests(1);
  here.clock.advance(20_000);
  await here.publish();
  await here.until(async () => (await here.webhook(row.id)).success_count === 1);
  answer();
  await here.until(async () => (await here.webhook(row.id)).success_count === 2);
  expect(await here.webhook(row.id)).toMatchObject({ last_triggered_at: here.clock.now() });
});

/** Moves the clock second by second until the webhook has so many failures in a row. */
async function failTo(here: TestSpace, webhookId: string, count: number): Promise<void> {
  const failing = async () => (await here.webhook(webhookId)).failing_count;
  for (let now = await failing(); now < count; now = await failing()) {
    here.clock.advance(1_000);
    await here.until(async () => (await failing()) > now);
  }
}

test("results that cannot be written keep their slots, and are written once they can", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver();
  const other = await startReceiver();
  const { row } = await here.hook(receiver.url);
  for (let event = 0; event < 20; event += 1) await here.publish();
  await here.store.write((tx) =>
    sql`create trigger full before insert on delivery_attempts begin select raise(abort, 'full'); end`.execute(tx),
  );
  await here.startDispatcher();
  await receiver.requests(4);
  // Time enough for all the others.
  for (let turn = 0; turn < 30; turn += 1) {
    await fetch(other.url);
    here.clock.advance(1_000);
  }
  // Those that took the slots, and those that were claimed before the first of them were known to be unwritten.
  expect(receiver.received.length).toBeLessThanOrEqual(8);

  await here.store.write((tx) => sql`drop trigger full`.execute(tx));
  here.clock.advance(1_000);
  await here.until(async () => (await here.deliveries(row.id)).every(({ status }) => status === "succeeded"));
  expect(receiver.received).toHaveLength(20);
});
