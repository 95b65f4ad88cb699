import { type Kysely, sql } from "kysely";
import { ApiError } from "../errors.js";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";

/** Start of the calendar month, UTC. */
export function monthOf(now: number, monthsLater = 0): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsLater);
}

const used = prepared<{ accountId: string; month: number }, { used: number }>((db, { accountId, month }) =>
  db.selectFrom("message_quotas").select("used").where("account_id", "=", accountId).where("month", "=", month),
);

export async function messagesUsed(db: Kysely<Database>, accountId: string, now: number): Promise<number> {
  const [row] = await used(db, { accountId, month: monthOf(now) });
  return row?.used ?? 0;
}

const countOne = prepared<{ accountId: string; month: number }, never>((db, { accountId, month }) =>
  db
    .updateTable("message_quotas")
    .set({ used: sql`used + 1` })
    .where("account_id", "=", accountId)
    .where("month", "=", month),
);
const beginMonth = prepared<{ accountId: string; month: number }, never>((db, { accountId, month }) =>
  db.insertInto("message_quotas").values({ account_id: accountId, month, used: 1 }),
);

/**
 * Counts one outbound message against the account's month, both modes together.
 *
 * @throws ApiError `quota_exceeded`
 */
export async function countMessage(tx: Tx, accountId: string, quota: number | null, now: number): Promise<void> {
  const month = monthOf(now);
  const [counted] = await used(tx, { accountId, month });
  if (quota !== null && (counted?.used ?? 0) >= quota) {
    const resets = new Date(monthOf(now, 1)).toISOString().slice(0, 10);
    throw new ApiError(
      "quota_exceeded",
      `The account's quota of ${quota} messages for this month is used up. It starts anew on ${resets}.`,
    );
  }
  await (counted ? countOne : beginMonth)(tx, { accountId, month });
}
