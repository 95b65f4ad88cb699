/** What holds for every operation of the contract, asked of each in turn. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../src/clock.js";
import { type OperationId, operations, SCOPES, type Scope } from "../src/generated/operations.js";
import { routes } from "../src/generated/routes.js";
import { createFakeClock } from "./fake-clock.js";
import { createFakeTransport } from "./fake-transport.js";
import { startTestApp, type TestApp } from "./test-app.js";

/** A request that each operation answers with success; ids are of things that exist. */
interface Sample {
  id?: string;
  deliveryId?: string;
  body?: Record<string, unknown>;
  /** Asked with a live key instead of a test key. */
  live?: boolean;
}
const ALL = Object.keys(operations) as OperationId[];
/** Those that a key opens; the others are for people, in users.test.ts and users-operations.test.ts. */
const ids = ALL.filter((id): id is KeyedOperation => operations[id].authentication === "key");
type KeyedOperation = {
  [Id in OperationId]: (typeof operations)[Id]["authentication"] extends "key" ? Id : never;
}[OperationId];

let app: TestApp;
let liveKey: string;
let samples: Record<KeyedOperation, Sample>;

beforeAll(async () => {
  app = await startTestApp({ transports: { live: createFakeTransport(systemClock) } });
  liveKey = await app.createKey({ mode: "live" });
  const sent = await app.request("POST", "/messages/send", { body: { phone_number: "+94771234567", message: "Hi" } });
  const message = await app.request("GET", `/messages/${sent.body.data.message_id}`);
  const devices = await app.request("GET", "/devices");
  const webhook = await app.request("POST", "/webhooks", {
    body: { url: "https://example.com/hook", events: ["device.connected"] },
  });
  const paused = await app.request("POST", "/webhooks", {
    body: { url: "https://example.com/paused", events: ["device.connected"], is_active: false },
  });
  const tested = await app.request("POST", `/webhooks/${paused.body.data.id}/test`);
  const delivery = { id: paused.body.data.id, deliveryId: tested.body.data.delivery_id };
  const doomed = await app.request("POST", "/webhooks", {
    body: { url: "https://example.com/doomed", events: ["device.connected"] },
  });
  const apiKey = await app.request("POST", "/api-keys", { body: { name: "doomed", scopes: ["messages:read"] } });
  const createDevice = async () => {
    const { body } = await app.request("POST", "/devices", { key: liveKey, body: { device_name: "Sales" } });
    return body.data.id;
  };
  const phone = { id: await createDevice(), live: true };
  samples = {
    sendMessage: { body: { phone_number: "+94771234567", message: "Hi" } },
    getMessage: { id: sent.body.data.message_id },
    listMessages: {},
    listDevices: {},
    createDevice: { body: { device_name: "Sales" }, live: true },
    getDeviceStatus: { id: devices.body.data[0].id },
    updateDevice: { id: devices.body.data[0].id, body: { device_name: "Sandbox", is_primary: true } },
    deleteDevice: { id: await createDevice(), live: true },
    getDeviceQr: phone,
    createPairingCode: { ...phone, body: { phone_number: "+94771234567" } },
    reconnectDevice: phone,
    logoutDevice: phone,
    listContacts: {},
    getContact: { id: message.body.data.contact_id },
    verifyContacts: { body: { phone_numbers: ["+94771234567", "+12025550100"] } },
    updateContact: { id: message.body.data.contact_id, body: { name: "John Doe" } },
    listWebhooks: {},
    createWebhook: { body: { url: "https://example.com/hook", events: ["message.received"] } },
    getWebhook: { id: webhook.body.data.id },
    updateWebhook: { id: paused.body.data.id, body: { is_active: false } },
    deleteWebhook: { id: doomed.body.data.id },
    rotateWebhookSecret: { id: webhook.body.data.id, body: { overlap_seconds: 3_600 } },
    testWebhook: { id: webhook.body.data.id, body: { verify: true } },
    listWebhookDeliveries: { id: webhook.body.data.id },
    getWebhookDelivery: delivery,
    replayWebhookDelivery: delivery,
    recoverWebhookDeliveries: { id: webhook.body.data.id, body: { since: "2025-10-11T00:00:00.000Z" } },
    streamEvents: {},
    triggerEvent: { body: { event: "message.received" } },
    listApiKeys: {},
    createApiKey: { body: { name: "one", scopes: ["messages:read"] } },
    revokeApiKey: { id: apiKey.body.data.id },
    getUsage: {},
  };
});
afterAll(() => app.close());

const pathOf = (id: KeyedOperation, resource = samples[id].id) =>
  operations[id].path.replace("{id}", resource ?? "").replace("{delivery_id}", samples[id].deliveryId ?? "");
const call = (
  id: KeyedOperation,
  options: {
    key?: string | null;
    body?: unknown;
    rawBody?: string;
    resource?: string;
    headers?: Record<string, string>;
  } = {},
) => {
  const { resource, ...rest } = options;
  const body = "body" in options || "rawBody" in options ? {} : { body: samples[id].body };
  const key = samples[id].live ? { key: liveKey } : {};
  return app.request(operations[id].method.toUpperCase(), pathOf(id, resource), { ...key, ...body, ...rest });
};
const modeOf = (id: KeyedOperation) => (samples[id].live ? "live" : "test");
const requestOf = (id: KeyedOperation): object => ({ request: {}, ...routes[id] }).request;
const withBody = ids.filter((id) => "body" in requestOf(id));
const withId = ids.filter((id) => operations[id].path.includes("{id}"));

