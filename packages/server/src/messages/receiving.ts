import type { Selectable } from "kysely";
import { toTimestamp } from "../clock.js";
import { type Contact, findOrCreateContact, updateContact } from "../contacts/contacts.js";
import type { EventData } from "../events/event-body.js";
import { appendEvent } from "../events/events.js";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import type { InboundMessage } from "../transport/transport.js";
import { findByWhatsAppId, insertMessage, type NewMessage } from "./messages.js";
import { announceSent } from "./outcomes.js";
import { applyEarlyReceipt } from "./receipts.js";

type Device = Pick<Selectable<Database["devices"]>, "id" | "device_name">;

const deviceById = prepared<{ spaceId: number; id: string }, Device>((db, { spaceId, id }) =>
  db.selectFrom("devices").select(["id", "device_name"]).where("space_id", "=", spaceId).where("id", "=", id),
);
const textByWhatsAppId = prepared<{ deviceId: string; whatsappId: string }, { id: string; content: string | null }>(
  (db, { deviceId, whatsappId }) =>
    db
      .selectFrom("messages")
      .select(["id", "content"])
      .where("device_id", "=", deviceId)
      .where("whatsapp_id", "=", whatsappId),
);

/** How much of the message that is answered comes along. */
const QUOTED_CHARACTERS = 200;

/** Stores a message, its contact and its event, all or nothing; one that is stored already changes nothing. */
export async function receiveMessage(tx: Tx, inbound: InboundMessage, now: number): Promise<void> {
  const { spaceId, deviceId, whatsappId, direction } = inbound;
  if ((await findByWhatsAppId(tx, deviceId, whatsappId)) !== undefined) return;
  const [device] = await deviceById(tx, { spaceId, id: deviceId });
  if (!device) throw new Error(`There is no device ${deviceId}`);
  const known = await findOrCreateContact(tx, spaceId, inbound.contact, now);
  const news = { name: inbound.contactName, ...(inbound.isBusiness && { isBusiness: true }) };
  const contact = direction === "inbound" ? await updateContact(tx, known, news) : known;
  const reply = inbound.replyTo && (await replyOf(tx, deviceId, inbound.replyTo));
  const message: NewMessage = {
    direction,
    message_type: inbound.messageType,
    content: inbound.content,
    status: direction === "inbound" ? "delivered" : "sent",
    origin: direction === "inbound" ? null : "phone",
    expires_at: null,
    created_at: inbound.sentAt,
    whatsapp_id: whatsappId,
    group_id: inbound.group?.id ?? null,
    group_name: inbound.group?.name ?? null,
    media: inbound.media && JSON.stringify(inbound.media),
    reply_to_id: inbound.replyTo?.whatsappId ?? null,
    reply_to_text: reply?.message ?? null,
  };
  const messageId = await insertMessage(tx, device, contact, message);
  if (inbound.isHistory) return;
  if (direction === "outbound") {
    // What the phone writes into a group is kept, but no event describes it: message.sent is about direct chats.
    if (!inbound.group) await announceSent(tx, messageId, message, contact, device, now);
    await applyEarlyReceipt(tx, { id: deviceId, spaceId }, whatsappId, messageId, now);
    return;
  }
  const data = receivedData(messageId, device, contact, inbound, reply);
  if (inbound.group) {
    const group = { group_id: inbound.group.id, group_name: inbound.group.name };
    await appendEvent(tx, { name: "group.message.received", spaceId, deviceId, data: { ...data, ...group } }, now);
  } else {
    await appendEvent(tx, { name: "message.received", spaceId, deviceId, data }, now);
  }
}

type Reply = NonNullable<EventData<"message.received">["reply_to"]>;

async function replyOf(tx: Tx, deviceId: string, replyTo: NonNullable<InboundMessage["replyTo"]>): Promise<Reply> {
  const [message] = await textByWhatsAppId(tx, { deviceId, whatsappId: replyTo.whatsappId });
  const text = replyTo.text ?? message?.content ?? null;
  return {
    message_id: message?.id ?? null,
    message: text === null ? null : [...text].slice(0, QUOTED_CHARACTERS).join(""),
  };
}

function receivedData(
  messageId: string,
  device: Device,
  contact: Contact,
  inbound: InboundMessage,
  reply: Reply | null,
): EventData<"message.received"> {
  const { phone_number, lid } = contact;
  return {
    message_id: messageId,
    contact_id: contact.id,
    phone_number,
    ...(phone_number === null && lid !== null && { lid }),
    contact_name: contact.name,
    message: inbound.content,
    message_type: inbound.messageType,
    ...(reply && { reply_to: reply }),
    ...(inbound.media && { media: inbound.media }),
    device_id: device.id,
    device_name: device.device_name,
    created_at: toTimestamp(inbound.sentAt),
  };
}
