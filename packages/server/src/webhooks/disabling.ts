import { sql } from "kysely";
import { appendEvent } from "../events/events.js";
import type { Tx } from "../storage/store.js";

const SKIPPED_AT_ONCE = 1_000;

export interface ActiveWebhook {
  seq: number;
  id: string;
  space_id: number;
  url: string;
}

/**
 * Stops deliveries to a webhook that is active, and tells the space's other webhooks.
 *
 * Its own copy of that event, should it be subscribed, is skipped like all that waits for it.
 */
export async function disableWebhook(
  tx: Tx,
  webhook: ActiveWebhook,
  reason: "gone" | "failing",
  now: number,
): Promise<void> {
  await tx
    .updateTable("webhooks")
    .set({ is_active: 0, disabled_reason: reason, updated_at: now })
    .where("seq", "=", webhook.seq)
    .execute();
  await skipSome(tx, webhook.id);
  const data = { webhook_id: webhook.id, url: webhook.url, reason };
  await appendEvent(tx, { name: "webhook.disabled", spaceId: webhook.space_id, deviceId: null, data }, now);
}

/**
 * Keeps what waits for a webhook that is not active as skipped; the first thousand of it, as nobody else can write meanwhile. The
 * dispatcher goes on with the rest. Attempts under way end as they may; they are not tried again. Tells whether there may be
 * more.
 */
export async function skipSome(tx: Tx, webhookId: string): Promise<boolean> {
  const some = tx
    .selectFrom("deliveries")
    .select("seq")
    .where("webhook_id", "=", webhookId)
    .where("status", "=", sql<"pending">`'pending'`)
    .where("lease", "is", null)
    .where("forced", "=", 0)
    .limit(SKIPPED_AT_ONCE);
  const { numUpdatedRows } = await tx
    .updateTable("deliveries")
    .set({ status: "skipped", due_at: null })
    .set({ verification: sql`case when verification is not null then 'failed' end` })
    .where("seq", "in", some)
    .executeTakeFirst();
  return Number(numUpdatedRows) === SKIPPED_AT_ONCE;
}

/** Lets streaks of failures that began before `from` keep their age when the clock is set on. */
export async function moveStreaks(tx: Tx, from: number, byMs: number): Promise<void> {
  await tx
    .updateTable("webhooks")
    .set((e) => ({ failing_since: e("failing_since", "+", byMs) }))
    .where("failing_since", "<=", from)
    .execute();
}
