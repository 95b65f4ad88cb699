/** What lies around the operations: paths, methods, bodies on the wire, request ids, wrong keys. */
import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkAnswer } from "./contract-check.js";
import { createFakeClock } from "./fake-clock.js";
import { startTestApp, type TestApp } from "./test-app.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
const WRONG = "wf_test_0000000000000000000000000000000000000000000";

describe("a path", () => {
  it.each(["/", "/message", "/messages/", "/messages/a/b", "/MESSAGES", "/webhooks/x/unknown", "//messages"])(
    "%s that is none is a 404, with a key and without",
    async (path) => {
      for (const key of [app.key, null]) {
        const { status, body } = await app.request("GET", path, { key });
        expect([status, body.code, body.retryable]).toEqual([404, "not_found", false]);
      }
    },
  );

  it("outside the API is a 404 in the same form", async () => {
    for (const path of ["/", "/favicon.ico", "/api/public/v2/messages", "/healthz/x"]) {
      const response = await fetch(app.url + path);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({
        success: false,
        code: "not_found",
        request_id: expect.any(String),
      });
    }
  });

  it.each([
    ["PATCH", "/messages", "GET"],
    ["POST", "/messages/msg_x", "GET"],
    ["DELETE", "/webhooks", "GET, POST"],
    ["PATCH", "/webhooks/x", "GET, PUT, DELETE"],
    ["GET", "/webhooks/x/test", "POST"],
    ["PUT", "/usage", "GET"],
  ])("%s %s is a 405 that says what is possible", async (method, path, allow) => {
    const { status, body, headers } = await app.request(method, path);
    expect([status, body.code]).toEqual([405, "method_not_allowed"]);
    expect(headers.get("allow")?.split(", ").sort()).toEqual(allow.split(", ").sort());
  });

  it("answers HEAD as GET, without a body", async () => {
    for (const path of ["/messages", "/usage"]) {
      const response = await fetch(app.baseUrl + path, {
        method: "HEAD",
        headers: { authorization: `Bearer ${app.key}` },
      });
      expect([response.status, await response.text()]).toEqual([200, ""]);
      expect(response.headers.get("x-ratelimit-limit")).toBe("1000");
    }
  });
});

const hasKeysOf = (wanted: object) => (given: object) => Object.keys(given).join() === Object.keys(wanted).join();

