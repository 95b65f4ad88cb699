import { type Kysely, type Selectable, sql } from "kysely";
import type { EventName } from "../generated/operations.js";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import { disableWebhook } from "./disabling.js";
import { MAX_SLOTS_PER_WEBHOOK } from "./slots.js";

/**
 * What the dispatcher reads and writes.
 *
 * - head: the delivery of a webhook that is due first.
 * - lease: marks a delivery whose attempt is under way. An attempt is recorded under its lease only, so that one which was given up
 *   meanwhile (or whose webhook was deleted) changes nothing. While it lasts, `due_at` says when the attempt began.
 */

/** A webhook with pending deliveries, and when its head is due. */
export interface Head {
  webhookId: string;
  failingCount: number;
  dueAt: number;
}

/** A delivery with an attempt under way. */
export interface Lease {
  seq: number;
  lease: string;
  /** Attempts before this one. */
  attempts: number;
  /** Those of them that failed, and were not interrupted. */
  failures: number;
  createdAt: number;
  eventName: EventName;
}

/** A lease with all that its attempt needs. */
export interface Claim extends Lease {
  id: string;
  webhookId: string;
  url: string;
  /** Sealed. */
  secret: Buffer;
  body: Buffer;
}

/** How an attempt ended; `interrupted` is our own doing, and never held against the webhook. */
export interface AttemptResult {
  outcome: "succeeded" | "failed" | "interrupted";
  attemptedAt: number;
  durationMs: number;
  responseStatus: number | null;
  /** Short, without secrets; null for a success. */
  error: string | null;
  retryAfterMs: number | null;
}

/** Written into the statement: SQLite cannot match a bound value with the condition of a partial index. */
const PENDING = sql<"pending">`'pending'`;

const DISABLING_AGE_MS = 5 * 24 * 3_600_000;
const DISABLING_FAILURES = 20;
const GONE = 410;

/** Unordered, as SQLite would prepare it anew for an order; it is asked after every commit. */
const heads = prepared<object, Head>((db) =>
  db
    .withRecursive("waiting(webhook_id)", (query) =>
      query
        .selectFrom("deliveries")
        .select((e) => e.fn.min<string | null>("webhook_id").as("webhook_id"))
        .where("status", "=", PENDING)
        .where("lease", "is", null)
        .unionAll(
          query
            .selectFrom("waiting")
            .select((e) =>
              e
                .selectFrom("deliveries")
                .select((inner) => inner.fn.min("deliveries.webhook_id").as("next"))
                .whereRef("deliveries.webhook_id", ">", "waiting.webhook_id")
                .where("deliveries.status", "=", PENDING)
                .where("deliveries.lease", "is", null)
                .as("webhook_id"),
            )
            .where("waiting.webhook_id", "is not", null),
        ),
    )
    .selectFrom("waiting")
    .innerJoin("webhooks", "webhooks.id", "waiting.webhook_id")
    .select(["webhooks.id as webhookId", "webhooks.failing_count as failingCount"])
    .select((e) =>
      e
        .selectFrom("deliveries")
        .select((inner) => inner.fn.min("deliveries.due_at").as("due_at"))
        .whereRef("deliveries.webhook_id", "=", "waiting.webhook_id")
        .where("deliveries.status", "=", PENDING)
        .where("deliveries.lease", "is", null)
        .$asScalar()
        .$notNull()
        .as("dueAt"),
    ),
);

/**
 * The heads of all webhooks with pending deliveries, in the order in which they are due.
 *
 * Steps through the index from webhook to webhook, so it costs some microseconds for each of them, however long their backlogs are.
 */
export const findHeads = async (db: Kysely<Database>): Promise<Head[]> =>
  (await heads(db, {})).sort((one, other) => one.dueAt - other.dueAt);

type Due = Omit<Claim, "lease"> & { dueAt: number };

/** Chosen in a query of their own, with a literal limit: SQLite prepares a join, and a bound limit, anew for every value. */
const dueOf = prepared<{ webhookId: string; now: number }, Due>((db, { webhookId, now }) =>
  db
    .selectFrom(
      db
        .selectFrom("deliveries")
        .select(["seq", "id", "webhook_id", "event_seq", "due_at", "attempt_number", "failure_count", "created_at"])
        .where("webhook_id", "=", webhookId)
        .where("status", "=", PENDING)
        .where("lease", "is", null)
        .where("due_at", "<=", now)
        .orderBy("due_at")
        .orderBy("seq")
        .limit(sql.lit(MAX_SLOTS_PER_WEBHOOK))
        .as("due"),
    )
    .innerJoin("webhooks", "webhooks.id", "due.webhook_id")
    .innerJoin("events", "events.seq", "due.event_seq")
    .select(["due.seq", "due.id", "due.attempt_number as attempts"])
    .select(["due.failure_count as failures", "due.created_at as createdAt"])
    .select((e) => e.ref("due.due_at").$notNull().as("dueAt"))
    .select(["webhooks.id as webhookId", "webhooks.url", "webhooks.secret"])
    .select(["events.name as eventName", "events.body"]),
);

const setLease = prepared<{ seq: number; lease: string; now: number }, never>((db, { seq, lease, now }) =>
  db.updateTable("deliveries").set({ lease, due_at: now }).where("seq", "=", seq),
);

/** Leases up to `count` due deliveries of a webhook, in the order in which they are due; no more than it has slots. */
export async function claimDue(tx: Tx, webhookId: string, count: number, lease: string, now: number): Promise<Claim[]> {
  const due = await dueOf(tx, { webhookId, now });
  const chosen = due.sort((one, other) => one.dueAt - other.dueAt || one.seq - other.seq).slice(0, count);
  for (const { seq } of chosen) await setLease(tx, { seq, lease, now });
  return chosen.map(({ dueAt: _, ...row }) => ({ ...row, lease }));
}

