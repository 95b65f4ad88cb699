/** Devices as the holder of a live key sees them; the phones are in the test's hands. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkEvent } from "./contract-check.js";
import { createFakeClock } from "./fake-clock.js";
import { createFakeTransport } from "./fake-transport.js";
import { readPng, readSvg } from "./qr-reader.js";
import { eventually, startTestApp, type TestApp } from "./test-app.js";
import { startReceiver, type WebhookReceiver } from "./webhook-receiver.js";

const clock = createFakeClock();
const whatsapp = createFakeTransport(clock);
let app: TestApp;
let receiver: WebhookReceiver;
beforeAll(async () => {
  app = await startTestApp({ clock, transports: { live: whatsapp } });
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await app.close();
});

/** A live space of its own for each test, so that none knows another's devices. */
let accounts = 0;
async function newSpace() {
  accounts += 1;
  const account = `account-${accounts}`;
  const key = await app.createKey({ account, mode: "live" });
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.request(method, path, { key, body, headers });
  const create = async (device_name: string) => (await ask("POST", "/devices", { device_name })).body.data;
  const status = async (id: string) => (await ask("GET", `/devices/${id}/status`)).body.data;
  const list = async () => (await ask("GET", "/devices")).body.data;
  return { account, key, ask, create, status, list };
}
type Space = Awaited<ReturnType<typeof newSpace>>;

/** What the space's webhook was told of a device. */
async function listen(space: Space) {
  const events = ["device.connected", "device.disconnected", "device.qr_updated", "device.restricted"];
  await space.ask("POST", "/webhooks", { url: receiver.url, events });
  return {
    of: (id: string) => receiver.events.filter(({ data }) => data.device_id === id),
    async next(id: string, count: number) {
      const told = await eventually(() => {
        const events = this.of(id);
        return events.length >= count ? events : undefined;
      }, `${count} events of ${id}`);
      for (const event of told) checkEvent(event);
      return told.map(({ event }) => event);
    },
  };
}

describe("a new device", () => {
  it("waits to be paired; the first one of a space is its primary device", async () => {
    const space = await newSpace();
    const { status, body } = await space.ask("POST", "/devices", { device_name: "Sales Line" });
    expect(status).toBe(201);
    expect(body.data).toEqual({
      id: expect.stringMatching(/^device_[0-9a-z]{25}$/),
      device_name: "Sales Line",
      phone_number: null,
      status: "qr_pending",
      reason: null,
      is_primary: true,
      last_connected_at: null,
      disconnected_at: null,
      created_at: expect.any(String),
    });
    const second = await space.create("Support");
    expect(second.is_primary).toBe(false);
    expect(await space.list()).toEqual([body.data, second]);
  });

  it("is made once for one Idempotency-Key", async () => {
    const space = await newSpace();
    const create = () => space.ask("POST", "/devices", { device_name: "Once" }, { "idempotency-key": "one" });
    const first = await create();
    const again = await create();
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await space.list()).toHaveLength(1);
  });

  it("is disconnected when WhatsApp cannot be reached", async () => {
    const space = await newSpace();
    whatsapp.broken = true;
    const { id } = await space.create("Offline");
    whatsapp.broken = false;
    expect(await space.status(id)).toMatchObject({ status: "disconnected", reason: "connection_lost" });
    expect((await space.ask("POST", `/devices/${id}/reconnect`)).body.data.status).toBe("qr_pending");
  });

  it("is refused beyond a hundred, until one is deleted", async () => {
    const space = await newSpace();
    const [first] = await Promise.all(Array.from({ length: 100 }, (_, index) => space.create(`Phone ${index}`)));
    const refused = await space.ask("POST", "/devices", { device_name: "One too many" });
    expect([refused.status, refused.body.code]).toEqual([403, "limit_reached"]);
    await space.ask("DELETE", `/devices/${first.id}`);
    expect((await space.ask("POST", "/devices", { device_name: "Fits" })).status).toBe(201);
    expect((await space.list()).filter((device: { is_primary: boolean }) => device.is_primary)).toHaveLength(1);
  });

  it("needs a name of 1 to 100 characters", async () => {
    const space = await newSpace();
    for (const device_name of ["", "x".repeat(101), "a\u0000b", null]) {
      const { status, body } = await space.ask("POST", "/devices", { device_name });
      expect([status, body.details[0].path]).toEqual([400, "device_name"]);
    }
  });
});

