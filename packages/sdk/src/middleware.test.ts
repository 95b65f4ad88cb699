/** Who is told of a request on its way, and what keeps the key from them. */
import { inspect } from "node:util";
import type { Middleware } from "openapi-fetch";
import { describe, expect, it } from "vitest";
import { type Answer, failure, hangUp, startServer, success } from "../test/api-server.js";
import { ConnectionError } from "./errors.js";
import { type AttemptLog, WhatsFlow } from "./index.js";

const apiKey = "wf_test_0123456789";
const hello = { phone_number: "+94771234567", message: "Hello" };

async function startClient(...answers: Answer[]) {
  const server = await startServer(...answers);
  return { asked: server.asked, client: new WhatsFlow({ apiKey, baseUrl: server.url }) };
}

describe("a logger", () => {
  async function logged(answers: Answer[], call: (client: WhatsFlow) => Promise<unknown>) {
    const attempts: AttemptLog[] = [];
    const server = await startServer(...answers);
    const logger = (attempt: AttemptLog) => attempts.push(attempt);
    await call(new WhatsFlow({ apiKey, baseUrl: server.url, logger })).catch(() => {});
    return { attempts, url: `${server.url}/api/public/v1` };
  }

  it("is told of each attempt and its retry", async () => {
    const busy = { "Retry-After": "0", "X-Request-Id": "req_1" };
    const { attempts, url } = await logged(
      [{ ...failure(429, "rate_limited"), headers: busy }, hangUp, success(1)],
      (client) => client.messages.send(hello),
    );
    const all = { method: "POST", url: `${url}/messages/send`, durationMs: expect.any(Number) };
    const wait = expect.any(Number);
    expect(attempts).toEqual([
      { ...all, attempt: 1, status: 429, requestId: "req_1", error: undefined, retryInMs: wait },
      {
        ...all,
        attempt: 2,
        status: undefined,
        requestId: undefined,
        error: expect.any(ConnectionError),
        retryInMs: wait,
      },
      { ...all, attempt: 3, status: 200, requestId: undefined, error: undefined, retryInMs: undefined },
    ]);
  });

  it("is told of raw calls and of streams too, and never of the key or a body", async () => {
    const { attempts } = await logged([hangUp, failure(401, "unauthorized")], async (client) => {
      await client.api.POST("/messages/send", { body: hello });
      for await (const _ of client.events.stream());
    });
    expect(attempts.map(({ method, status }) => [method, status])).toEqual([
      ["POST", undefined],
      ["POST", 401],
      ["GET", 401],
    ]);
    const seen = inspect(attempts, { depth: 20, showHidden: true });
    expect(seen).not.toContain(apiKey);
    expect(seen).not.toContain(hello.phone_number);
  });

  it.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("disk full");
      },
    ],
    ["rejects", () => Promise.reject(new Error("disk full"))],
  ])("that %s changes nothing", async (_, logger) => {
    const server = await startServer(success("done"));
    expect(await new WhatsFlow({ apiKey, baseUrl: server.url, logger }).messages.send(hello)).toBe("done");
  });
});

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308])("with %i is not followed, so the key goes nowhere else", async (status) => {
    const other = await startServer(success("stolen"));
    const server = await startServer({ status, headers: { Location: `${other.url}/api` }, text: "" });
    const client = new WhatsFlow({ apiKey, baseUrl: server.url });
    await expect(client.messages.send(hello)).rejects.toMatchObject({
      name: "ApiError",
      status,
      message: expect.stringContaining(`redirects to ${other.url}/api`),
    });
    await expect(client.api.GET("/usage")).rejects.toMatchObject({ name: "ApiError", status });
    await expect(client.events.stream()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ status });
    expect(server.asked).toHaveLength(3);
    expect(other.asked).toEqual([]);
  });

  it("is not followed either where middleware made a request of its own", async () => {
    const other = await startServer(success("stolen"));
    const server = await startServer({ status: 307, headers: { Location: other.url }, text: "" });
    const client = new WhatsFlow({ apiKey, baseUrl: server.url });
    client.api.use({ onRequest: ({ request }) => new Request(request.url, { method: "POST", body: "{}" }) });
    await expect(client.api.GET("/usage")).rejects.toMatchObject({ status: 307 });
    expect(other.asked).toEqual([]);
  });

  it("of a browser, which does not tell where to, is one all the same", async () => {
    const opaque = Object.defineProperties(new Response(null), {
      type: { value: "opaqueredirect" },
      status: { value: 0 },
      ok: { value: false },
    });
    const client = new WhatsFlow({ apiKey, fetch: async () => opaque });
    await expect(client.usage.get()).rejects.toMatchObject({
      message: expect.stringContaining("redirects to another"),
    });
  });
});

describe("middleware", () => {
  it("never sees the key, and cannot take it elsewhere", async () => {
    const server = await startServer(success("ok"));
    const other = await startServer(success("ok"), hangUp);
    const client = new WhatsFlow({ apiKey, baseUrl: server.url, maxRetries: 0 });
    const seen: [string, string | null][] = [];
    const note = (hook: string, { headers }: Request) => seen.push([hook, headers.get("Authorization")]);
    const watching: Middleware = {
      onRequest: ({ request }) => void note("request", request),
      onResponse: ({ request }) => void note("response", request),
      onError: ({ request }) => void note("error", request),
    };
    client.api.use(watching);
    await client.api.GET("/usage");
    expect(server.asked[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
    client.api.use({ onRequest: ({ request }) => new Request(request.url.replace(server.url, other.url), request) });
    await client.api.GET("/usage");
    await expect(client.api.GET("/usage")).rejects.toThrow(ConnectionError);
    expect(seen).toEqual(
      ["request", "response", "request", "response", "request", "error"].map((hook) => [hook, null]),
    );
    expect(server.asked).toHaveLength(1);
    expect(other.asked[0]?.headers).not.toHaveProperty("authorization");
  });

  it("that is none is told by the next call", async () => {
    const { client, asked } = await startClient(success("ok"));
    // @ts-expect-error a function is no middleware
    client.api.use(() => {});
    await expect(client.api.GET("/usage")).rejects.toThrow("Middleware must be an object");
    expect(asked).toEqual([]);
  });
});
