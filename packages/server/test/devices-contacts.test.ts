/** What is asked of WhatsApp about numbers, and what contacts are called. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFakeClock, type FakeClock } from "./fake-clock.js";
import { createFakeTransport, type FakeTransport } from "./fake-transport.js";
import { startTestApp, type TestApp } from "./test-app.js";

const HOUR_MS = 3_600_000;
let clock: FakeClock;
let whatsapp: FakeTransport;
let app: TestApp;
let key: string;
beforeEach(async () => {
  clock = createFakeClock();
  whatsapp = createFakeTransport(clock);
  app = await startTestApp({ clock, transports: { live: whatsapp } });
  key = await app.createKey({ mode: "live" });
});
afterEach(() => app.close());

const ask = (method: string, path: string, body?: unknown) => app.request(method, path, { key, body });
const verify = (...phone_numbers: string[]) => ask("POST", "/contacts/verify", { phone_numbers });
async function connect(): Promise<string> {
  const { body } = await ask("POST", "/devices", { device_name: "Sales" });
  await whatsapp.pair(body.data.id, "+94771234567");
  return body.data.id;
}

describe("checking numbers", () => {
  it("tells of each in the order asked, and makes no contacts", async () => {
    await connect();
    const { body } = await verify("+94 77 000 0001", "+12025550100", "0094770000001");
    const checked_at = new Date(clock.now()).toISOString();
    expect(body.data).toEqual([
      { phone_number: "+94770000001", is_on_whatsapp: true, is_business: false, checked_at },
      { phone_number: "+12025550100", is_on_whatsapp: false, is_business: null, checked_at },
      { phone_number: "+94770000001", is_on_whatsapp: true, is_business: false, checked_at },
    ]);
    expect(whatsapp.lookups).toEqual([["+94770000001", "+12025550100"]]);
    expect((await ask("GET", "/contacts")).body.data.contacts).toEqual([]);
  });

  it("asks WhatsApp only for what it does not know: for a week, or an hour where there is no account", async () => {
    await connect();
    const numbers = ["+94770000001", "+12025550100"];
    await verify(...numbers);
    clock.advance(HOUR_MS - 1);
    expect((await verify(...numbers, "+94770000002")).body.data).toHaveLength(3);
    clock.advance(1);
    await verify(...numbers);
    clock.advance(7 * 24 * HOUR_MS - HOUR_MS);
    await verify(...numbers);
    expect(whatsapp.lookups).toEqual([numbers, ["+94770000002"], ["+12025550100"], numbers]);
  });

  it("answers from memory while no device is connected, and fails for the rest", async () => {
    const id = await connect();
    await verify("+94770000001");
    await whatsapp.change(id, { status: "disconnected", reason: "connection_lost" });
    expect((await verify("+94770000001")).status).toBe(200);
    const { status, body } = await verify("+94770000001", "+94770000002");
    expect(status).toBe(500);
    expect(body).toMatchObject({ error: "Number check failed", code: "device_not_connected", retryable: true });
  });

  it("names every number that is none", async () => {
    const { status, body } = await verify("+94770000001", "hello", "12");
    expect(status).toBe(400);
    expect(body.details.map(({ path }: { path: string }) => path)).toEqual(["phone_numbers.1", "phone_numbers.2"]);
    expect((await verify()).status).toBe(400);
    expect((await verify(...Array.from({ length: 51 }, () => "+94770000001"))).status).toBe(400);
  });

  it("asks nothing through a device that the key may not use", async () => {
    await connect();
    const { body } = await ask("POST", "/devices", { device_name: "Other" });
    const limited = await app.createKey({ mode: "live", deviceIds: [body.data.id] });
    const refused = await app.request("POST", "/contacts/verify", {
      key: limited,
      body: { phone_numbers: ["+94770000001"] },
    });
    expect(refused.body.code).toBe("device_not_connected");
  });
});

describe("naming a contact", () => {
  it("keeps the name, and gives it back with null", async () => {
    await connect();
    const sent = await ask("POST", "/messages/send", { phone_number: "+94770000001", message: "Hi" });
    const message = await ask("GET", `/messages/${sent.body.data.message_id}`);
    const path = `/contacts/${message.body.data.contact_id}`;
    const before = (await ask("GET", path)).body.data;
    const { body } = await ask("PATCH", path, { ...before, name: "Nimal", total_messages: 99 });
    expect(body.data).toEqual({ ...before, name: "Nimal" });
    expect((await ask("PATCH", path, {})).body.data.name).toBe("Nimal");
    expect((await ask("GET", `/messages/${sent.body.data.message_id}`)).body.data.contact_name).toBe("Nimal");
    expect((await ask("PATCH", path, { name: null })).body.data.name).toBeNull();
    for (const name of ["", "x".repeat(201), 1]) expect((await ask("PATCH", path, { name })).status).toBe(400);
  });
});
