import { type CompiledQuery, Kysely, SqliteDialect, sql } from "kysely";
import { expect, test } from "vitest";
import type { Database } from "../storage/schema.js";
import { openWriter } from "../storage/sqlite.js";
import { countWaiting, countWebhooks, findOldestDue, findOldestPending, MOST_COUNTED } from "./backlog.js";
import { claimDue } from "./delivery-queue.js";
import { createTestSpace } from "./dispatcher-fixture.js";

test("deliveries wait until they are attempted; the oldest is the one that is due first", async () => {
  const here = await createTestSpace();
  expect([await countWaiting(here.store.read), await findOldestDue(here.store.read)]).toEqual([0, undefined]);
  const { row } = await here.hook("https://example.com/");
  await here.hook("https://example.com/other");
  const startedAt = here.clock.now();
  await here.publish();
  here.clock.advance(1_000);
  await here.publish();
  expect([await countWaiting(here.store.read), await findOldestDue(here.store.read)]).toEqual([4, startedAt]);
  // An attempt under way is not finished either; the other webhook's delivery of that time is the oldest now.
  await here.store.write((tx) => claimDue(tx, { webhookId: row.id, ordered: false }, 1, "lease", here.clock.now()));
  expect([await countWaiting(here.store.read), await findOldestDue(here.store.read)]).toEqual([4, startedAt]);
  await here.store.write((tx) => tx.updateTable("deliveries").set({ status: "failed" }).execute());
  expect([await countWaiting(here.store.read), await findOldestDue(here.store.read)]).toEqual([0, undefined]);
});

test("the oldest event that is to be delivered counts whatever holds it up, and every webhook has a state", async () => {
  const here = await createTestSpace();
  expect([await findOldestPending(here.store.read), await countWebhooks(here.store.read)]).toEqual([undefined, []]);
  const { row } = await here.hook("https://example.com/");
  const startedAt = here.clock.now();
  await here.publish();
  here.clock.advance(1_000);
  await here.hook("https://example.com/other");
  await here.publish();
  await here.store.write(async (tx) => {
    await tx
      .updateTable("deliveries")
      .set({ due_at: startedAt + 86_400_000 })
      .execute();
    await tx.updateTable("webhooks").set({ failing_count: 3 }).where("id", "=", row.id).execute();
  });
  expect(await findOldestPending(here.store.read)).toBe(startedAt);
  expect(await countWebhooks(here.store.read)).toEqual([
    { state: "active", count: 1 },
    { state: "failing", count: 1 },
  ]);
  await here.store.write((tx) => tx.updateTable("webhooks").set({ is_active: 0, disabled_reason: "gone" }).execute());
  expect(await countWebhooks(here.store.read)).toEqual([{ state: "disabled", count: 2 }]);
});

test("counting ends at a bound, so that the server does not stand still for millions", async () => {
  const here = await createTestSpace();
  await here.hook("https://example.com/");
  await here.publish();
  // As if each event were for that one webhook; the foreign keys are of no matter here.
  await here.store.write(async (tx) => {
    await sql`pragma defer_foreign_keys = on`.execute(tx);
    const copies = (count: number) =>
      sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
    await sql`${copies(MOST_COUNTED + 5)} insert into events (id, space_id, name, device_id, body, created_at)
      select 'evt_' || i, space_id, name, device_id, x'', created_at from events, n`.execute(tx);
    await sql`insert into deliveries (id, space_id, webhook_id, event_seq, status, due_at, created_at)
      select 'delivery_' || e.seq, d.space_id, d.webhook_id, e.seq, 'pending', d.due_at, d.created_at
      from events e, deliveries d where e.seq > 1`.execute(tx);
  });
  expect(await countWaiting(here.store.read)).toBe(MOST_COUNTED);
});

test("what is counted is the index of what is pending, not the table", async () => {
  const here = await createTestSpace();
  const { rows } = await sql<{ file: string }>`pragma database_list`.execute(here.store.read);
  const connection = openWriter(rows[0]?.file ?? "");
  const queries: CompiledQuery[] = [];
  const db = new Kysely<Database>({
    dialect: new SqliteDialect({ database: connection }),
    log: ({ query }) => void queries.push(query),
  });
  await countWaiting(db);
  const steps = queries.flatMap(({ sql, parameters }) =>
    connection.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...parameters),
  );
  await db.destroy();
  expect(steps.map(({ detail }) => detail)).toContain("SCAN deliveries USING COVERING INDEX deliveries_pending");
});