describe.each(ids)("%s", (id) => {
  it("refuses a request without a key", async () => {
    const { status, body, headers } = await call(id, { key: null });
    expect(status).toBe(401);
    expect(body).toMatchObject({ success: false, error: "Unauthorized", code: "unauthorized", retryable: false });
    expect(headers.get("www-authenticate")).toBe("Bearer");
    expect(headers.get("x-ratelimit-limit")).toBeNull();
  });

  it("refuses a wrong key with the same words", async () => {
    const missing = await call(id, { key: null });
    const wrong = await call(id, { key: "wf_test_0000000000000000000000000000000000000000000" });
    expect({ ...wrong.body, request_id: "" }).toEqual({ ...missing.body, request_id: "" });
  });

  it("refuses a key without its scope, naming it", async () => {
    const [scope]: readonly Scope[] = operations[id].scopes;
    const key = await app.createKey({ mode: modeOf(id), scopes: SCOPES.filter((other) => other !== scope) });
    const { status, body } = await call(id, scope === undefined ? { key, resource: "x" } : { key });
    if (scope === undefined) return expect(status).toBe(200);
    expect(status).toBe(403);
    expect(body).toMatchObject({ error: "Forbidden", code: "missing_scope" });
    expect(body.message).toContain(scope);
  });

  it("counts against the limit, and says so", async () => {
    const other = await app.createKey({ account: `limits-${id}`, mode: modeOf(id) });
    const { headers } = await call(id, { key: other, ...(samples[id].id && { resource: "none" }) });
    expect(headers.get("x-ratelimit-limit")).toBe("1000");
    expect(headers.get("x-ratelimit-remaining")).toBe("999");
    expect(Number(headers.get("x-ratelimit-reset")) % 60).toBe(0);
    expect(headers.get("ratelimit-policy")).toBe('"minute";q=1000;w=60, "hour";q=60000;w=3600');
  });
});

describe.each(withBody)("%s", (id) => {
  it("refuses a body that is not declared as JSON", async () => {
    const { status, body } = await call(id, { rawBody: "{}", headers: { "content-type": "text/plain" } });
    expect([status, body.code]).toEqual([415, "unsupported_media_type"]);
  });

  it("refuses malformed JSON without quoting it", async () => {
    const { status, body } = await call(id, { rawBody: '{"message": "my secret' });
    expect([status, body.code, body.details[0].path]).toEqual([400, "invalid_json", "body"]);
    expect(body.message).not.toContain("secret");
  });

  it("refuses invalid UTF-8", async () => {
    const path = pathOf(id);
    const { status, body } = await app.request(operations[id].method.toUpperCase(), path, {
      rawBody: new Uint8Array([0x22, 0xff, 0x22]),
    });
    expect([status, body.code]).toEqual([400, "invalid_json"]);
  });

  it("refuses an unknown field by its name", async () => {
    const { status, body } = await call(id, { body: { ...samples[id].body, colour: "blue", __proto__x: 1 } });
    expect(status).toBe(400);
    expect(body.details).toContainEqual({ path: "colour", message: "is not a known field; remove it" });
    expect(body.message).toContain("colour: is not a known field");
  });

  it("refuses a body that is no object", async () => {
    for (const body of [[], null, 1, "text"]) expect((await call(id, { body })).status).toBe(400);
  });

  it("refuses a body over 1 MiB", async () => {
    const { status, body } = await call(id, { rawBody: `"${"x".repeat(1_048_576)}"` });
    expect([status, body.code]).toEqual([413, "payload_too_large"]);
  });
});

describe.each(withId)("%s", (id) => {
  it("knows no other space's ids, nor any other", async () => {
    for (const mode of ["test", "live"] as const) {
      const stranger = await app.createKey({ account: mode === modeOf(id) ? "stranger" : "default", mode });
      const { status, body } = await call(id, { key: stranger });
      expect([status, body.code]).toEqual([404, "not_found"]);
    }
    for (const resource of [
      "none",
      "%00",
      "..%2f..",
      "'; drop table messages; --",
      "%F0%9F%98%80",
      "x".repeat(3_000),
    ]) {
      expect((await call(id, { resource })).status).toBe(404);
    }
  });
});

describe("every operation", () => {
  it("succeeds as its sample", async () => {
    const outcomes = [];
    for (const id of ids) outcomes.push([id, (await call(id)).status]);
    const created = ["createDevice", "createWebhook", "createApiKey"];
    expect(outcomes).toEqual(ids.map((id) => [id, created.includes(id) ? 201 : 200]));
  });

  it("stops at the limit, and a 429 does not count", async () => {
    const clock = createFakeClock();
    const limited = await startTestApp({ clock, transports: { live: createFakeTransport(clock) } });
    try {
      for (const id of ids) {
        const key = await limited.createKey({ account: id });
        await limited.setPlan(id, 2, 7);
        const again = () =>
          limited.request(operations[id].method.toUpperCase(), operations[id].path.replace("{id}", "none"), {
            key,
            body: samples[id].body,
          });
        await again();
        await again();
        const refused = await again();
        expect(refused.status).toBe(429);
        expect(refused.body).toMatchObject({
          error: "Rate limit exceeded",
          message: "You have exceeded the rate limit of 2 requests per minute",
          retryable: true,
        });
        expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
        expect(Number(refused.headers.get("retry-after"))).toBe(refused.body.retryAfter);
        expect(refused.body.retryAfter).toBeGreaterThan(0);
      }
    } finally {
      await limited.close();
    }
  });
});
