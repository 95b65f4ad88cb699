import { InfiniteQueryObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import type { Page } from "../call.js";
import type { StreamedEvent } from "../event-stream.js";
import type { Message, MessageStatus } from "../generated/resources.js";
import {
  conversationOf,
  isWholeMessage,
  messageOf,
  type Told,
  tellMessage,
  toldMessagesQuery,
  withMessage,
} from "./live-messages.js";
import { keys } from "./query-keys.js";

const message = (minute: number, status: MessageStatus = "sent"): Message => ({
  id: `msg_${minute}`,
  contact_id: "contact_1",
  device_id: "device_1",
  phone_number: "+12025550104",
  contact_name: null,
  direction: "outbound",
  message_type: "text",
  content: `at ${minute}`,
  status,
  origin: "api",
  created_at: `2025-10-11T10:${minute}:00.000Z`,
});

const page = (next_cursor: string | null, ...items: Message[]): Page<Message> => ({
  items,
  info: { limit: 2, next_cursor },
  next: () => Promise.resolve(null),
  async *[Symbol.asyncIterator]() {
    yield* items;
  },
});

const told = (...messages: Message[]): Told => messages.reduce(withMessage, new Map<string, Message>());
const ids = (messages: Message[]) => messages.map(({ id }) => id);
const statuses = (messages: Message[]) => messages.map(({ status }) => status);

describe("a message that is told of", () => {
  it("stands in its place by its time, whatever the order in which it is told", () => {
    const read = [page("next", message(40), message(20)), page(null, message(10))];
    expect(ids(conversationOf(read, told(message(50), message(15), message(30))))).toEqual([
      "msg_50",
      "msg_40",
      "msg_30",
      "msg_20",
      "msg_15",
      "msg_10",
    ]);
  });

  it("is the newest of its time, the last told before the others", () => {
    const at = message(10).created_at;
    const later = [message(20), message(30)].map((each) => ({ ...each, created_at: at }));
    expect(ids(conversationOf([page(null, message(10))], told(...later)))).toEqual(["msg_30", "msg_20", "msg_10"]);
  });

  it("is there once, however often it is told of, and when its page is read", () => {
    const often = told(message(20), message(20, "delivered"));
    expect(ids(conversationOf([page(null, message(10))], often))).toEqual(["msg_20", "msg_10"]);
    expect(ids(conversationOf([page(null, message(20), message(10))], often))).toEqual(["msg_20", "msg_10"]);
  });

  it("moves its status forwards only, whether it was read or told before", () => {
    const read = [page("next", message(30), message(20, "read")), page(null, message(10))];
    const news = told(message(10, "read"), message(10, "delivered"), message(20, "delivered"));
    expect(statuses(conversationOf(read, news))).toEqual(["sent", "read", "read"]);
  });

  it("brings the reason with a failure", () => {
    const failure = { code: "expired", message: "It waited too long." } as const;
    const news = told({ ...message(10, "failed"), failure });
    expect(conversationOf([page(null, message(10, "pending"))], news)[0]).toMatchObject({ status: "failed", failure });
  });

  it("comes with its page where it is older than what was read", () => {
    const newest = page("next", message(30), message(20));
    expect(ids(conversationOf([newest], told(message(10, "read"))))).toEqual(["msg_30", "msg_20"]);
    const all = conversationOf([newest, page(null, message(10))], told(message(10, "read")));
    expect(statuses(all)).toEqual(["sent", "sent", "read"]);
  });

  it("leaves what did not change as it is, so that it is not drawn again", () => {
    const known = message(20);
    expect(conversationOf([page(null, known)], told(message(30), message(20)))[1]).toBe(known);
    const news = told(message(30, "read"));
    expect(withMessage(news, message(30, "delivered"))).toBe(news);
  });
});

describe("reading a conversation", () => {
  /** A conversation that is open, whose pages come when the test hands them out. */
  function open() {
    const asked: ((page: Page<Message>) => void)[] = [];
    const queryClient = new QueryClient();
    const reader = new InfiniteQueryObserver(queryClient, {
      queryKey: keys.messages("test", "contact_1"),
      initialPageParam: "",
      getNextPageParam: ({ info }: Page<Message>) => info.next_cursor,
      queryFn: () => new Promise<Page<Message>>((resolve) => asked.push(resolve)),
    });
    const news = toldMessagesQuery("test", "contact_1");
    new QueryObserver(queryClient, news).subscribe(() => undefined);
    reader.subscribe(() => undefined);
    const answer = async (answered: Page<Message>) => {
      await expect.poll(() => asked.length).toBe(1);
      asked.pop()?.(answered);
      await expect.poll(() => reader.getCurrentResult().isFetching).toBe(false);
    };
    const shown = () =>
      conversationOf(reader.getCurrentResult().data?.pages ?? [], queryClient.getQueryData(news.queryKey) ?? told());
    return { queryClient, reader, answer, shown };
  }

  it("loses nothing that is told while its first page is under way", async () => {
    const { queryClient, answer, shown } = open();
    tellMessage(queryClient, "test", message(20));
    await answer(page(null, message(10)));
    expect(ids(shown())).toEqual(["msg_20", "msg_10"]);
  });

  it("loses nothing that is told while an older page is under way", async () => {
    const { queryClient, reader, answer, shown } = open();
    await answer(page("next", message(20)));
    void reader.fetchNextPage();
    tellMessage(queryClient, "test", message(30));
    tellMessage(queryClient, "test", message(20, "read"));
    await answer(page(null, message(10)));
    expect(ids(shown())).toEqual(["msg_30", "msg_20", "msg_10"]);
    expect(statuses(shown())).toEqual(["sent", "read", "sent"]);
  });

  it("loses nothing that is told while all of it is read again", async () => {
    const { queryClient, reader, answer, shown } = open();
    await answer(page(null, message(10)));
    void reader.refetch();
    tellMessage(queryClient, "test", message(20));
    await answer(page(null, message(10)));
    expect(ids(shown())).toEqual(["msg_20", "msg_10"]);
  });

  it("keeps nothing of a conversation that is not open", () => {
    const queryClient = new QueryClient();
    tellMessage(queryClient, "test", message(10));
    expect(queryClient.getQueryCache().getAll()).toEqual([]);
  });
});

describe("an event's message", () => {
  const { id, content, direction: _, status, origin, ...told } = message(10);
  const data = { ...told, message_id: id, message: content, device_name: "Sales line" };

  it("is inbound where it was received, and outbound where it was sent", () => {
    const received: StreamedEvent = { id: "1", event: "message.received", timestamp: told.created_at, data };
    const sent: StreamedEvent = {
      id: "2",
      event: "message.sent",
      timestamp: told.created_at,
      data: { ...data, status, origin: origin ?? "api" },
    };
    expect(messageOf(received)).toMatchObject({ id, content, direction: "inbound" });
    expect(messageOf(sent)).toEqual(message(10));
  });

  it("is read again where its text was cut, or the phone sent a file", () => {
    expect(isWholeMessage(true, data)).toBe(true);
    expect(isWholeMessage(true, { ...data, message_truncated: true })).toBe(false);
    expect(isWholeMessage(false, { ...data, message_type: "image" })).toBe(false);
  });
});
