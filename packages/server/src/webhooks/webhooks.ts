import { type Kysely, type Selectable, sql } from "kysely";
import type { Space } from "../accounts/space.js";
import type { DeviceLimit } from "../devices/devices.js";
import { ApiError, notFound } from "../errors.js";
import { appendEventFor } from "../events/events.js";
import type { EventName } from "../generated/operations.js";
import { newId } from "../ids.js";
import { namesIn } from "../storage/names.js";
import type { Database } from "../storage/schema.js";
import type { SealedPlace, SecretBox } from "../storage/secret-box.js";
import type { Store, Tx } from "../storage/store.js";
import { checkUrl, type WebhookAllow } from "./address-guard.js";
import { skipSome } from "./disabling.js";
import { newWebhookSecret } from "./signing.js";

export type Webhook = Selectable<Database["webhooks"]>;

export interface NewWebhook {
  url: string;
  events: readonly EventName[];
  description: string | null;
  ordered: boolean;
  isActive: boolean;
}

/** What is absent keeps its value. */
export type WebhookChange = { [Field in keyof NewWebhook]?: NewWebhook[Field] | undefined };

const MAX_WEBHOOKS_PER_SPACE = 100;
const DELETED_AT_ONCE = 1_000;
/** No failures in a row: the webhook is not held to what was before. */
const CLEAN_SLATE = { failing_count: 0, failing_since: null };

/** Where the secrets of a webhook are sealed. */
export const secretPlace = (webhookId: string): SealedPlace => ({
  table: "webhooks",
  row: webhookId,
  column: "secret",
});
export const previousSecretPlace = (webhookId: string): SealedPlace => ({
  ...secretPlace(webhookId),
  column: "previous_secret",
});

/**
 * Registers a webhook and makes its secret, which is readable in this answer alone. Made by a key that is limited to devices, it is
 * limited to them too.
 *
 * @throws ApiError for a URL that may not be called; `limit_reached`
 */
