/** A database that takes nothing more: results are kept until it does, and receivers are not asked again. */
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { createDispatcher } from "./dispatcher.js";
import { createTestSpace, LOOPBACK_ALLOWED, startReceiver, type TestSpace } from "./dispatcher-fixture.js";

/** More than fits into the pages that are there. */
const LONG_ANSWER = "x".repeat(4_096);

/** SQLite's own error of a full disk, until the returned function is called. */
async function fillDisk({ store }: TestSpace): Promise<() => Promise<void>> {
  const pages = async (most: number) => {
    await store.write((tx) => sql`pragma max_page_count = ${sql.lit(most)}`.execute(tx));
  };
  await pages(1);
  for (let row = 0, full = false; !full; row += 1) {
    full = await store
      .write((tx) => sql`insert into settings (name, value) values (${`filler ${row}`}, zeroblob(2000))`.execute(tx))
      .then(() => false)
      .catch((error: Error) => error.message === "database or disk is full");
  }
  return () => pages(1_000_000);
}

/** A receiver that has answered, and a dispatcher that could not record it. */
async function answeredOnAFullDisk() {
  const here = await createTestSpace();
  let answer = () => {};
  const receiver = await startReceiver((_request, response, count) => {
    answer = () => void response.end(LONG_ANSWER);
    if (count > 1) answer();
  });
  const { row } = await here.hook(receiver.url);
  let failures = 0;
  let wake = () => {};
  // A claim that shares a commit with the result fails with it.
  const error = (_details: unknown, message?: string) => {
    if (!message?.startsWith("cannot record")) return;
    failures += 1;
    wake();
  };
  const failed = async (times: number) => {
    while (failures < times) await new Promise<void>((fail) => (wake = fail));
  };
  const log = { debug() {}, info() {}, error };
  const dispatcher = createDispatcher({ ...here, log, allow: LOOPBACK_ALLOWED, random: () => 0.5 });
  here.store.onCommit(dispatcher.wake);
  await dispatcher.start();
  await here.publish();
  await receiver.requests(1);
  const room = await fillDisk(here);
  answer();
  await failed(1);
  return { here, receiver, row, dispatcher, room, failed };
}

test("a result that finds no room is recorded when there is some, and the receiver is not asked again", async () => {
  const { here, receiver, row, room, failed, dispatcher } = await answeredOnAFullDisk();
  onTestFinished(() => dispatcher.stop());
  for (let times = 2; times <= 60; times += 1) {
    here.clock.advance(1_000);
    await failed(times);
  }
  expect(await here.webhook(row.id)).toMatchObject({ success_count: 0 });
  expect(dispatcher.isDelivering()).toBe(false);
  expect(receiver.received).toHaveLength(1);
  await room();
  await here.publish("another");
  here.clock.advance(1_000);
  await here.until(async () => (await here.webhook(row.id)).success_count === 2);
  expect((await here.deliveries(row.id)).map(({ attempt_number }) => attempt_number)).toEqual([1, 1]);
  expect(dispatcher.isDelivering()).toBe(true);
  expect(receiver.received).toHaveLength(2);
});

test("a stop does not wait for room; the next start sends again", async () => {
  const { here, receiver, row, dispatcher, room } = await answeredOnAFullDisk();
  await dispatcher.stop();
  expect(await here.deliveries(row.id)).toMatchObject([{ status: "pending", lease: expect.any(String) }]);
  await room();
  await here.startDispatcher();
  await here.until(async () => (await here.webhook(row.id)).success_count === 1);
  expect(await here.deliveries(row.id)).toMatchObject([{ attempt_number: 2, lost_count: 1 }]);
  expect(receiver.received).toHaveLength(2);
});
