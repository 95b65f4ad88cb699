import { type Kysely, sql } from "kysely";
import type { EventName } from "../generated/operations.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import { disableWebhook } from "./disabling.js";

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

/**
 * Reads the heads of all webhooks with pending deliveries, in the order in which they are due.
 *
 * Steps through the index from webhook to webhook, so it costs some microseconds for each of them, however long their backlogs
 * are. It is asked after every commit, and building it costs 0.25 ms: so it is built once.
 */
export function headsOf(db: Kysely<Database>): () => Promise<Head[]> {
  const heads = db
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
    )
    .orderBy("dueAt")
    .compile();
  return async () => (await db.executeQuery(heads)).rows;
}

/** Leases up to `count` due deliveries of a webhook, in the order in which they are due. */
export async function claimDue(tx: Tx, webhookId: string, count: number, lease: string, now: number): Promise<Claim[]> {
  const due = await tx
    .selectFrom("deliveries")
    .innerJoin("webhooks", "webhooks.id", "deliveries.webhook_id")
    .innerJoin("events", "events.seq", "deliveries.event_seq")
    .select(["deliveries.seq", "deliveries.id", "deliveries.attempt_number as attempts"])
    .select(["deliveries.failure_count as failures", "deliveries.created_at as createdAt"])
    .select(["webhooks.id as webhookId", "webhooks.url", "webhooks.secret"])
    .select(["events.name as eventName", "events.body"])
    .where("deliveries.webhook_id", "=", webhookId)
    .where("deliveries.status", "=", PENDING)
    .where("deliveries.lease", "is", null)
    .where("deliveries.due_at", "<=", now)
    .orderBy("deliveries.due_at")
    .orderBy("deliveries.seq")
    .limit(count)
    .execute();
  for (const { seq } of due) {
    await tx.updateTable("deliveries").set({ lease, due_at: now }).where("seq", "=", seq).execute();
  }
  return due.map((row) => ({ ...row, lease }));
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
  const webhook = await findWebhookOf(tx, lease);
  if (!webhook) return;
  await tx
    .insertInto("delivery_attempts")
    .values({
      delivery_seq: lease.seq,
      attempt_number: lease.attempts + 1,
      attempted_at: result.attemptedAt,
      duration_ms: result.durationMs,
      response_status: result.responseStatus,
      error: result.error,
    })
    .execute();
  if (result.outcome === "succeeded") await countSuccess(tx, webhook, result);
  const disabled = result.outcome === "failed" && (await countFailure(tx, webhook, result, now));
  const status = statusAfter(result, lease.eventName, webhook.is_active === 1 && !disabled, retryAt);
  await tx
    .updateTable("deliveries")
    .set({ status, lease: null, attempt_number: lease.attempts + 1, response_status: result.responseStatus })
    .set({ failure_count: lease.failures + (result.outcome === "failed" ? 1 : 0) })
    .set({ due_at: status === "pending" ? retryAt : null, delivered_at: status === "succeeded" ? now : null })
    .where("seq", "=", lease.seq)
    .execute();
}

const findWebhookOf = (tx: Tx, { seq, lease }: Lease) =>
  tx
    .selectFrom("deliveries")
    .innerJoin("webhooks", "webhooks.id", "deliveries.webhook_id")
    .select(["webhooks.seq", "webhooks.id", "webhooks.space_id", "webhooks.url", "webhooks.is_active"])
    .select(["webhooks.failing_count", "webhooks.failing_since"])
    .where("deliveries.seq", "=", seq)
    .where("deliveries.lease", "=", lease)
    .executeTakeFirst();

type LeasingWebhook = NonNullable<Awaited<ReturnType<typeof findWebhookOf>>>;

async function countSuccess(tx: Tx, webhook: LeasingWebhook, { attemptedAt }: AttemptResult): Promise<void> {
  await tx
    .updateTable("webhooks")
    .set((e) => ({ success_count: e("success_count", "+", 1) }))
    .set({ failing_count: 0, failing_since: null, last_triggered_at: attemptedAt })
    .where("seq", "=", webhook.seq)
    .execute();
}

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
