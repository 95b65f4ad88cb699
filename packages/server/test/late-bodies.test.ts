/** Requests whose head comes in time, and whose body after the session or key that it shows has ended; and those that it ends under. */
import { request as open } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Transport } from "../src/transport/transport.js";
import { createFakeClock } from "./fake-clock.js";
import { createFakeTransport } from "./fake-transport.js";
import { startTestApp, type TestApp } from "./test-app.js";

const clock = createFakeClock();
const phones = createFakeTransport(clock);
/** What was asked of WhatsApp for a device, and what happens meanwhile. */
let asked: string[] = [];
let meanwhile = async () => {};
const live: Transport = {
  ...phones,
  async logout(device) {
    asked.push("logout");
    await phones.logout(device);
    await meanwhile();
  },
  async connect(device) {
    asked.push("connect");
    await phones.connect(device);
    await meanwhile();
  },
  requestPairingCode(device, phoneNumber) {
    asked.push("requestPairingCode");
    return phones.requestPairingCode(device, phoneNumber);
  },
};
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock, transports: { live } });
});
afterEach(() => {
  asked = [];
  meanwhile = async () => {};
});
afterAll(() => app.close());

type Shown = { session: string } | { key: string };
const headersOf = (shown: Shown): Record<string, string> =>
  "key" in shown
    ? { authorization: `Bearer ${shown.key}` }
    : { cookie: `whatsflow=${shown.session}`, "whatsflow-mode": "test" };

