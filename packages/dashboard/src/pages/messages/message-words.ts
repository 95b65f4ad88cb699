/** Messages in words: who it is with, what is in it, and how far it got. */
import { clockTime, dayOf } from "../../components/times.js";
import type { Contact, Message, MessageStatus, MessageType } from "../../generated/resources.js";

export const contactName = ({ name, phone_number }: Pick<Contact, "name" | "phone_number">): string =>
  name ?? phone_number ?? "Hidden number";

const TYPES: Record<MessageType, string> = {
  text: "Text",
  image: "Picture",
  video: "Video",
  audio: "Voice or audio",
  document: "Document",
  sticker: "Sticker",
  location: "Location",
  contact: "Contact card",
  reaction: "Reaction",
  poll: "Poll",
  edit: "Edited",
  delete: "Deleted a message",
  unsupported: "A kind of message that is only shown on the phone",
};

/** What stands above the text, or in its place. */
export function kindOf({ message_type, media }: Message): string | undefined {
  if (message_type === "text") return undefined;
  return [TYPES[message_type], media?.file_name].filter(Boolean).join(": ");
}

/** One line of it, for the list. */
export const previewOf = (message: Message): string =>
  [kindOf(message), message.content].filter(Boolean).join(": ") || "Empty message";

const STATUSES: Record<MessageStatus, string> = {
  pending: "Pending: WhatsApp has not acknowledged it yet",
  sent: "Sent: WhatsApp has it",
  delivered: "Delivered to the phone",
  read: "Read",
  failed: "Failed",
};

export const statusWords = (status: MessageStatus): string => STATUSES[status];

/** Today the time, before that the day. */
export const shortTime = (at: string, now: number): string =>
  dayOf(at) === dayOf(new Date(now).toISOString()) ? clockTime(at) : dayOf(at);

/** Messages by their day, the oldest first, from pages that begin with the newest. */
export function byDay(newestFirst: readonly Message[]): { day: string; messages: Message[] }[] {
  const days: { day: string; messages: Message[] }[] = [];
  for (const message of newestFirst.toReversed()) {
    const day = dayOf(message.created_at);
    const last = days.at(-1);
    if (last?.day === day) last.messages.push(message);
    else days.push({ day, messages: [message] });
  }
  return days;
}
