import { type Kysely, sql } from "kysely";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import { findHeads } from "./delivery-queue.js";

/**
 * As far as is counted. SQLite counts by stepping through the index, and the server stands still meanwhile: 5 ms for this many, 50 ms for
 * a million. Whoever has more waiting needs their age, not their number.
 */
export const MOST_COUNTED = 100_000;

const waiting = prepared<object, { count: number }>((db) =>
  db
    .selectFrom(
      db
        .selectFrom("deliveries")
        .select(sql.lit(1).as("one"))
        .where("status", "=", sql<"pending">`'pending'`)
        .limit(sql.lit(MOST_COUNTED))
        .as("some"),
    )
    .select((e) => e.fn.countAll<number>().as("count")),
);

/** How many deliveries wait for an attempt or for its end; at most `MOST_COUNTED`. */
export async function countWaiting(db: Kysely<Database>): Promise<number> {
  const [row] = await waiting(db, {});
  return row?.count ?? 0;
}

/** When the delivery that is due first is, or was, due. */
export async function findOldestDue(db: Kysely<Database>): Promise<number | undefined> {
  const heads = await findHeads(db);
  return heads.find(({ mustSkip }) => !mustSkip)?.dueAt;
}

/** Steps from webhook to webhook, so that a long backlog costs no more than a short one. */
const oldestPending = prepared<object, { createdAt: number }>((db) =>
  db
    .selectFrom("webhooks")
    .innerJoin("events", (join) =>
      join.on(
        "events.seq",
        "=",
        sql<number>`(select min(event_seq) from deliveries where webhook_id = webhooks.id and status = 'pending')`,
      ),
    )
    .select((e) => e.fn.min("events.created_at").as("createdAt")),
);

/** When the oldest event happened that is still to be delivered to somebody, whatever holds it up. */
export async function findOldestPending(db: Kysely<Database>): Promise<number | undefined> {
  const [row] = await oldestPending(db, {});
  return row?.createdAt ?? undefined;
}

export type WebhookState = "active" | "failing" | "disabled" | "paused";

const states = prepared<object, { state: WebhookState; count: number }>((db) =>
  db
    .selectFrom("webhooks")
    .select(
      sql<WebhookState>`case when is_active = 0 and disabled_reason = 'requested' then 'paused' when is_active = 0 then 'disabled'
        when failing_count > 0 then 'failing' else 'active' end`.as("state"),
    )
    .select((e) => e.fn.countAll<number>().as("count"))
    .groupBy("state"),
);

/** How many webhooks work, fail, were disabled by the server, or paused by their owner. */
export const countWebhooks = (db: Kysely<Database>) => states(db, {});
