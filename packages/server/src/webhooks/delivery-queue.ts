import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import type { EventName } from "../generated/operations.js";
import { prepared, unseen } from "../storage/prepared.js";
import type { Database, Flag } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import { LONGEST_WAIT_MS, type Schedule } from "./retry-schedule.js";
import { type Candidate, MAX_SLOTS_PER_WEBHOOK } from "./slots.js";

/**
 * What the dispatcher has to do, as the database tells it.
 *
 * - head: the delivery of a webhook that is due first. Of an ordered webhook that is the one of the earliest event, and there is none
 *   while its attempt is under way.
 * - lease: marks a delivery whose attempt is under way. An attempt is recorded under its lease only, so that one which was given up
 *   meanwhile (or whose webhook was deleted) changes nothing. While it lasts, `due_at` says when the attempt began.
 */

/** A webhook with pending deliveries, and when its head is due. */
export interface Head extends Candidate {
  dueAt: number;
  /** The webhook is not active any more, and what waits for it is to be skipped. */
  mustSkip: boolean;
}

/** A delivery with an attempt under way. */
export interface Lease extends Schedule {
  seq: number;
  lease: string;
  /** Attempts before this one, whatever schedule they belonged to. */
  attempts: number;
  eventName: EventName;
  /** Where it is sent; the webhook may be moved meanwhile. */
  url: string;
  /** Whether a wrongly signed copy is to follow. */
  verifies: Flag;
}

/** A lease with all that its attempt needs. */
export interface Claim extends Lease {
  id: string;
  webhookId: string;
  accountId: string;
  createdAt: number;
  /** Sealed. */
  secret: Buffer;
  /** Sealed. */
  previousSecret: Buffer | null;
  previousSecretExpiresAt: number | null;
  body: Buffer;
}

/** Written into the statement: SQLite cannot match a bound value with the condition of a partial index. */
const PENDING = sql<"pending">`'pending'`;

/** The earliest event of an ordered webhook that waits, or is under way. */
const firstInOrder = (webhookId: string) =>
  sql<number>`(select min(event_seq) from deliveries where webhook_id = ${sql.ref(webhookId)} and status = ${PENDING})`;

type HeadRow = Omit<Head, "dueAt" | "ordered" | "mustSkip"> & { dueAt: number | null; ordered: Flag; mustSkip: Flag };

/** Unordered, as SQLite would prepare it anew for an order; it is asked after every commit. */
const heads = prepared<object, HeadRow>((db) =>
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
    .innerJoin("spaces", "spaces.id", "webhooks.space_id")
    .select(["webhooks.id as webhookId", "spaces.account_id as accountId"])
    .select(["webhooks.failing_count as failingCount", "webhooks.ordered"])
    .select(
      sql<Flag>`webhooks.is_active = 0 and exists (select 1 from deliveries where webhook_id = webhooks.id
        and status = ${PENDING} and lease is null and forced = 0)`.as("mustSkip"),
    )
    .select((e) =>
      e
        .case()
        .when("webhooks.ordered", "=", 1)
        .then(
          e
            .selectFrom("deliveries")
            .select("deliveries.due_at")
            .where("deliveries.event_seq", "=", firstInOrder("waiting.webhook_id"))
            .whereRef("deliveries.webhook_id", "=", "waiting.webhook_id")
            .where("deliveries.lease", "is", null),
        )
        .else(
          e
            .selectFrom("deliveries")
            .select((inner) => inner.fn.min("deliveries.due_at").as("due_at"))
            .whereRef("deliveries.webhook_id", "=", "waiting.webhook_id")
            .where("deliveries.status", "=", PENDING)
            .where("deliveries.lease", "is", null),
        )
        .end()
        .as("dueAt"),
    ),
);

/**
 * The heads of all webhooks with pending deliveries, in the order in which they are due.
 *
 * Steps through the index from webhook to webhook, so it costs some microseconds for each of them, however long their backlogs are.
 */
export async function findHeads(db: Kysely<Database>): Promise<Head[]> {
  const rows = await heads(db, {});
  return rows
    .flatMap(({ dueAt, ordered, mustSkip, ...head }) =>
      dueAt === null && !mustSkip
        ? []
        : [{ ...head, dueAt: dueAt ?? 0, ordered: ordered === 1, mustSkip: mustSkip === 1 }],
    )
    .sort((one, other) => one.dueAt - other.dueAt);
}

type Due = Omit<Claim, "lease"> & { dueAt: number };
interface Asked {
  webhookId: string;
  now: number;
}

