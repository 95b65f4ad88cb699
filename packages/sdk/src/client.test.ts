import { readFile } from "node:fs/promises";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { failure, startServer, success } from "../test/api-server.js";
import { toApiError } from "./errors.js";
import type { Contact, CreatedWebhook, Device, Message, Page, Result, SentMessage } from "./index.js";
import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  WhatsFlow,
  WhatsFlowError,
} from "./index.js";

const apiKey = "wf_test_0123456789";
const SENT: SentMessage = {
  message_id: "msg_1",
  phone_number: "+94771234567",
  message: "Hello",
  status: "sent",
  timestamp: "2025-10-11T10:30:00.000Z",
};

describe("new WhatsFlow", () => {
  it.each([undefined, "", 5])("refuses %j as an API key", (key) => {
    // @ts-expect-error not a string
    const options: { apiKey: string } = { apiKey: key };
    expect(() => new WhatsFlow(options)).toThrow(TypeError);
    expect(() => new WhatsFlow(options)).toThrow("apiKey is missing");
  });

  it("refuses an API key that no header can hold, without quoting it", () => {
    expect(() => new WhatsFlow({ apiKey: "wf_live_secret\n" })).toThrow(/line breaks/);
    expect(() => new WhatsFlow({ apiKey: "wf_live_secret\n" })).not.toThrow(/secret/);
  });

  it.each(["", "localhost:2152", "/api", "ftp://a.example", "http://user:password@a.example"])(
    "refuses %j as a base URL",
    (baseUrl) => expect(() => new WhatsFlow({ apiKey, baseUrl })).toThrow(/^baseUrl must/),
  );

  it.each([
    { timeoutMs: 0 },
    { timeoutMs: Number.NaN },
    { maxRetries: -1 },
    { maxRetries: 1.5 },
    { maxRetryWaitMs: -1 },
  ])("refuses %j", (option) => expect(() => new WhatsFlow({ apiKey, ...option })).toThrow(/must be a whole number/));

  it.each(["", "/", "/api/public/v1", "/api/public/v1/"])("finds the API below %j", async (path) => {
    const server = await startServer(success(SENT));
    await new WhatsFlow({ apiKey, baseUrl: server.url + path }).messages.get("msg_1");
    expect(server.asked[0]?.url).toBe("/api/public/v1/messages/msg_1");
  });

  it("keeps another path, as behind a proxy", async () => {
    const server = await startServer(success(SENT));
    await new WhatsFlow({ apiKey, baseUrl: `${server.url}/whatsapp/api/public/v1` }).messages.get("msg_1");
    expect(server.asked[0]?.url).toBe("/whatsapp/api/public/v1/messages/msg_1");
  });

  it("uses the fetch that it is given", async () => {
    const fetch = async (request: Request) => Response.json({ success: true, data: { id: request.url } });
    const client = new WhatsFlow({ apiKey, baseUrl: "http://nowhere.invalid", fetch });
    expect((await client.messages.get("a")).id).toBe("http://nowhere.invalid/api/public/v1/messages/a");
  });

  describe("in a browser", () => {
    beforeEach(() => vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0" }));
    afterEach(() => vi.unstubAllGlobals());

    it("is refused, unless it was told otherwise", () => {
      expect(() => new WhatsFlow({ apiKey })).toThrow(/This is a browser.*dangerouslyAllowBrowser/);
      expect(new WhatsFlow({ apiKey, dangerouslyAllowBrowser: true })).toBeInstanceOf(WhatsFlow);
      expect(new WhatsFlow({ apiKey: null })).toBeInstanceOf(WhatsFlow);
    });
  });

  it("sends no key with null, for what signs in by other means", async () => {
    const server = await startServer(success([]));
    await new WhatsFlow({ apiKey: null, baseUrl: server.url }).devices.list();
    expect(server.asked[0]?.headers).not.toHaveProperty("authorization");
  });

  it("does not show its key when it is logged", async () => {
    const server = await startServer(failure(401, "unauthorized"));
    const client = new WhatsFlow({ apiKey, baseUrl: server.url });
    const error = await client.usage.get().catch((reason: unknown) => reason);
    for (const value of [client, error]) expect(inspect(value, { depth: 10, showHidden: true })).not.toContain(apiKey);
    expect(JSON.stringify(client) + JSON.stringify(error)).not.toContain(apiKey);
  });
});

describe("resources", () => {
  it("sends a body and resolves to data", async () => {
    const server = await startServer(success(SENT));
    const client = new WhatsFlow({ apiKey, baseUrl: server.url });
    const sent = await client.messages.send({ phone_number: "+94771234567", message: "Hello" });
    expectTypeOf(sent).toEqualTypeOf<SentMessage>();
    expect(sent).toEqual(SENT);
    expect(server.asked[0]).toMatchObject({
      method: "POST",
      url: "/api/public/v1/messages/send",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json", accept: "application/json" },
      body: '{"phone_number":"+94771234567","message":"Hello"}',
    });
  });

  it("resolves to the message where there is no data", async () => {
    const server = await startServer({ json: { success: true, message: "Webhook deleted successfully" } });
    const answer = await new WhatsFlow({ apiKey, baseUrl: server.url }).webhooks.delete("webhook_1");
    expectTypeOf(answer).toEqualTypeOf<string>();
    expect(answer).toBe("Webhook deleted successfully");
    expect(server.asked[0]).toMatchObject({ method: "DELETE", url: "/api/public/v1/webhooks/webhook_1", body: "" });
    expect(server.asked[0]?.headers["content-type"]).toBeUndefined();
  });

  it("puts parameters where they belong, encoded", async () => {
    const server = await startServer({
      json: { success: true, data: [], pagination: { limit: 5, next_cursor: null } },
    });
    const client = new WhatsFlow({ apiKey, baseUrl: server.url });
    await client.webhooks.deliveries("a/b?c", { limit: 5, cursor: undefined });
    await client.messages.list({ since: "2025-10-11T00:00:00+05:30", direction: "inbound" });
    expect(server.asked.map(({ url }) => url)).toEqual([
      "/api/public/v1/webhooks/a%2Fb%3Fc/deliveries?limit=5",
      "/api/public/v1/messages?since=2025-10-11T00%3A00%3A00%2B05%3A30&direction=inbound",
    ]);
  });

  it.each(["", ".", ".."])("refuses %j as an id, because it would address something else", async (id) => {
    const server = await startServer(success(SENT));
    const client = new WhatsFlow({ apiKey, baseUrl: server.url });
    await expect(client.webhooks.delete(id)).rejects.toThrow(TypeError);
    await expect(client.api.DELETE("/webhooks/{id}", { params: { path: { id } } })).rejects.toThrow(TypeError);
    expect(server.asked).toEqual([]);
  });

  it("has the contract's types", () => {
    const client = new WhatsFlow({ apiKey });
    expectTypeOf(client.devices.list).returns.resolves.toEqualTypeOf<Device[]>();
    expectTypeOf(client.contacts.get).returns.resolves.toEqualTypeOf<Contact>();
    expectTypeOf(client.messages.list).returns.resolves.toEqualTypeOf<Page<Message>>();
    // @ts-expect-error the text is missing
    expectTypeOf(client.messages.send).toBeCallableWith({ phone_number: "+94771234567" });
    // @ts-expect-error no such scope
    expectTypeOf(client.apiKeys.create).toBeCallableWith({ name: "a", scopes: ["messages:delete"] });
  });
});

describe("a promise of data", () => {
  const headers = {
    "X-Request-Id": "req_7",
    "X-RateLimit-Limit": "100",
    "X-RateLimit-Remaining": "99",
    "X-RateLimit-Reset": "1760178660",
  };

  it("tells what the answer said besides", async () => {
    const message = "Webhook created successfully. Save the secret - it will not be shown again.";
    const server = await startServer({
      status: 201,
      headers,
      json: { success: true, data: { id: "webhook_1" }, message },
    });
    const client = new WhatsFlow({ apiKey, baseUrl: server.url });
    const answer = await client.webhooks
      .create({ url: "https://example.com", events: ["message.read"] })
      .withResponse();
    expectTypeOf(answer.data).toEqualTypeOf<CreatedWebhook>();
    expect(answer).toEqual({
      data: { id: "webhook_1" },
      status: 201,
      headers: expect.any(Headers),
      requestId: "req_7",
      rateLimit: { limit: 100, remaining: 99, resetAt: new Date("2025-10-11T10:31:00Z") },
      notice: message,
    });
    expect(answer.headers.get("x-request-id")).toBe("req_7");
    expect(server.asked).toHaveLength(1);
  });

  it("tells nothing that the answer did not say", async () => {
    const server = await startServer(success({}));
    expect(await new WhatsFlow({ apiKey, baseUrl: server.url }).usage.get().withResponse()).toMatchObject({
      requestId: undefined,
      rateLimit: undefined,
      notice: undefined,
    });
  });

  it("tells of a page too, whose following pages are still to be had", async () => {
    const page = (id: string, next_cursor: string | null) => ({
      headers,
      json: { success: true, data: [{ id }], pagination: { limit: 1, next_cursor } },
    });
    const server = await startServer(page("a", "2"), page("b", null));
    const { data, requestId } = await new WhatsFlow({ apiKey, baseUrl: server.url }).messages.list().withResponse();
    expectTypeOf(data).toEqualTypeOf<Page<Message>>();
    expect([data.items, requestId]).toEqual([[{ id: "a" }], "req_7"]);
    expect((await data.next())?.items).toEqual([{ id: "b" }]);
  });

  it("becomes a result for those who do not throw", async () => {
    const server = await startServer(success(SENT), failure(404, "not_found"));
    const client = new WhatsFlow({ apiKey, baseUrl: server.url });
    expect(await client.messages.get("msg_1").result()).toEqual({ ok: true, data: SENT });
    const result = await client.messages.get("msg_1").result();
    expectTypeOf(result).toEqualTypeOf<Result<Message>>();
    expect(result).toEqual({ ok: false, error: expect.any(NotFoundError) });
  });

  it("throws wrong use and aborts in every form", async () => {
    const client = new WhatsFlow({ apiKey, baseUrl: "http://127.0.0.1:1", maxRetries: 0 });
    await expect(client.messages.get("").result()).rejects.toThrow(TypeError);
    const reason = new Error("enough");
    await expect(client.usage.get({ signal: AbortSignal.abort(reason) }).result()).rejects.toBe(reason);
    expect(await client.usage.get().result()).toMatchObject({ ok: false, error: { name: "ConnectionError" } });
  });

  it("that fails is no unhandled rejection, whichever form was asked for", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    const client = new WhatsFlow({ apiKey, baseUrl: "http://127.0.0.1:1", maxRetries: 0 });
    await client.usage
      .get()
      .withResponse()
      .catch(() => {});
    await client.usage.get().result();
    await client.messages
      .list()
      .withResponse()
      .catch(() => {});
    await expect(client.messages.list()[Symbol.asyncIterator]().next()).rejects.toThrow(ConnectionError);
    await new Promise((turn) => setImmediate(turn));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });
});

