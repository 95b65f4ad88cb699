import { type Kysely, sql } from "kysely";
import { getSpace } from "../accounts/accounts.js";
import type { Space } from "../accounts/space.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import { getAnyWebhook, updateWebhook, type Webhook } from "./webhooks.js";

/** The webhooks of all accounts; for the operator, who has no key of theirs. */

/** The oldest first, each with whose it is and how much waits for it. */
export const listAllWebhooks = (db: Kysely<Database>) =>
  db
    .selectFrom("webhooks")
    .innerJoin("spaces", "spaces.id", "webhooks.space_id")
    .innerJoin("accounts", "accounts.id", "spaces.account_id")
    .selectAll("webhooks")
    .select(["accounts.name as account", "spaces.mode"])
    .select((e) =>
      e
        .selectFrom("deliveries")
        .select((count) => count.fn.countAll<number>().as("count"))
        .whereRef("deliveries.webhook_id", "=", "webhooks.id")
        .where("deliveries.status", "=", sql<"pending">`'pending'`)
        .as("pending_count"),
    )
    .orderBy("webhooks.seq")
    .execute();

/**
 * The space that a webhook is in.
 *
 * @throws ApiError `not_found`
 */
export async function getSpaceOf(db: Kysely<Database>, id: string): Promise<Space> {
  const { space_id } = await getAnyWebhook(db, id);
  const { account_id, mode } = await db
    .selectFrom("spaces")
    .select(["account_id", "mode"])
    .where("id", "=", space_id)
    .executeTakeFirstOrThrow();
  return getSpace(db, account_id, mode);
}

/**
 * Pauses or resumes a webhook, as its owner would.
 *
 * @throws ApiError `not_found`
 */
export async function setActive(tx: Tx, id: string, isActive: boolean, now: number): Promise<Webhook> {
  const space = await getSpaceOf(tx, id);
  // Where it goes is not changed, so nothing has to be allowed.
  return updateWebhook(tx, { allow: { hosts: [], blocks: [], loopback: false } }, space, null, id, { isActive }, now);
}