describe("the QR code", () => {
  const fetchQr = (space: Space, id: string, accept: string) =>
    fetch(`${app.baseUrl}/devices/${id}/qr`, { headers: { authorization: `Bearer ${space.key}`, accept } });

  it("comes as text, as PNG and as SVG, and all say the same", async () => {
    const space = await newSpace();
    const { id } = await space.create("Sales");
    const { qr, expires_at } = (await space.ask("GET", `/devices/${id}/qr`)).body.data;
    expect(qr).toMatch(/^https:\/\/wa\.me\/settings\/linked_devices#2@/);
    expect(Date.parse(expires_at)).toBeGreaterThan(clock.now());

    const png = await fetchQr(space, id, "image/png");
    expect([png.status, png.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(png.headers.get("x-ratelimit-limit")).toBe("1000");
    expect(readPng(Buffer.from(await png.arrayBuffer()))).toBe(qr);

    const svg = await fetchQr(space, id, "image/svg+xml, application/json;q=0.5");
    expect(svg.headers.get("content-type")).toBe("image/svg+xml");
    expect(readSvg(await svg.text())).toBe(qr);
  });

  it.each([
    ["*/*", "application/json; charset=UTF-8"],
    ["text/html,application/xhtml+xml,*/*;q=0.8", "application/json; charset=UTF-8"],
    ["application/json, image/png", "application/json; charset=UTF-8"],
    ["text/html", "application/json; charset=UTF-8"],
    ["image/*", "image/png"],
    ["IMAGE/SVG+XML", "image/svg+xml"],
    ["image/png;q=0.1, image/svg+xml;q=0.2", "image/svg+xml"],
    ["image/webp, image/*;q=0.8, */*;q=0.5", "image/png"],
  ])("for Accept: %s is %s", async (accept, type) => {
    const space = await newSpace();
    const { id } = await space.create("Sales");
    expect((await fetchQr(space, id, accept)).headers.get("content-type")).toBe(type);
  });

  it("is awaited while the first one is on its way", async () => {
    const space = await newSpace();
    whatsapp.silent = true;
    const { id } = await space.create("Slow");
    whatsapp.silent = false;
    const asked = space.ask("GET", `/devices/${id}/qr`);
    await whatsapp.nextQr(id);
    expect((await asked).status).toBe(200);
  });

  it("is refused where there is none, saying why", async () => {
    const space = await newSpace();
    const { id } = await space.create("Sales");
    await whatsapp.pair(id, "+94771234567");
    const connected = await space.ask("GET", `/devices/${id}/qr`);
    expect([connected.status, connected.body.code]).toEqual([409, "device_already_connected"]);
    expect((await fetchQr(space, id, "image/png")).headers.get("content-type")).toMatch(/^application\/json/);
    await whatsapp.change(id, { status: "disconnected", reason: "replaced" });
    const lost = await space.ask("GET", `/devices/${id}/qr`);
    expect([lost.status, lost.body.code, lost.body.retryable]).toEqual([409, "qr_not_available", true]);
    expect(lost.body.message).toContain("(replaced)");
  });

  it("is waited for ten seconds, not longer", async () => {
    const clock = createFakeClock();
    const silent = createFakeTransport(clock);
    silent.silent = true;
    const other = await startTestApp({ clock, transports: { live: silent } });
    try {
      const key = await other.createKey({ mode: "live" });
      const { body } = await other.request("POST", "/devices", { key, body: { device_name: "Silent" } });
      let answered = false;
      const asked = other.request("GET", `/devices/${body.data.id}/qr`, { key }).finally(() => {
        answered = true;
      });
      await eventually(() => {
        clock.advance(100);
        return answered || undefined;
      }, "an answer");
      expect((await asked).body.code).toBe("qr_not_available");
    } finally {
      await other.close();
    }
  });
});

describe("a pairing code", () => {
  it("is given for the phone's number, and the same for one Idempotency-Key", async () => {
    const space = await newSpace();
    const { id } = await space.create("Sales");
    const ask = (phone_number: string) =>
      space.ask("POST", `/devices/${id}/pairing-code`, { phone_number }, { "idempotency-key": "code" });
    const { body } = await ask("+94 77 123 4567");
    expect(body.data).toEqual({ code: expect.stringMatching(/^[A-Z0-9]{8}$/), expires_at: expect.any(String) });
    expect((await ask("+94 77 123 4567")).body).toEqual(body);
    await whatsapp.pair(id, "+94771234567");
    expect(await space.status(id)).toMatchObject({ status: "connected", phone_number: "+94771234567" });
  });

  it("is refused for a connected device, and for a number that is none", async () => {
    const space = await newSpace();
    const { id } = await space.create("Sales");
    const wrong = await space.ask("POST", `/devices/${id}/pairing-code`, { phone_number: "12" });
    expect([wrong.status, wrong.body.details[0].path]).toEqual([400, "phone_number"]);
    const ask = () => space.ask("POST", `/devices/${id}/pairing-code`, { phone_number: "+94771234567" });
    await whatsapp.pair(id, "+94771234567");
    expect((await ask()).body.code).toBe("device_already_connected");
    await whatsapp.change(id, { status: "disconnected", reason: "replaced" });
    expect((await ask()).body.message).toContain("is paired. Reconnect it");
  });
});

describe("the life of a connection", () => {
  it("is told to webhooks, each change once", async () => {
    const space = await newSpace();
    const told = await listen(space);
    const { id } = await space.create("Sales");
    await whatsapp.nextQr(id);
    await whatsapp.pair(id, "+94771234567");
    await whatsapp.pair(id, "+94771234567");
    await whatsapp.change(id, { status: "restricted" });
    await whatsapp.change(id, { status: "restricted" });
    expect(await space.status(id)).toMatchObject({ status: "connected", reason: "restricted" });
    await whatsapp.change(id, { status: "disconnected", reason: "connection_lost" });
    await whatsapp.change(id, { status: "disconnected", reason: "connection_lost" });
    await whatsapp.change(id, { status: "disconnected", reason: "logged_out" });
    const names = [
      "device.qr_updated",
      "device.qr_updated",
      "device.connected",
      "device.restricted",
      "device.disconnected",
      "device.disconnected",
    ];
    expect((await told.next(id, names.length)).sort()).toEqual(names.sort());
    const [qr] = told.of(id).filter(({ event }) => event === "device.qr_updated");
    expect(qr?.data).toEqual({
      device_id: id,
      device_name: "Sales",
      phone_number: null,
      status: "qr_pending",
      reason: null,
      qr: expect.any(String),
      expires_at: expect.any(String),
    });
    const lost = told.of(id).find(({ event, data }) => event === "device.disconnected" && data.reason === "logged_out");
    expect(lost?.data).toMatchObject({ phone_number: "+94771234567", status: "disconnected" });
  });

  it("begins anew with a QR code after a logout", async () => {
    const space = await newSpace();
    const { id } = await space.create("Sales");
    await whatsapp.pair(id, "+94771234567");
    const { body } = await space.ask("POST", `/devices/${id}/logout`);
    expect(body.data).toMatchObject({ status: "disconnected", reason: "logged_out", phone_number: "+94771234567" });
    expect(whatsapp.phoneOf(id)).toBeUndefined();
    const again = await space.ask("POST", `/devices/${id}/reconnect`);
    expect(again.body.data).toMatchObject({ status: "qr_pending", reason: null });
    expect((await space.ask("GET", `/devices/${id}/qr`)).status).toBe(200);
  });

  it("goes on without one after an interruption", async () => {
    const space = await newSpace();
    const { id } = await space.create("Sales");
    await whatsapp.pair(id, "+94771234567");
    await whatsapp.change(id, { status: "disconnected", reason: "replaced" });
    const { body } = await space.ask("POST", `/devices/${id}/reconnect`);
    expect(body.data).toMatchObject({ status: "connected", reason: null });
  });
});

describe("a change of a device", () => {
  it("renames it, and makes it primary instead of the other", async () => {
    const space = await newSpace();
    const one = await space.create("One");
    const two = await space.create("Two");
    const renamed = await space.ask("PATCH", `/devices/${two.id}`, { device_name: "Zwei" });
    expect(renamed.body.data).toEqual({ ...two, device_name: "Zwei" });
    const primary = await space.ask("PATCH", `/devices/${two.id}`, { is_primary: true });
    expect(primary.body.data).toEqual({ ...two, device_name: "Zwei", is_primary: true });
    expect(await space.status(one.id)).toEqual({ ...one, is_primary: false });
    expect((await space.ask("PATCH", `/devices/${one.id}`, { is_primary: false })).status).toBe(200);
    const refused = await space.ask("PATCH", `/devices/${two.id}`, { is_primary: false });
    expect([refused.status, refused.body.details[0].path]).toEqual([400, "is_primary"]);
    expect((await space.ask("PATCH", `/devices/${two.id}`, {})).body.data).toEqual(primary.body.data);
  });

  it("takes back what a get gave, ignoring what cannot be changed", async () => {
    const space = await newSpace();
    const { id } = await space.create("One");
    const before = await space.status(id);
    const { body } = await space.ask("PATCH", `/devices/${id}`, { ...before, phone_number: "+1", status: "connected" });
    expect(body.data).toEqual(before);
  });
});

describe("a deleted device", () => {
  it("is gone, and its messages stay", async () => {
    const space = await newSpace();
    const first = await space.create("First");
    const second = await space.create("Second");
    await whatsapp.pair(first.id, "+94771234567");
    const sent = await space.ask("POST", "/messages/send", { phone_number: "+12025550150", message: "Hi" });
    expect(sent.status).toBe(200);
    const { body } = await space.ask("DELETE", `/devices/${first.id}`);
    expect(body).toEqual({ success: true, message: "Device deleted successfully" });

    for (const [method, path] of [
      ["GET", "/status"],
      ["GET", "/qr"],
      ["DELETE", ""],
      ["POST", "/reconnect"],
      ["POST", "/logout"],
    ] as const) {
      expect((await space.ask(method, `/devices/${first.id}${path}`)).status).toBe(404);
    }
    expect(await space.list()).toEqual([{ ...second, is_primary: true }]);
    expect(whatsapp.phoneOf(first.id)).toBeUndefined();
    const message = await space.ask("GET", `/messages/${sent.body.data.message_id}`);
    expect(message.body.data).toMatchObject({ device_id: first.id, content: "Hi", status: "sent" });
    expect((await space.ask("GET", `/messages?device_id=${first.id}`)).body.data).toHaveLength(1);
    const refused = await space.ask("POST", "/messages/send", { phone_number: "+12025550150", message: "Hi" });
    expect([refused.status, refused.body.code]).toEqual([500, "device_not_connected"]);
  });

  it("says goodbye to webhooks, and nothing after it", async () => {
    const space = await newSpace();
    const told = await listen(space);
    const { id } = await space.create("Sales");
    await whatsapp.pair(id, "+94771234567");
    await space.ask("DELETE", `/devices/${id}`);
    expect((await told.next(id, 3)).sort()).toEqual(["device.connected", "device.disconnected", "device.qr_updated"]);
  });
});

describe("a key that is limited to a device", () => {
  it("sees and manages only this one", async () => {
    const space = await newSpace();
    const one = await space.create("One");
    const two = await space.create("Two");
    const key = await app.createKey({ account: space.account, mode: "live", deviceIds: [two.id] });
    const ask = (method: string, path: string, body?: unknown) => app.request(method, path, { key, body });
    expect((await ask("GET", "/devices")).body.data).toEqual([two]);
    for (const [method, path] of [
      ["GET", "/status"],
      ["GET", "/qr"],
      ["PATCH", ""],
      ["DELETE", ""],
      ["POST", "/logout"],
      ["POST", "/reconnect"],
    ] as const) {
      const body = method === "PATCH" ? {} : undefined;
      expect((await ask(method, `/devices/${one.id}${path}`, body)).status).toBe(404);
    }
    expect((await ask("PATCH", `/devices/${two.id}`, { device_name: "Zwei" })).status).toBe(200);
    for (const [path, method, body] of [
      ["/devices", "POST", { device_name: "Three" }],
      [`/devices/${two.id}`, "PATCH", { is_primary: true }],
    ] as const) {
      const refused = await ask(method, path, body);
      expect([refused.status, refused.body.code]).toEqual([403, "key_limited"]);
    }
    expect((await space.list()).map((device: { is_primary: boolean }) => device.is_primary)).toEqual([true, false]);
  });
});

describe("a test key", () => {
  it("has its sandbox device and no other", async () => {
    const key = await app.createKey({ account: "sandbox" });
    const ask = (method: string, path: string, body?: unknown) => app.request(method, path, { key, body });
    const [sandbox] = (await ask("GET", "/devices")).body.data;
    const path = `/devices/${sandbox.id}`;
    const outcomes = [
      await ask("POST", "/devices", { device_name: "Real" }),
      await ask("DELETE", path),
      await ask("POST", `${path}/logout`),
      await ask("GET", `${path}/qr`),
      await ask("POST", `${path}/pairing-code`, { phone_number: "+94771234567" }),
    ].map(({ status, body }) => [status, body.code]);
    const refused = [403, "mode_not_allowed"];
    const connected = [409, "device_already_connected"];
    expect(outcomes).toEqual([refused, refused, refused, connected, connected]);
    expect((await ask("POST", `${path}/reconnect`)).body.data).toEqual(sandbox);
    expect((await ask("PATCH", path, { device_name: "Mine" })).body.data.device_name).toBe("Mine");
  });
});
