/** What hangs, fails or has a long backlog never holds up another webhook. The clock stands still, so that nothing is a matter of time. */
import { sql } from "kysely";
import { expect, test } from "vitest";
import { createTestSpace, startReceiver, statuses, type TestSpace } from "./dispatcher-fixture.js";

const EVENTS = 100;

/** A webhook with 100,000 deliveries that are long due, each for an event of its own. */
async function hookWithBacklog(here: TestSpace, url: string): Promise<string> {
  const { row } = await here.hook(url);
  await here.publish();
  const before = here.clock.now() - 3_600_000;
  await here.store.write(async (tx) => {
    await sql`with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 100000)
      insert into events (id, space_id, name, body, created_at)
      select 'evt_' || n, events.space_id, events.name, events.body, ${before} from numbers, events where events.seq = 1`.execute(
      tx,
    );
    await sql`insert into deliveries (id, space_id, webhook_id, event_seq, status, due_at, created_at)
      select 'delivery_' || seq, space_id, ${row.id}, seq, 'pending', created_at, created_at from events where seq > 1`.execute(
      tx,
    );
  });
  return row.id;
}

test.each([
  ["refuses", statuses(500)],
  ["hangs", () => {}],
])("a dead endpoint that %s, with 100,000 deliveries that wait, delays nobody", async (_, answer) => {
  const here = await createTestSpace();
  const dead = await startReceiver(answer);
  const deadId = await hookWithBacklog(here, dead.url);
  const healthy = await startReceiver();
  const { row } = await here.hook(healthy.url);
  const ordered = await here.hook(healthy.url, ["message.received"], { ordered: true });
  await here.startDispatcher();
  for (let count = 0; count < EVENTS; count += 1) await here.publish();
  for (const id of [row.id, ordered.row.id]) {
    await here.until(async () => (await here.webhook(id)).success_count === EVENTS);
  }
  expect(healthy.received).toHaveLength(2 * EVENTS);
  // From the fifth failure on it has a turn a second. Before, four failures may be recorded, four more have ended and not be
  // recorded yet, and another four have begun in their place.
  expect(dead.received.length).toBeLessThanOrEqual(12);
  expect((await here.webhook(deadId)).success_count).toBe(0);
});

test("forty endpoints that begin to hang at once delay one that works until their deadline, and never again", async () => {
  const here = await createTestSpace();
  const hanging = await startReceiver(() => {});
  const hung = await Promise.all(Array.from({ length: 40 }, (_, index) => here.hook(`${hanging.url}/${index}`)));
  const failures = async () => {
    const rows = await Promise.all(hung.map(({ row }) => here.webhook(row.id)));
    return rows.reduce((sum, { failure_count }) => sum + failure_count, 0);
  };
  await here.startDispatcher();
  // As many as an account may have under way: nobody knows yet that they hang.
  await here.publish();
  await hanging.requests(32);
  const healthy = await startReceiver();
  const { row } = await here.hook(healthy.url);
  await here.publish();
  here.clock.advance(30_000);
  for (let count = 1; count <= 8; count += 1) {
    await here.until(async () => (await here.webhook(row.id)).success_count === count);
    const before = await failures();
    here.clock.advance(30_000);
    await here.until(async () => (await failures()) > before);
    await here.publish();
  }
  expect(healthy.received.length).toBeGreaterThanOrEqual(8);
});

test("what is sent again in bulk to one webhook comes after the first delivery of another", async () => {
  const here = await createTestSpace();
  const answers: (() => void)[] = [];
  const busy = await startReceiver((_request, response) => void answers.push(() => response.end()));
  const busyId = await hookWithBacklog(here, busy.url);
  const healthy = await startReceiver();
  const { row } = await here.hook(healthy.url);
  await here.startDispatcher();
  await busy.requests(4);
  await here.publish();
  await here.until(async () => (await here.webhook(row.id)).success_count === 1);
  // The backlog goes on with every slot that it has, and with no more.
  for (const answer of answers.splice(0)) answer();
  await busy.requests(8);
  expect((await here.webhook(busyId)).failure_count).toBe(0);
  for (const answer of answers.splice(0)) answer();
});
