/** What needs attention, in words: what is the matter, what to do, and where. */
import type { Attention } from "../../generated/resources.js";
import { findReasonWords } from "../devices/device-words.js";

export type AttentionWords = {
  title: string;
  text: string;
  tone: "danger" | "warn" | "info";
  /** Where to do it, below the mode. */
  link?: { href: string; label: string };
};

export function attentionWords({ kind, subject, subject_id, reason }: Attention): AttentionWords {
  const device = { href: `/devices/${subject_id ?? ""}`, label: "Open device" };
  const webhook = { href: `/settings/webhooks/${subject_id ?? ""}`, label: "Open webhook" };
  const why = findReasonWords(reason);
  switch (kind) {
    case "device_disconnected":
      return {
        title: `${subject} is offline`,
        text: why ? `${why.what} ${why.cure}` : "It does not come back by itself.",
        tone: "danger",
        link: device,
      };
    case "device_unstable":
      return {
        title: `${subject} has lost its connection`,
        text: why ? `${why.what} ${why.cure}` : "It tries to come back by itself.",
        tone: "warn",
        link: device,
      };
    case "device_not_paired":
      return {
        title: `${subject} waits to be paired`,
        text: "Scan its QR code with the phone, or type a pairing code into it.",
        tone: "info",
        link: { ...device, label: "Show QR code" },
      };
    case "device_restricted":
      return {
        title: `WhatsApp restricts ${subject}`,
        text: "It limits what this number may send. Send less for a while, and only to people who know it.",
        tone: "warn",
        link: device,
      };
    case "webhook_failing":
      return {
        title: "A webhook is failing",
        text: `The last attempts to reach ${subject} failed. They are repeated by themselves; what the receiver answered stands in its deliveries.`,
        tone: "warn",
        link: webhook,
      };
    case "webhook_disabled":
      return {
        title: "A webhook was disabled",
        text: `${subject} ${reason === "gone" ? "said that it is gone" : "failed for too long"}, so nothing is sent to it any more. Mend the receiver, then switch it on again.`,
        tone: "danger",
        link: webhook,
      };
    case "quota_low":
      return {
        title: "The month's messages are nearly used up",
        text: "Nine tenths are used. When none is left, sending is refused until the next month; whoever runs the server can raise the quota.",
        tone: "warn",
      };
  }
}
