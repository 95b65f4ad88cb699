/** `GET /metrics` as Prometheus sees it. */
import { rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../src/clock.js";
import { operations } from "../src/generated/operations.js";
import { MAGIC_NUMBERS } from "../src/transport/sandbox/sandbox.js";
import { createFakeTransport } from "./fake-transport.js";
import { parseMetrics, sampleOf } from "./prometheus-text.js";
import { seededRandom } from "./random.js";
import { newDataDir, startServer } from "./running-server.js";
import { eventually, startTestApp, type TestApp } from "./test-app.js";
import { startReceiver, type WebhookReceiver } from "./webhook-receiver.js";

const TOKEN = "a-token-that-is-long-enough";
const whatsapp = createFakeTransport(systemClock);
let app: TestApp;
let receiver: WebhookReceiver;
beforeAll(async () => {
  app = await startTestApp({ transports: { live: whatsapp } });
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await app.close();
});

const scrape = async () => parseMetrics(await (await fetch(`${app.url}/metrics`)).text());
/** How much a series grew while something was done. */
async function growth(series: [string, Record<string, string>?][], work: () => Promise<unknown>) {
  const before = await scrape();
  await work();
  return async () => {
    const after = await scrape();
    return series.map(([name, labels]) => (sampleOf(after, name, labels) ?? 0) - (sampleOf(before, name, labels) ?? 0));
  };
}
const send = (phone_number: string, key = app.key) =>
  app.request("POST", "/messages/send", { key, body: { phone_number, message: "Hello" } });
const ATTEMPTS = "whatsflow_webhook_attempts_total";

describe("a scrape", () => {
  it("is Prometheus' text format, with units and help, and is never kept by anybody", async () => {
    const response = await fetch(`${app.url}/metrics`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const families = parseMetrics(await response.text());
    expect(families.size).toBeGreaterThan(15);
  });

  it("counts each request under its operation and status, with the time that it took", async () => {
    const operation = { operation: "getUsage" };
    const grown = await growth(
      [
        ["whatsflow_http_requests_total", { ...operation, status: "200" }],
        ["whatsflow_http_requests_total", { ...operation, status: "401" }],
        ["whatsflow_http_request_duration_seconds_count", operation],
      ],
      async () => {
        for (const key of [app.key, app.key, "wf_test_wrong"]) await app.request("GET", "/usage", { key });
      },
    );
    expect(await grown()).toEqual([2, 1, 3]);
  });

  it("counts sendings by how they were answered, and messages that failed", async () => {
    const test = { mode: "test" };
    const grown = await growth(
      [
        ["whatsflow_sends_total", { ...test, outcome: "sent" }],
        ["whatsflow_sends_total", { ...test, outcome: "pending" }],
        ["whatsflow_sends_total", { ...test, outcome: "failed", code: "not_on_whatsapp" }],
        ["whatsflow_sends_total", { mode: "live", outcome: "refused", code: "device_not_connected" }],
        ["whatsflow_messages_failed_total", { code: "not_on_whatsapp" }],
        ["whatsflow_inbound_messages_total", { ...test, kind: "direct" }],
      ],
      async () => {
        const numbers = [MAGIC_NUMBERS.unacknowledged, MAGIC_NUMBERS.notOnWhatsApp, MAGIC_NUMBERS.echo];
        for (const number of ["+94771234567", ...numbers]) await send(number);
        await send("+94771234567", await app.createKey({ mode: "live" }));
      },
    );
    expect(await eventually(async () => ((await grown())[5] === 1 ? grown() : undefined), "the echo")).toEqual([
      2, 1, 1, 1, 1, 1,
    ]);
  });

  it("counts messages that expired", async () => {
    const grown = await growth([["whatsflow_messages_failed_total", { code: "expired" }]], () =>
      app.request("POST", "/messages/send", {
        body: { phone_number: MAGIC_NUMBERS.unacknowledged, message: "Hello", ttl_seconds: 1 },
      }),
    );
    expect(await eventually(async () => (await grown())[0] || undefined, "the expiry")).toBe(1);
  });

  it("counts webhook attempts by their outcome, and tells what waits and since when", async () => {
    const account = "webhooks";
    const key = await app.createKey({ account });
    const body = { url: receiver.url, events: ["message.sent"] };
    const { id } = (await app.request("POST", "/webhooks", { key, body })).body.data;
    const succeeded = await growth(
      [
        [ATTEMPTS, { outcome: "succeeded" }],
        [ATTEMPTS, { outcome: "failed" }],
        ["whatsflow_webhook_attempt_duration_seconds_count"],
        ["whatsflow_webhook_first_attempt_delay_seconds_count"],
      ],
      () => send("+94771234567", key),
    );
    expect(await eventually(async () => ((await succeeded())[0] ? succeeded() : undefined), "a success")).toEqual([
      1, 0, 1, 1,
    ]);

    receiver.status = 500;
    const failed = await growth([[ATTEMPTS, { outcome: "failed" }], ["whatsflow_webhook_deliveries_waiting"]], () =>
      send("+94771234567", key),
    );
    expect(await eventually(async () => ((await failed())[0] ? failed() : undefined), "a failure")).toEqual([1, 1]);
    receiver.status = 200;

    // Nobody is asked again before the retry is due: until then nothing is late.
    expect(sampleOf(await scrape(), "whatsflow_webhook_oldest_due_seconds")).toBe(0);
    await app.request("DELETE", `/webhooks/${id}`, { key });
    expect(sampleOf(await scrape(), "whatsflow_webhook_deliveries_waiting")).toBe(0);
  });

  it("counts devices by mode, status and reason, and how often their connections end", async () => {
    const key = await app.createKey({ account: "phones", mode: "live" });
    const state = (status: string, reason?: string): [string, Record<string, string>] => [
      "whatsflow_devices",
      { mode: "live", status, ...(reason !== undefined && { reason }) },
    ];
    const lost = { reason: "connection_lost" };
    const grown = await growth(
      [
        state("connected"),
        state("qr_pending"),
        state("disconnected", "connection_lost"),
        ["whatsflow_device_disconnections_total", lost],
      ],
      async () => {
        for (const device_name of ["first", "second", "third"]) {
          const { id } = (await app.request("POST", "/devices", { key, body: { device_name } })).body.data;
          if (device_name === "third") continue;
          await whatsapp.pair(id, "+94770000001");
          if (device_name === "second")
            await whatsapp.change(id, { status: "disconnected", reason: "connection_lost" });
        }
      },
    );
    expect(await grown()).toEqual([1, 1, 1, 1]);
  });

  it("tells the size of the database's files, and counts what is written", async () => {
    const grown = await growth(
      [["whatsflow_database_writes_total"], ["whatsflow_database_commit_duration_seconds_count"]],
      () => send("+94771234567"),
    );
    for (const count of await grown()) expect(count).toBeGreaterThan(0);
    const families = await scrape();
    for (const file of ["database", "wal"])
      expect(sampleOf(families, "whatsflow_database_file_bytes", { file })).toBeGreaterThan(0);
    expect(sampleOf(families, "whatsflow_disk_free_bytes")).toBeGreaterThan(0);
    expect(sampleOf(families, "whatsflow_database_writes_waiting")).toBeGreaterThanOrEqual(0);
  });

  it("has no more series whatever is asked for", async () => {
    const random = seededRandom(7);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const word = () => Math.floor(random() * 1e9).toString(36);
    const paths = Object.values(operations).map(({ path }) => path.replace(/\{\w+\}/g, () => `${word()}"}\n`));
    for (let count = 0; count < 300; count += 1) {
      const path = random() < 0.3 ? `/${word()}` : pick(paths);
      const method = pick([
        "GET",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "OPTIONS",
        word().replace(/\d/g, "X").toUpperCase(),
      ]);
      await fetch(app.baseUrl + encodeURI(path), {
        method,
        headers: { authorization: `Bearer ${pick([app.key, word()])}`, "x-forwarded-for": word() },
      }).then((response) => response.body?.cancel()); // As a stream of events has no end.
    }
    const families = await scrape();
    const ours = [...families].filter(([name]) => name.startsWith("whatsflow_"));
    const labels = ours.flatMap(([, { samples }]) => samples.map((sample) => sample.labels));
    const valuesOf = (name: string) => new Set(labels.flatMap((some) => some[name] ?? []));
    for (const operation of valuesOf("operation")) expect(["unknown", ...Object.keys(operations)]).toContain(operation);
    for (const status of valuesOf("status")) expect(status).toMatch(/^([2-5]\d\d|connected|qr_pending|disconnected)$/);
    expect(new Set(labels.flatMap((some) => Object.keys(some)))).toEqual(
      new Set(["operation", "status", "le", "outcome", "mode", "code", "kind", "reason", "file"]),
    );
    // Of each operation its durations, and a handful of statuses.
    expect(labels.length).toBeLessThan(Object.keys(operations).length * 30 + 300);
  });
});

describe("what is in it", () => {
  it("names no key, secret, number, text, address or id", async () => {
    const key = await app.createKey({ account: "private-account" });
    const url = `${receiver.url}?token=urltoken`;
    const webhook = await app.request("POST", "/webhooks", { key, body: { url, events: ["message.sent"] } });
    const { id, secret } = webhook.body.data;
    const sent = await send("+94779876543", key);
    await eventually(() => receiver.requests.length > 0, "the delivery");
    const text = await (await fetch(`${app.url}/metrics`)).text();
    const unspeakable = [key, secret, id, sent.body.data.message_id, "94779876543", "urltoken", "private-account"];
    for (const some of [...unspeakable, app.dataDir, "127.0.0.1", "wf_", "whsec_"]) expect(text).not.toContain(some);
  });
});

/** Node's fetch does not let a caller choose the name of the host. */
const ask = (url: string, headers: Record<string, string>): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    httpRequest(`${url}/metrics`, { headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
    })
      .on("error", reject)
      .end();
  });

