import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { Curve } from "baileys";
import { expect, test } from "vitest";
import { Client, memoryAuth } from "../test/client.js";
import { afterwards, setStage, startWhatsApp } from "../test/stage.js";

test("a linked client logs in again with what it stored", async () => {
  const { whatsapp, phone, ana, client } = await setStage();
  await client.stop();
  await phone.whenDisconnected();
  const again = new Client(whatsapp, client.auth);
  afterwards(() => again.stop());
  await again.whenOpen();
  await again.send(ana, "back");
  expect((await ana.nextMessage()).text).toBe("back");
});

test("a device that is not linked is refused with 401", async () => {
  const whatsapp = await startWhatsApp();
  const auth = memoryAuth();
  auth.creds.me = { id: "15550009999:1@s.whatsapp.net", name: "Nobody" };
  const client = new Client(whatsapp, auth);
  afterwards(() => client.stop());
  await client.whenClosed(401);
});

test("Baileys 7.0.0-rc14 does not notice a root that it does not trust: its Curve.verify is always true", async () => {
  const whatsapp = await startWhatsApp();
  const rootPublicKeyHex = Buffer.from(Curve.generateKeyPair().public).toString("hex");
  const client = new Client({ url: whatsapp.url, rootPublicKeyHex });
  afterwards(() => client.stop());
  await client.whenQr();
});

test("the same device on a second socket replaces the first (440)", async () => {
  const { whatsapp, client } = await setStage();
  const second = new Client(whatsapp, client.auth);
  afterwards(() => second.stop());
  await Promise.all([second.whenOpen(), client.whenClosed(440)]);
});

test("openElsewhere replaces the client (440)", async () => {
  const { phone, client } = await setStage();
  phone.openElsewhere();
  await client.whenClosed(440);
  expect(phone.connected).toBe(false);
});

test("logging out on the phone ends the client (401), now and at its next login", async () => {
  const { whatsapp, phone, client } = await setStage();
  phone.logout();
  await client.whenClosed(401);
  expect(phone.linkedDevices).toEqual([]);
  const again = new Client(whatsapp, client.auth);
  afterwards(() => again.stop());
  await again.whenClosed(401);
});

test("a client that logs out is gone from the linked devices", async () => {
  const { phone, client } = await setStage();
  await client.socket.logout();
  await client.whenClosed(401);
  await phone.whenDisconnected();
  expect(phone.linkedDevices).toEqual([]);
});

test.each([403, 405])("a login refused with %i", async (reason) => {
  const { phone, client } = await setStage();
  phone.refuseLogins({ reason });
  phone.drop();
  await client.whenClosed(reason);
});

test.each([515, 503])("a stream error %i, and back", async (code) => {
  const { phone, client } = await setStage();
  const before = client.closes.length;
  phone.streamError(code);
  await client.whenOpen(2);
  expect(client.closes.slice(before)).toEqual([code]);
});

test.each([true, false])("a dropped socket, close frame: %s", async (closeFrame) => {
  const { phone, ana, client } = await setStage();
  phone.drop({ closeFrame });
  await client.whenOpen(2);
  expect(client.closes.at(-1)).toBe(428);
  await ana.send(phone, { text: "still there?" });
  await client.whenText("still there?");
});

test("an outage, and after it", async () => {
  const { whatsapp, client } = await setStage();
  whatsapp.outage(true);
  await client.until("three failures", () => client.closes.length >= 4);
  expect(client.opens).toBe(1);
  expect(client.closes.slice(1)).toEqual([428, 408, 408]);
  whatsapp.outage(false);
  await client.whenOpen(2);
});

test("an outage that answers 503: Baileys hears of it and does nothing, its own time limit included", async () => {
  const { whatsapp, client } = await setStage();
  // Only where nothing is to be done within it: a slow machine takes its time to link.
  client.configure({ connectTimeoutMs: 1_500 });
  whatsapp.outage(true, "unavailable");
  await client.until("the next socket", () => client.sockets === 3);
  const [, response] = await once(client.socket.ws, "unexpected-response");
  expect(response.statusCode).toBe(503);
  await setTimeout(2_000);
  expect(client.closes).toEqual([515, 428]);
});

test("a socket that stays open and answers nothing is given up by the client (408)", async () => {
  const { phone, client } = await setStage({ keepAliveIntervalMs: 200 });
  phone.stopAnswering();
  await client.whenClosed(408);
  await client.whenOpen(2);
});
