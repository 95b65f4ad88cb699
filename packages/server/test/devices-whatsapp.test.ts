/** A device from its first QR code to its end: the published client, the whole server, the real Baileys, a simulated WhatsApp. */
import { WhatsFlow } from "@whatsflow/sdk";
import { describe, expect, it } from "vitest";
import { readPng, readSvg } from "./qr-reader.js";
import { eventually } from "./test-app.js";
import { type Stage, setStage } from "./whatsapp-stage.js";

const clientOf = ({ app, key }: Stage) => new WhatsFlow({ apiKey: key, baseUrl: app.url });
const isPaired = (stage: Stage, id: string) => stage.whenDevice(id, "connected");

async function picture(stage: Stage, id: string, type: "image/png" | "image/svg+xml"): Promise<Buffer> {
  const { data, response } = await clientOf(stage).api.GET("/devices/{id}/qr", {
    params: { path: { id } },
    headers: { Accept: type },
    parseAs: "arrayBuffer",
  });
  expect(response.headers.get("content-type")).toBe(type);
  if (!(data instanceof ArrayBuffer)) throw new Error("That is no picture");
  return Buffer.from(data);
}

describe("a device", () => {
  it("is created, scanned, renamed, made primary, logged out, paired again and deleted", async () => {
    const stage = await setStage();
    const client = clientOf(stage);
    const phone = stage.whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
    const ana = stage.whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });

    const { id } = await client.devices.create({ device_name: "Sales Line" });
    const { qr, expires_at } = await client.devices.qr(id);
    expect(Date.parse(expires_at)).toBeGreaterThan(Date.now());
    expect(readPng(await picture(stage, id, "image/png"))).toBe(qr);
    expect(readSvg((await picture(stage, id, "image/svg+xml")).toString())).toBe(qr);
    expect(await stage.whenEvent("device.qr_updated")).toMatchObject({ device_id: id, qr, status: "qr_pending" });

    await phone.scan(qr);
    expect(await stage.whenEvent("device.connected")).toEqual({
      device_id: id,
      device_name: "Sales Line",
      phone_number: "+15550001111",
      status: "connected",
      reason: null,
    });
    await expect(client.devices.qr(id)).rejects.toMatchObject({ status: 409, code: "device_already_connected" });
    const sent = await client.messages.send({ phone_number: "+15550002222", message: "Hello" });
    expect((await ana.nextMessage()).text).toBe("Hello");

    const device = await client.devices.status(id);
    expect(await client.devices.update(id, { ...device, device_name: "Sales" })).toEqual({
      ...device,
      device_name: "Sales",
    });
    const other = await client.devices.create({ device_name: "Support" });
    expect((await client.devices.update(other.id, { is_primary: true })).is_primary).toBe(true);
    expect((await client.devices.list()).map(({ is_primary }) => is_primary)).toEqual([false, true]);

    await client.devices.logout(id);
    expect(await client.devices.status(id)).toMatchObject({ status: "disconnected", reason: "logged_out" });
    expect(phone.linkedDevices).toHaveLength(0);
    expect((await client.devices.reconnect(id)).status).toBe("qr_pending");
    await phone.scan((await client.devices.qr(id)).qr);
    await isPaired(stage, id);

    expect(await client.devices.delete(id)).toBe("Device deleted successfully");
    expect(phone.linkedDevices).toHaveLength(0);
    expect((await client.devices.list()).map((left) => left.id)).toEqual([other.id]);
    expect(await client.messages.get(sent.message_id)).toMatchObject({ device_id: id, content: "Hello" });
    await client.devices.delete(other.id);
  });

  it("is paired by code", async () => {
    const stage = await setStage();
    const phone = stage.whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
    const client = clientOf(stage);
    const { id } = await client.devices.create({ device_name: "No camera" });
    const { code, expires_at } = await client.devices.pairingCode(id, { phone_number: "+1 555 000 1111" });
    expect(code).toMatch(/^[A-Z0-9]{8}$/);
    expect(Date.parse(expires_at)).toBeGreaterThan(Date.now());
    await phone.enterPairingCode(code);
    expect(await isPaired(stage, id)).toMatchObject({ phone_number: "+15550001111" });
    await expect(client.devices.pairingCode(id, { phone_number: "+15550001111" })).rejects.toMatchObject({
      code: "device_already_connected",
    });
  });

  it("comes back with a reconnect after it was replaced", async () => {
    const stage = await setStage();
    const phone = stage.whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
    const id = await stage.pair(phone);
    await phone.openElsewhere();
    await stage.whenDevice(id, "disconnected", "replaced");
    await expect(clientOf(stage).devices.qr(id)).rejects.toMatchObject({ code: "qr_not_available" });
    await clientOf(stage).devices.reconnect(id);
    await isPaired(stage, id);
    const told = await eventually(() => {
      const events = stage.events().filter(({ data }) => data.device_id === id && "reason" in data);
      return events.filter(({ event }) => event === "device.connected").length === 2 ? events : undefined;
    }, "two connections");
    expect(told.map(({ data }) => data.reason)).toContain("replaced");
  });

  it("is logged out on the phone", async () => {
    const stage = await setStage();
    const phone = stage.whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
    const id = await stage.pair(phone);
    await phone.logout();
    expect(await stage.whenEvent("device.disconnected")).toMatchObject({ device_id: id, reason: "logged_out" });
    expect((await clientOf(stage).devices.reconnect(id)).status).toBe("qr_pending");
    await phone.scan((await clientOf(stage).devices.qr(id)).qr);
    await isPaired(stage, id);
  });

  it("is deleted while it waits to be scanned", async () => {
    const stage = await setStage();
    const client = clientOf(stage);
    const { id } = await client.devices.create({ device_name: "Mistake" });
    await client.devices.qr(id);
    await client.devices.delete(id);
    expect(await client.devices.list()).toEqual([]);
  });

  it("checks numbers", async () => {
    const stage = await setStage();
    await stage.pair(stage.whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" }));
    stage.whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });
    stage.whatsapp.createPerson({ phoneNumber: "15550003333", registered: false });
    const client = clientOf(stage);
    const ask = () => client.contacts.verify({ phone_numbers: ["+1 555 000 2222", "+15550003333"] });
    const checks = await ask();
    expect(checks.map(({ phone_number, is_on_whatsapp }) => [phone_number, is_on_whatsapp])).toEqual([
      ["+15550002222", true],
      ["+15550003333", false],
    ]);
    expect(await ask()).toEqual(checks);
  });

  it("keeps the name that a contact was given, whatever it calls itself", async () => {
    const stage = await setStage();
    const phone = stage.whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
    const ana = stage.whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });
    await stage.pair(phone);
    await ana.send(phone, { text: "one" });
    const { contact_id } = await stage.whenEvent("message.received", (data) => data.message === "one");
    const client = clientOf(stage);
    expect((await client.contacts.get(contact_id)).name).toBe("Ana");
    await client.contacts.update(contact_id, { name: "Ana from Lisbon" });
    await ana.send(phone, { text: "two" });
    const second = await stage.whenEvent("message.received", (data) => data.message === "two");
    expect(second).toMatchObject({ contact_id, contact_name: "Ana from Lisbon" });
    await client.contacts.update(contact_id, { name: null });
    await ana.send(phone, { text: "three" });
    await stage.whenEvent("message.received", (data) => data.message === "three");
    expect((await client.contacts.get(contact_id)).name).toBe("Ana");
  });
});
