import { expect, test } from "vitest";
import { createTestSpace, startReceiver } from "./dispatcher-fixture.js";

test("what a crash interrupted is a lost attempt, and is made up for at once", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver();
  const { row } = await here.hook(receiver.url);
  await here.publish();
  const claimedAt = here.clock.now();
  // What the database holds when the process dies after a claim.
  await here.store.write((tx) =>
    tx.updateTable("deliveries").set({ lease: "of the last boot", due_at: claimedAt }).execute(),
  );
  here.clock.advance(60_000);
  await here.startDispatcher();
  await here.until(async () => (await here.webhook(row.id)).success_count === 1);

  const [delivery] = await here.deliveries(row.id);
  expect(delivery).toMatchObject({ status: "succeeded", attempt_number: 2, lease: null });
  expect(delivery?.attempts).toMatchObject([
    {
      attempt_number: 1,
      attempted_at: claimedAt,
      duration_ms: 0,
      response_status: null,
      error: "interrupted by a restart",
    },
    { attempt_number: 2, attempted_at: here.clock.now(), response_status: 200, error: null },
  ]);
  expect(receiver.received).toHaveLength(1);
  expect(await here.webhook(row.id)).toMatchObject({ failure_count: 0, failing_count: 0 });
});

test("an attempt that never ends before the server does is given up after twelve", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver(() => {});
  const { row } = await here.hook(receiver.url);
  await here.publish();
  const waits: number[] = [];
  for (let boots = 1; boots <= 12; boots += 1) {
    const dispatcher = here.dispatcher();
    await dispatcher.start();
    await receiver.requests(boots);
    const stopped = dispatcher.stop();
    here.clock.advance(5_000);
    await stopped;
    const [delivery] = await here.deliveries(row.id);
    if (delivery?.due_at == null) break;
    const waitMs = delivery.due_at - here.clock.now();
    waits.push(waitMs / 1_000);
    here.clock.advance(waitMs);
  }
  expect(waits).toEqual([0, 30, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 86_400]);
  expect(await here.deliveries(row.id)).toMatchObject([{ status: "failed", attempt_number: 12, lease: null }]);
  expect(await here.webhook(row.id)).toMatchObject({ failure_count: 0, failing_count: 0, is_active: 1 });
});

test("stopping waits for the attempts under way, and begins no more", async () => {
  const here = await createTestSpace();
  let answer = () => {};
  const receiver = await startReceiver((_request, response) => {
    answer = () => response.end();
  });
  const { row } = await here.hook(receiver.url);
  const dispatcher = here.dispatcher();
  await dispatcher.start();
  await here.publish();
  await receiver.requests(1);
  const stopped = dispatcher.stop();
  await here.publish();
  answer();
  await stopped;
  expect((await here.deliveries(row.id)).map(({ status }) => status)).toEqual(["succeeded", "pending"]);
  expect(receiver.received).toHaveLength(1);
});

test("an attempt that hangs is aborted some seconds after the stop, and is due again", async () => {
  const here = await createTestSpace();
  const receiver = await startReceiver((_request, response, count) => {
    if (count > 1) response.end();
  });
  const { row } = await here.hook(receiver.url);
  const dispatcher = here.dispatcher();
  await dispatcher.start();
  await here.publish();
  await receiver.requests(1);
  const stopped = dispatcher.stop();
  here.clock.advance(5_000);
  await stopped;
  const [delivery] = await here.deliveries(row.id);
  expect(delivery).toMatchObject({ status: "pending", due_at: here.clock.now(), lease: null, attempt_number: 1 });
  expect(delivery?.attempts).toMatchObject([{ error: "interrupted by a restart", response_status: null }]);

  await here.startDispatcher();
  await here.until(async () => (await here.webhook(row.id)).success_count === 1);
  expect(await here.webhook(row.id)).toMatchObject({ failure_count: 0, failing_count: 0 });
});
