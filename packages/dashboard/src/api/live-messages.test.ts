import { describe, expect, it } from "vitest";
import type { Page } from "../call.js";
import type { StreamedEvent } from "../event-stream.js";
import type { Message, MessageStatus } from "../generated/resources.js";
import { isWholeMessage, type MessagePages, messageOf, withMessage } from "./live-messages.js";

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

const read = (...pages: Page<Message>[]): MessagePages => ({ pages, pageParams: pages.map(() => undefined) });
const ids = (data: MessagePages | undefined) => data?.pages.map(({ items }) => items.map(({ id }) => id));
const statuses = (data: MessagePages | undefined) =>
  data?.pages.flatMap(({ items }) => items.map(({ status }) => status));

describe("a message that an event tells of", () => {
  it("stands in its place by its time, whatever the order of the events", () => {
    const data = withMessage(withMessage(read(page(null, message(10))), message(30)), message(20));
    expect(ids(data)).toEqual([["msg_30", "msg_20", "msg_10"]]);
  });

  it("is there once, however often it is told of", () => {
    const once = withMessage(read(page(null, message(10))), message(20));
    expect(ids(withMessage(once, message(20, "delivered")))).toEqual([["msg_20", "msg_10"]]);
  });

  it("moves its status forwards only, also on an older page", () => {
    const data = read(page("next", message(30), message(20)), page(null, message(10)));
    const isRead = withMessage(data, message(10, "read"));
    expect(statuses(isRead)).toEqual(["sent", "sent", "read"]);
    expect(statuses(withMessage(isRead, message(10, "delivered")))).toEqual(["sent", "sent", "read"]);
  });

  it("brings the reason with a failure", () => {
    const failure = { code: "expired", message: "It waited too long." } as const;
    const data = withMessage(read(page(null, message(10, "pending"))), { ...message(10, "failed"), failure });
    expect(data?.pages[0]?.items[0]).toMatchObject({ status: "failed", failure });
  });

  it("is left to its page where it is older than what was read", () => {
    const data = read(page("next", message(30), message(20)));
    expect(withMessage(data, message(10))).toBe(data);
  });

  it("leaves what did not change as it is, so that it is not drawn again", () => {
    const data = read(page("next", message(30), message(20)), page(null, message(10)));
    const changed = withMessage(data, message(30, "read"));
    expect(changed?.pages[1]).toBe(data.pages[1]);
    expect(changed?.pages[0]?.items[1]).toBe(data.pages[0]?.items[1]);
  });

  it("changes nothing where the conversation was not read", () => {
    expect(withMessage(undefined, message(10))).toBeUndefined();
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
