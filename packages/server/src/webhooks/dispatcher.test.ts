import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { expect, test } from "vitest";
import { createFakeClock } from "../../test/fake-clock.js";
import { eventually } from "../../test/test-app.js";
import {
  createTestSpace,
  NOTHING_ALLOWED,
  receivedMessage,
  startReceiver,
  type TestSpace,
} from "./dispatcher-fixture.js";
import { deleteWebhook, queueTest, updateWebhook } from "./webhooks.js";

/** What the dispatcher sleeps when nothing is to be due. */
const LONGEST_SLEEP_MS = 5_000;

const allSucceeded = async ({ deliveries }: TestSpace, webhookId: string) =>
  (await deliveries(webhookId)).every((delivery) => delivery.status === "succeeded");

test("an event is posted once, with the reference's headers and both signatures", async () => {
  const here = await createTestSpace(createFakeClock(Date.now()));
  const receiver = await startReceiver();
  const { row, secret } = await here.hook(`${receiver.url}/a%20b?c=d`);
  await here.startDispatcher();
  await here.publish("👋 \u2028 \u0000");
  const [request] = await receiver.requests(1);
  if (!request) throw new Error("No request");
  const { headers, body, path } = request;
  await here.until(() => allSucceeded(here, row.id));

  const [delivery] = await here.deliveries(row.id);
  expect(path).toBe("/hook/a%20b?c=d");
  expect(headers).toMatchObject({
    "content-type": "application/json",
    "content-length": String(body.length),
    "user-agent": "WhatsFlow-Webhooks/1.0",
    "x-webhook-event": "message.received",
    "x-webhook-delivery-id": delivery?.id,
    "webhook-id": delivery?.id,
  });
  const timestamp = new Date(here.clock.now()).toISOString();
  expect(JSON.parse(body.toString())).toEqual({
    event: "message.received",
    timestamp,
    data: receivedMessage("👋 \u2028 \u0000"),
  });
  new StandardWebhook(secret).verify(body.toString(), headers);
  new SvixWebhook(secret).verify(body.toString(), headers);

  expect(receiver.received).toHaveLength(1);
  expect(delivery).toMatchObject({
    status: "succeeded",
    attempt_number: 1,
    response_status: 200,
    due_at: null,
    lease: null,
  });
  expect(delivery?.delivered_at).toBe(here.clock.now());
  expect(delivery?.attempts).toEqual([
    expect.objectContaining({ attempt_number: 1, attempted_at: here.clock.now(), response_status: 200, error: null }),
  ]);
  expect(await here.webhook(row.id)).toMatchObject({
    success_count: 1,
    failure_count: 0,
    last_triggered_at: here.clock.now(),
  });
});

test("what was committed before the start is delivered", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver();
  const { row } = await here.hook(receiver.url);
  await here.publish();
  await here.publish();
  await here.startDispatcher();
  await here.until(() => allSucceeded(here, row.id));
  expect(receiver.received).toHaveLength(2);
});

test("several hundred events arrive, each once, at every webhook that wants them", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver();
  const hooks = await Promise.all(["a", "b", "c"].map((name) => here.hook(`${receiver.url}/${name}`)));
  const other = await here.hook(receiver.url, ["device.connected"]);
  await here.startDispatcher();
  await Promise.all(Array.from({ length: 200 }, (_, index) => here.publish(`message ${index}`)));
  await receiver.requests(600);
  for (const { row } of hooks) await here.until(async () => (await here.webhook(row.id)).success_count === 200);
  const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
  expect(new Set(ids).size).toBe(600);
  expect(await here.deliveries(other.row.id)).toEqual([]);
});

test("a slot that becomes free is taken in the commit that records its attempt", async () => {
  const here = await createTestSpace();
  const held: (() => void)[] = [];
  const receiver = await startReceiver((_request, response) => held.push(() => response.end()));
  const { row } = await here.hook(receiver.url);
  for (let event = 0; event < 5; event += 1) await here.publish();
  const states = new Set<string>();
  await here.startDispatcher();
  await receiver.requests(4);
  // One that still looks at the commit before claims when it is done with that.
  await eventually(async () => here.clock.waits().includes(LONGEST_SLEEP_MS), "a dispatcher with nothing to do");
  held[0]?.();
  await here.until(async () => {
    const log = await here.deliveries(row.id);
    const recorded = log.filter((delivery) => delivery.status === "succeeded").length;
    const underWay = log.filter((delivery) => delivery.lease !== null).length;
    states.add(`${recorded} recorded, ${underWay} under way`);
    return recorded === 1 && underWay === 4;
  });
  expect(states).not.toContain("1 recorded, 3 under way");
});

