import { type CompiledQuery, Kysely, SqliteDialect, sql } from "kysely";
import { expect, test } from "vitest";
import type { Database } from "../storage/schema.js";
import { openWriter } from "../storage/sqlite.js";
import type { Tx } from "../storage/store.js";
import { type AttemptResult, recordAttempt } from "./delivery-log.js";
import { claimDue, findHeads, releaseFuture } from "./delivery-queue.js";
import { createTestSpace, type TestSpace } from "./dispatcher-fixture.js";

const SUCCESS: AttemptResult = {
  outcome: "succeeded",
  attemptedAt: 0,
  durationMs: 5,
  responseStatus: 200,
  responseBody: "OK",
  error: null,
  retryAfterMs: null,
};

const claim = (here: TestSpace, webhookId: string, count: number, lease: string, ordered = false) =>
  here.store.write((tx) => claimDue(tx, { webhookId, ordered }, count, lease, here.clock.now()));

test("heads are the webhooks with something to do, in the order in which it is due", async () => {
  const here = await createTestSpace();
  const late = await here.hook("https://example.com/late");
  await here.hook("https://example.com/idle", ["message.sent"]);
  await here.publish();
  const early = await here.hook("https://example.com/early");
  await here.publish();
  const now = here.clock.now();
  await here.store.write(async (tx) => {
    await tx
      .updateTable("deliveries")
      .set({ due_at: now + 10 })
      .where("webhook_id", "=", late.row.id)
      .execute();
    await tx.updateTable("webhooks").set({ failing_count: 3 }).where("id", "=", late.row.id).execute();
  });
  expect(await findHeads(here.store.read)).toEqual([
    {
      webhookId: early.row.id,
      accountId: here.space.accountId,
      failingCount: 0,
      ordered: false,
      mustSkip: false,
      dueAt: now,
    },
    {
      webhookId: late.row.id,
      accountId: here.space.accountId,
      failingCount: 3,
      ordered: false,
      mustSkip: false,
      dueAt: now + 10,
    },
  ]);
});

test("a claim takes what is due, the oldest first, and no delivery twice", async () => {
  const here = await createTestSpace();
  const { row } = await here.hook("https://example.com/");
  for (let count = 0; count < 3; count += 1) await here.publish();
  expect((await claim(here, row.id, 2, "a")).map(({ seq }) => seq)).toEqual([1, 2]);
  expect((await claim(here, row.id, 2, "b")).map(({ seq }) => seq)).toEqual([3]);
  expect(await claim(here, row.id, 2, "c")).toEqual([]);
  expect(await findHeads(here.store.read)).toEqual([]);
});

test("an attempt whose lease is no more changes nothing", async () => {
  const here = await createTestSpace();
  const { row } = await here.hook("https://example.com/");
  await here.publish();
  const [claimed] = await claim(here, row.id, 1, "a");
  if (!claimed) throw new Error("Nothing was claimed");
  await here.store.write((tx) => tx.updateTable("deliveries").set({ lease: "b" }).execute());
  await here.store.write((tx) => recordAttempt(tx, claimed, SUCCESS, { waitMs: null, now: here.clock.now() }));
  expect(await here.deliveries(row.id)).toMatchObject([{ status: "pending", lease: "b", attempts: [] }]);
  expect(await here.webhook(row.id)).toMatchObject({ success_count: 0 });
});

test("with 100,000 pending deliveries no query walks through them", async () => {
  const here = await createTestSpace();
  const { row } = await here.hook("https://example.com/");
  const other = await here.hook("https://example.com/other");
  await here.publish();
  await here.store.write((tx) => fill(tx, row.id, 100_000));
  const heads = await findHeads(here.store.read);
  expect(heads.map(({ webhookId }) => webhookId).sort()).toEqual([row.id, other.row.id].sort());

  const plans = await planOf(here, async (db) => {
    await findHeads(db);
    await claimDue(db, { webhookId: row.id, ordered: false }, 4, "a", here.clock.now());
    await claimDue(db, { webhookId: row.id, ordered: true }, 1, "a", here.clock.now());
  });
  const ofDeliveries = plans.filter((step) => /\bdeliveries\b/.test(step));
  expect(ofDeliveries.length).toBeGreaterThan(3);
  for (const step of ofDeliveries) {
    expect(step).toMatch(
      /^SEARCH .*(INDEX deliveries_(due|pending)|INTEGER PRIMARY KEY|.*event_seq=\? AND webhook_id=\?)/,
    );
  }
});

