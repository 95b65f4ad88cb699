/** Sending through WhatsApp: the whole server against a simulated one that really decrypts. */
import { describe, expect, it } from "vitest";
import { setStage } from "./whatsapp-stage.js";

describe("a linked device", { timeout: 30_000 }, () => {
  it("sends; the message is sent, delivered and read", async () => {
    const stage = await setStage();
    const phone = stage.whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
    const ana = stage.whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });
    const deviceId = await stage.pair(phone);
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
});