test("endpoints that hang never hold up another one", async () => {
  const here = await createTestSpace();
  const hanging = await startReceiver(() => {});
  const receiver = await startReceiver();
  const hung = await Promise.all(Array.from({ length: 20 }, (_, index) => here.hook(`${hanging.url}/${index}`)));
  const { row } = await here.hook(receiver.url);
  for (let count = 0; count < 10; count += 1) await here.publish();
  await here.startDispatcher();
  // All of it without the clock moving: no attempt at the hanging ones has ended.
  await here.until(async () => (await here.webhook(row.id)).success_count === 10);
  expect(receiver.received).toHaveLength(10);
  expect(hanging.received.length).toBeLessThanOrEqual(31);

  // They fail at their deadline, and go on one by one.
  await hanging.requests(20);
  here.clock.advance(30_000);
  await here.until(async () => (await here.webhook(hung[0]?.row.id ?? "")).failure_count > 0);
  const [first] = await here.deliveries(hung[0]?.row.id ?? "");
  expect(first?.attempts[0]).toMatchObject({
    error: "no complete answer within 30 seconds",
    duration_ms: 30_000,
    response_status: null,
  });
});

test("an endpoint with five failures in a row is tried with one delivery at a time", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver();
  const { row } = await here.hook(receiver.url);
  await here.store.write((tx) => tx.updateTable("webhooks").set({ failing_count: 5, failing_since: 1 }).execute());
  for (let count = 0; count < 10; count += 1) await here.publish();
  const leased = watchLeases(here);
  await here.startDispatcher();
  await here.until(() => allSucceeded(here, row.id));
  // The first success ends the probing.
  expect(leased.find((count) => count > 0)).toBe(1);
  expect(Math.max(...leased)).toBe(4);
  expect(await here.webhook(row.id)).toMatchObject({ failing_count: 0, failing_since: null });
});

test("a webhook that is deleted while an attempt is under way takes everything with it", async () => {
  const here = await createTestSpace();
  let answer = () => {};
  const receiver = await startReceiver((_request, response) => {
    answer = () => response.end();
  });
  const { row } = await here.hook(receiver.url);
  const dispatcher = await here.startDispatcher();
  await here.publish();
  await receiver.requests(1);
  await here.store.write((tx) => deleteWebhook(tx, here.space, null, row.id));
  answer();
  await dispatcher.stop();
  expect(await here.store.read.selectFrom("deliveries").selectAll().execute()).toEqual([]);
  expect(await here.store.read.selectFrom("delivery_attempts").selectAll().execute()).toEqual([]);
});

test("while a webhook is paused events are kept as skipped, and tests are still sent", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver();
  const { row } = await here.hook(receiver.url);
  const change = (isActive: boolean) =>
    here.store.write((tx) =>
      updateWebhook(tx, { allow: NOTHING_ALLOWED }, here.space, null, row.id, { isActive }, here.clock.now()),
    );
  await here.publish("before");
  await change(false);
  await here.publish("meanwhile");
  await here.startDispatcher();
  await here.store.write((tx) => queueTest(tx, here.space, null, row.id, { verify: false }, here.clock.now()));
  await receiver.requests(1);
  expect(receiver.received[0]?.headers["x-webhook-event"]).toBe("webhook.test");
  await change(true);
  await here.publish("after");
  await receiver.requests(2);
  await here.until(async () => (await here.webhook(row.id)).success_count === 2);
  expect((await here.deliveries(row.id)).map(({ status }) => status)).toEqual([
    "skipped",
    "skipped",
    "succeeded",
    "succeeded",
  ]);
});

test("however much waits for a webhook that is paused, it is skipped in parts, and a test goes before it", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver();
  const { row } = await here.hook(receiver.url);
  await Promise.all(Array.from({ length: 2_500 }, () => here.publish()));
  const waiting = () => here.countWaiting(row.id);
  await here.store.write(async (tx) => {
    const now = here.clock.now();
    await updateWebhook(tx, { allow: NOTHING_ALLOWED }, here.space, null, row.id, { isActive: false }, now);
    await queueTest(tx, here.space, null, row.id, { verify: false }, now);
  });
  expect(await waiting()).toBe(1_501);
  const counts: number[] = [];
  here.store.onCommit(async () => counts.push(await waiting()));
  await here.startDispatcher();
  await here.until(async () => (await waiting()) === 0);
  expect(receiver.received.map(({ headers }) => headers["x-webhook-event"])).toEqual(["webhook.test"]);
  expect(counts.some((count) => count > 0 && count < 1_501)).toBe(true);
});

/** How many attempts were under way after each commit from now on. */
function watchLeases({ store }: TestSpace): number[] {
  const counts: number[] = [];
  store.onCommit(async () => {
    const leased = await store.read.selectFrom("deliveries").select("seq").where("lease", "is not", null).execute();
    counts.push(leased.length);
  });
  return counts;
}