/** Sends the head of a request, does `meanwhile` once the server has let it in, and sends the body then. */
async function late(path: string, body: object, shown: Shown, meanwhile: () => Promise<unknown>): Promise<number> {
  const used = await requestsUsed(shown);
  const text = JSON.stringify(body);
  const headers = { "content-type": "application/json", "content-length": text.length, ...headersOf(shown) };
  const sent = open(app.baseUrl + path, { method: "POST", headers });
  const answered = new Promise<number>((resolve, reject) => {
    sent.once("error", reject).once("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
  sent.write(text.slice(0, 1));
  // Whoever is let in is counted.
  for (let asked = 1; (await requestsUsed(shown)) === used + asked; asked += 1);
  await meanwhile();
  sent.end(text.slice(1));
  return answered;
}
const newKey = async () => ({ key: await app.createKey() });
const newSession = async () => ({ session: await app.signIn() });
const revoke = async (shown: Shown) => "key" in shown && app.revokeKey(shown.key);
const renewCookies = () =>
  app.store.write(async (tx) => {
    await tx
      .updateTable("sessions")
      .set({ token_hash: Buffer.alloc(32) })
      .execute();
  });
/** By the header that tells what is left of the minute. */
async function requestsUsed(shown: Shown): Promise<number> {
  const { headers } = await app.request("GET", "/usage", { key: null, headers: headersOf(shown) });
  return Number(headers.get("x-ratelimit-limit")) - Number(headers.get("x-ratelimit-remaining"));
}

const KEY = { name: "Made late", scopes: ["messages:read"] };
const MESSAGE = { phone_number: "+94771234567", message: "Sent late" };
const countLate = async () => {
  const keys = await app.store.read.selectFrom("api_keys").select("id").where("name", "=", KEY.name).execute();
  const messages = await app.store.read.selectFrom("messages").select("id").execute();
  return keys.length + messages.length;
};

it.each([
  ["/api-keys", KEY],
  ["/messages/send", MESSAGE],
])("POST %s is not carried out after its session was ended", async (path, body) => {
  const session = await app.signIn();
  const end = () => app.request("DELETE", "/sessions", { session });
  expect(await late(path, body, { session }, end)).toBe(401);
  expect(await countLate()).toBe(0);
});

it("nor after its session went on under another cookie", async () => {
  const session = await app.signIn();
  expect(await late("/api-keys", KEY, { session }, renewCookies)).toBe(401);
  expect(await countLate()).toBe(0);
});

it.each([
  ["/api-keys", KEY],
  ["/messages/send", MESSAGE],
])("POST %s is not carried out after its key was revoked", async (path, body) => {
  const key = await app.createKey();
  expect(await late(path, body, { key }, () => app.revokeKey(key))).toBe(401);
  expect(await countLate()).toBe(0);
});

it("nor after its key expired", async () => {
  const key = await app.createKey({ expiresAt: clock.now() + 1_000 });
  expect(await late("/messages/send", MESSAGE, { key }, async () => clock.advance(1_000))).toBe(401);
  expect(await countLate()).toBe(0);
});

it("one that comes late, and with what still counts, is carried out", async () => {
  const session = await app.signIn();
  expect(await late("/api-keys", KEY, { session }, async () => undefined)).toBe(201);
  expect(await late("/messages/send", MESSAGE, { key: app.key }, async () => undefined)).toBe(200);
  expect(await countLate()).toBe(2);
});

async function newDevice(): Promise<string> {
  const key = await app.createKey({ mode: "live" });
  const { body } = await app.request("POST", "/devices", { key, body: { device_name: "Shop" } });
  return body.data.id;
}

describe("what acts before it writes begins nothing after", () => {
  it.each<[string, () => Promise<Shown>, (shown: Shown) => Promise<unknown>]>([
    ["its key was revoked", newKey, revoke],
    ["its session was ended", newSession, (shown) => app.request("DELETE", "/sessions", shown)],
    ["its session went on under another cookie", newSession, renewCookies],
  ])("%s: no delivery is made again", async (_, newShown, end) => {
    const hook = await app.request("POST", "/webhooks", {
      body: { url: "http://127.0.0.1:45999/", events: ["message.read"] },
    });
    const path = `/webhooks/${hook.body.data.id}`;
    await app.request("PUT", path, { body: { is_active: false } });
    await app.request("POST", "/events/trigger", { body: { event: "message.read" } });
    await app.request("PUT", path, { body: { is_active: true } });
    const statuses = async () => {
      const { body } = await app.request("GET", `${path}/deliveries`);
      return body.data.map(({ status }: { status: string }) => status);
    };
    expect(await statuses()).toEqual(["skipped"]);
    const shown = await newShown();
    const since = { since: "2025-01-01T00:00:00.000Z" };
    expect(await late(`${path}/recover`, since, shown, () => end(shown))).toBe(401);
    expect(await statuses()).toEqual(["skipped"]);
    await app.request("DELETE", path);
  });

  it("its key was revoked: WhatsApp is asked nothing", async () => {
    const device = await newDevice();
    const phone_number = "+94771234567";
    for (const [path, body] of [
      ["/contacts/verify", { phone_numbers: [phone_number] }],
      [`/devices/${device}/pairing-code`, { phone_number }],
    ] as const) {
      const key = await app.createKey({ mode: "live" });
      expect(await late(path, body, { key }, () => app.revokeKey(key))).toBe(401);
    }
    expect([phones.lookups, asked]).toEqual([[], ["connect"]]);
  });
});

describe("what was done to a device with a key that ended meanwhile is told all the same", () => {
  const told = async (id: string) => {
    const { reason, removed_at } = await app.store.read
      .selectFrom("devices")
      .select(["reason", "removed_at"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    const entries = app.store.read
      .selectFrom("audit_log")
      .select(["action", "actor_kind"])
      .where("subject_id", "=", id);
    return [removed_at === null ? reason : "removed", await entries.orderBy("seq", "desc").executeTakeFirst()];
  };

  it.each([
    ["logoutDevice", "POST", "/logout", "logged_out"],
    ["deleteDevice", "DELETE", "", "removed"],
    ["reconnectDevice", "POST", "/reconnect", null],
  ])("%s", async (action, method, path, reason) => {
    const device = await newDevice();
    await phones.pair(device, "+94771230000");
    const key = await app.createKey({ mode: "live" });
    meanwhile = () => app.revokeKey(key);
    const headers = { "idempotency-key": `ended-${action}` };
    const answer = await app.request(method, `/devices/${device}${path}`, { key, headers });
    expect(answer.status).toBe(200);
    expect((await app.request("GET", "/usage", { key })).status).toBe(401);
    expect(await told(device)).toEqual([reason, { action, actor_kind: "key" }]);
  });
});