/** The leases that a crash left behind, and when their attempts began. */
export async function findLeases(tx: Tx): Promise<(Lease & { claimedAt: number })[]> {
  const rows = await tx
    .selectFrom("deliveries")
    .innerJoin("events", "events.seq", "deliveries.event_seq")
    .select(["deliveries.seq", "deliveries.lease", "deliveries.due_at", "deliveries.attempt_number as attempts"])
    .select(["deliveries.failure_count as failures", "deliveries.created_at as createdAt"])
    .select("events.name as eventName")
    .where("deliveries.lease", "is not", null)
    .execute();
  return rows.map(({ lease, due_at, ...row }) => ({ ...row, lease: lease ?? "", claimedAt: due_at ?? 0 }));
}

/**
 * Ends a lease: records the attempt, and what it means for the delivery and its webhook. `retryAt` is null after the last attempt.
 * Does nothing when the lease is no more.
 */
export async function recordAttempt(
  tx: Tx,
  lease: Lease,
  result: AttemptResult,
  retryAt: number | null,
  now: number,
): Promise<void> {
  const [webhook] = await webhookOf(tx, lease);
  if (!webhook) return;
  const attempt_number = lease.attempts + 1;
  await insertAttempt(tx, {
    delivery_seq: lease.seq,
    attempt_number,
    attempted_at: result.attemptedAt,
    duration_ms: result.durationMs,
    response_status: result.responseStatus,
    error: result.error,
  });
  if (result.outcome === "succeeded") await countSuccess(tx, { seq: webhook.seq, at: result.attemptedAt });
  const disabled = result.outcome === "failed" && (await countFailure(tx, webhook, result, now));
  const status = statusAfter(result, lease.eventName, webhook.is_active === 1 && !disabled, retryAt);
  await endLease(tx, {
    seq: lease.seq,
    status,
    attempt_number,
    response_status: result.responseStatus,
    failure_count: lease.failures + (result.outcome === "failed" ? 1 : 0),
    due_at: status === "pending" ? retryAt : null,
    delivered_at: status === "succeeded" ? now : null,
  });
}

type LeasingWebhook = Pick<
  Selectable<Database["webhooks"]>,
  "seq" | "id" | "space_id" | "url" | "is_active" | "failing_count" | "failing_since"
>;
const webhookOf = prepared<Pick<Lease, "seq" | "lease">, LeasingWebhook>((db, { seq, lease }) =>
  db
    .selectFrom("webhooks")
    .select(["seq", "id", "space_id", "url", "is_active", "failing_count", "failing_since"])
    .where("id", "=", (e) =>
      e.selectFrom("deliveries").select("webhook_id").where("seq", "=", seq).where("lease", "=", lease),
    ),
);
const insertAttempt = prepared<Selectable<Database["delivery_attempts"]>, never>((db, row) =>
  db.insertInto("delivery_attempts").values({
    delivery_seq: row.delivery_seq,
    attempt_number: row.attempt_number,
    attempted_at: row.attempted_at,
    duration_ms: row.duration_ms,
    response_status: row.response_status,
    error: row.error,
  }),
);
type Ended = Pick<
  Selectable<Database["deliveries"]>,
  "seq" | "status" | "attempt_number" | "response_status" | "failure_count" | "due_at" | "delivered_at"
>;
const endLease = prepared<Ended, never>((db, row) =>
  db
    .updateTable("deliveries")
    .set({ status: row.status, lease: null, attempt_number: row.attempt_number })
    .set({ response_status: row.response_status, failure_count: row.failure_count })
    .set({ due_at: row.due_at, delivered_at: row.delivered_at })
    .where("seq", "=", row.seq),
);
const countSuccess = prepared<{ seq: number; at: number }, never>((db, { seq, at }) =>
  db
    .updateTable("webhooks")
    .set({ success_count: sql`success_count + 1`, failing_count: 0, failing_since: null, last_triggered_at: at })
    .where("seq", "=", seq),
);

/**
 * Tells whether the failure disabled the webhook: by a 410, or as the last of at least 20 failures in a row over five days. Five days
 * without a success alone are no reason: a quiet webhook would be lost to an outage of a minute.
 */
async function countFailure(tx: Tx, webhook: LeasingWebhook, result: AttemptResult, now: number): Promise<boolean> {
  const failingCount = webhook.failing_count + 1;
  const failingSince = webhook.failing_since ?? result.attemptedAt;
  await tx
    .updateTable("webhooks")
    .set((e) => ({ failure_count: e("failure_count", "+", 1) }))
    .set({ failing_count: failingCount, failing_since: failingSince, last_triggered_at: result.attemptedAt })
    .where("seq", "=", webhook.seq)
    .execute();
  const gone = result.responseStatus === GONE;
  const failing = failingCount >= DISABLING_FAILURES && now - failingSince >= DISABLING_AGE_MS;
  if (webhook.is_active === 0 || !(gone || failing)) return false;
  await disableWebhook(tx, webhook, gone ? "gone" : "failing", now);
  return true;
}

/** While a webhook is not active nothing is tried again: a test has failed, anything else is kept as skipped. */
function statusAfter({ outcome }: AttemptResult, event: EventName, active: boolean, retryAt: number | null) {
  if (outcome === "succeeded") return "succeeded";
  const isTest = event === "webhook.test";
  if (retryAt === null || (isTest && !active && outcome === "failed")) return "failed";
  return active || isTest ? "pending" : "skipped";
}
