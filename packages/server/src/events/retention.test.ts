import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { createTestSpace, startReceiver, statuses, type TestSpace } from "../webhooks/dispatcher-fixture.js";
import { createRetention, deleteEvents } from "./retention.js";

const DAY_MS = 86_400_000;

const deleteOld = ({ store, clock }: TestSpace) => deleteEvents(store, clock.now() - 30 * DAY_MS);
const countOf = async ({ store }: TestSpace, table: "events" | "deliveries" | "delivery_attempts") =>
  (
    await store.read
      .selectFrom(table)
      .select((e) => e.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow()
  ).count;
const pruned = async ({ store, space }: TestSpace) =>
  (
    await store.read
      .selectFrom("spaces")
      .select("pruned_event_seq")
      .where("id", "=", space.id)
      .executeTakeFirstOrThrow()
  ).pruned_event_seq;

test("events are deleted after thirty days, with their deliveries and attempts", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver();
  const { row } = await here.hook(receiver.url);
  const dispatcher = await here.startDispatcher();
  for (let count = 0; count < 250; count += 1) await here.publish();
  await here.until(async () => (await here.webhook(row.id)).success_count === 250);
  await dispatcher.stop();
  here.clock.advance(30 * DAY_MS);
  await here.publish("young");
  await deleteOld(here);
  expect(await countOf(here, "events")).toBe(251);

  here.clock.advance(1);
  await deleteOld(here);
  expect(await countOf(here, "events")).toBe(1);
  expect(await countOf(here, "deliveries")).toBe(1);
  expect(await countOf(here, "delivery_attempts")).toBe(0);
  expect(await pruned(here)).toBe(250);
  // What was counted stays counted.
  expect(await here.webhook(row.id)).toMatchObject({ success_count: 250 });
});

test("what is still to be delivered is kept, and what is not is deleted all around it", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver(statuses(500));
  const { row } = await here.hook(receiver.url);
  for (let count = 0; count < 300; count += 1) await here.publish();
  await here.store.write((tx) =>
    tx.updateTable("deliveries").set({ status: "failed", due_at: null }).where("seq", "<>", 150).execute(),
  );
  here.clock.advance(40 * DAY_MS);
  await deleteOld(here);
  expect((await here.deliveries(row.id)).map(({ seq }) => seq)).toEqual([150]);
  expect(await countOf(here, "events")).toBe(1);
});

test("an event from a clock that was wrong is no end", async () => {
  const here = await createTestSpace();
  for (let count = 0; count < 120; count += 1) await here.publish();
  const future = here.clock.now() + 1_000 * DAY_MS;
  await here.store.write((tx) => tx.updateTable("events").set({ created_at: future }).where("seq", "=", 1).execute());
  here.clock.advance(31 * DAY_MS);
  await deleteOld(here);
  expect(await countOf(here, "events")).toBe(1);
});

test("it happens at the start and every hour, until it is stopped", async () => {
  const here = await createTestSpace();
  const { store, clock } = here;
  const retention = createRetention({ store, clock, log: pino({ level: "silent" }), keptForMs: 30 * DAY_MS });
  onTestFinished(() => retention.stop());
  const isEmpty = async () => (await countOf(here, "events")) === 0;
  const old = () => here.store.write((tx) => tx.updateTable("events").set({ created_at: 0 }).execute());
  await here.publish();
  await old();
  retention.start();
  clock.advance(0);
  await here.until(isEmpty);

  await here.publish();
  await old();
  await new Promise((resume) => setImmediate(resume));
  clock.advance(3_599_999);
  expect(await isEmpty()).toBe(false);
  clock.advance(1);
  await here.until(isEmpty);
});
