import { sql } from "kysely";
import type { Logger } from "pino";
import type { Clock } from "../clock.js";
import type { Store, Tx } from "../storage/store.js";

const EVERY_MS = 3_600_000;
/** What is looked at and deleted in one transaction, so that nobody waits long. */
const EVENTS_AT_ONCE = 100;
const DELIVERIES_AT_ONCE = 1_000;

export interface RetentionOptions {
  store: Store;
  clock: Clock;
  log: Pick<Logger, "info" | "error">;
  /** How long events are kept. */
  keptForMs: number;
  /** What else is forgotten by the way. */
  forget?: (tx: Tx, now: number) => Promise<void>;
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
export function createRetention({ store, clock, log, keptForMs, forget }: RetentionOptions): Retention {
  let cancel: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let stopped = true;

  function later(delayMs: number): void {
    cancel = clock.after(delayMs, () => {
      running = run()
        .catch((error) => log.error({ err: error }, "deleting old events failed"))
        .finally(() => {
          if (!stopped) later(EVERY_MS);
        });
    });
  }

  async function run(): Promise<void> {
    const now = clock.now();
    await store.write(async (tx) => forget?.(tx, now));
    const count = await deleteEvents(store, { before: now - keptForMs, now }, () => stopped);
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

/** Events up to `seq` are not deleted before `until`. */
interface Hold {
  seq: number;
  until: number;
}

/** Keeps all events that there are until then: a clock that was set on by weeks makes them look old. */
export async function holdEvents(tx: Tx, until: number): Promise<void> {
  const newest = await tx
    .selectFrom("events")
    .select((e) => e.fn.max<number | null>("seq").as("seq"))
    .executeTakeFirst();
  const value = Buffer.from(JSON.stringify({ seq: newest?.seq ?? 0, until } satisfies Hold));
  await tx
    .insertInto("settings")
    .values({ name: "retention_hold", value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
    .execute();
}

async function heldSeq({ read }: Store, now: number): Promise<number> {
  const row = await read.selectFrom("settings").select("value").where("name", "=", "retention_hold").executeTakeFirst();
  if (!row) return 0;
  const { seq, until }: Hold = JSON.parse(row.value.toString("utf8"));
  return until > now ? seq : 0;
}

/** Deletes the events from before a time that wait for nothing, until it is told to stop. Tells how many they were. */
export async function deleteEvents(
  store: Store,
  { before, now }: { before: number; now: number },
  isStopped = () => false,
): Promise<number> {
  let count = 0;
  let after: number | undefined = await heldSeq(store, now);
  while (after !== undefined && !isStopped()) {
    const from: number = after;
    const step = await store.write((tx) => deleteSome(tx, from, before));
    count += step.deleted;
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
    .limit(EVENTS_AT_ONCE)
    .execute();
  const old = rows.filter(({ created_at, waits }) => created_at < before && !waits);
  if (old.length > 0) {
    const seqs = old.map(({ seq }) => seq);
    const some = tx.selectFrom("deliveries").select("seq").where("event_seq", "in", seqs).limit(DELIVERIES_AT_ONCE);
    const { numDeletedRows } = await tx.deleteFrom("deliveries").where("seq", "in", some).executeTakeFirst();
    if (Number(numDeletedRows) === DELIVERIES_AT_ONCE) return { deleted: 0, next: after };
    await tx.deleteFrom("events").where("seq", "in", seqs).execute();
    for (const { space_id, seq } of old) {
      await tx
        .updateTable("spaces")
        .set({ pruned_event_seq: sql`max(pruned_event_seq, ${seq})` })
        .where("id", "=", space_id)
        .execute();
    }
  }
  const isEnd = rows.length < EVENTS_AT_ONCE || rows.every(({ created_at }) => created_at >= before);
  return { deleted: old.length, next: isEnd ? undefined : rows.at(-1)?.seq };
}
