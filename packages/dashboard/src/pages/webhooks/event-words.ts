/** Events in words, for who chooses among them. */
import type { BadgeTone } from "../../components/badge.js";
import type { DeliveryStatus, EventName, Webhook } from "../../generated/resources.js";

export const EVENTS: readonly { event: EventName; when: string }[] = [
  { event: "message.received", when: "Someone wrote to one of your devices, in a direct chat." },
  { event: "message.sent", when: "WhatsApp acknowledged a message of yours." },
  { event: "message.delivered", when: "It reached the recipient's phone." },
  { event: "message.read", when: "The recipient opened the chat." },
  { event: "message.failed", when: "It will not be sent; the event says why." },
  { event: "group.message.received", when: "Someone wrote in a group that a device is in." },
  { event: "device.connected", when: "A device is online." },
  { event: "device.disconnected", when: "A device went offline; the event says why." },
  { event: "device.qr_updated", when: "A device waits for a new QR code to be scanned." },
  { event: "device.restricted", when: "WhatsApp limits what a device may send." },
  { event: "webhook.disabled", when: "Another webhook was disabled, as it failed for days or said that it is gone." },
  { event: "webhook.test", when: "Somebody tests a webhook. A test comes also to those that do not ask for it." },
];

export type WebhookState = { label: string; tone: BadgeTone; cure?: string };

/** How it is, and what to do where it is not well. */
export function stateOf({ is_active, disabled_reason, failing_since }: Webhook): WebhookState {
  if (is_active && failing_since)
    return {
      label: "Failing",
      tone: "warn",
      cure: "The last attempt failed. Look at what it answered below; deliveries are tried again for three days.",
    };
  if (is_active) return { label: "Active", tone: "ok" };
  switch (disabled_reason) {
    case "gone":
      return {
        label: "Disabled",
        tone: "danger",
        cure: "The receiver answered 410: it is gone. Put it back or correct the address, then resume.",
      };
    case "failing":
      return {
        label: "Disabled",
        tone: "danger",
        cure: "It failed for five days. Look at what it answered below, mend it, then resume.",
      };
    default:
      return { label: "Paused", tone: "neutral", cure: "Nothing is sent to it until you resume it." };
  }
}

export const DELIVERY_STATUSES: Record<DeliveryStatus, { label: string; tone: BadgeTone }> = {
  pending: { label: "Waiting", tone: "info" },
  succeeded: { label: "Received", tone: "ok" },
  failed: { label: "Failed", tone: "danger" },
  skipped: { label: "Skipped", tone: "warn" },
};