describe("beside the API", () => {
  it("/healthz tells that the server is ready, to everybody", async () => {
    const response = await fetch(`${app.url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
  });

  it("/openapi.json is the contract", async () => {
    const written = parse(readFileSync(new URL("../../../openapi.yaml", import.meta.url), "utf8"), {
      maxAliasCount: -1,
    });
    const response = await fetch(`${app.url}/openapi.json`);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      expect.stringMatching(/^application\/json/),
    ]);
    const { openapi, info } = written;
    // But what is for signed-in operators alone.
    const paths = Object.fromEntries(
      Object.entries(written.paths).filter(([, item]) => !JSON.stringify(item).includes('"x-audience"')),
    );
    expect(await response.json()).toMatchObject({ openapi, info, paths: expect.toSatisfy(hasKeysOf(paths)) });
  });
});

describe("a request id", () => {
  it("is in every answer, of its own, and the same in header and body", async () => {
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, () => app.request("GET", "/usage")),
      app.request("GET", "/usage", { key: null }),
      app.request("GET", "/none"),
      app.request("PATCH", "/messages"),
      app.request("POST", "/messages/send", { body: {} }),
    ]);
    const ids = answers.map(({ headers }) => headers.get("x-request-id"));
    for (const id of ids) expect(id).toMatch(/^req_[0-9a-z]{25}$/);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { headers, body } of answers)
      if (!body.success) expect(body.request_id).toBe(headers.get("x-request-id"));
  });
});

describe("a body", () => {
  /** In chunks, so that nobody knows its length beforehand. */
  function sendChunks(chunks: number): Promise<{ status: number; body: unknown }> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(`${app.baseUrl}/messages/send`, {
        method: "POST",
        headers: { authorization: `Bearer ${app.key}`, "content-type": "application/json" },
      });
      // A server may close on the client before all was sent.
      outgoing.on("error", (error) => (chunks > 20 ? undefined : reject(error)));
      outgoing.once("response", (incoming) => {
        let text = "";
        incoming.setEncoding("utf8").on("data", (chunk) => {
          text += chunk;
        });
        incoming.once("end", () => {
          outgoing.destroy();
          const body: unknown = JSON.parse(text);
          const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
            name,
            String(value),
          ]);
          const response = new Response(null, { status: incoming.statusCode, headers });
          checkAnswer("POST", "/api/public/v1/messages/send", response, body);
          resolve({ status: response.status, body });
        });
      });
      outgoing.write('{"phone_number":"+94771234567","message":"');
      for (let chunk = 0; chunk < chunks; chunk += 1) outgoing.write("x".repeat(65_000));
      outgoing.end('"}');
    });
  }

  it("may come in chunks", async () => {
    expect((await sendChunks(1)).status).toBe(200);
  });

  it("in chunks is a 413 as soon as it is over 1 MiB, and the server goes on", async () => {
    for (const chunks of [17, 100]) {
      expect(await sendChunks(chunks)).toMatchObject({ status: 413, body: { code: "payload_too_large" } });
    }
    expect((await sendChunks(1)).status).toBe(200);
  });

  it("that claims to be large is refused before it is sent", async () => {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    const head = [
      "POST /api/public/v1/messages/send HTTP/1.1",
      `Host: ${hostname}`,
      `Authorization: Bearer ${app.key}`,
    ];
    socket.write([...head, "Content-Type: application/json", "Content-Length: 99999999", "\r\n"].join("\r\n"));
    const answer = await new Promise<string>((resolve) => socket.once("data", (bytes) => resolve(bytes.toString())));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });
});

describe("wrong keys", () => {
  it("are 401 a hundred times a minute, then 429; a valid key goes on", async () => {
    const clock = createFakeClock();
    const limited = await startTestApp({ clock });
    try {
      const ask = (key: string | null) => limited.request("GET", "/usage", { key });
      for (let tries = 0; tries < 100; tries += 1) expect((await ask(tries % 2 ? WRONG : null)).status).toBe(401);
      const { status, body, headers } = await ask(WRONG);
      expect([status, body.code, body.retryAfter, body.retryable]).toEqual([429, "rate_limited", 60, true]);
      expect(headers.get("retry-after")).toBe("60");
      expect(headers.get("x-ratelimit-limit")).toBeNull();
      expect((await ask(limited.key)).status).toBe(200);
      clock.advance(60_000);
      expect((await ask(WRONG)).status).toBe(401);
    } finally {
      await limited.close();
    }
  });

  it("are counted by the client behind a proxy that is trusted, and by nobody else's claim", async () => {
    for (const [proxies, second] of [
      ["127.0.0.1", 401],
      ["", 429],
    ] as const) {
      const behind = await startTestApp({ clock: createFakeClock(), env: { WHATSFLOW_TRUSTED_PROXIES: proxies } });
      try {
        const ask = (client: string) =>
          behind.request("GET", "/usage", { key: WRONG, headers: { "x-forwarded-for": client } });
        for (let tries = 0; tries <= 100; tries += 1) await ask("203.0.113.9");
        expect((await ask("203.0.113.9")).status).toBe(429);
        expect((await ask("203.0.113.10")).status).toBe(second);
      } finally {
        await behind.close();
      }
    }
  });
});

describe("Authorization", () => {
  it.each([
    ["bearer KEY", 200],
    ["BEARER   KEY ", 200],
    ["KEY", 401],
    ["Basic KEY", 401],
    ["Bearer", 401],
    ["Bearer KEY KEY", 401],
    ["Bearer KEY, Bearer KEY", 401],
    ['Bearer "KEY"', 401],
  ])("%j is a %i", async (text, expected) => {
    const headers = { authorization: text.replaceAll("KEY", app.key) };
    expect((await app.request("GET", "/usage", { key: null, headers })).status).toBe(expected);
  });
});

describe("a body of a great many values", () => {
  it.each([
    ["an array", { url: "https://example.com/", events: Array.from({ length: 400_000 }, () => 1) }],
    ["unknown fields", Object.fromEntries(Array.from({ length: 50_000 }, (_, number) => [`f${number}`, 1]))],
  ])("is refused at once, with a short answer: %s", async (_, body) => {
    const answer = await app.request("POST", "/webhooks", { body });
    expect(answer.status).toBe(400);
    expect(answer.body.details).toEqual([{ path: "body", message: "must not hold more than 1000 values" }]);
  });

  it("names no more than twenty faults", async () => {
    const body = Object.fromEntries(Array.from({ length: 500 }, (_, number) => [`f${number}`, 1]));
    const answer = await app.request("POST", "/webhooks", { body });
    expect(answer.status).toBe(400);
    expect(answer.body.details).toHaveLength(20);
  });
});