describe("errors", () => {
  it.each<[number, typeof ApiError, string]>([
    [400, BadRequestError, "BadRequestError"],
    [401, AuthenticationError, "AuthenticationError"],
    [403, PermissionError, "PermissionError"],
    [404, NotFoundError, "NotFoundError"],
    [405, BadRequestError, "BadRequestError"],
    [409, ConflictError, "ConflictError"],
    [413, BadRequestError, "BadRequestError"],
    [415, BadRequestError, "BadRequestError"],
    [422, BadRequestError, "BadRequestError"],
    [429, RateLimitError, "RateLimitError"],
    [500, ServerError, "ServerError"],
    [502, ServerError, "ServerError"],
  ])("have a class for a %i", async (status, Family, name) => {
    const server = await startServer({ ...failure(status, "some_code"), headers: { "Retry-After": "7" } });
    const client = new WhatsFlow({ apiKey, baseUrl: server.url, maxRetries: 0 });
    const error = await client.usage.get().catch((reason: unknown) => reason);
    for (const Class of [Family, ApiError, WhatsFlowError, Error]) expect(error).toBeInstanceOf(Class);
    expect(error).toMatchObject({ name, status, code: "some_code", requestId: "req_1", retryAfter: 7 });
  });

  it("carries all that the API says", async () => {
    const details = [{ path: "message", message: "is required" }];
    const server = await startServer(failure(400, "invalid_request", { details, message: "message: is required" }));
    const error = await new WhatsFlow({ apiKey, baseUrl: server.url }).usage.get().catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: "BadRequestError",
      message: "message: is required (400 invalid_request)",
      status: 400,
      code: "invalid_request",
      requestId: "req_1",
      details,
      retryable: false,
      retryAfter: undefined,
      messageId: undefined,
      body: { success: false },
    });
  });

  it("names the stored message of a failed sending", async () => {
    const server = await startServer(failure(500, "not_on_whatsapp", { message_id: "msg_9" }));
    const client = new WhatsFlow({ apiKey, baseUrl: server.url });
    const sending = client.messages.send({ phone_number: "+12025550100", message: "Hello" });
    await expect(sending).rejects.toMatchObject({ code: "not_on_whatsapp", messageId: "msg_9" });
    expect(server.asked).toHaveLength(1);
  });

  it("explains an answer that is not the API's", async () => {
    const server = await startServer({ status: 502, text: "<h1>Bad Gateway</h1>" });
    const client = new WhatsFlow({ apiKey, baseUrl: server.url, maxRetries: 0 });
    await expect(client.usage.get()).rejects.toMatchObject({
      message:
        "This is no answer of the API (text/html); check baseUrl and what stands in between, such as a proxy (502 http_502)",
      status: 502,
      code: "http_502",
      retryable: true,
      body: "<h1>Bad Gateway</h1>",
    });
  });

  it("does not take a page of HTML for a success", async () => {
    const server = await startServer({ status: 200, text: "<h1>Welcome</h1>" });
    const client = new WhatsFlow({ apiKey, baseUrl: server.url });
    await expect(client.usage.get()).rejects.toMatchObject({
      name: "ApiError",
      status: 200,
      code: "http_200",
    });
  });

  it("does not take another API's JSON for a success", async () => {
    const server = await startServer({ json: { hello: 1 } });
    const client = new WhatsFlow({ apiKey, baseUrl: server.url });
    for (const call of [client.usage.get(), client.devices.list(), client.messages.list()])
      expect(await call.result()).toMatchObject({ ok: false, error: { name: "ApiError", code: "http_200" } });
  });
});

