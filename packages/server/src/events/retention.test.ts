import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { createFakeClock } from "../../test/fake-clock.js";
import { eventually, startTestApp } from "../../test/test-app.js";
import { createTestSpace, startReceiver, statuses, type TestSpace } from "../webhooks/dispatcher-fixture.js";
import { forgetOldSecrets, rotateSecret } from "../webhooks/webhooks.js";
import { createRetention, deleteEvents } from "./retention.js";

const DAY_MS = 86_400_000;

const deleteOld = ({ store, clock }: TestSpace) =>
  deleteEvents(store, { before: clock.now() - 30 * DAY_MS, now: clock.now() });
const countOf = async ({ store }: Pick<TestSpace, "store">, table: "events" | "deliveries" | "delivery_attempts") =>
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

test("after the clock was set on by weeks, what there is by then is kept as long again, also by the next start", async () => {
  const clock = createFakeClock(0);
  const dataDir = mkdtempSync(join(tmpdir(), "whatsflow-"));
  const start = () => startTestApp({ clock, dataDir, keep: true });
  let app = await start();
  onTestFinished(async () => {
    await app.close();
    rmSync(dataDir, { recursive: true });
  });
  const count = () => countOf(app, "events");
  const trigger = () => app.request("POST", "/events/trigger", { body: { event: "message.received" } });
  await trigger();
  clock.set(20_000 * DAY_MS);
  // A commit wakes the dispatcher.
  await trigger();
  await eventually(
    async () =>
      (await app.store.read.selectFrom("settings").select("name").execute()).some(
        ({ name }) => name === "retention_hold",
      ),
    "the notice",
  );
  await app.close();
  app = await start();
  await trigger();
  clock.advance(3_600_000);
  await trigger();
  expect(await count()).toBe(4);

  // Not in one step, which would be another leap.
  await eventually(async () => {
    clock.advance(DAY_MS / 2);
    return (await count()) === 0;
  }, "the end of the time");
});

test("secrets whose overlap is over are forgotten by the way", async () => {
  const here = await createTestSpace();
  const { store, clock } = here;
  const { row } = await here.hook("https://example.com/");
  await store.write((tx) => rotateSecret(tx, here, here.space, null, row.id, 60_000, clock.now()));
  const [log, keptForMs] = [pino({ level: "silent" }), 30 * DAY_MS];
  const retention = createRetention({ store, clock, log, keptForMs, forget: forgetOldSecrets });
  onTestFinished(() => retention.stop());
  const previous = async () => (await here.webhook(row.id)).previous_secret;
  retention.start();
  clock.advance(0);
  await here.publish();
  expect(await previous()).not.toBeNull();
  await eventually(() => clock.waits().includes(3_600_000), "the end of the first time");
  clock.advance(3_600_000);
  await here.until(async () => (await previous()) === null);
});
