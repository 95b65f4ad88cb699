import type { Space } from "../accounts/space.js";
import { toTimestamp } from "../clock.js";
import { type Device, type DeviceLimit, listDevices } from "../devices/devices.js";
import { ApiError } from "../errors.js";
import { EVENT_NAMES, type EventName } from "../generated/operations.js";
import { newId } from "../ids.js";
import type { Tx } from "../storage/store.js";
import type { EventData } from "./event-body.js";
import { appendEvents } from "./events.js";

interface SampleContext {
  /** The device of the space. */
  device: Pick<Device, "id" | "device_name" | "phone_number">;
  now: number;
}

/** A QR code is good for this long; it is replaced then. */
const QR_LIVES_MS = 20_000;

/**
 * Appends an event of a name with sample data, as if it had happened in a test space. Tells its id.
 *
 * @throws ApiError `mode_not_allowed` in a live space; `key_limited` when the key may not be told of the event itself.
 */
export async function triggerSample<Name extends EventName>(
  tx: Tx,
  space: Space,
  limit: DeviceLimit,
  name: Name,
  now: number,
): Promise<string> {
  if (space.mode === "live")
    throw new ApiError("mode_not_allowed", "Events are triggered with a test key: a live one tells what did happen");
  const [device] = await listDevices(tx, space, limit);
  if (!device || (limit !== null && !isAboutDevice(name)))
    throw new ApiError("key_limited", `This key is limited to devices, and ${name} is about none of them`);
  const data: EventData<Name> = SAMPLES[name]({ device, now });
  const event = { name, spaceId: space.id, deviceId: isAboutDevice(name) ? device.id : null, data };
  const [id] = await appendEvents(tx, space.id, [event], now);
  if (id === undefined) throw new Error("The event was not inserted");
  return id;
}

export const isEventName = (name: string): name is EventName => EVENT_NAMES.some((known) => known === name);

const isAboutDevice = (name: EventName): boolean => !name.startsWith("webhook.");

const person = { phone_number: "+94771234567", contact_name: "John Doe" };

const messageOf = ({ device, now }: SampleContext) => ({
  message_id: newId("msg", now),
  contact_id: newId("contact", now),
  ...person,
  message_type: "text" as const,
  device_id: device.id,
  device_name: device.device_name,
  created_at: toTimestamp(now),
});

const outbound = (context: SampleContext) => ({
  ...messageOf(context),
  message: "Hello! How can we help you today?",
  origin: "api" as const,
});

const deviceOf = ({ device }: SampleContext) => ({
  device_id: device.id,
  device_name: device.device_name,
  phone_number: device.phone_number,
});

/** What each event carries, as it comes from a live device: the compiler asks for every name of the contract. */
const SAMPLES: { [Name in EventName]: (context: SampleContext) => EventData<Name> } = {
  "message.received": (context) => ({ ...messageOf(context), message: "Hi, I need help" }),
  "message.sent": (context) => ({ ...outbound(context), status: "sent" }),
  "message.delivered": (context) => ({ ...outbound(context), status: "delivered" }),
  "message.read": (context) => ({ ...outbound(context), status: "read" }),
  "message.failed": (context) => ({
    ...outbound(context),
    status: "failed",
    failure: { code: "not_on_whatsapp", message: `${person.phone_number} is not on WhatsApp` },
  }),
  "group.message.received": (context) => ({
    ...messageOf(context),
    message: "Hi all",
    group_id: "120363025246125486",
    group_name: "Neighbours",
  }),
  "device.connected": (context) => ({ ...deviceOf(context), status: "connected", reason: null }),
  "device.disconnected": (context) => ({ ...deviceOf(context), status: "disconnected", reason: "connection_lost" }),
  "device.qr_updated": (context) => ({
    ...deviceOf(context),
    phone_number: null,
    status: "qr_pending",
    reason: null,
    qr: "https://wa.me/settings/linked_devices#2@sample",
    expires_at: toTimestamp(context.now + QR_LIVES_MS),
  }),
  "device.restricted": (context) => ({ ...deviceOf(context), status: "disconnected", reason: "restricted" }),
  "webhook.disabled": ({ now }) => ({
    webhook_id: newId("webhook", now),
    url: "https://your-domain.com/webhooks/whatsflow",
    reason: "failing",
  }),
  "webhook.test": ({ now }) => ({
    webhook_id: newId("webhook", now),
    message: "This is a test event from WhatsFlow",
  }),
};
