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
  const seq = await insertEvent(tx, event, now);
  const webhooks = await webhooksOf(tx, { spaceId: event.spaceId });
  for (const webhook of webhooks) {
    if (!namesIn(webhook.events).includes(event.name)) continue;
    if (
      webhook.device_ids !== null &&
      !(event.deviceId !== null && namesIn(webhook.device_ids).includes(event.deviceId))
    )
      continue;
    await insertDelivery(tx, event.spaceId, webhook.id, seq, webhook.is_active === 1, now);
  }
}

/** Records an event for one webhook alone, whatever it subscribed to. */
export async function appendEventFor<Name extends EventName>(
  tx: Tx,
  webhookId: string,
  event: NewEvent<Name>,
  now: number,
): Promise<void> {
  const seq = await insertEvent(tx, event, now);
  await insertDelivery(tx, event.spaceId, webhookId, seq, true, now);
}

const webhooksOf = prepared<{ spaceId: number }, Subscription>((db, { spaceId }) =>
  db.selectFrom("webhooks").select(["id", "events", "device_ids", "is_active"]).where("space_id", "=", spaceId),
);
type Subscription = Pick<Selectable<Database["webhooks"]>, "id" | "events" | "device_ids" | "is_active">;

const insert = prepared<Omit<Selectable<Database["events"]>, "seq">, { seq: number }>((db, row) =>
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

async function insertEvent<Name extends EventName>(tx: Tx, event: NewEvent<Name>, now: number): Promise<number> {
  const row = {
    id: newId("evt", now),
    space_id: event.spaceId,
    name: event.name,
    device_id: event.deviceId,
    body: eventBody(event.name, toTimestamp(now), event.data),
    created_at: now,
  };
  const [inserted] = await insert(tx, row);
  if (!inserted) throw new Error("The event was not inserted");
  return inserted.seq;
}

/** While a webhook is not active its deliveries are kept, as skipped. */
async function insertDelivery(
  tx: Tx,
  spaceId: number,
  webhookId: string,
  eventSeq: number,
  active: boolean,
  now: number,
): Promise<void> {
  await tx
    .insertInto("deliveries")
    .values({
      id: newId("delivery", now),
      space_id: spaceId,
      webhook_id: webhookId,
      event_seq: eventSeq,
      status: active ? "pending" : "skipped",
      due_at: active ? now : null,
      lease: null,
      response_status: null,
      delivered_at: null,
      created_at: now,
    })
    .execute();
}