describe("the documentation of methods", () => {
  it("names the error classes that are thrown", async () => {
    const source = await readFile(new URL("./generated/resources.ts", import.meta.url), "utf8");
    const named = [...source.matchAll(/@throws \{(\w+)\} (\d{3}.*)/g)];
    expect(named.length).toBeGreaterThan(100);
    for (const [, name, statuses = ""] of named) {
      for (const [status] of statuses.matchAll(/\b\d{3}\b/g)) {
        expect(toApiError({ status: Number(status), headers: new Headers(), body: {} }).name, status).toBe(name);
      }
    }
  });
});

describe("api", () => {
  it("is the raw, typed client", async () => {
    const server = await startServer(success({ id: "msg_1" }), failure(404, "not_found"));
    const client = new WhatsFlow({ apiKey, baseUrl: server.url });
    const found = await client.api.GET("/messages/{id}", { params: { path: { id: "msg_1" } } });
    expect(found.data?.data.id).toBe("msg_1");
    const { error, response } = await client.api.GET("/messages/{id}", { params: { path: { id: "msg_2" } } });
    expect(response.status).toBe(404);
    expect(error).toMatchObject({ code: "not_found" });
    expect(server.asked[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
  });

  it("throws for a page, which is no answer of the API", async () => {
    const server = await startServer({ text: "<h1>Welcome</h1>" });
    const client = new WhatsFlow({ apiKey, baseUrl: server.url });
    await expect(client.api.GET("/usage")).rejects.toMatchObject({ name: "ApiError", code: "http_200" });
  });

  it("has the same retries", async () => {
    const server = await startServer({ status: 503, headers: { "Retry-After": "0" }, json: {} }, success(SENT));
    const client = new WhatsFlow({ apiKey, baseUrl: server.url });
    const { data } = await client.api.POST("/messages/send", {
      body: { phone_number: "+94771234567", message: "Hello" },
    });
    expect(data?.data).toEqual(SENT);
    const keys = server.asked.map(({ headers }) => headers["idempotency-key"]);
    expect(keys[0]).toBeTruthy();
    expect(keys[1]).toBe(keys[0]);
  });
});
