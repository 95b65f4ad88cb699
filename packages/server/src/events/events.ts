import { type Selectable, sql } from "kysely";
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
 * of it happened or nothing did. The dispatcher finds the deliveries after the commit, and the streams the event.
 */
export async function appendEvent<Name extends EventName>(tx: Tx, event: NewEvent<Name>, now: number): Promise<void> {
  await appendEvents(tx, event.spaceId, [event], now);
}

/** The same for several events of one space, in their order. Tells their ids. */
export async function appendEvents<Name extends EventName>(
  tx: Tx,
  spaceId: number,
  events: readonly NewEvent<Name>[],
  now: number,
): Promise<string[]> {
  const webhooks = (await webhooksOf(tx, { spaceId })).map(toSubscription);
  const ids: string[] = [];
  for (const event of events) {
    const row = rowOf(event, now);
    await insert(tx, row);
    ids.push(row.id);
    const wanting = webhooks.filter((webhook) => wants(webhook, event));
    if (wanting.length === 0) continue;
    const seq = await insertedSeq(tx);
    for (const webhook of wanting) await insertDelivery(tx, deliveryOf(spaceId, webhook, seq, now));
  }
  return ids;
}

/** Records an event for one webhook alone, whatever it subscribed to; `isForced` is for one that is not active. Tells the delivery's id. */
export async function appendEventFor<Name extends EventName>(
  tx: Tx,
  webhook: { id: string; isForced: boolean },
  event: NewEvent<Name>,
  now: number,
): Promise<string> {
  await insert(tx, rowOf(event, now));
  const delivery = deliveryOf(event.spaceId, { ...webhook, isActive: true }, await insertedSeq(tx), now);
  await insertDelivery(tx, delivery);
  return delivery.id;
}

type SubscribedWebhook = Pick<Selectable<Database["webhooks"]>, "id" | "events" | "device_ids" | "is_active">;
const webhooksOf = prepared<{ spaceId: number }, SubscribedWebhook>((db, { spaceId }) =>
  db.selectFrom("webhooks").select(["id", "events", "device_ids", "is_active"]).where("space_id", "=", spaceId),
);
type Subscription = ReturnType<typeof toSubscription>;
const toSubscription = ({ id, events, device_ids, is_active }: SubscribedWebhook) => ({
  id,
  isActive: is_active === 1,
  isForced: false,
  names: namesIn(events),
  devices: device_ids === null ? null : namesIn(device_ids),
});

const wants = ({ names, devices }: Subscription, { name, deviceId }: Pick<NewEvent<EventName>, "name" | "deviceId">) =>
  names.includes(name) && (devices === null || (deviceId !== null && devices.includes(deviceId)));

type NewEventRow = Omit<Selectable<Database["events"]>, "seq">;

const insert = prepared<NewEventRow, never>((db, row) =>
  db.insertInto("events").values({
    id: row.id,
    space_id: row.space_id,
    name: row.name,
    device_id: row.device_id,
    body: row.body,
    created_at: row.created_at,
  }),
);
/** Asked for only where it matters: an insert that returns it takes twice as long. */
const lastInserted = prepared<object, { seq: number }>((db) =>
  db.selectNoFrom(sql<number>`last_insert_rowid()`.as("seq")),
);

const rowOf = <Name extends EventName>(event: NewEvent<Name>, now: number): NewEventRow => ({
  id: newId("evt", now),
  space_id: event.spaceId,
  name: event.name,
  device_id: event.deviceId,
  body: eventBody(event.name, toTimestamp(now), event.data),
  created_at: now,
});

async function insertedSeq(tx: Tx): Promise<number> {
  const [row] = await lastInserted(tx, {});
  if (!row) throw new Error("The event was not inserted");
  return row.seq;
}

type NewDelivery = Pick<
  Selectable<Database["deliveries"]>,
  "id" | "space_id" | "webhook_id" | "event_seq" | "status" | "due_at" | "forced" | "created_at"
>;

const insertDelivery = prepared<NewDelivery, never>((db, row) =>
  db.insertInto("deliveries").values({
    id: row.id,
    space_id: row.space_id,
    webhook_id: row.webhook_id,
    event_seq: row.event_seq,
    status: row.status,
    due_at: row.due_at,
    forced: row.forced,
    lease: null,
    response_status: null,
    delivered_at: null,
    created_at: row.created_at,
  }),
);

/** While a webhook is not active its deliveries are kept, as skipped. */
const deliveryOf = (
  spaceId: number,
  { id, isActive, isForced }: { id: string; isActive: boolean; isForced: boolean },
  eventSeq: number,
  now: number,
): NewDelivery => ({
  id: newId("delivery", now),
  space_id: spaceId,
  webhook_id: id,
  event_seq: eventSeq,
  status: isActive ? "pending" : "skipped",
  due_at: isActive ? now : null,
  forced: isForced ? 1 : 0,
  created_at: now,
});
