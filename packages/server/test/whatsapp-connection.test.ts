/** What becomes of a connection: lost, silent, refused, replaced, logged out, come again. */
import { describe, expect, it, onTestFinished } from "vitest";
import { createMovingClock } from "./moving-clock.js";
import { eventually } from "./test-app.js";
import { setStage } from "./whatsapp-stage.js";

async function setPairedStage() {
  const stage = await setStage();
  const phone = stage.whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
  const ana = stage.whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });
  const deviceId = await stage.pair(phone);
  return { stage, phone, ana, deviceId };
}

describe("a connection", () => {
  it("that drops comes again, and brings what was missed", async () => {
    const { stage, phone, ana, deviceId } = await setPairedStage();
    await ana.send(phone, { text: "before" });
    await stage.whenEvent("message.received", (data) => data.message === "before");
    stage.whatsapp.outage(true);
    await stage.whenDevice(deviceId, "disconnected", "connection_lost");
    const refused = await stage.send("+15550002222", "nobody hears this");
    expect(refused.body).toMatchObject({ code: "device_not_connected", retryable: true });
    for (const text of ["one", "two", "three"]) await ana.send(phone, { text });
    stage.whatsapp.outage(false);
    await stage.whenDevice(deviceId, "connected");
    const told = await stage.whenEvents("message.received", 4);
    expect(told.map(({ message }) => message)).toEqual(["before", "one", "two", "three"]);
    await stage.whenEvent("device.disconnected");
    await eventually(() => stage.events("device.connected").length === 2 || undefined, "the second device.connected");
    expect(stage.events("device.disconnected")).toHaveLength(1);
    expect((await stage.send("+15550002222", "back")).body.data.status).toBe("sent");
    await phone.whenDelivered();
  });

  it("that WhatsApp refuses with 503 is tried again", async () => {
    const { stage, deviceId } = await setPairedStage();
    stage.whatsapp.outage(true, "unavailable");
    await stage.whenDevice(deviceId, "disconnected", "connection_lost");
    await new Promise((over) => setTimeout(over, 1_500));
    stage.whatsapp.outage(false);
    await stage.whenDevice(deviceId, "connected");
  });

  it.each([false, true])("that looks alive and is not is noticed (network gone: %s)", async (networkGone) => {
    const clock = createMovingClock();
    onTestFinished(() => clock.stop());
    const stage = await setStage({ clock });
    const phone = stage.whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
    const ana = stage.whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });
    const deviceId = await stage.pair(phone);
    phone.stopAnswering({ networkGone });
    await ana.send(phone, { text: "anybody there?" });
    const sending = stage.send("+15550002222", "anybody there?");
    await eventually(
      async () => (await stage.request("GET", "/messages?status=pending")).body.data.length === 1 || undefined,
      "the message being stored",
    );
    for (let second = 0; second < 45; second += 1) clock.advance(1_000);
    expect((await sending).body.data.status).toBe("pending");
    await stage.whenEvent("device.disconnected", ({ reason }) => reason === "connection_lost");
    await stage.whenDevice(deviceId, "connected");
    await stage.whenEvent("message.received", (data) => data.message === "anybody there?");
    expect((await ana.nextMessage()).text).toBe("anybody there?");
  });

  it("that is only restarted is no news", async () => {
    const { stage, phone, ana } = await setPairedStage();
    phone.streamError(515);
    await phone.whenDisconnected();
    await phone.whenConnected();
    await ana.send(phone, { text: "hello" });
    await stage.whenEvent("message.received");
    await stage.whenEvent("device.connected");
    expect(stage.events("device.disconnected")).toEqual([]);
    expect(stage.events("device.connected")).toHaveLength(1);
  });

  it("that is opened elsewhere yields, until somebody wants it back", async () => {
    const { stage, phone, deviceId } = await setPairedStage();
    phone.openElsewhere();
    await stage.whenDevice(deviceId, "disconnected", "replaced");
    await new Promise((over) => setTimeout(over, 1_000));
    expect(phone.connected).toBe(false);
    await stage.request("POST", `/devices/${deviceId}/reconnect`);
    await stage.whenDevice(deviceId, "connected");
  });

  it("that the phone logs out is over; pairing makes a new one", async () => {
    const { stage, phone, deviceId } = await setPairedStage();
    phone.logout();
    await stage.whenDevice(deviceId, "disconnected", "logged_out");
    expect(await stage.whenEvent("device.disconnected")).toMatchObject({ device_id: deviceId, reason: "logged_out" });
    await stage.request("POST", `/devices/${deviceId}/reconnect`);
    const { body } = await stage.request("GET", `/devices/${deviceId}/qr`);
    await phone.scan(body.data.qr);
    await stage.whenDevice(deviceId, "connected");
  });

  it("is logged out on request, also on the phone", async () => {
    const { stage, phone, deviceId } = await setPairedStage();
    expect((await stage.request("POST", `/devices/${deviceId}/logout`)).status).toBe(200);
    await stage.whenDevice(deviceId, "disconnected", "logged_out");
    expect(phone.linkedDevices).toEqual([]);
  });

  it.each([402, 403, 406])("that is refused with %i is restricted", async (reason) => {
    const { stage, phone, deviceId } = await setPairedStage();
    phone.refuseLogins({ reason });
    phone.drop();
    await stage.whenDevice(deviceId, "disconnected", "restricted");
  });

  it("that is refused for its version tries once more, then says so", async () => {
    const { stage, phone, deviceId } = await setPairedStage();
    phone.refuseLogins({ reason: 405 });
    phone.drop();
    // By then it may be connected again.
    await stage.whenEvent("device.disconnected");
    await stage.whenDevice(deviceId, "connected");
    phone.refuseLogins({ reason: 405, times: 2 });
    phone.drop();
    await stage.whenDevice(deviceId, "disconnected", "outdated_version");
  });

  it("that is lost during a send sends again, once, in order", async () => {
    const { stage, ana, deviceId } = await setPairedStage();
    expect((await stage.send("+15550002222", "zero")).body.data.status).toBe("sent");
    stage.whatsapp.acknowledge({ mode: "disconnect", times: 1 });
    stage.whatsapp.acknowledge({ mode: "disconnect", deliver: false, times: 1 });
    const sends = await Promise.all(["one", "two", "three"].map((text) => stage.send("+15550002222", text)));
    expect(sends.map(({ body }) => body.data?.status)).toEqual(["sent", "sent", "sent"]);
    await stage.whenDevice(deviceId, "connected");
    await eventually(() => ana.shown.length === 4 || undefined, "four messages");
    expect(ana.shown.map(({ text }) => text)).toEqual(["zero", "one", "two", "three"]);
    expect(ana.undecryptable.filter(({ alreadyShown }) => !alreadyShown)).toEqual([]);
  });

  it.each([1, 2, 3])("that is lost at random moments loses and doubles nothing (seed %i)", async (seed) => {
    const stage = await setStage({ seed });
    const phone = stage.whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
    const ana = stage.whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });
    await stage.pair(phone);
    await stage.send("+15550002222", "hello");
    stage.whatsapp.acknowledge({ mode: "disconnect", chance: 0.15 });
    stage.whatsapp.acknowledge({ mode: "disconnect", deliver: false, chance: 0.15 });
    const texts = Array.from({ length: 15 }, (_, index) => `message ${index}`);
    for (const text of texts) {
      await ana.send(phone, { text: `re: ${text}` });
      await eventually(
        async () => (await stage.send("+15550002222", text)).status === 200 || undefined,
        `sending ${text}`,
      );
    }
    stage.whatsapp.acknowledge({ mode: "normal" });
    await eventually(() => ana.shown.length === texts.length + 1 || undefined, "all messages");
    expect(ana.shown.map(({ text }) => text)).toEqual(["hello", ...texts]);
    const told = await stage.whenEvents("message.received", texts.length);
    expect(told.map(({ message }) => message)).toEqual(texts.map((text) => `re: ${text}`));
  });
});

