/** A device's state in words, and what to do about it. */
import type { BadgeTone } from "../../components/badge.js";
import type { Device, DeviceStatus, DisconnectReason } from "../../generated/resources.js";

export type ReasonWords = {
  /** What happened. */
  what: string;
  /** What to do. */
  cure: string;
  /** What mends it, if a button can. */
  action?: "reconnect" | "pair";
};

const REASONS: Record<DisconnectReason, ReasonWords> = {
  logged_out: {
    what: "It was logged out, on the phone or on request.",
    cure: "Pair it again with a new QR code.",
    action: "pair",
  },
  replaced: {
    what: "Its session was opened by another program.",
    cure: "Stop the other program, then reconnect.",
    action: "reconnect",
  },
  connection_lost: {
    what: "The connection to WhatsApp was lost.",
    cure: "It reconnects by itself. If it takes long, look at the server's connection to the internet.",
    action: "reconnect",
  },
  pairing_expired: {
    what: "Nobody scanned the QR code in time.",
    cure: "Start pairing again, with the phone at hand.",
    action: "pair",
  },
  restricted: {
    what: "WhatsApp has restricted this number.",
    cure: "Open WhatsApp on the phone: it says for how long, and how to ask for a review. Until then, send less, and only to people who know the number.",
  },
  outdated_version: {
    what: "WhatsApp wants a newer client than this server has.",
    cure: "Update WhatsFlow on the server, then reconnect.",
    action: "reconnect",
  },
  stopped: {
    what: "It was disconnected on request.",
    cure: "Reconnect it when it should work again.",
    action: "reconnect",
  },
};

export const reasonWords = (reason: DisconnectReason): ReasonWords => REASONS[reason];

/** Where a reason may be something else's, such as a webhook's. */
export const findReasonWords = (reason: string | null): ReasonWords | undefined =>
  Object.entries(REASONS).find(([known]) => known === reason)?.[1];

const STATES: Record<DeviceStatus, { label: string; tone: BadgeTone }> = {
  connected: { label: "Connected", tone: "ok" },
  qr_pending: { label: "Waits for pairing", tone: "info" },
  disconnected: { label: "Disconnected", tone: "danger" },
};

/** A word for the badge. What comes back by itself is no alarm yet. */
export function stateOf({ status, reason }: Pick<Device, "status" | "reason">): { label: string; tone: BadgeTone } {
  if (status === "disconnected" && reason === "connection_lost") return { label: "Reconnecting", tone: "warn" };
  if (status === "connected" && reason === "restricted") return { label: "Restricted", tone: "warn" };
  return STATES[status];
}
