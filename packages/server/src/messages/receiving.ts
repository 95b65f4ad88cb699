import { toTimestamp } from "../clock.js";
import { findOrCreateContact } from "../contacts/contacts.js";
import { appendEvent } from "../events/events.js";
import type { Tx } from "../storage/store.js";
import type { InboundMessage } from "../transport/transport.js";
import { insertMessage } from "./messages.js";

/** Stores an inbound message, its contact and its event, all or nothing. */
export async function receiveMessage(tx: Tx, inbound: InboundMessage, now: number): Promise<void> {
  const { spaceId, deviceId, messageType, text, sentAt } = inbound;
  const device = await tx
    .selectFrom("devices")
    .select(["id", "device_name"])
    .where("space_id", "=", spaceId)
    .where("id", "=", deviceId)
    .executeTakeFirstOrThrow();
  const contact = await findOrCreateContact(tx, spaceId, inbound.from, now);
  const messageId = await insertMessage(tx, device, contact, {
    direction: "inbound",
    message_type: messageType,
    content: text,
    status: "delivered",
    origin: null,
    expires_at: null,
    created_at: sentAt,
  });
  const data = {
    message_id: messageId,
    contact_id: contact.id,
    phone_number: contact.phone_number,
    contact_name: contact.name,
    message: text,
    message_type: messageType,
    device_id: device.id,
    device_name: device.device_name,
    created_at: toTimestamp(sentAt),
  };
  await appendEvent(tx, { name: "message.received", spaceId, deviceId, data }, now);
}
