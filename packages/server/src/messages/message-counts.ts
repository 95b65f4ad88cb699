import { prepared } from "../storage/prepared.js";
import type { Tx } from "../storage/store.js";
import type { Message } from "./messages.js";

/** Messages are counted by the quarter of an hour: every time zone's day begins with one. */
export const QUARTER_MS = 900_000;

interface Increment {
  spaceId: number;
  quarter: number;
  inbound: number;
  outbound: number;
  failed: number;
}

const add = prepared<Increment, never>((db, row) =>
  db
    .insertInto("message_counts")
    .values({
      space_id: row.spaceId,
      quarter: row.quarter,
      inbound: row.inbound,
      outbound: row.outbound,
      failed: row.failed,
    })
    .onConflict((conflict) =>
      conflict.columns(["space_id", "quarter"]).doUpdateSet((e) => ({
        inbound: e("message_counts.inbound", "+", e.ref("excluded.inbound")),
        outbound: e("message_counts.outbound", "+", e.ref("excluded.outbound")),
        failed: e("message_counts.failed", "+", e.ref("excluded.failed")),
      })),
    ),
);

const quarterOf = (at: number): number => Math.floor(at / QUARTER_MS);

/** Counts a message, in the transaction that stores it. */
export async function countMessage(
  tx: Tx,
  spaceId: number,
  { direction, status, created_at }: Pick<Message, "direction" | "status" | "created_at">,
): Promise<void> {
  const outbound = direction === "outbound" ? 1 : 0;
  const failed = outbound === 1 && status === "failed" ? 1 : 0;
  await add(tx, { spaceId, quarter: quarterOf(created_at), inbound: 1 - outbound, outbound, failed });
}

/** Counts that a message failed, when it was stored as something else. */
export async function countFailure(tx: Tx, { space_id, created_at }: Pick<Message, "space_id" | "created_at">) {
  await add(tx, { spaceId: space_id, quarter: quarterOf(created_at), inbound: 0, outbound: 0, failed: 1 });
}
