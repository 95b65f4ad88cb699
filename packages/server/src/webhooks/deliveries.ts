import { type ExpressionBuilder, type Kysely, type Selectable, sql } from "kysely";
import { invalid, notFound } from "../errors.js";
import type { EventName } from "../generated/operations.js";
import { decodeCursor, type ListPage, toListPage } from "../paging.js";
import type { Database } from "../storage/schema.js";
import type { Store, Tx } from "../storage/store.js";
import type { Webhook } from "./webhooks.js";

/** What became of events on their way to a webhook, and sending them again. */

export type Attempt = Selectable<Database["delivery_attempts"]>;
export type Delivery = Selectable<Database["deliveries"]> & {
  event_id: string;
  event_name: EventName;
  attempts: Attempt[];
};

type Status = Delivery["status"];
export interface DeliveryFilter {
  status?: Status | undefined;
  eventName?: EventName | undefined;
  /** Events at or after this time, and before that one. */
  since?: number | undefined;
  until?: number | undefined;
}

const RECOVERED_AT_ONCE = 1_000;
/** In a log of millions what is looked for may be rare; everybody else waits while SQLite looks. */
const MOST_LOOKED_AT = 10_000;
/** A schedule that begins anew. */
const ANEW = {
  status: "pending",
  lease: null,
  failure_count: 0,
  lost_count: 0,
  waited_ms: 0,
  delivered_at: null,
  verification: sql<"pending" | null>`case when verification is not null then 'pending' end`,
} as const;

/**
 * The deliveries to a webhook with their attempts, the newest first. A page may hold fewer than the limit although others follow.
 *
 * @throws ApiError for a cursor that is none
 */
