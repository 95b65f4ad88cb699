/** What an event tells about a message, put into the pages of its conversation that are read already. */
import type { InfiniteData } from "@tanstack/react-query";
import type { Page } from "../call.js";
import type { StreamedEvent } from "../event-stream.js";
import type { Message, MessageStatus } from "../generated/resources.js";

/** As `messagesQuery` holds them: the newest page first, and in each the newest message first. */
export type MessagePages = InfiniteData<Page<Message>, string | undefined>;

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

/** The pages with the message in its place. A status only moves forwards: events and answers may overtake each other. */
export function withMessage(data: MessagePages | undefined, message: Message): MessagePages | undefined {
  const [newest, ...older] = data?.pages ?? [];
  if (!data || !newest) return data;
  const at = data.pages.findIndex(({ items }) => items.some(({ id }) => id === message.id));
  if (at >= 0)
    return {
      ...data,
      pages: data.pages.map((page, index) =>
        index === at ? { ...page, items: page.items.map((each) => moved(each, message)) } : page,
      ),
    };
  // Older than all that was read: it comes with its page.
  const last = data.pages.at(-1);
  const oldest = last?.items.at(-1);
  if (last?.info.next_cursor && oldest && message.created_at < oldest.created_at) return data;
  const place = newest.items.findIndex(({ created_at }) => created_at <= message.created_at);
  const items = newest.items.toSpliced(place < 0 ? newest.items.length : place, 0, message);
  return { ...data, pages: [{ ...newest, items }, ...older] };
}

function moved(known: Message, told: Message): Message {
  if (known.id !== told.id || RANKS[told.status] <= RANKS[known.status]) return known;
  return { ...known, status: told.status, ...(told.failure && { failure: told.failure }) };
}
