/** Sending through WhatsApp: the whole server against a simulated one that really decrypts. */
import { describe, expect, it } from "vitest";
import { setStage } from "./whatsapp-stage.js";

async function setPairedStage() {
  const stage = await setStage();
  const phone = stage.whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
  const ana = stage.whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });
  const deviceId = await stage.pair(phone);
  return { stage, phone, ana, deviceId };
}

describe("pairing", () => {
  it("works by code", async () => {
    const stage = await setStage();
    const phone = stage.whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
    const ana = stage.whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });
    const { id } = (await stage.request("POST", "/devices", { device_name: "Main Line" })).body.data;
    const { status, body } = await stage.request("POST", `/devices/${id}/pairing-code`, {
      phone_number: "+15550001111",
    });
    expect(status).toBe(200);
    await phone.enterPairingCode(body.data.code);
    expect(await stage.whenDevice(id, "connected")).toMatchObject({ phone_number: "+15550001111" });
    expect((await stage.send("+15550002222", "Hello")).body.data.status).toBe("sent");
    expect((await ana.nextMessage()).text).toBe("Hello");
  });

  it("shows the QR code in an event", async () => {
    const { stage, deviceId } = await setPairedStage();
    const data = await stage.whenEvent("device.qr_updated");
    expect(data).toMatchObject({
      device_id: deviceId,
      status: "qr_pending",
      qr: expect.stringContaining("https://wa.me/"),
    });
    expect(stage.events("device.disconnected")).toEqual([]);
  });
});

