import { expect, test } from "vitest";
import {
  createTestSpace,
  LOOPBACK_ALLOWED,
  type Received,
  startReceiver,
  type TestSpace,
} from "./dispatcher-fixture.js";
import { updateWebhook } from "./webhooks.js";

const textOf = ({ body }: Received): string => JSON.parse(body.toString()).data.message;
const numbered = (count: number) => Array.from({ length: count }, (_, index) => String(index));
const ordered = { ordered: true };

const settled = async (here: TestSpace, webhookId: string) =>
  (await here.deliveries(webhookId)).every(({ status }) => status !== "pending");

test("an ordered webhook gets one event at a time, in the order of events", async () => {
  const here = await createTestSpace();
  let underWay = 0;
  let most = 0;
  const receiver = await startReceiver((_request, response) => {
    underWay += 1;
    most = Math.max(most, underWay);
    setImmediate(() => {
      underWay -= 1;
      response.end();
    });
  });
  const { row } = await here.hook(receiver.url, ["message.received"], ordered);
  await here.startDispatcher();
  for (const text of numbered(50)) await here.publish(text);
  await here.until(() => settled(here, row.id));
  expect(receiver.received.map(textOf)).toEqual(numbered(50));
  expect(most).toBe(1);
});

test("what fails holds up those after it, in this webhook alone, until it is received", async () => {
  const here = await createTestSpace();
  let works = false;
  const receiver = await startReceiver((request, response) => {
    response.writeHead(textOf(request) === "0" && !works ? 500 : 200).end();
  });
  const other = await startReceiver();
  const { row } = await here.hook(receiver.url, ["message.received"], ordered);
  const second = await here.hook(other.url, ["message.received"], ordered);
  await here.startDispatcher();
  for (const text of numbered(3)) await here.publish(text);
  await here.until(() => settled(here, second.row.id));
  await here.until(async () => (await here.webhook(row.id)).failure_count === 1);
  here.clock.advance(4_999);
  await here.publish("3");
  await other.requests(4);
  expect(receiver.received.map(textOf)).toEqual(["0"]);
  works = true;
  here.clock.advance(1);
  await here.until(() => settled(here, row.id));
  expect(receiver.received.map(textOf)).toEqual(["0", "0", "1", "2", "3"]);
});

test("after its last attempt a delivery is given up, and the next goes on", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver((request, response) => {
    response.writeHead(textOf(request) === "0" ? 500 : 200).end();
  });
  const { row } = await here.hook(receiver.url, ["message.received"], ordered);
  await here.publish("0");
  await here.publish("1");
  await here.store.write((tx) =>
    tx.updateTable("deliveries").set({ failure_count: 11 }).where("seq", "=", 1).execute(),
  );
  await here.startDispatcher();
  await here.until(() => settled(here, row.id));
  expect((await here.deliveries(row.id)).map(({ status }) => status)).toEqual(["failed", "succeeded"]);
});

test("what waits goes by the order from the moment that it is asked for", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver();
  const { row } = await here.hook(receiver.url);
  for (const text of numbered(3)) await here.publish(text);
  // The first waits for its retry: without an order the others would go before it.
  await here.store.write(async (tx) => {
    const dueAt = here.clock.now() + 5_000;
    await tx.updateTable("deliveries").set({ due_at: dueAt }).where("seq", "=", 1).execute();
    await updateWebhook(tx, { allow: LOOPBACK_ALLOWED }, here.space, null, row.id, ordered, here.clock.now());
  });
  await here.startDispatcher();
  here.clock.advance(5_000);
  await here.until(() => settled(here, row.id));
  expect(receiver.received.map(textOf)).toEqual(numbered(3));
});
