/**
 * What is told of the messages of an open conversation, by events and by the answers to what is sent from it. It is kept apart
 * from the pages that are read: one that was under way would put them back to what they were when it began.
 */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Page } from "../call.js";
import type { StreamedEvent } from "../event-stream.js";
import type { Message, MessageStatus, Mode } from "../generated/resources.js";
import { keys } from "./query-keys.js";

/** By their ids. */
export type Told = ReadonlyMap<string, Message>;

const NOTHING_TOLD: Told = new Map();

/** Never read: for as long as it is observed, `tellMessage` puts into it what becomes known. */
export const toldMessagesQuery = (mode: Mode, contactId: string) =>
  queryOptions({
    queryKey: keys.toldMessages(mode, contactId),
    initialData: NOTHING_TOLD,
    enabled: false,
    gcTime: 0,
  });

/** Does nothing where the conversation is not open: what is read then has it. */
export function tellMessage(queryClient: QueryClient, mode: Mode, message: Message): void {
  const queryKey = keys.toldMessages(mode, message.contact_id);
  if (!queryClient.getQueryCache().find({ queryKey })) return;
  queryClient.setQueryData<Told>(queryKey, (told) => withMessage(told ?? NOTHING_TOLD, message));
}

/** The message that an event is about. */
export function messageOf(event: StreamedEvent): Message | undefined {
  switch (event.event) {
    case "message.received":
    case "group.message.received": {
      const { message_id, message, device_name: _, message_truncated: __, ...told } = event.data;
      return { ...told, id: message_id, content: message, direction: "inbound", status: "delivered" };
    }
    case "message.sent":
    case "message.delivered":
    case "message.read":
    case "message.failed": {
      const { message_id, message, device_name: _, message_truncated: __, ...told } = event.data;
      return { ...told, id: message_id, content: message, direction: "outbound" };
    }
    default:
      return undefined;
  }
}

type MessageData = { message_type: Message["message_type"]; message_truncated?: true };

/** Whether the event tells all of its message: long texts are cut, and of what the phone sent the file is missing. */
export function isWholeMessage(isInbound: boolean, { message_type, message_truncated }: MessageData): boolean {
  return !message_truncated && (isInbound || message_type === "text");
}

const RANKS: Record<MessageStatus, number> = { pending: 0, sent: 1, delivered: 2, read: 3, failed: 4 };

/** A status only moves forwards: events and answers may overtake each other. */
export function withMessage(told: Told, message: Message): Told {
  const known = told.get(message.id);
  const next = known ? moved(known, message) : message;
  return next === known ? told : new Map(told).set(message.id, next);
}

/** All of the conversation that is known, the newest first: what was read, and in its place what was told besides. */
export function conversationOf(pages: readonly Page<Message>[], told: Told): Message[] {
  const read = pages.flatMap(({ items }) => items);
  if (told.size === 0) return read;
  const ids = new Set(read.map(({ id }) => id));
  // What is older than all that was read comes with its page.
  const oldest = pages.at(-1)?.info.next_cursor ? read.at(-1) : undefined;
  const besides = [...told.values()].filter(
    ({ id, created_at }) => !ids.has(id) && (oldest === undefined || created_at >= oldest.created_at),
  );
  // Of one time, what was told last is the newest; the sort leaves such as they are.
  return [...besides.reverse(), ...read.map((message) => moved(message, told.get(message.id)))].sort((a, b) =>
    a.created_at < b.created_at ? 1 : a.created_at > b.created_at ? -1 : 0,
  );
}

function moved(known: Message, told: Message | undefined): Message {
  if (!told || RANKS[told.status] <= RANKS[known.status]) return known;
  return { ...known, status: told.status, ...(told.failure && { failure: told.failure }) };
}