export async function listDeliveries(
  db: Kysely<Database>,
  webhook: Pick<Webhook, "id">,
  filter: DeliveryFilter,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<ListPage<Delivery>> {
  const [createdAt, seq] = cursor === undefined ? [] : decodeCursor(cursor, 2);
  const { eventName, status } = filter;
  // Only what is not received has an index by its status; the rest is looked for.
  const isLookedFor = eventName !== undefined || status === "succeeded";
  const found = { ...filter, eventName: undefined, status: status === "succeeded" ? undefined : status };
  let looked = db
    .selectFrom("deliveries")
    .selectAll()
    .where("webhook_id", "=", webhook.id)
    .where(matches(found))
    .orderBy("created_at", "desc")
    .orderBy("seq", "desc")
    .limit(isLookedFor ? MOST_LOOKED_AT : limit + 1);
  if (createdAt !== undefined && seq !== undefined) {
    looked = looked.where((e) => e(e.refTuple("created_at", "seq"), "<", e.tuple(createdAt, seq)));
  }
  const rows = await db
    .selectFrom(looked.as("deliveries"))
    .innerJoin("events", "events.seq", "deliveries.event_seq")
    .selectAll("deliveries")
    .select(["events.id as event_id", "events.name as event_name"])
    .$if(eventName !== undefined, (query) => query.where("events.name", "=", eventName ?? "webhook.test"))
    .$if(status === "succeeded", (query) => query.where("deliveries.status", "=", "succeeded"))
    .orderBy("deliveries.created_at", "desc")
    .orderBy("deliveries.seq", "desc")
    .limit(limit + 1)
    .execute();
  const page = toListPage(rows, limit, (row) => [row.created_at, row.seq]);
  // A page with room was looked for to the end, or as far as one request goes.
  const isWhole = page.next !== null || !isLookedFor;
  const last = isWhole
    ? undefined
    : await looked
        .offset(MOST_LOOKED_AT - 1)
        .limit(1)
        .executeTakeFirst();
  const next = page.next ?? (last ? [last.created_at, last.seq] : null);
  return { ...page, next, rows: await withAttempts(db, page.rows) };
}

/** @throws ApiError `not_found` */
export async function getDelivery(db: Kysely<Database>, webhook: Pick<Webhook, "id">, id: string): Promise<Delivery> {
  const row = await withEvent(db)
    .where("deliveries.webhook_id", "=", webhook.id)
    .where("deliveries.id", "=", id)
    .executeTakeFirst();
  const [delivery] = row ? await withAttempts(db, [row]) : [];
  if (!delivery) throw notFound("delivery", id);
  return delivery;
}

/** The newest deliveries of all accounts, with what they are about; for the operator. */
export const listNewestDeliveries = (
  db: Kysely<Database>,
  filter: DeliveryFilter & { webhookId?: string },
  limit: number,
) =>
  withEvent(db)
    .innerJoin("webhooks", "webhooks.id", "deliveries.webhook_id")
    .select("webhooks.url")
    .select((e) =>
      e
        .selectFrom("delivery_attempts")
        .select("error")
        .whereRef("delivery_seq", "=", "deliveries.seq")
        .orderBy("attempt_number", "desc")
        .limit(1)
        .as("error"),
    )
    .where(matches(filter))
    .$if(filter.webhookId !== undefined, (query) => query.where("deliveries.webhook_id", "=", filter.webhookId ?? ""))
    .orderBy("deliveries.seq", "desc")
    .limit(limit)
    .execute();

/**
 * The webhook of a delivery in whatever account; for the operator.
 *
 * @throws ApiError `not_found`
 */
export async function getWebhookOfDelivery(db: Kysely<Database>, deliveryId: string): Promise<Webhook> {
  const row = await db
    .selectFrom("webhooks")
    .selectAll("webhooks")
    .innerJoin("deliveries", "deliveries.webhook_id", "webhooks.id")
    .where("deliveries.id", "=", deliveryId)
    .executeTakeFirst();
  if (!row) throw notFound("delivery", deliveryId);
  return row;
}

/** The body of a delivery, as it is sent. */
export async function getPayload(db: Kysely<Database>, delivery: Pick<Delivery, "event_seq">): Promise<string> {
  const { body } = await db
    .selectFrom("events")
    .select("body")
    .where("seq", "=", delivery.event_seq)
    .executeTakeFirstOrThrow();
  return body.toString("utf8");
}

/**
 * Makes a delivery due now, whatever became of it, with a schedule that begins anew. One with an attempt under way is left alone.
 *
 * @throws ApiError `not_found`
 */
export async function replayDelivery(tx: Tx, webhook: Webhook, id: string, now: number): Promise<Delivery> {
  const delivery = await getDelivery(tx, webhook, id);
  if (delivery.lease === null) {
    await tx
      .updateTable("deliveries")
      .set({ ...ANEW, due_at: now, forced: webhook.is_active === 1 ? 0 : 1 })
      .where("seq", "=", delivery.seq)
      .execute();
  }
  return getDelivery(tx, webhook, id);
}

/**
 * Makes everything due now that failed or was skipped since a time. Tells how much that is.
 *
 * A part in each transaction, so that nobody waits for a long log. After a crash in between, the rest is what another call finds.
 *
 * @throws ApiError `not_found`; `invalid_request` while the webhook is not active
 */
export async function recoverDeliveries(
  store: Store,
  webhookIn: (tx: Tx) => Promise<Webhook>,
  { since, until }: { since: number; until?: number | undefined },
  now: number,
): Promise<number> {
  const recoverSome = (status: Status) => async (tx: Tx) => {
    const webhook = await webhookIn(tx);
    if (webhook.is_active === 0) {
      throw invalid("id", "is a webhook that is not active; set its is_active to true first, then recover");
    }
    const some = tx
      .selectFrom("deliveries")
      .innerJoin("events", "events.seq", "deliveries.event_seq")
      .select("deliveries.seq")
      .where("deliveries.webhook_id", "=", webhook.id)
      // A test is of the past.
      .where("events.name", "<>", "webhook.test")
      .where(matches({ status, since, until }))
      .orderBy("deliveries.created_at")
      .orderBy("deliveries.seq")
      .limit(RECOVERED_AT_ONCE);
    const { numUpdatedRows } = await tx
      .updateTable("deliveries")
      .set({ ...ANEW, due_at: now, forced: 0 })
      .where("seq", "in", some)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  };
  let total = 0;
  for (const status of ["failed", "skipped"] as const) {
    for (let count = RECOVERED_AT_ONCE; count === RECOVERED_AT_ONCE; total += count) {
      count = await store.write(recoverSome(status));
    }
  }
  return total;
}

const withEvent = (db: Kysely<Database>) =>
  db
    .selectFrom("deliveries")
    .innerJoin("events", "events.seq", "deliveries.event_seq")
    .selectAll("deliveries")
    .select(["events.id as event_id", "events.name as event_name"]);

const UNRECEIVED = sql<boolean>`deliveries.status <> 'succeeded'`;

/** The status is written into the statement, as SQLite matches no bound value with the condition of a partial index. */
const matches =
  ({ status, eventName, since, until }: DeliveryFilter) =>
  (e: ExpressionBuilder<Database, "deliveries">) =>
    e.and([
      ...(status === undefined ? [] : [e("deliveries.status", "=", sql.lit(status))]),
      ...(status === undefined || status === "succeeded" ? [] : [UNRECEIVED]),
      ...(eventName === undefined ? [] : [sql<boolean>`events.name = ${eventName}`]),
      ...(since === undefined ? [] : [e("deliveries.created_at", ">=", since)]),
      ...(until === undefined ? [] : [e("deliveries.created_at", "<", until)]),
    ]);

async function withAttempts<Row extends { seq: number }>(db: Kysely<Database>, rows: Row[]) {
  const bySeq = new Map<number, Attempt[]>(rows.map(({ seq }) => [seq, []]));
  const attempts =
    rows.length === 0
      ? []
      : await db
          .selectFrom("delivery_attempts")
          .selectAll()
          .where("delivery_seq", "in", [...bySeq.keys()])
          .orderBy("delivery_seq")
          .orderBy("attempt_number")
          .execute();
  for (const attempt of attempts) bySeq.get(attempt.delivery_seq)?.push(attempt);
  return rows.map((row) => ({ ...row, attempts: bySeq.get(row.seq) ?? [] }));
}