describe("fifty devices", { timeout: 180_000 }, () => {
  it("live in one process, and one's trouble is not another's", async () => {
    const stage = await setStage();
    const { whatsapp } = stage;
    const phones = Array.from({ length: 50 }, (_, index) =>
      whatsapp.createPhone({ phoneNumber: `15551${String(index).padStart(6, "0")}`, name: `Line ${index}` }),
    );
    const ana = whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });
    const devices: string[] = [];
    for (let start = 0; start < phones.length; start += 5)
      devices.push(...(await Promise.all(phones.slice(start, start + 5).map((phone) => stage.pair(phone)))));
    const [broken, ...others] = phones;
    broken?.refuseLogins({ reason: 403 });
    // All at once, as when a router is switched off and on.
    whatsapp.outage(true);
    whatsapp.outage(false);
    await stage.whenDevice(devices[0] ?? "", "disconnected", "restricted");
    for (const [index, phone] of others.entries()) {
      await phone.whenConnected({ timeoutMs: 60_000 });
      await stage.whenDevice(devices[index + 1] ?? "", "connected");
      await ana.send(phone, { text: `to ${index}` });
    }
    const sends = await Promise.all(
      devices.slice(1).map((device_id, index) => stage.send("+15550002222", `from ${index}`, { device_id })),
    );
    expect(sends.map(({ status }) => status)).toEqual(others.map(() => 200));
    // Fifty at once may take longer than an answer waits.
    for (const { body } of sends) await stage.whenStatus(body.data.message_id, "delivered");
    await eventually(() => stage.events("message.received").length === others.length || undefined, "all messages");
    expect(ana.shown).toHaveLength(others.length);
  });
});
