/** Retries under an Idempotency-Key. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAGIC_NUMBERS } from "../src/transport/sandbox/sandbox.js";
import { createFakeClock } from "./fake-clock.js";
import { startTestApp, type TestApp } from "./test-app.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

let keys = 0;
function newKey(): string {
  keys += 1;
  return `order-${keys}`;
}
const post = (path: string, idempotencyKey: string, body?: unknown, key?: string) =>
  app.request("POST", path, { body, headers: { "idempotency-key": idempotencyKey }, ...(key && { key }) });
const hello = { phone_number: "+94771234567", message: "Hello" };
const totalMessages = async () => (await app.request("GET", "/messages?limit=1")).body.pagination.total;

describe("a repeated send", () => {
  it("gives the first answer again and sends nothing", async () => {
    const key = newKey();
    const first = await post("/messages/send", key, hello);
    const before = await totalMessages();
    const again = await post("/messages/send", key, hello);
    expect(again.body).toEqual(first.body);
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await totalMessages()).toBe(before);
  });

  it("is the same request in another white space and order", async () => {
    const key = newKey();
    const first = await post("/messages/send", key, hello);
    const again = await app.request("POST", "/messages/send", {
      rawBody: ` { "message":"Hello",\n"phone_number": "+94771234567" } `,
      headers: { "idempotency-key": key },
    });
    expect(again.body).toEqual(first.body);
  });

  it("with another body is a 422", async () => {
    const key = newKey();
    await post("/messages/send", key, hello);
    const { status, body } = await post("/messages/send", key, { ...hello, message: "Other" });
    expect([status, body.code]).toEqual([422, "idempotency_key_reused"]);
  });

  it("while the first is in flight is a 409 with Retry-After, and one message is stored", async () => {
    const key = newKey();
    const before = await totalMessages();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post("/messages/send", key, hello)));
    expect(await totalMessages()).toBe(before + 1);
    for (const { status, body, headers } of answers) {
      expect([200, 409]).toContain(status);
      if (status === 409)
        expect([body.code, body.retryable, headers.get("retry-after")]).toEqual(["idempotency_in_flight", true, "1"]);
    }
    expect((await post("/messages/send", key, hello)).status).toBe(200);
  });

  it("that failed fails again in the same way", async () => {
    const key = newKey();
    const body = { phone_number: MAGIC_NUMBERS.notOnWhatsApp, message: "x" };
    const first = await post("/messages/send", key, body);
    const again = await post("/messages/send", key, body);
    expect([first.status, again.status]).toEqual([500, 500]);
    expect({ ...again.body, request_id: "" }).toEqual({ ...first.body, request_id: "" });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
  });
});

describe("a key", () => {
  it("is free again after an error that created nothing", async () => {
    const key = newKey();
    expect((await post("/messages/send", key, { ...hello, phone_number: "1" })).status).toBe(400);
    expect((await post("/messages/send", key, hello)).status).toBe(200);
  });

  it("of one space means nothing in another, nor for another operation", async () => {
    const key = newKey();
    await post("/messages/send", key, hello);
    const stranger = await app.createKey({ account: "stranger" });
    expect((await post("/messages/send", key, { ...hello, message: "Other" }, stranger)).status).toBe(200);
    expect((await post("/api-keys", key, { name: "x", scopes: ["messages:read"] })).status).toBe(201);
  });

  it.each(["", " ", "a b", "é", "x".repeat(256)])("may not be %j", async (key) => {
    const response = await fetch(`${app.baseUrl}/messages/send`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${app.key}`,
        "content-type": "application/json",
        "idempotency-key": Buffer.from(key).toString("latin1"),
      },
      body: JSON.stringify(hello),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: "invalid_request",
      message: expect.stringMatching(/^Idempotency-Key: must/),
    });
  });

  it("gives a webhook's secret and an API key again, and keeps them sealed", async () => {
    for (const [path, request] of [
      ["/webhooks", { url: "https://example.com/", events: ["message.sent"] }],
      ["/api-keys", { name: "x", scopes: ["messages:read"] }],
    ] as const) {
      const key = newKey();
      const first = await post(path, key, request);
      const again = await post(path, key, request);
      expect(again.body).toEqual(first.body);
      const rows = await app.store.read
        .selectFrom("idempotency_keys")
        .select("answer")
        .where("key", "=", key)
        .execute();
      const secret = first.body.data.secret ?? first.body.data.key;
      for (const { answer } of rows) expect(answer?.includes(secret)).toBe(false);
      expect(rows).toHaveLength(1);
    }
  });

  it("gives nothing to a key that may do less", async () => {
    const key = newKey();
    const request = { name: "x", scopes: ["messages:send"] };
    await post("/api-keys", key, request);
    const lesser = await app.createKey({ scopes: ["keys:manage"] });
    const { status, body } = await post("/api-keys", key, request, lesser);
    expect([status, body.code]).toEqual([422, "idempotency_key_reused"]);
    expect(JSON.stringify(body)).not.toContain("wf_test_");
  });

  it("gives what may be secret to nobody else, and what became of a message to every key that may do as much", async () => {
    const key = newKey();
    const request = { name: "x", scopes: ["messages:send"] };
    await post("/api-keys", key, request);
    const equal = await app.createKey();
    const { status, body } = await post("/api-keys", key, request, equal);
    expect([status, body.code]).toEqual([422, "idempotency_key_reused"]);
    expect(JSON.stringify(body)).not.toContain("wf_test_");
    expect((await post("/api-keys", key, request)).headers.get("idempotent-replayed")).toBe("true");
    await post("/messages/send", key, hello);
    expect((await post("/messages/send", key, hello, equal)).headers.get("idempotent-replayed")).toBe("true");
  });

  it("covers the id in the path", async () => {
    const create = () =>
      app.request("POST", "/webhooks", { body: { url: "https://example.com/", events: ["message.sent"] } });
    const [one, two] = [await create(), await create()];
    const key = newKey();
    expect((await post(`/webhooks/${one.body.data.id}/test`, key)).status).toBe(200);
    expect((await post(`/webhooks/${two.body.data.id}/test`, key)).status).toBe(422);
    expect((await post(`/webhooks/${one.body.data.id}/test`, key)).headers.get("idempotent-replayed")).toBe("true");
    const { body } = await app.request("GET", `/webhooks/${one.body.data.id}/deliveries`);
    expect(body.data.filter((delivery: { event_type: string }) => delivery.event_type === "webhook.test")).toHaveLength(
      1,
    );
  });

  it("is forgotten after 24 hours", async () => {
    const clock = createFakeClock();
    const aged = await startTestApp({ clock });
    try {
      const send = (message: string) =>
        aged.request("POST", "/messages/send", { body: { ...hello, message }, headers: { "idempotency-key": "k" } });
      const first = await send("Hello");
      clock.advance(24 * 3_600_000 - 1);
      expect((await send("Hello")).body).toEqual(first.body);
      clock.advance(1);
      expect((await send("Other")).body.data.message_id).not.toBe(first.body.data.message_id);
    } finally {
      await aged.close();
    }
  });
});