describe("without a token", () => {
  it.each([
    ["X-Forwarded-For", "127.0.0.1"],
    ["X-Forwarded-For", "203.0.113.9"],
    ["X-Real-IP", "203.0.113.9"],
    ["Forwarded", "for=203.0.113.9"],
    ["Via", "1.1 proxy"],
    ["Host", "wa.example.com"],
  ])("a request that may have come through a proxy is refused: %s: %s", async (name, value) => {
    const { status, body } = await ask(app.url, { [name]: value });
    expect([status, JSON.parse(body)]).toEqual([
      403,
      { success: false, error: "Forbidden", message: expect.stringContaining("Set WHATSFLOW_METRICS_TOKEN") },
    ]);
  });

  it("no proxy is believed that this machine asks, not even one that is trusted: a page in a browser could write the header, too", async () => {
    const behind = await startTestApp({ env: { WHATSFLOW_TRUSTED_PROXIES: "127.0.0.1" } });
    expect((await ask(behind.url, { "X-Forwarded-For": "127.0.0.1" })).status).toBe(403);
    expect((await ask(behind.url, {})).status).toBe(200);
    await behind.close();
  });
});

describe("with a token", () => {
  it("only the token counts, also on this machine", async () => {
    const guarded = await startTestApp({ env: { WHATSFLOW_METRICS_TOKEN: TOKEN } });
    const get = (authorization?: string, headers = {}) =>
      fetch(`${guarded.url}/metrics`, {
        headers: { ...(authorization !== undefined && { authorization }), ...headers },
      });
    for (const wrong of [undefined, "Bearer", `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, `Bearer ${guarded.key}`, TOKEN]) {
      const response = await get(wrong);
      expect([wrong, response.status, response.headers.get("www-authenticate")]).toEqual([wrong, 401, "Bearer"]);
      expect(await response.text()).not.toContain("whatsflow_");
    }
    const response = await get(`Bearer ${TOKEN}`, { "x-forwarded-for": "203.0.113.9" });
    expect(response.status).toBe(200);
    parseMetrics(await response.text());
    // It opens nothing else.
    expect((await guarded.request("GET", "/usage", { key: TOKEN })).status).toBe(401);
    await guarded.close();
  });
});

describe("a started server", () => {
  it("tells of its process, too, and knows after a restart what waits", async () => {
    const dataDir = newDataDir();
    const hanging = await startReceiver();
    hanging.status = 500;
    const first = await startServer({ dataDir });
    const key = await first.createKey();
    const body = { url: hanging.url, events: ["message.sent"] };
    await first.request("POST", "/webhooks", { key, body });
    for (let count = 0; count < 3; count += 1)
      await first.request("POST", "/messages/send", { key, body: { phone_number: "+94771234567", message: "Hello" } });
    await eventually(() => hanging.requests.length > 0, "an attempt");
    await first.stop("SIGKILL");

    const second = await startServer({ dataDir });
    const families = parseMetrics(await (await fetch(`${second.url}/metrics`)).text());
    const waiting = await eventually(async () => {
      const again = parseMetrics(await (await fetch(`${second.url}/metrics`)).text());
      return sampleOf(again, "whatsflow_webhook_deliveries_waiting") === 3 || undefined;
    }, "three waiting deliveries");
    expect(waiting).toBe(true);
    for (const name of ["process_resident_memory_bytes", "nodejs_eventloop_lag_p99_seconds", "process_open_fds"])
      expect(families.has(name), name).toBe(true);
    expect((await second.stop("SIGTERM")).stderr).not.toContain("metric");
    await hanging.close();
    rmSync(join(dataDir), { recursive: true, force: true });
  });
});
