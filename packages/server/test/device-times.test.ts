/** Since when a device is offline, and why it still is after nobody paired it anew. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock } from "../src/clock.js";
import { createFakeClock } from "./fake-clock.js";
import { createFakeTransport } from "./fake-transport.js";
import { startTestApp, type TestApp } from "./test-app.js";

const clock = createFakeClock();
const whatsapp = createFakeTransport(systemClock);
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock, transports: { live: whatsapp } });
});
afterAll(() => app.close());

let accounts = 0;
/** A device in a live space of its own. */
async function newDevice() {
  accounts += 1;
  const account = `account-${accounts}`;
  const key = await app.createKey({ account, mode: "live" });
  const session = await app.signIn({ account });
  const ask = (method: string, path: string, body?: object) => app.request(method, path, { key, body });
  const { id } = (await ask("POST", "/devices", { device_name: "Sales" })).body.data;
  return {
    id,
    ask: (method: string, path: string) => ask(method, `/devices/${id}${path}`),
    status: async () => (await ask("GET", `/devices/${id}/status`)).body.data,
    attention: async () =>
      (await app.request("GET", "/overview", { session, mode: "live" })).body.data.attention.map(
        ({ kind, since }: { kind: string; since: string | null }) => [kind, since],
      ),
  };
}
/** A minute later. */
function later(): string {
  clock.advance(60_000);
  return new Date(clock.now()).toISOString();
}

it("a device is offline since its connection ended, whatever happens to it until it is connected again", async () => {
  const { id, status, attention } = await newDevice();
  expect(await attention()).toEqual([["device_not_paired", null]]);
  const connectedAt = later();
  await whatsapp.pair(id, "+94771234567");
  const connected = { last_connected_at: connectedAt, disconnected_at: null };
  expect(await status()).toMatchObject({ status: "connected", ...connected });

  const lostAt = later();
  await whatsapp.change(id, { status: "disconnected", reason: "connection_lost" });
  const lost = { last_connected_at: connectedAt, disconnected_at: lostAt };
  expect(await status()).toMatchObject({ status: "disconnected", ...lost });
  expect(await attention()).toEqual([["device_unstable", lostAt]]);
  later();
  await whatsapp.change(id, { status: "disconnected", reason: "logged_out" });
  expect(await status()).toMatchObject({ status: "disconnected", ...lost });
  expect(await attention()).toEqual([["device_disconnected", lostAt]]);

  const againAt = later();
  await whatsapp.pair(id, "+94771234567");
  expect(await status()).toMatchObject({ last_connected_at: againAt, disconnected_at: null });
  expect(await attention()).toEqual([]);
});

it("a restricted device is so since WhatsApp first said it", async () => {
  const { id, attention } = await newDevice();
  await whatsapp.pair(id, "+94771234567");
  const restrictedAt = later();
  await whatsapp.change(id, { status: "restricted" });
  later();
  await whatsapp.change(id, { status: "restricted" });
  expect(await attention()).toEqual([["device_restricted", restrictedAt]]);
  later();
  await whatsapp.change(id, { status: "disconnected", reason: "restricted" });
  expect(await attention()).toEqual([["device_restricted", restrictedAt]]);
  await whatsapp.pair(id, "+94771234567");
  const againAt = later();
  await whatsapp.change(id, { status: "restricted" });
  expect(await attention()).toEqual([["device_restricted", againAt]]);
});

it("a device that was logged out stays so when nobody pairs it anew", async () => {
  const { id, ask, status, attention } = await newDevice();
  await whatsapp.pair(id, "+94771234567");
  const loggedOutAt = later();
  await ask("POST", "/logout");
  for (let tries = 0; tries < 2; tries += 1) {
    later();
    expect((await ask("POST", "/reconnect")).body.data).toMatchObject({ status: "qr_pending", reason: null });
    expect(await attention()).toEqual([["device_not_paired", loggedOutAt]]);
    await whatsapp.change(id, { status: "disconnected", reason: "pairing_expired" });
    const loggedOut = { status: "disconnected", reason: "logged_out", disconnected_at: loggedOutAt };
    expect(await status()).toMatchObject(loggedOut);
  }
});

it("a device that was never paired says that nobody scanned its code", async () => {
  const { id, ask, status } = await newDevice();
  await whatsapp.change(id, { status: "disconnected", reason: "pairing_expired" });
  expect(await status()).toMatchObject({ reason: "pairing_expired", disconnected_at: null });
  expect((await ask("POST", "/reconnect")).body.data).toMatchObject({ status: "qr_pending" });
});
