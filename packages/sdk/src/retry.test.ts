import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Answer, failure, hangUp, startServer, success } from "../test/api-server.js";
import { ApiError, ConflictError, ConnectionError, retryAfterMs } from "./errors.js";
import { WhatsFlow } from "./index.js";
import { createSend } from "./retry.js";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const NOW = Date.UTC(2025, 9, 11, 10, 30);
const apiKey = "wf_test_0123456789";
const soon = { "Retry-After": "0" };
const hello = { phone_number: "+94771234567", message: "Hello" };

afterEach(() => void vi.useRealTimers());

async function startClient(...answers: Answer[]) {
  const server = await startServer(...answers);
  return { asked: server.asked, client: new WhatsFlow({ apiKey, baseUrl: server.url }) };
}

/** The answer again, with headers. */
const withHeaders = (answer: Answer, headers: Record<string, string>): Answer => ({ ...answer, headers });

describe("a failed attempt", () => {
  it.each<[string, Answer]>([
    ["429", failure(429, "rate_limited")],
    ["502", { status: 502, text: "<h1>Bad Gateway</h1>" }],
    ["503", { status: 503, text: "" }],
    ["504", { status: 504, json: null }],
    ["500 that says retryable", failure(500, "device_not_connected", { retryable: true })],
    ["409 idempotency_in_flight", failure(409, "idempotency_in_flight")],
    [
      "409 idempotency_in_flight of an API that does not say retryable",
      { status: 409, json: { code: "idempotency_in_flight" } },
    ],
  ])("is repeated after a %s", async (_, answer) => {
    const { client, asked } = await startClient(withHeaders(answer, soon), success("done"));
    expect(await client.messages.send(hello)).toBe("done");
    expect(asked).toHaveLength(2);
  });

  it("is repeated with its body, whatever was collected meanwhile", async () => {
    const { client, asked } = await startClient(
      ...Array.from({ length: 2 }, () => withHeaders(failure(429, "rate_limited"), soon)),
      success("done"),
    );
    const collecting = setInterval(collectGarbage, 1);
    try {
      expect(await client.messages.send(hello)).toBe("done");
    } finally {
      clearInterval(collecting);
    }
    expect(asked.map(({ body }) => body)).toEqual(Array(3).fill(JSON.stringify(hello)));
  });

  it.each<[string, Answer]>([
    ["400", failure(400, "invalid_request")],
    ["401", failure(401, "unauthorized")],
    ["403", failure(403, "missing_scope")],
    ["404", failure(404, "not_found")],
    ["408", { status: 408, json: {} }],
    ["409 of another kind", failure(409, "conflict")],
    ["422", failure(422, "idempotency_key_reused")],
    ["500 that says not retryable", failure(500, "internal_error")],
    ["500 that says nothing", { status: 500, text: "oops" }],
    ["503 that says not retryable", failure(503, "internal_error")],
    ["429 that says not retryable", failure(429, "rate_limited", { retryable: false })],
    ["409 in flight that says not retryable", failure(409, "idempotency_in_flight", { retryable: false })],
  ])("is not repeated after a %s", async (_, answer) => {
    const { client, asked } = await startClient(withHeaders(answer, soon), success("done"));
    await expect(client.messages.send(hello)).rejects.toBeInstanceOf(ApiError);
    expect(asked).toHaveLength(1);
  });

  it("is repeated after a broken connection", async () => {
    const { client, asked } = await startClient(hangUp, success("done"));
    expect(await client.messages.send(hello)).toBe("done");
    expect(asked).toHaveLength(2);
    expect(asked[1]?.body).toBe(asked[0]?.body);
  });

  it("is repeated when the answer breaks off in the middle", async () => {
    const broken: Answer = (response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("{");
      setImmediate(() => response.destroy());
    };
    const { client, asked } = await startClient(broken, success("done"));
    expect(await client.messages.send(hello)).toBe("done");
    expect(asked).toHaveLength(2);
  });

  it("is repeated twice at most, and then thrown", async () => {
    const { client, asked } = await startClient(withHeaders(failure(429, "rate_limited"), soon));
    await expect(client.usage.get()).rejects.toMatchObject({ status: 429, code: "rate_limited" });
    expect(asked).toHaveLength(3);
  });

  it("is not repeated with maxRetries 0", async () => {
    const { client, asked } = await startClient(withHeaders(failure(429, "rate_limited"), soon));
    await expect(client.usage.get({ maxRetries: 0 })).rejects.toThrow(ApiError);
    const { client: never, asked: once } = await startClient(hangUp);
    await expect(never.usage.get({ maxRetries: 0 })).rejects.toThrow(ConnectionError);
    expect([asked.length, once.length]).toEqual([1, 1]);
  });

  it("is waited for while the first request under its key is in flight, beyond maxRetries", async () => {
    const inFlight = withHeaders(failure(409, "idempotency_in_flight"), soon);
    const { client, asked } = await startClient(hangUp, ...Array<Answer>(4).fill(inFlight), success("done"));
    expect(await client.messages.send(hello)).toBe("done");
    expect(asked).toHaveLength(6);
    const { client: never, asked: once } = await startClient(inFlight);
    await expect(never.messages.send(hello, { maxRetries: 0 })).rejects.toBeInstanceOf(ConflictError);
    expect(once).toHaveLength(1);
  });

  it("is repeated as any other after a 409 for another reason that may pass", async () => {
    const notYet = withHeaders(failure(409, "qr_not_available", { retryable: true }), soon);
    const { client, asked } = await startClient(notYet);
    await expect(client.devices.qr("device_1")).rejects.toMatchObject({ code: "qr_not_available" });
    expect(asked).toHaveLength(3);
  });

  it("is waited for no longer than maxRetryWaitMs", async () => {
    // Time passes in the answers alone.
    vi.useFakeTimers({ toFake: ["performance"] });
    const server = await startServer((response) => {
      vi.advanceTimersByTime(80);
      response.writeHead(409, { ...soon, "Content-Type": "application/json" });
      response.end('{"code":"idempotency_in_flight"}');
    });
    const client = new WhatsFlow({ apiKey, baseUrl: server.url, maxRetryWaitMs: 200 });
    await expect(client.messages.send(hello)).rejects.toBeInstanceOf(ConflictError);
    expect(server.asked).toHaveLength(3);
  });

  it("is repeated for PATCH, whose body says what is to be", async () => {
    const { client, asked } = await startClient({ status: 503, headers: soon, json: {} }, success({}));
    await client.contacts.update("contact_1", { name: "Anna" });
    expect(asked.map(({ method }) => method)).toEqual(["PATCH", "PATCH"]);
  });

  it("is repeated for GET, PUT and DELETE too", async () => {
    const busy: Answer = { status: 503, headers: soon, json: {} };
    const { client, asked } = await startClient(busy, success([]), busy, success({}), busy, {
      json: { success: true, message: "Webhook deleted successfully" },
    });
    await client.devices.list();
    await client.webhooks.update("webhook_1", { is_active: true });
    await client.webhooks.delete("webhook_1");
    expect(asked.map(({ method }) => method)).toEqual(["GET", "GET", "PUT", "PUT", "DELETE", "DELETE"]);
    expect(asked.every(({ headers }) => headers["idempotency-key"] === undefined)).toBe(true);
  });

  it("refuses limits that are none", async () => {
    const { client, asked } = await startClient(success({}));
    await expect(client.usage.get({ maxRetries: Number.NaN })).rejects.toThrow("maxRetries must be a whole number");
    await expect(client.usage.get({ timeoutMs: 2 ** 31 })).rejects.toThrow("timeoutMs must be a whole number");
    expect(asked).toEqual([]);
  });
});

