import type { Selectable } from "kysely";
import { toTimestamp } from "../clock.js";
import type { EventName } from "../generated/operations.js";
import { newId } from "../ids.js";
import { namesIn } from "../storage/names.js";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import { type EventData, eventBody } from "./event-body.js";

export interface NewEvent<Name extends EventName> {
  name: Name;
  spaceId: number;
  /** The device it is about; webhooks limited to other devices are not told. */
  deviceId: string | null;
  data: EventData<Name>;
}

/**
 * Records an event, and one delivery for each webhook of the space that wants it, in the transaction of what caused it: either all
 * of it happened or nothing did. The dispatcher finds the deliveries after the commit.
 */
export async function appendEvent<Name extends EventName>(tx: Tx, event: NewEvent<Name>, now: number): Promise<void> {
  const row = rowOf(event, now);
  await insertDeliveries(tx, event.spaceId, [{ ...row, seq: await insertEvent(tx, row) }], now);
}

/** The same for several events of one space, in their order, at a third of the cost of each. */
export async function appendEvents<Name extends EventName>(
  tx: Tx,
  spaceId: number,
  events: readonly NewEvent<Name>[],
  now: number,
): Promise<void> {
  const rows = events.map((event) => rowOf(event, now));
  const inserted = await tx.insertInto("events").values(rows).returning(["id", "seq"]).execute();
  const seqs = new Map(inserted.map(({ id, seq }) => [id, seq]));
  const stored = rows.flatMap((row) => {
    const seq = seqs.get(row.id);
    return seq === undefined ? [] : [{ ...row, seq }];
  });
  await insertDeliveries(tx, spaceId, stored, now);
}

/** Records an event for one webhook alone, whatever it subscribed to. */
export async function appendEventFor<Name extends EventName>(
  tx: Tx,
  webhookId: string,
  event: NewEvent<Name>,
  now: number,
): Promise<void> {
  const seq = await insertEvent(tx, rowOf(event, now));
  await insertDelivery(tx, deliveryOf(event.spaceId, webhookId, seq, true, now));
}

const webhooksOf = prepared<{ spaceId: number }, Subscription>((db, { spaceId }) =>
  db.selectFrom("webhooks").select(["id", "events", "device_ids", "is_active"]).where("space_id", "=", spaceId),
);
type Subscription = Pick<Selectable<Database["webhooks"]>, "id" | "events" | "device_ids" | "is_active">;

type NewEventRow = Omit<Selectable<Database["events"]>, "seq">;

const insert = prepared<NewEventRow, { seq: number }>((db, row) =>
  db
    .insertInto("events")
    .values({
      id: row.id,
      space_id: row.space_id,
      name: row.name,
      device_id: row.device_id,
      body: row.body,
      created_at: row.created_at,
    })
    .returning("seq"),
);

const rowOf = <Name extends EventName>(event: NewEvent<Name>, now: number): NewEventRow => ({
  id: newId("evt", now),
  space_id: event.spaceId,
  name: event.name,
  device_id: event.deviceId,
  body: eventBody(event.name, toTimestamp(now), event.data),
  created_at: now,
});

async function insertEvent(tx: Tx, row: NewEventRow): Promise<number> {
  const [inserted] = await insert(tx, row);
  if (!inserted) throw new Error("The event was not inserted");
  return inserted.seq;
}

/** One delivery for each event and each webhook that wants it. */
async function insertDeliveries(
  tx: Tx,
  spaceId: number,
  events: readonly (Pick<NewEventRow, "name" | "device_id"> & { seq: number })[],
  now: number,
): Promise<void> {
  for (const webhook of await webhooksOf(tx, { spaceId })) {
    const names = namesIn(webhook.events);
    const devices = webhook.device_ids === null ? null : namesIn(webhook.device_ids);
    for (const { name, device_id, seq } of events) {
      const reaches = devices === null || (device_id !== null && devices.includes(device_id));
      if (!names.includes(name) || !reaches) continue;
      await insertDelivery(tx, deliveryOf(spaceId, webhook.id, seq, webhook.is_active === 1, now));
    }
  }
}

type NewDelivery = Pick<
  Selectable<Database["deliveries"]>,
  "id" | "space_id" | "webhook_id" | "event_seq" | "status" | "due_at" | "created_at"
>;

const insertDelivery = prepared<NewDelivery, never>((db, row) =>
  db.insertInto("deliveries").values({
    id: row.id,
    space_id: row.space_id,
    webhook_id: row.webhook_id,
    event_seq: row.event_seq,
    status: row.status,
    due_at: row.due_at,
    lease: null,
    response_status: null,
    delivered_at: null,
    created_at: row.created_at,
  }),
);

/** While a webhook is not active its deliveries are kept, as skipped. */
const deliveryOf = (
  spaceId: number,
  webhookId: string,
  eventSeq: number,
  active: boolean,
  now: number,
): NewDelivery => ({
  id: newId("delivery", now),
  space_id: spaceId,
  webhook_id: webhookId,
  event_seq: eventSeq,
  status: active ? "pending" : "skipped",
  due_at: active ? now : null,
  created_at: now,
});
