/** Sending through the sandbox, as the holder of a test key sees it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAGIC_NUMBERS } from "../src/transport/sandbox/sandbox.js";
import { checkEvent } from "./contract-check.js";
import { eventually, startTestApp, type TestApp } from "./test-app.js";
import { startReceiver, type WebhookReceiver } from "./webhook-receiver.js";

let app: TestApp;
let receiver: WebhookReceiver;
beforeAll(async () => {
  app = await startTestApp();
  receiver = await startReceiver();
  const { body } = await app.request("POST", "/webhooks", {
    body: {
      url: receiver.url,
      events: ["message.sent", "message.delivered", "message.read", "message.failed", "message.received"],
    },
  });
  receiver.secret = body.data.secret;
});
afterAll(async () => {
  await receiver.close();
  await app.close();
});

const send = (phone_number: string, message: string, more: object = {}) =>
  app.request("POST", "/messages/send", { body: { phone_number, message, ...more } });
const get = async (id: string) => (await app.request("GET", `/messages/${id}`)).body.data;
const statusOf = (id: string, status: string) =>
  eventually(async () => (await get(id)).status === status || undefined, `${id} becoming ${status}`);
const eventsOf = (id: string) =>
  receiver.events.filter((event) => event.data.message_id === id).map((event) => event.event);

describe("a message to the sandbox", () => {
  it("is answered as sent, then delivered and read by itself", async () => {
    const { status, body } = await send("+94771234567", "Hello! How can we help you today?");
    expect(status).toBe(200);
    expect(Object.keys(body.data)).toEqual(["message_id", "phone_number", "message", "status", "timestamp"]);
    expect(body.data).toMatchObject({
      phone_number: "+94771234567",
      message: "Hello! How can we help you today?",
      status: "sent",
    });
    expect(body.data.message_id).toMatch(/^msg_[0-9a-z]{25}$/);
    await statusOf(body.data.message_id, "read");
    await eventually(() => eventsOf(body.data.message_id).length === 3 || undefined, "three events");
    expect(new Set(eventsOf(body.data.message_id))).toEqual(
      new Set(["message.sent", "message.delivered", "message.read"]),
    );
    for (const event of receiver.events) checkEvent(event);
  });

  it.each([
    ["+94 77 123-4567", "+94771234567"],
    ["0094 (77) 123.4567", "+94771234567"],
    ["+1 202 555 0150", "+12025550150"],
  ])("accepts %s", async (written, normalized) => {
    expect((await send(written, "x")).body.data.phone_number).toBe(normalized);
  });

  it.each([
    "0771234567",
    "94771234567",
    "+",
    "",
    "+1",
    "+123456789012345678",
    "abc",
    "+94771234567;ext=2",
    "+0123456789",
  ])("refuses the number %j by name", async (number) => {
    const { status, body } = await send(number, "x");
    expect(status).toBe(400);
    expect(body.details).toEqual([{ path: "phone_number", message: expect.stringContaining("+94771234567") }]);
  });

  it("keeps a text byte for byte", async () => {
    for (const text of [
      " ",
      "\n\t\r",
      "e\u0301 é",
      "\u2028\u2029",
      "\u{1F468}\u200D\u{1F469}",
      '"\\/',
      "\u0001\u007f",
      "x".repeat(65_536),
    ]) {
      const { body } = await send("+94771234567", text);
      expect(body.data.message).toBe(text);
      expect((await get(body.data.message_id)).content).toBe(text);
    }
  });

  it("counts characters, not UTF-16 units", async () => {
    expect((await send("+94771234567", "\u{1F600}".repeat(65_536))).status).toBe(200);
    const { status, body } = await send("+94771234567", "\u{1F600}".repeat(65_537));
    expect(status).toBe(400);
    expect(body.details).toEqual([{ path: "message", message: "must have at most 65,536 characters" }]);
  });

  it.each([
    ["an empty text", ""],
    ["NUL", "a\0b"],
    ["a lone surrogate", "a\ud800b"],
  ])("refuses %s", async (_, text) => {
    const { status, body } = await app.request("POST", "/messages/send", {
      rawBody: JSON.stringify({ phone_number: "+94771234567", message: text }),
    });
    expect(status).toBe(400);
    expect(body.details[0].path).toBe("message");
  });

  it("cuts a long text in events, at a character, and says so", async () => {
    const text = "\u{1F600}".repeat(65_536);
    const { body } = await send("+94771234567", text);
    const id = body.data.message_id;
    const event = await eventually(
      () => receiver.events.find((event) => event.data.message_id === id && event.event === "message.sent"),
      "the event",
    );
    expect(event.data.message_truncated).toBe(true);
    expect(text.startsWith(event.data.message)).toBe(true);
    expect(event.data.message.length).toBeGreaterThan(48_000);
    const { size } = receiver.requests.find((request) => request.body.includes(id)) ?? { size: Number.NaN };
    expect(size).toBeLessThan(100_000);
    expect(size).toBeGreaterThan(99_000);
  });
});

describe("the magic numbers", () => {
  it.each([
    ["not_on_whatsapp", MAGIC_NUMBERS.notOnWhatsApp],
    ["restricted", MAGIC_NUMBERS.restricted],
  ])("%s is a 500 with a stored message and an event", async (code, number) => {
    const { status, body } = await send(number, "x");
    expect(status).toBe(500);
    expect(body).toMatchObject({ error: "Message sending failed", code, retryable: false });
    expect(await get(body.message_id)).toMatchObject({ status: "failed", failure: { code } });
    await eventually(() => eventsOf(body.message_id).length === 1 || undefined, "message.failed");
    expect(eventsOf(body.message_id)).toEqual(["message.failed"]);
  });

  it("one is never acknowledged, and is answered without waiting", async () => {
    const { status, body } = await send(MAGIC_NUMBERS.unacknowledged, "x", { ttl_seconds: 1 });
    expect([status, body.data.status]).toEqual([200, "pending"]);
    await statusOf(body.data.message_id, "failed");
    expect((await get(body.data.message_id)).failure.code).toBe("expired");
    await eventually(() => eventsOf(body.data.message_id).includes("message.failed") || undefined, "message.failed");
  });

  it("one answers", async () => {
    const { body } = await send(MAGIC_NUMBERS.echo, "Is anybody there?");
    const { contact_id } = await get(body.data.message_id);
    const inbound = await eventually(
      () => receiver.events.find((event) => event.event === "message.received"),
      "message.received",
    );
    expect(inbound.data).toEqual({
      message_id: expect.stringMatching(/^msg_/),
      contact_id,
      phone_number: MAGIC_NUMBERS.echo,
      contact_name: null,
      message: "echo: Is anybody there?",
      message_type: "text",
      device_id: expect.stringMatching(/^device_/),
      device_name: "Sandbox",
      created_at: expect.stringMatching(/Z$/),
    });
    const { body: list } = await app.request("GET", `/messages?contact_id=${contact_id}`);
    expect(list.data.map((message: { direction: string }) => message.direction)).toEqual(["inbound", "outbound"]);
    expect(list.pagination).toEqual({ page: 1, limit: 50, total: 2, pages: 1, next_cursor: null });
    expect((await app.request("GET", `/contacts/${contact_id}`)).body.data.total_messages).toBe(2);
  });
});

describe("the recipient", () => {
  it("may be a contact", async () => {
    const first = await send("+94770000001", "x");
    const { contact_id } = await get(first.body.data.message_id);
    const { body } = await app.request("POST", "/messages/send", { body: { contact_id, message: "y" } });
    expect(body.data.phone_number).toBe("+94770000001");
  });

  it("is one of number and contact", async () => {
    const both = await send("+94770000001", "x", { contact_id: "contact_x" });
    expect(both.body.details).toEqual([
      { path: "contact_id", message: "cannot be combined with phone_number; send one of them" },
    ]);
    const none = await app.request("POST", "/messages/send", { body: { message: "x" } });
    expect(none.body.details).toEqual([{ path: "phone_number", message: "is required, unless contact_id is given" }]);
    expect(
      (await app.request("POST", "/messages/send", { body: { contact_id: "contact_x", message: "x" } })).status,
    ).toBe(404);
  });
});

describe("the device", () => {
  it("may be named", async () => {
    const { body } = await app.request("GET", "/devices");
    const [device] = body.data;
    expect(device).toMatchObject({ device_name: "Sandbox", status: "connected", is_primary: true, reason: null });
    expect((await send("+94771234567", "x", { device_id: device.id })).status).toBe(200);
    expect((await send("+94771234567", "x", { device_id: "device_x" })).status).toBe(404);
  });

  it("of a live key has to be connected first", async () => {
    const key = await app.createKey({ mode: "live" });
    const { status, body } = await app.request("POST", "/messages/send", {
      key,
      body: { phone_number: "+94771234567", message: "x" },
    });
    expect(status).toBe(500);
    expect(body).toMatchObject({ error: "Message sending failed", code: "device_not_connected", retryable: true });
    expect(body.message_id).toBeUndefined();
    expect((await app.request("GET", "/messages", { key })).body.pagination.total).toBe(0);
    expect((await app.request("GET", "/devices", { key })).body.data).toEqual([]);
  });
});
