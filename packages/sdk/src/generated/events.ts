// Generated from openapi.yaml by `npm run generate`. Do not edit.

import type { components } from "./openapi.js";

/**
 * Inbound message received.
 *
 * Someone wrote to one of your devices, in a direct chat. Messages in groups are `group.message.received`.
 */
export type MessageReceivedEvent = components["schemas"]["MessageReceivedEvent"];

/**
 * Outbound message sent.
 *
 * WhatsApp's server acknowledged a message that was sent through this API, or on the phone itself (`origin` is `phone`).
 */
export type MessageSentEvent = components["schemas"]["MessageSentEvent"];

/**
 * Message delivered to recipient.
 *
 * The message reached the recipient's phone.
 */
export type MessageDeliveredEvent = components["schemas"]["MessageDeliveredEvent"];

/**
 * Message read by recipient.
 *
 * The recipient opened the chat. Recipients may switch this off; it may come without a `message.delivered` before it.
 */
export type MessageReadEvent = components["schemas"]["MessageReadEvent"];

/**
 * Message failed to send.
 *
 * The message will not be sent; `failure` says why.
 */
export type MessageFailedEvent = components["schemas"]["MessageFailedEvent"];

/**
 * Inbound group message received.
 *
 * Someone wrote in a group that one of your devices is in.
 */
export type GroupMessageReceivedEvent = components["schemas"]["GroupMessageReceivedEvent"];

/**
 * Device connected successfully.
 *
 * A device is online and ready to send.
 */
export type DeviceConnectedEvent = components["schemas"]["DeviceConnectedEvent"];

/**
 * Device lost connection.
 *
 * A device went offline; `reason` says why, and whether it comes back by itself.
 */
export type DeviceDisconnectedEvent = components["schemas"]["DeviceDisconnectedEvent"];

/**
 * New QR code generated.
 *
 * A device waits for its QR code to be scanned; the code before this one is void.
 */
export type DeviceQrUpdatedEvent = components["schemas"]["DeviceQrUpdatedEvent"];

/**
 * Device restricted by WhatsApp.
 *
 * WhatsApp limits what this account may send. Retrying makes it worse; wait, and write to people who know you.
 */
export type DeviceRestrictedEvent = components["schemas"]["DeviceRestrictedEvent"];

/**
 * Webhook disabled.
 *
 * Another webhook of the space was disabled, because it answered 410 or failed for days.
 */
export type WebhookDisabledEvent = components["schemas"]["WebhookDisabledEvent"];

/**
 * Test event.
 *
 * You asked for it with POST /webhooks/{id}/test.
 */
export type WebhookTestEvent = components["schemas"]["WebhookTestEvent"];

/** The type of each event, by its name. */
export interface WebhookEvents {
  "message.received": MessageReceivedEvent;
  "message.sent": MessageSentEvent;
  "message.delivered": MessageDeliveredEvent;
  "message.read": MessageReadEvent;
  "message.failed": MessageFailedEvent;
  "group.message.received": GroupMessageReceivedEvent;
  "device.connected": DeviceConnectedEvent;
  "device.disconnected": DeviceDisconnectedEvent;
  "device.qr_updated": DeviceQrUpdatedEvent;
  "device.restricted": DeviceRestrictedEvent;
  "webhook.disabled": WebhookDisabledEvent;
  "webhook.test": WebhookTestEvent;
}
