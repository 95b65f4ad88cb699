import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { type Answer, failure, hangUp, startServer, success } from "../test/api-server.js";
import { WhatsFlowApiError, WhatsFlowConnectionError, WhatsFlowError, WhatsFlowTimeoutError } from "./errors.js";
import { WhatsFlow } from "./index.js";
import { createSend, waitHintMs } from "./retry.js";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const NOW = Date.UTC(2025, 9, 11, 10, 30);
const apiKey = "wf_test_0123456789";
const soon = { "Retry-After": "0" };
const hello = { phone_number: "+94771234567", message: "Hello" };

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
  ])("is not repeated after a %s", async (_, answer) => {
    const { client, asked } = await startClient(withHeaders(answer, soon), success("done"));
    await expect(client.messages.send(hello)).rejects.toBeInstanceOf(WhatsFlowApiError);
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
    await expect(client.usage.get({ maxRetries: 0 })).rejects.toThrow(WhatsFlowApiError);
    const { client: never, asked: once } = await startClient(hangUp);
    await expect(never.usage.get({ maxRetries: 0 })).rejects.toThrow(WhatsFlowConnectionError);
    expect([asked.length, once.length]).toEqual([1, 1]);
  });

  it("is repeated for GET, PUT and DELETE too", async () => {
    const busy: Answer = { status: 503, headers: soon, json: {} };
    const { client, asked } = await startClient(busy, success([]), busy, success({}), busy, success({}));
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
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(again).toBe(first);
    expect(second).not.toBe(first);
  });

  it("is the caller's, if given", async () => {
    const { client, asked } = await startClient(success(1));
    await client.messages.send(hello, { idempotencyKey: "order-1042" });
    expect(asked[0]?.headers["idempotency-key"]).toBe("order-1042");
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
  ])("follows %s", (_, answer, ms) => expect(waitHintMs(answer, NOW)).toBe(ms));

  it("is not begun when the server asks for more than the cap", async () => {
    const { client, asked } = await startClient(withHeaders(failure(429, "rate_limited"), { "Retry-After": "61" }));
    await expect(client.usage.get()).rejects.toMatchObject({ status: 429, retryAfterSeconds: 61 });
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
    const send = createSend({ fetch, timeoutMs: 1_000, maxRetries: 3, maxRetryWaitMs: 1_000, backoffMs: 40 });
    await send(new Request(server.url));
    const waits = at.slice(1).map((time, i) => time - (at[i] ?? 0));
    expect(waits).toHaveLength(3);
    expect(waits.every((wait, i) => wait >= 20 * 2 ** i - 1)).toBe(true);
  });

  it("ends when the caller aborts", async () => {
    const { client, asked } = await startClient(withHeaders(failure(429, "rate_limited"), { "Retry-After": "30" }));
    const reason = new Error("enough");
    const signal = AbortSignal.timeout(50);
    const begin = performance.now();
    await expect(client.usage.get({ signal })).rejects.toMatchObject({ name: "TimeoutError" });
    await expect(client.usage.get({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(performance.now() - begin).toBeLessThan(5_000);
    expect(asked).toHaveLength(1);
  });
});

describe("a server that does not answer", () => {
  const silence: Answer = () => {};

  it("is a timeout, which may be repeated", async () => {
    const { client, asked } = await startClient(silence, success("done"));
    expect(await client.messages.send(hello, { timeoutMs: 100 })).toBe("done");
    expect(asked).toHaveLength(2);
    const { client: other } = await startClient(silence);
    const error = await other.usage.get({ timeoutMs: 50, maxRetries: 0 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WhatsFlowTimeoutError);
    expect(error).toBeInstanceOf(WhatsFlowConnectionError);
    expect(error).toBeInstanceOf(WhatsFlowError);
    expect(error).toMatchObject({ name: "WhatsFlowTimeoutError", message: "No answer within 50 ms" });
  });

  it("is a timeout also in the middle of a body", async () => {
    const half: Answer = (response) => void response.writeHead(200).write('{"success":');
    const { client } = await startClient(half);
    await expect(client.usage.get({ timeoutMs: 100, maxRetries: 0 })).rejects.toThrow(WhatsFlowTimeoutError);
  });

  it("can be given up by the caller", async () => {
    const { client, asked } = await startClient(silence);
    const controller = new AbortController();
    const answer = client.usage.get({ signal: controller.signal });
    void setTimeout(50).then(() => controller.abort(new Error("enough")));
    await expect(answer).rejects.toThrow("enough");
    expect(asked).toHaveLength(1);
  });

  it("can be given up, and times out, also when garbage was collected meanwhile", async () => {
    const { client } = await startClient(silence);
    const controller = new AbortController();
    const aborted = client.usage.get({ signal: controller.signal });
    const late = client.usage.get({ timeoutMs: 200, maxRetries: 0 });
    const raw = client.api.GET("/usage", { signal: controller.signal });
    const outcomes = Promise.allSettled([aborted, late, raw]);
    for (let i = 0; i < 5; i++) {
      await setTimeout(10);
      collectGarbage();
    }
    controller.abort(new Error("enough"));
    const reasons = (await outcomes).map((outcome) =>
      outcome.status === "rejected" ? String(outcome.reason) : "done",
    );
    expect(reasons).toEqual(["Error: enough", "WhatsFlowTimeoutError: No answer within 200 ms", "Error: enough"]);
  });

  it("is a connection error where there is none", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    await new Promise((closed) => server.close(closed));
    const client = new WhatsFlow({ apiKey, baseUrl: `http://127.0.0.1:${port}`, maxRetries: 1 });
    const error = await client.usage.get().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WhatsFlowConnectionError);
    expect(error).toMatchObject({ name: "WhatsFlowConnectionError", message: expect.stringContaining("ECONNREFUSED") });
  });
});

describe("a stream of events", () => {
  const stream: Answer = (response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write("data: 1\n\n");
  };

  it("comes as it is sent, without a deadline, and ends with the caller's signal", async () => {
    const server = await startServer(stream);
    const send = createSend({ fetch, timeoutMs: 100, maxRetries: 0, maxRetryWaitMs: 0, backoffMs: 1 });
    const controller = new AbortController();
    const response = await send(new Request(server.url, { signal: controller.signal }));
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("data: 1\n\n");
    const next = reader?.read();
    void setTimeout(200)
      .then(collectGarbage)
      .then(() => controller.abort(new Error("enough")));
    await expect(next).rejects.toThrow("enough");
  });
});