/** Chosen in a query of their own, so that the limit is not one of the join's. */
const dueOf = prepared<Asked, Due>((db, { webhookId, now }) =>
  withAll(
    db,
    db
      .selectFrom("deliveries")
      .selectAll()
      .where("webhook_id", "=", unseen(webhookId))
      .where("status", "=", PENDING)
      .where("lease", "is", null)
      .where("due_at", "<=", now)
      .orderBy("due_at")
      .orderBy("seq")
      .limit(sql.lit(MAX_SLOTS_PER_WEBHOOK)),
  ),
);
const nextInOrder = prepared<Asked, Due>((db, { webhookId, now }) =>
  withAll(
    db,
    db
      .selectFrom("deliveries")
      .selectAll()
      .where("webhook_id", "=", unseen(webhookId))
      .where("status", "=", PENDING)
      .orderBy("event_seq")
      .limit(sql.lit(1)),
  )
    .where("due.lease", "is", null)
    .where("due.due_at", "<=", now),
);

function withAll(db: Kysely<Database>, due: ReturnType<typeof allDeliveries>) {
  return db
    .selectFrom(due.as("due"))
    .innerJoin("webhooks", "webhooks.id", "due.webhook_id")
    .innerJoin("spaces", "spaces.id", "webhooks.space_id")
    .innerJoin("events", "events.seq", "due.event_seq")
    .select(["due.seq", "due.id", "due.attempt_number as attempts"])
    .select(["due.failure_count as failures", "due.lost_count as lost", "due.waited_ms as waitedMs"])
    .select("due.created_at as createdAt")
    .select((e) => e.ref("due.due_at").$notNull().as("dueAt"))
    .select(sql<Flag>`due.verification is not null`.as("verifies"))
    .select(["webhooks.id as webhookId", "spaces.account_id as accountId", "webhooks.url", "webhooks.secret"])
    .select("webhooks.previous_secret as previousSecret")
    .select("webhooks.previous_secret_expires_at as previousSecretExpiresAt")
    .select(["events.name as eventName", "events.body"]);
}
const allDeliveries = (db: Kysely<Database>) => db.selectFrom("deliveries").selectAll();

const setLease = prepared<{ seq: number; lease: string; now: number }, never>((db, { seq, lease, now }) =>
  db.updateTable("deliveries").set({ lease, due_at: now }).where("seq", "=", seq),
);

/** Leases up to `count` due deliveries of a webhook, in the order in which they are due; no more than it has slots. */
export async function claimDue(
  tx: Tx,
  { webhookId, ordered }: Pick<Head, "webhookId" | "ordered">,
  count: number,
  lease: string,
  now: number,
): Promise<Claim[]> {
  const due = await (ordered ? nextInOrder : dueOf)(tx, { webhookId, now });
  const chosen = due.sort((one, other) => one.dueAt - other.dueAt || one.seq - other.seq).slice(0, count);
  for (const { seq } of chosen) await setLease(tx, { seq, lease, now });
  return chosen.map(({ dueAt: _, ...row }) => ({ ...row, lease }));
}

/** The leases that a crash left behind, and when their attempts began. */
export async function findLeases(tx: Tx): Promise<(Lease & { claimedAt: number })[]> {
  const rows = await tx
    .selectFrom("deliveries")
    .innerJoin("events", "events.seq", "deliveries.event_seq")
    .innerJoin("webhooks", "webhooks.id", "deliveries.webhook_id")
    .select("webhooks.url")
    .select(sql<Flag>`verification is not null`.as("verifies"))
    .select(["deliveries.seq", "deliveries.lease", "deliveries.due_at", "deliveries.attempt_number as attempts"])
    .select(["deliveries.failure_count as failures", "deliveries.lost_count as lost"])
    .select(["deliveries.waited_ms as waitedMs", "events.name as eventName"])
    .where("deliveries.lease", "is not", null)
    .execute();
  return rows.map(({ lease, due_at, ...row }) => ({ ...row, lease: lease ?? "", claimedAt: due_at ?? 0 }));
}

/** Lets what waits go on waiting as long as before when the clock is set back to `now`. */
export async function setBackWaits(tx: Tx, byMs: number, now: number): Promise<void> {
  await tx
    .updateTable("deliveries")
    .set({ due_at: sql<number>`max(due_at - ${byMs}, ${now})` })
    .where("status", "=", PENDING)
    .where("lease", "is", null)
    .where("due_at", ">", now)
    .execute();
}

/**
 * Makes due what would be held up because the clock was set back while nobody looked: a delivery that was tried last, or made and not
 * tried yet, at a time that is still to come, or that waits longer than any. How long it was to wait is not known any more. What was
 * tried since is left alone, or every start would use up an attempt.
 */
export async function releaseFuture(tx: Tx, now: number): Promise<void> {
  await tx
    .updateTable("deliveries")
    .set({ due_at: now })
    .where("status", "=", PENDING)
    .where("lease", "is", null)
    .where("due_at", ">", now)
    .where((e) => e.or([e("due_at", ">", now + LONGEST_WAIT_MS), e(lastTouched(e), ">", now)]))
    .execute();
}

const lastTouched = (e: ExpressionBuilder<Database, "deliveries">) =>
  e.fn.coalesce(
    e
      .selectFrom("delivery_attempts")
      .select("attempted_at")
      .whereRef("delivery_seq", "=", "deliveries.seq")
      .orderBy("attempt_number", "desc")
      .limit(1),
    "created_at",
  );
