import { type Selectable, sql } from "kysely";
import type { EventName } from "../generated/operations.js";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import type { Lease } from "./delivery-queue.js";
import { disableWebhook } from "./disabling.js";

/** How an attempt ended; `interrupted` is our own doing, and never held against the webhook. */
export interface AttemptResult {
  outcome: "succeeded" | "failed" | "interrupted";
  attemptedAt: number;
  durationMs: number;
  responseStatus: number | null;
  /** The beginning of the answer. */
  responseBody: string | null;
  /** Short, without secrets; null for a success. */
  error: string | null;
  retryAfterMs: number | null;
}

const DISABLING_AGE_MS = 5 * 24 * 3_600_000;
const DISABLING_FAILURES = 20;
const GONE = 410;

/**
 * Ends a lease: records the attempt, and what it means for the delivery and its webhook. `waitMs` is null after the last attempt;
 * `tampered` is how the receiver took the wrongly signed copy, where one was sent. Does nothing when the lease is no more.
 */
export async function recordAttempt(
  tx: Tx,
  lease: Lease,
  told: AttemptResult,
  { waitMs, tampered, now }: { waitMs: number | null; tampered?: AttemptResult | undefined; now: number },
): Promise<void> {
  // The clock may have been set back since: then an attempt of the future would be one that a wrong clock holds up.
  const result = { ...told, attemptedAt: Math.min(told.attemptedAt, now) };
  const [webhook] = await webhookOf(tx, lease);
  if (!webhook) return;
  let attempt_number = lease.attempts + 1;
  await insertAttempt(tx, toRow(lease, attempt_number, result));
  if (result.outcome === "succeeded") await countSuccess(tx, webhook, lease.url, result, now);
  const disabled = result.outcome === "failed" && (await countFailure(tx, webhook, lease.url, result, now));
  const active = webhook.is_active === 1 && !disabled;
  if (tampered) {
    attempt_number += 1;
    await insertAttempt(tx, { ...toRow(lease, attempt_number, tampered), tampered: 1 });
  }
  const status = tampered?.error ? "failed" : statusAfter(result, lease.eventName, active, waitMs);
  await endLease(tx, {
    seq: lease.seq,
    status,
    attempt_number,
    response_status: result.responseStatus,
    failure_count: lease.failures + (result.outcome === "succeeded" ? 0 : 1),
    lost_count: lease.lost + (result.outcome === "interrupted" ? 1 : 0),
    waited_ms: lease.waitedMs + (waitMs ?? 0),
    due_at: status === "pending" ? now + (waitMs ?? 0) : null,
    delivered_at: status === "succeeded" ? now : null,
  });
  if (lease.verifies && status !== "pending") {
    await setVerification(tx, { seq: lease.seq, verification: status === "succeeded" ? "passed" : "failed" });
  }
}

type AttemptRow = Selectable<Database["delivery_attempts"]>;
const toRow = (lease: Lease, attemptNumber: number, result: AttemptResult): AttemptRow => ({
  delivery_seq: lease.seq,
  attempt_number: attemptNumber,
  attempted_at: result.attemptedAt,
  duration_ms: result.durationMs,
  response_status: result.responseStatus,
  response_body: result.responseBody,
  error: result.error,
  tampered: 0,
});

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
const insertAttempt = prepared<AttemptRow, never>((db, row) =>
  db.insertInto("delivery_attempts").values({
    delivery_seq: row.delivery_seq,
    attempt_number: row.attempt_number,
    attempted_at: row.attempted_at,
    duration_ms: row.duration_ms,
    response_status: row.response_status,
    response_body: row.response_body,
    error: row.error,
    tampered: row.tampered,
  }),
);
const setVerification = prepared<{ seq: number; verification: "passed" | "failed" }, never>(
  (db, { seq, verification }) => db.updateTable("deliveries").set({ verification }).where("seq", "=", seq),
);
type Ended = Pick<
  Selectable<Database["deliveries"]>,
  | "seq"
  | "status"
  | "attempt_number"
  | "response_status"
  | "failure_count"
  | "lost_count"
  | "waited_ms"
  | "due_at"
  | "delivered_at"
>;
const endLease = prepared<Ended, never>((db, row) =>
  db
    .updateTable("deliveries")
    .set({ status: row.status, lease: null, attempt_number: row.attempt_number })
    .set({ failure_count: row.failure_count, lost_count: row.lost_count, waited_ms: row.waited_ms })
    .set({ response_status: row.response_status, due_at: row.due_at, delivered_at: row.delivered_at })
    .where("seq", "=", row.seq),
);
interface Counted {
  seq: number;
  at: number;
  now: number;
}
/** Of attempts that overlap, the one that began last; a time that is still to come is of a clock that was set back. */
const lastOf = ({ at, now }: Counted) => sql<number>`max(min(coalesce(last_triggered_at, 0), ${now}), ${at})`;

const addSuccess = prepared<Counted, never>((db, counted) =>
  db
    .updateTable("webhooks")
    .set({ success_count: sql`success_count + 1`, last_triggered_at: lastOf(counted) })
    .where("seq", "=", counted.seq),
);
const endStreak = prepared<{ seq: number }, never>((db, { seq }) =>
  db.updateTable("webhooks").set({ failing_count: 0, failing_since: null }).where("seq", "=", seq),
);

async function countSuccess(tx: Tx, webhook: LeasingWebhook, url: string, result: AttemptResult, now: number) {
  await addSuccess(tx, { seq: webhook.seq, at: result.attemptedAt, now });
  // What another address answered says nothing of this one.
  if (url === webhook.url && webhook.failing_count > 0) await endStreak(tx, { seq: webhook.seq });
}

/**
 * Tells whether the failure disabled the webhook: by a 410, or as the last of at least 20 failures in a row over five days. Five days
 * without a success alone are no reason: a quiet webhook would be lost to an outage of a minute.
 */
async function countFailure(
  tx: Tx,
  webhook: LeasingWebhook,
  url: string,
  result: AttemptResult,
  now: number,
): Promise<boolean> {
  const counted = { seq: webhook.seq, at: result.attemptedAt, now };
  await tx
    .updateTable("webhooks")
    .set((e) => ({ failure_count: e("failure_count", "+", 1), last_triggered_at: lastOf(counted) }))
    .where("seq", "=", webhook.seq)
    .execute();
  // A webhook that was moved is not held to what its old address answers.
  if (url !== webhook.url) return false;
  const failingCount = webhook.failing_count + 1;
  // The clock may have been set back since.
  const failingSince = Math.min(webhook.failing_since ?? result.attemptedAt, result.attemptedAt);
  await tx
    .updateTable("webhooks")
    .set({ failing_count: failingCount, failing_since: failingSince })
    .where("seq", "=", webhook.seq)
    .execute();
  const gone = result.responseStatus === GONE;
  const failing = failingCount >= DISABLING_FAILURES && now - failingSince >= DISABLING_AGE_MS;
  if (webhook.is_active === 0 || !(gone || failing)) return false;
  await disableWebhook(tx, webhook, gone ? "gone" : "failing", now);
  return true;
}

/** While a webhook is not active nothing is tried again: a test has failed, anything else is kept as skipped. */
function statusAfter({ outcome }: AttemptResult, event: EventName, active: boolean, waitMs: number | null) {
  if (outcome === "succeeded") return "succeeded";
  const isTest = event === "webhook.test";
  if (waitMs === null || (isTest && !active && outcome === "failed")) return "failed";
  return active || isTest ? "pending" : "skipped";
}