describe("Idempotency-Key", () => {
  it("is one for each call, the same on every attempt", async () => {
    const { client, asked } = await startClient(hangUp, success(1), success(2));
    await client.messages.send(hello);
    await client.messages.send(hello);
    const [first, again, second] = asked.map(({ headers }) => headers["idempotency-key"]);
    expect(first).toMatch(/^\d{4,40}$/);
    expect(again).toBe(first);
    expect(second).not.toBe(first);
  });

  it("is the caller's, if given", async () => {
    const { client, asked } = await startClient(success(1));
    await client.messages.send(hello, { idempotencyKey: "order-1042" });
    expect(asked[0]?.headers["idempotency-key"]).toBe("order-1042");
  });

  it("is refused where it is empty, and kept where a raw caller gave one as a header", async () => {
    const { client, asked } = await startClient(success(1));
    await expect(client.messages.send(hello, { idempotencyKey: "" })).rejects.toThrow("idempotencyKey is empty");
    await client.api.POST("/messages/send", { body: hello, params: { header: { "Idempotency-Key": "order-1042" } } });
    expect(asked.map(({ headers }) => headers["idempotency-key"])).toEqual(["order-1042"]);
  });
});

describe("the wait", () => {
  const failed = (headers: Record<string, string>, body: unknown = {}, status = 429) => ({
    status,
    headers: new Headers(headers),
    body,
  });
  const reset = String(NOW / 1000 + 30);

  it.each<[string, ReturnType<typeof failed>, number | undefined]>([
    ["Retry-After in seconds", failed({ "Retry-After": "7" }), 7_000],
    ["Retry-After as a date", failed({ "Retry-After": "Sat, 11 Oct 2025 10:30:09 GMT" }), 9_000],
    ["a date that is past", failed({ "Retry-After": "Sat, 11 Oct 2025 10:29:00 GMT" }), 0],
    ["Retry-After before the body", failed({ "Retry-After": "7" }, { retryAfter: 9 }), 7_000],
    ["the body's retryAfter", failed({ "X-RateLimit-Reset": reset }, { retryAfter: 9 }), 9_000],
    ["the end of the window", failed({ "X-RateLimit-Reset": reset }), 30_000],
    ["no window where the limit was not the reason", failed({ "X-RateLimit-Reset": reset }, {}, 503), undefined],
    ["nothing", failed({}), undefined],
    ["nonsense", failed({ "Retry-After": "soon" }, { retryAfter: "9" }), undefined],
    ["a part of a second", failed({ "Retry-After": "1.5" }), 1_500],
    ["no number below zero", failed({ "Retry-After": "-1" }), undefined],
  ])("follows %s", (_, answer, ms) => expect(retryAfterMs(answer, NOW)).toBe(ms));

  it("is not begun when the server asks for more than the cap", async () => {
    const { client, asked } = await startClient(withHeaders(failure(429, "rate_limited"), { "Retry-After": "61" }));
    await expect(client.usage.get()).rejects.toMatchObject({ status: 429, retryAfter: 61 });
    expect(asked).toHaveLength(1);
  });

  it("lasts as long as the server asks", async () => {
    const { client } = await startClient(
      withHeaders(failure(409, "idempotency_in_flight"), { "Retry-After": "1" }),
      success(1),
    );
    const begin = performance.now();
    await client.messages.send(hello);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(990);
  });

  it("doubles where the server says nothing", async () => {
    const server = await startServer({ status: 503, json: {} });
    const at: number[] = [];
    const fetch = (request: Request) => {
      at.push(performance.now());
      return globalThis.fetch(request);
    };
    const send = createSend({ fetch, timeoutMs: 60_000, maxRetries: 3, maxRetryWaitMs: 1_000, backoffMs: 40 });
    await send(new Request(server.url));
    const waits = at.slice(1).map((time, i) => time - (at[i] ?? 0));
    expect(waits).toHaveLength(3);
    expect(waits.every((wait, i) => wait >= 20 * 2 ** i - 1)).toBe(true);
  });

  it("ends when the caller aborts", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const { client, asked } = await startClient((response) => {
      response.writeHead(429, { "Content-Type": "application/json", "Retry-After": "30" });
      response.end('{"retryable":true}');
      setTimeout(() => controller.abort(reason), 50);
    });
    await expect(client.usage.get({ signal: controller.signal })).rejects.toBe(reason);
    await expect(client.usage.get({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(asked).toHaveLength(1);
  });
});