describe("a message", () => {
  it("is sent, delivered and read", async () => {
    const { stage, ana, deviceId } = await setPairedStage();
    expect(await stage.whenEvent("device.connected")).toMatchObject({
      device_id: deviceId,
      phone_number: "+15550001111",
    });
    const { status, body } = await stage.send("+15550002222", "Hello Ana");
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ status: "sent", phone_number: "+15550002222" });
    const received = await ana.nextMessage();
    expect(received.text).toBe("Hello Ana");
    await stage.whenStatus(body.data.message_id, "delivered");
    ana.sendReceipt(received.id, "read");
    await stage.whenStatus(body.data.message_id, "read");
    for (const name of ["message.sent", "message.delivered", "message.read"])
      await stage.whenEvent(name, (data) => data.message_id === body.data.message_id);
  });

  it("to a number that is not on WhatsApp fails", async () => {
    const { stage } = await setPairedStage();
    stage.whatsapp.createPerson({ phoneNumber: "15550009999", registered: false });
    for (const number of ["+15550009999", "+15550008888"]) {
      const { status, body } = await stage.send(number, "Hello");
      expect(status).toBe(500);
      expect(body).toMatchObject({ code: "not_on_whatsapp", retryable: false });
      expect(await stage.message(body.message_id)).toMatchObject({
        status: "failed",
        failure: { code: "not_on_whatsapp" },
      });
      await stage.whenEvent("message.failed", (data) => data.message_id === body.message_id);
    }
  });

  it("need not be written to learn who is on WhatsApp", async () => {
    const { stage } = await setPairedStage();
    const { status, body } = await stage.request("POST", "/contacts/verify", {
      phone_numbers: ["+15550002222", "+15550008888"],
    });
    expect(status).toBe(200);
    expect(JSON.stringify(body.data)).toMatch(/15550002222[^}]*true.*15550008888[^}]*false/);
  });

  it("that WhatsApp restricts fails, is not tried again, and the device says so", async () => {
    const { stage, ana, deviceId } = await setPairedStage();
    let attempts = 0;
    stage.whatsapp.observe(({ stanza }) => {
      if (stanza.tag === "message" && stanza.attrs.to === "15550002222@s.whatsapp.net") attempts += 1;
    });
    stage.whatsapp.acknowledge({ mode: "error", code: 463, for: ana, times: 1 });
    const { status, body } = await stage.send("+15550002222", "Hello");
    expect(status).toBe(500);
    expect(body).toMatchObject({ code: "restricted", retryable: false });
    expect(await stage.whenEvent("device.restricted")).toMatchObject({ device_id: deviceId, reason: "restricted" });
    expect((await stage.send("+15550002222", "Hello again")).body.data.status).toBe("sent");
    expect(attempts).toBe(2);
    expect(ana.shown.map(({ text }) => text)).toEqual(["Hello again"]);
  });

  it("that WhatsApp refuses is rejected", async () => {
    const { stage, ana } = await setPairedStage();
    stage.whatsapp.acknowledge({ mode: "error", code: 479, for: ana });
    const { status, body } = await stage.send("+15550002222", "Hello");
    expect(status).toBe(500);
    expect(body).toMatchObject({ code: "rejected", retryable: false });
    expect(stage.events("device.restricted")).toEqual([]);
  });

  it("moves on by receipts that come before the acknowledgement, and never back", async () => {
    const { stage, ana } = await setPairedStage();
    ana.automaticReceipts = "read";
    stage.whatsapp.acknowledge({ mode: "after receipts", times: 1 });
    const early = await stage.send("+15550002222", "one");
    expect(early.body.data.status).toBe("sent");
    await stage.whenStatus(early.body.data.message_id, "read");
    stage.whatsapp.acknowledge({ mode: "never", times: 1 });
    const unacknowledged = await stage.send("+15550002222", "two");
    expect(unacknowledged.body.data.status).toBe("sent");
    await stage.whenStatus(unacknowledged.body.data.message_id, "read");
    expect(await stage.whenEvents("message.read", 2)).toHaveLength(2);
  });

  it("keeps its place: the order of acceptance is the order of arrival", async () => {
    const { stage, ana } = await setPairedStage();
    const ben = stage.whatsapp.createPerson({ phoneNumber: "15550003333", name: "Ben" });
    const texts = Array.from({ length: 40 }, (_, index) => `message ${index}`);
    const sends = await Promise.all(
      texts.map((text, index) => stage.send(index % 2 === 0 ? "+15550002222" : "+15550003333", text)),
    );
    expect(sends.map(({ body }) => body.data?.status)).toEqual(texts.map(() => "sent"));
    const accepted = (await stage.request("GET", "/messages?limit=100&direction=outbound")).body.data
      .map(({ content }: { content: string }) => content)
      .reverse();
    const ofAna = accepted.filter((text: string) => Number(text.split(" ")[1]) % 2 === 0);
    const ofBen = accepted.filter((text: string) => Number(text.split(" ")[1]) % 2 === 1);
    expect(ana.shown.map(({ text }) => text)).toEqual(ofAna);
    expect(ben.shown.map(({ text }) => text)).toEqual(ofBen);
  });

  it("can be encrypted again for somebody who lost the sessions", async () => {
    const { stage, ana } = await setPairedStage();
    await stage.send("+15550002222", "one");
    await ana.nextMessage();
    ana.loseSessions();
    const { body } = await stage.send("+15550002222", "two");
    expect((await ana.nextMessage()).text).toBe("two");
    await stage.whenStatus(body.data.message_id, "delivered");
  });

  it("reaches somebody whose number at WhatsApp is not the one that people dial", async () => {
    const { stage, phone } = await setPairedStage();
    const bia = stage.whatsapp.createPerson({ phoneNumber: "551187654321", dialled: "5511987654321", name: "Bia" });
    const { body } = await stage.send("+5511987654321", "oi");
    expect(await stage.whenStatus(body.data.message_id, "delivered")).toMatchObject({ phone_number: "+5511987654321" });
    expect(bia.shown.map(({ text }) => text)).toEqual(["oi"]);
    await bia.send(phone, { text: "tudo bem?" });
    const { contact_id } = await stage.message(body.data.message_id);
    expect(await stage.whenEvent("message.received")).toMatchObject({ contact_id, phone_number: "+5511987654321" });
    const numbers = ["+5511987654321", "+12125550199"];
    const check = await stage.request("POST", "/contacts/verify", { phone_numbers: numbers });
    expect(check.body.data).toMatchObject([{ is_on_whatsapp: true }, { is_on_whatsapp: false }]);
  });

  it("reaches somebody of whom only the LID is known", async () => {
    const { stage, phone } = await setPairedStage();
    const hidden = stage.whatsapp.createPerson({ phoneNumber: "15550004444", name: "Hidden" });
    await hidden.send(phone, { text: "guess who" }, { addressing: "lid-only" });
    const { contact_id, phone_number, lid } = await stage.whenEvent("message.received");
    expect({ phone_number, lid }).toEqual({ phone_number: null, lid: hidden.lid });
    const { status, body } = await stage.request("POST", "/messages/send", { contact_id, message: "no idea" });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ status: "sent", phone_number: null });
    expect((await hidden.nextMessage()).text).toBe("no idea");
    await stage.whenStatus(body.data.message_id, "delivered");
  });
});