export async function createWebhook(
  tx: Tx,
  { secretBox, allow }: { secretBox: SecretBox; allow: WebhookAllow },
  space: Space,
  limit: DeviceLimit,
  { url, events, description, ordered, isActive }: NewWebhook,
  now: number,
): Promise<{ row: Webhook; secret: string }> {
  checkUrl(url, allow);
  const { count } = await tx
    .selectFrom("webhooks")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("space_id", "=", space.id)
    .executeTakeFirstOrThrow();
  if (count >= MAX_WEBHOOKS_PER_SPACE) {
    throw new ApiError("limit_reached", `A space holds at most ${MAX_WEBHOOKS_PER_SPACE} webhooks. Delete one first.`);
  }
  const id = newId("webhook", now);
  const secret = newWebhookSecret();
  const row = await tx
    .insertInto("webhooks")
    .values({
      id,
      space_id: space.id,
      url,
      events: JSON.stringify(events),
      description,
      device_ids: limit && JSON.stringify(limit),
      ordered: ordered ? 1 : 0,
      secret: secretBox.seal(secretPlace(id), secret),
      is_active: isActive ? 1 : 0,
      disabled_reason: isActive ? null : "requested",
      failing_since: null,
      last_triggered_at: null,
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { row, secret };
}

/** The webhooks that the key may see, the oldest first. */
export async function listWebhooks(db: Kysely<Database>, space: Space, limit: DeviceLimit): Promise<Webhook[]> {
  const rows = await db.selectFrom("webhooks").selectAll().where("space_id", "=", space.id).orderBy("seq").execute();
  return rows.filter((row) => isVisible(row, limit));
}

/** @throws ApiError `not_found` */
export async function getWebhook(db: Kysely<Database>, space: Space, limit: DeviceLimit, id: string): Promise<Webhook> {
  const row = await db
    .selectFrom("webhooks")
    .selectAll()
    .where("space_id", "=", space.id)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row || !isVisible(row, limit)) throw notFound("webhook", id);
  return row;
}

/**
 * A webhook of whatever account; for the operator.
 *
 * @throws ApiError `not_found`
 */
export async function getAnyWebhook(db: Kysely<Database>, id: string): Promise<Webhook> {
  const row = await db.selectFrom("webhooks").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw notFound("webhook", id);
  return row;
}

/** A key that is limited to devices sees the webhooks that are told of nothing but these. */
function isVisible(webhook: Webhook, limit: DeviceLimit): boolean {
  if (limit === null) return true;
  return webhook.device_ids !== null && namesIn(webhook.device_ids).every((device) => limit.includes(device));
}

/**
 * Changes what is given. Pausing skips what is still to be delivered; resuming does not bring it back. Resumed, or moved to another
 * address, a webhook starts with a clean slate. A value that is there already changes nothing, so that what was read can be put back.
 *
 * @throws ApiError `not_found`, or for a URL that may not be called
 */
export async function updateWebhook(
  tx: Tx,
  { allow }: { allow: WebhookAllow },
  space: Space,
  limit: DeviceLimit,
  id: string,
  change: WebhookChange,
  now: number,
): Promise<Webhook> {
  const webhook = await getWebhook(tx, space, limit, id);
  const newUrl = change.url === webhook.url ? undefined : change.url;
  if (newUrl !== undefined) checkUrl(newUrl, allow);
  const pauses = change.isActive === false && webhook.is_active === 1;
  const resumes = change.isActive === true && webhook.is_active === 0;
  if (pauses) await skipSome(tx, webhook.id);
  if (resumes) await unforce(tx, webhook.id);
  const ordered = change.ordered === undefined ? undefined : change.ordered ? 1 : 0;
  return tx
    .updateTable("webhooks")
    .set({
      updated_at: now,
      ...(newUrl !== undefined && { url: newUrl, ...CLEAN_SLATE }),
      ...(change.events !== undefined && { events: JSON.stringify(change.events) }),
      ...(change.description !== undefined && { description: change.description }),
      ...(ordered !== undefined && { ordered }),
      ...(pauses && { is_active: 0, disabled_reason: "requested" }),
      ...(resumes && { is_active: 1, disabled_reason: null, ...CLEAN_SLATE }),
    })
    .where("seq", "=", webhook.seq)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What was to be sent although the webhook was not active is like anything else again. */
async function unforce(tx: Tx, webhookId: string): Promise<void> {
  await tx
    .updateTable("deliveries")
    .set({ forced: 0 })
    .where("webhook_id", "=", webhookId)
    .where("status", "=", sql<"pending">`'pending'`)
    .where("forced", "=", 1)
    .execute();
}

/** Skips what is left of what waited when a webhook was disabled, a part in each transaction: call it before the webhook is resumed. */
export async function skipLeft(store: Store, webhook: Pick<Webhook, "id" | "is_active">): Promise<void> {
  if (webhook.is_active === 1) return;
  while (await store.write((tx) => skipSome(tx, webhook.id)));
}

/** Forgets secrets whose overlap is over. */
export async function forgetOldSecrets(tx: Tx, now: number): Promise<void> {
  await tx
    .updateTable("webhooks")
    .set({ previous_secret: null, previous_secret_expires_at: null })
    .where("previous_secret_expires_at", "<=", now)
    .execute();
}

/**
 * Makes a new secret, which is readable in this answer alone. The present one is used beside it for `overlapMs`; one that was still
 * used beside that is dropped.
 *
 * @throws ApiError `not_found`
 */
export async function rotateSecret(
  tx: Tx,
  { secretBox }: { secretBox: SecretBox },
  space: Space,
  limit: DeviceLimit,
  id: string,
  overlapMs: number,
  now: number,
): Promise<{ secret: string; previousExpiresAt: number | null }> {
  const webhook = await getWebhook(tx, space, limit, id);
  const secret = newWebhookSecret();
  const present = secretBox.open(secretPlace(webhook.id), webhook.secret);
  const previousExpiresAt = overlapMs > 0 ? now + overlapMs : null;
  await tx
    .updateTable("webhooks")
    .set({ secret: secretBox.seal(secretPlace(webhook.id), secret), updated_at: now })
    .set({ previous_secret: overlapMs > 0 ? secretBox.seal(previousSecretPlace(webhook.id), present) : null })
    .set({ previous_secret_expires_at: previousExpiresAt })
    .where("seq", "=", webhook.seq)
    .execute();
  return { secret, previousExpiresAt };
}

/**
 * Deletes a webhook with what is left of its delivery log.
 *
 * @throws ApiError `not_found`
 */
export async function deleteWebhook(tx: Tx, space: Space, limit: DeviceLimit, id: string): Promise<void> {
  const webhook = await getWebhook(tx, space, limit, id);
  await tx.deleteFrom("webhooks").where("seq", "=", webhook.seq).execute();
}

/** Deletes the log of a webhook beforehand, a part in each transaction: a long log at once would hold up everybody. */
export async function deleteLog(store: Store, webhook: Pick<Webhook, "id">): Promise<void> {
  const deleteSome = async (tx: Tx): Promise<number> => {
    const some = tx.selectFrom("deliveries").select("seq").where("webhook_id", "=", webhook.id).limit(DELETED_AT_ONCE);
    const { numDeletedRows } = await tx.deleteFrom("deliveries").where("seq", "in", some).executeTakeFirst();
    return Number(numDeletedRows);
  };
  while ((await store.write(deleteSome)) === DELETED_AT_ONCE);
}

/**
 * Queues a `webhook.test` event for one webhook, also while it is not active. Tells the delivery's id.
 *
 * @throws ApiError `not_found`
 */
export async function queueTest(
  tx: Tx,
  space: Space,
  limit: DeviceLimit,
  id: string,
  { verify }: { verify: boolean },
  now: number,
): Promise<string> {
  const webhook = await getWebhook(tx, space, limit, id);
  // Receivers that sign anything but the bytes that came are found out by what is not ASCII.
  const message = verify ? "This is a test event from WhatsFlow: é 👋" : "This is a test event from WhatsFlow";
  const data = { webhook_id: webhook.id, message };
  const event = { name: "webhook.test", spaceId: space.id, deviceId: null, data } as const;
  const deliveryId = await appendEventFor(tx, { id: webhook.id, isForced: webhook.is_active === 0 }, event, now);
  if (verify) {
    await tx.updateTable("deliveries").set({ verification: "pending" }).where("id", "=", deliveryId).execute();
  }
  return deliveryId;
}