/** Further deliveries of the same webhook, each for an event of its own. */
async function fill(tx: Tx, webhookId: string, count: number): Promise<void> {
  await sql`with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})
    insert into events (id, space_id, name, body, created_at)
    select 'evt_' || n, events.space_id, events.name, events.body, events.created_at from numbers, events where events.seq = 1`.execute(
    tx,
  );
  await sql`insert into deliveries (id, space_id, webhook_id, event_seq, status, due_at, created_at)
    select 'delivery_' || seq, space_id, ${webhookId}, seq, 'pending', created_at + seq, created_at from events where seq > 1`.execute(
    tx,
  );
}

/** How SQLite goes about the queries of `work`. */
async function planOf(here: TestSpace, work: (tx: Tx) => Promise<void>): Promise<string[]> {
  const { rows } = await sql<{ file: string }>`pragma database_list`.execute(here.store.read);
  const connection = openWriter(rows[0]?.file ?? "");
  const queries: CompiledQuery[] = [];
  const db = new Kysely<Database>({
    dialect: new SqliteDialect({ database: connection }),
    log: ({ query }) => void queries.push(query),
  });
  await work(db as Tx);
  const steps = queries.flatMap((query) =>
    connection.prepare<unknown[], { detail: string }>(`explain query plan ${query.sql}`).all(...query.parameters),
  );
  await db.destroy();
  return steps.map(({ detail }) => detail);
}

test("an ordered webhook has its earliest event as its head, and none while that is under way", async () => {
  const here = await createTestSpace();
  const { row } = await here.hook("https://example.com/", ["message.received"], { ordered: true });
  for (let count = 0; count < 3; count += 1) await here.publish();
  const now = here.clock.now();
  const dueAt = async () => (await findHeads(here.store.read)).map((head) => head.dueAt);
  // The first one waits for its retry, and so do the others.
  await here.store.write((tx) =>
    tx
      .updateTable("deliveries")
      .set({ due_at: now + 5_000 })
      .where("seq", "=", 1)
      .execute(),
  );
  expect(await dueAt()).toEqual([now + 5_000]);
  expect(await claim(here, row.id, 4, "a", true)).toEqual([]);
  here.clock.advance(5_000);
  expect((await claim(here, row.id, 4, "b", true)).map(({ seq }) => seq)).toEqual([1]);
  expect(await dueAt()).toEqual([]);
  expect(await claim(here, row.id, 4, "c", true)).toEqual([]);
});

test("what a clock that was set back would hold up is due at once; what waits for its retry goes on waiting", async () => {
  const here = await createTestSpace();
  const { row } = await here.hook("https://example.com/");
  for (let count = 0; count < 4; count += 1) await here.publish();
  const now = here.clock.now();
  const day = 86_400_000;
  const retryAt = now + 5_000;
  await here.store.write(async (tx) => {
    const set = (seq: number, change: { due_at: number; created_at?: number }) =>
      tx.updateTable("deliveries").set(change).where("seq", "=", seq).execute();
    const attempt = {
      attempt_number: 1,
      duration_ms: 0,
      response_status: 500,
      response_body: "",
      error: "answered 500",
    };
    // Made in the future, tried in the future, tried just now, tried before and due.
    await set(1, { due_at: now + day, created_at: now + day });
    await set(2, { due_at: now + day + 5_000 });
    await set(3, { due_at: retryAt });
    await set(4, { due_at: now - 1 });
    for (const [delivery_seq, attempted_at] of [
      [2, now + day],
      [3, now],
    ] as const) {
      await tx
        .insertInto("delivery_attempts")
        .values({ ...attempt, delivery_seq, attempted_at, tampered: 0 })
        .execute();
    }
    await releaseFuture(tx, now);
  });
  expect((await here.deliveries(row.id)).map(({ seq, due_at }) => [seq, due_at]).sort()).toEqual([
    [1, now],
    [2, now],
    [3, retryAt],
    [4, now - 1],
  ]);
});
