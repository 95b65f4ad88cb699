import { sql } from "kysely";
import type { Logger } from "pino";
import type { Clock } from "../clock.js";
import type { Store, Tx } from "../storage/store.js";

const EVERY_MS = 3_600_000;
/** Events that are looked at in one transaction; each may have a hundred deliveries, so that nobody waits long. */
const AT_ONCE = 100;

export interface RetentionOptions {
  store: Store;
  clock: Clock;
  log: Pick<Logger, "info" | "error">;
  /** How long events are kept. */
  keptForMs: number;
}

/** Deletes events that are old, with their deliveries and attempts, until it is stopped. */
export interface Retention {
  start(): void;
  stop(): Promise<void>;
}

/**
 * Every hour, and at the start. What is still to be delivered is kept, however old; messages are kept for ever.
 *
 * The last deleted event of each space is remembered, so that whoever reads the events learns what is missing.
 */
export function createRetention({ store, clock, log, keptForMs }: RetentionOptions): Retention {
  let cancel: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let stopped = true;

  function later(delayMs: number): void {
    cancel = clock.after(delayMs, () => {
      running = deleteOld()
        .catch((error) => log.error({ err: error }, "deleting old events failed"))
        .finally(() => {
          if (!stopped) later(EVERY_MS);
        });
    });
  }

  async function deleteOld(): Promise<void> {
    const count = await deleteEvents(store, clock.now() - keptForMs, () => stopped);
    if (count > 0) log.info({ count }, "old events were deleted");
  }

  return {
    start() {
      stopped = false;
      later(0);
    },
    async stop() {
      stopped = true;
      cancel?.();
      await running;
    },
  };
}

/** Deletes the events from before a time that wait for nothing, until it is told to stop. Tells how many they were. */
export async function deleteEvents(store: Store, before: number, isStopped = () => false): Promise<number> {
  let count = 0;
  for (let after = 0; !isStopped(); ) {
    const step = await store.write((tx) => deleteSome(tx, after, before));
    count += step.deleted;
    if (step.next === undefined) break;
    after = step.next;
  }
  return count;
}

/**
 * Deletes those of the next events after `after` that were made before `before` and wait for nothing. `next` is where to go on;
 * undefined when younger ones follow. A clock that was set makes some of them look younger or older than their neighbours.
 */
async function deleteSome(
  tx: Tx,
  after: number,
  before: number,
): Promise<{ deleted: number; next: number | undefined }> {
  const rows = await tx
    .selectFrom("events")
    .select(["seq", "space_id", "created_at"])
    .select((e) =>
      e
        .exists(
          e
            .selectFrom("deliveries")
            .select("deliveries.seq")
            .whereRef("deliveries.event_seq", "=", "events.seq")
            .where("deliveries.status", "=", "pending"),
        )
        .as("waits"),
    )
    .where("seq", ">", after)
    .orderBy("seq")
    .limit(AT_ONCE)
    .execute();
  const old = rows.filter(({ created_at, waits }) => created_at < before && !waits);
  if (old.length > 0) {
    const seqs = old.map(({ seq }) => seq);
    await tx.deleteFrom("deliveries").where("event_seq", "in", seqs).execute();
    await tx.deleteFrom("events").where("seq", "in", seqs).execute();
    for (const { space_id, seq } of old) {
      await tx
        .updateTable("spaces")
        .set({ pruned_event_seq: sql`max(pruned_event_seq, ${seq})` })
        .where("id", "=", space_id)
        .execute();
    }
  }
  const isEnd = rows.length < AT_ONCE || rows.every(({ created_at }) => created_at >= before);
  return { deleted: old.length, next: isEnd ? undefined : rows.at(-1)?.seq };
}
