/** API keys that are made through the API. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SCOPES, type Scope } from "../src/generated/operations.js";
import { createFakeClock, type FakeClock } from "./fake-clock.js";
import { startTestApp, type TestApp } from "./test-app.js";

let app: TestApp;
let clock: FakeClock;
beforeAll(async () => {
  clock = createFakeClock();
  app = await startTestApp({ clock });
});
afterAll(() => app.close());

const make = (body: object, key = app.key) =>
  app.request("POST", "/api-keys", { key, body: { name: "k", scopes: ["messages:read"], ...body } });
const statusOf = async (key: string, path = "/usage") => (await app.request("GET", path, { key })).status;

describe("a key", () => {
  it("is shown once, then only by its hint", async () => {
    const { status, body } = await make({ name: "Accounting", scopes: ["messages:send", "messages:read"] });
    expect(status).toBe(201);
    const { key, ...rest } = body.data;
    expect(key).toMatch(/^wf_test_[0-9A-Za-z]{43}$/);
    expect(rest).toEqual({
      id: expect.stringMatching(/^key_/),
      name: "Accounting",
      key_hint: `wf_test_…${key.slice(-4)}`,
      mode: "test",
      scopes: ["messages:send", "messages:read"],
      device_ids: null,
      expires_at: null,
      last_used_at: null,
      created_at: "2025-10-11T10:30:00.000Z",
    });
    const list = await app.request("GET", "/api-keys");
    expect(list.body.data).toContainEqual(rest);
    expect(JSON.stringify(list.body)).not.toContain(key.slice(8));
    const rows = await app.store.read.selectFrom("api_keys").selectAll().execute();
    expect(rows.filter(({ hash }) => hash.length === 32)).toHaveLength(rows.length);
    expect(JSON.stringify(rows.map((row) => ({ ...row, hash: row.hash.toString("latin1") })))).not.toContain(
      key.slice(8),
    );
  });

  it("works at once, with its own scopes and no others", async () => {
    const { key } = (await make({ scopes: ["messages:read"] })).body.data;
    expect([await statusOf(key, "/messages"), await statusOf(key, "/devices")]).toEqual([200, 403]);
  });

  it("tells when it was used, to the minute", async () => {
    const { id, key } = (await make({})).body.data;
    const usedAt = new Date(clock.now()).toISOString();
    await statusOf(key);
    clock.advance(60_000);
    await app.request("GET", "/usage");
    const { body } = await app.request("GET", "/api-keys");
    expect(body.data.find((one: { id: string }) => one.id === id).last_used_at).toBe(usedAt);
  });

  it("ends when it expires, and not before", async () => {
    const expires_at = new Date(clock.now() + 10_000).toISOString();
    const { body } = await make({ expires_at });
    expect(body.data.expires_at).toBe(expires_at);
    clock.advance(9_999);
    expect(await statusOf(body.data.key)).toBe(200);
    clock.advance(1);
    expect(await statusOf(body.data.key)).toBe(401);
  });

  it.each(["2025-10-11T10:30:00.000Z", "1970-01-01T00:00:00Z", "tomorrow", "9999-12-31T23:59:59-23:59"])(
    "cannot expire at %s",
    async (expires_at) => {
      const { status, body } = await make({ expires_at });
      expect([status, body.details?.[0].path]).toEqual([400, "expires_at"]);
    },
  );
});

describe("revoking", () => {
  it("ends a key with the answer", async () => {
    const { id, key } = (await make({})).body.data;
    expect(await statusOf(key)).toBe(200);
    const { body } = await app.request("DELETE", `/api-keys/${id}`);
    expect(body).toEqual({ success: true, message: "API key revoked successfully" });
    expect(await statusOf(key)).toBe(401);
    expect((await app.request("DELETE", `/api-keys/${id}`)).status).toBe(404);
    expect(JSON.stringify((await app.request("GET", "/api-keys")).body)).not.toContain(id);
  });

  it("may be done by the key itself, once", async () => {
    const { id, key } = (await make({ scopes: ["keys:manage"] })).body.data;
    expect((await app.request("DELETE", `/api-keys/${id}`, { key })).status).toBe(200);
    expect((await app.request("DELETE", `/api-keys/${id}`, { key })).status).toBe(401);
  });

  it("reaches no other space", async () => {
    const { id, key } = (await make({})).body.data;
    for (const stranger of [await app.createKey({ account: "stranger" }), await app.createKey({ mode: "live" })]) {
      expect((await app.request("DELETE", `/api-keys/${id}`, { key: stranger })).status).toBe(404);
    }
    expect(await statusOf(key)).toBe(200);
  });
});

describe("a key never exceeds the key that makes it:", () => {
  it.each(SCOPES.filter((scope) => scope !== "keys:manage"))("not in the scope %s", async (scope: Scope) => {
    const maker = await app.createKey({ scopes: SCOPES.filter((other) => other !== scope) });
    const { status, body } = await make({ scopes: ["keys:manage", scope] }, maker);
    expect([status, body.code]).toEqual([403, "missing_scope"]);
    expect(body.message).toContain(scope);
    expect((await make({ scopes: SCOPES.filter((other) => other !== scope) }, maker)).status).toBe(201);
  });

  it("not in its mode", async () => {
    const { status, body } = await make({ mode: "live" });
    expect([status, body.code]).toEqual([403, "mode_not_allowed"]);
    expect((await make({ mode: "test" })).body.data.mode).toBe("test");
    const live = await app.createKey({ mode: "live" });
    expect((await make({}, live)).body.data.key).toMatch(/^wf_live_/);
  });

  it("not in its devices", async () => {
    const [device] = (await app.request("GET", "/devices")).body.data;
    expect((await make({ device_ids: [device.id] })).body.data.device_ids).toEqual([device.id]);
    expect((await make({ device_ids: ["device_x"] })).status).toBe(404);
    expect((await make({ device_ids: [] })).status).toBe(400);
    const limited = await app.createKey({ deviceIds: [device.id] });
    for (const device_ids of [undefined, null, [device.id]]) {
      expect((await make({ device_ids }, limited)).body.data.device_ids).toEqual([device.id]);
    }
    const elsewhere = await app.createKey({ deviceIds: ["device_x"] });
    expect((await make({ device_ids: [device.id] }, elsewhere)).status).toBe(404);
  });
});

describe("a request for a key refuses", () => {
  it.each<[string, object]>([
    ["name", { name: "" }],
    ["name", { name: "x".repeat(101) }],
    ["name", { name: "a\0b" }],
    ["scopes", { scopes: [] }],
    ["scopes", { scopes: ["messages:read", "messages:read"] }],
    ["scopes.0", { scopes: ["all"] }],
    ["scopes", { scopes: "all" }],
    ["mode", { mode: "prod" }],
    ["device_ids", { device_ids: ["a", "a"] }],
    ["key", { key: "wf_test_mine" }],
  ])("%s in %j", async (path, body) => {
    const answer = await make(body);
    expect([answer.status, answer.body.details?.[0].path]).toEqual([400, path]);
  });
});

describe("a space", () => {
  it("holds a hundred keys; those that are revoked make room", async () => {
    const maker = await app.createKey({ account: "crowded" });
    const made: string[] = [];
    for (let count = 1; count < 100; count += 1) made.push((await make({}, maker)).body.data.id);
    const { status, body } = await make({}, maker);
    expect(status).toBe(403);
    expect(body).toMatchObject({ error: "Usage limit exceeded", code: "limit_reached", retryable: false });
    expect((await app.request("GET", "/api-keys", { key: maker })).body.data).toHaveLength(100);
    await app.request("DELETE", `/api-keys/${made[0]}`, { key: maker });
    expect((await make({}, maker)).status).toBe(201);
  });
});

describe("a key that is limited", () => {
  it("to devices neither sees nor revokes keys that reach further", async () => {
    const account = "limited";
    const all = await app.createKey({ account });
    const [device] = (await app.request("GET", "/devices", { key: all })).body.data;
    const limited = await app.createKey({ account, deviceIds: [device.id] });
    const listed = (key: string) => app.request("GET", "/api-keys", { key });
    const ids = (await listed(all)).body.data.map((key: { id: string }) => key.id);
    expect((await listed(limited)).body.data.map((key: { id: string }) => key.id)).toEqual([ids[1]]);
    expect((await app.request("DELETE", `/api-keys/${ids[0]}`, { key: limited })).status).toBe(404);
    expect((await app.request("DELETE", `/api-keys/${ids[1]}`, { key: limited })).status).toBe(200);
    expect((await listed(all)).status).toBe(200);
  });

  it("in time makes none that outlives it", async () => {
    const expiresAt = Date.now() + 3_600_000;
    const maker = await app.createKey({ expiresAt });
    const latest = new Date(expiresAt).toISOString();
    expect((await make({}, maker)).body.data.expires_at).toBe(latest);
    expect((await make({ expires_at: "2100-01-01T00:00:00Z" }, maker)).body.data.expires_at).toBe(latest);
    const sooner = new Date(expiresAt - 60_000).toISOString();
    expect((await make({ expires_at: sooner }, maker)).body.data.expires_at).toBe(sooner);
  });
});
