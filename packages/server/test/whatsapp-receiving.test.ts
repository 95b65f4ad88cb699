/** Receiving through WhatsApp, to a webhook that believes only what is signed. */
import { describe, expect, it } from "vitest";
import { eventually } from "./test-app.js";
import { setStage } from "./whatsapp-stage.js";

async function setPairedStage({ history = false } = {}) {
  const stage = await setStage();
  const phone = stage.whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
  const ana = stage.whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });
  if (history) {
    phone.remember(ana, [
      { text: "long ago", at: new Date("2025-01-02T03:04:05Z") },
      { text: "our answer", fromMe: true, at: new Date("2025-01-02T03:05:05Z") },
    ]);
  }
  const deviceId = await stage.pair(phone);
  return { stage, phone, ana, deviceId };
}

describe("a message that comes in", () => {
  it("is stored, and told to the webhook", async () => {
    const { stage, phone, ana, deviceId } = await setPairedStage();
    const at = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 60_000);
    const { id } = await ana.send(phone, { text: "Hi, I need help" }, { at });
    const data = await stage.whenEvent("message.received");
    expect(data).toMatchObject({
      phone_number: "+15550002222",
      contact_name: "Ana",
      message: "Hi, I need help",
      message_type: "text",
      device_id: deviceId,
      device_name: "Main Line",
      created_at: at.toISOString(),
    });
    expect(await stage.message(data.message_id)).toMatchObject({
      direction: "inbound",
      status: "delivered",
      content: "Hi, I need help",
      contact_id: data.contact_id,
    });
    await ana.whenReceipt(id, "inactive");
    expect((await stage.request("GET", `/contacts/${data.contact_id}`)).body.data).toMatchObject({
      phone_number: "+15550002222",
      name: "Ana",
      is_business: false,
      total_messages: 1,
      last_message_at: at.toISOString(),
    });
  });

  it("stands after the message that it answers at once, though WhatsApp tells whole seconds", async () => {
    const { stage, phone, ana } = await setPairedStage();
    const sent = await stage.send("+15550002222", "Hi?");
    const second = new Date(Math.floor(Date.parse(sent.body.data.timestamp) / 1_000) * 1_000);
    await ana.send(phone, { text: "Yes?" }, { at: second });
    const { created_at, message_id } = await stage.whenEvent("message.received");
    const { data } = (await stage.request("GET", "/messages")).body;
    expect(data.map(({ id }: { id: string }) => id)).toEqual([message_id, sent.body.data.message_id]);
    expect(Date.parse(created_at)).toBeGreaterThanOrEqual(Date.parse(sent.body.data.timestamp));
  });

  it("of a business with a picture shows both", async () => {
    const { stage, phone } = await setPairedStage();
    const shop = stage.whatsapp.createPerson({
      phoneNumber: "15550005555",
      name: "Corner Shop",
      business: true,
      picture: new Uint8Array([255, 216, 255]),
    });
    await shop.send(phone, { text: "We are open" });
    const { contact_id } = await stage.whenEvent("message.received");
    const contact = await eventually(async () => {
      const { data } = (await stage.request("GET", `/contacts/${contact_id}`)).body;
      return data.profile_pic_url === null ? undefined : data;
    }, "the picture");
    expect(contact).toMatchObject({ name: "Corner Shop", is_business: true });
    expect(contact.profile_pic_url).toContain("https://127.0.0.1");
  });

  it("counts once, however often it comes", async () => {
    const { stage, phone, ana } = await setPairedStage();
    for (let copy = 0; copy < 3; copy += 1) await ana.send(phone, { text: "once" }, { id: "3EB0SAME" });
    await ana.send(phone, { text: "last" });
    await stage.whenEvent("message.received", (data) => data.message === "last");
    const told = await stage.whenEvents("message.received", 2);
    expect(told.map(({ message }) => message)).toEqual(["once", "last"]);
  });

  it("keeps its place in a burst, from strangers too", async () => {
    const { stage, phone } = await setPairedStage();
    const strangers = Array.from({ length: 12 }, (_, index) =>
      stage.whatsapp.createPerson({ phoneNumber: `155500070${10 + index}`, name: `Stranger ${index}` }),
    );
    const texts = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
    await Promise.all(
      strangers.map(async (stranger) => {
        for (const text of texts) await stranger.send(phone, { text });
      }),
    );
    const told = await stage.whenEvents("message.received", strangers.length * texts.length);
    for (const { phoneNumber } of strangers) {
      const theirs = told.filter(({ phone_number }) => phone_number === `+${phoneNumber}`);
      expect(theirs.map(({ message }) => message)).toEqual(texts);
    }
  });

  it("is one contact by number and by LID", async () => {
    const { stage, phone, ana } = await setPairedStage();
    await ana.send(phone, { text: "by number" });
    await ana.send(phone, { text: "by LID" }, { addressing: "lid" });
    await ana.send(phone, { text: "by LID alone" }, { addressing: "lid-only" });
    const told = await stage.whenEvents("message.received", 3);
    expect(new Set(told.map(({ contact_id }) => contact_id)).size).toBe(1);
    expect(told.map(({ phone_number }) => phone_number)).toEqual(Array(3).fill("+15550002222"));
  });

  it("reveals a hidden number later: two contacts become one", async () => {
    const { stage, phone } = await setPairedStage();
    const ben = stage.whatsapp.createPerson({ phoneNumber: "15550003333", name: "Ben" });
    await ben.send(phone, { text: "hidden" }, { addressing: "lid-only" });
    const hidden = await stage.whenEvent("message.received", (data) => data.message === "hidden");
    expect(hidden).toMatchObject({ phone_number: null, lid: ben.lid });
    await ben.send(phone, { text: "shown" });
    const shown = await stage.whenEvent("message.received", (data) => data.message === "shown");
    expect(shown.phone_number).toBe("+15550003333");
    const { contacts } = (await stage.request("GET", "/contacts")).body.data;
    expect(contacts.map(({ phone_number }: { phone_number: string }) => phone_number)).toEqual(["+15550003333"]);
    expect(contacts[0]).toMatchObject({ name: "Ben", total_messages: 2 });
    expect((await stage.message(hidden.message_id)).phone_number).toBe("+15550003333");
  });

  it("is asked for again when it cannot be read", async () => {
    const { stage, phone, ana } = await setPairedStage();
    const { id } = await ana.send(phone, { text: "spoilt" }, { unreadable: true });
    await ana.whenReceipt(id, "retry");
    expect(await stage.whenEvent("message.received")).toMatchObject({ message: "spoilt" });
    await ana.send(phone, { text: "next" });
    await stage.whenEvent("message.received", (data) => data.message === "next");
    expect(await stage.whenEvents("message.received", 2)).toHaveLength(2);
  });

  it("that the phone itself sends is told as sent", async () => {
    const { stage, phone, ana } = await setPairedStage();
    await phone.send(ana, { text: "from my pocket" });
    const data = await stage.whenEvent("message.sent");
    expect(data).toMatchObject({ origin: "phone", phone_number: "+15550002222", message: "from my pocket" });
    await stage.whenStatus(data.message_id, "delivered");
  });

  it("refills the keys that strangers begin with", async () => {
    const { phone, stage, ana } = await setPairedStage();
    phone.usePreKeys({ left: 2 });
    await phone.whenPreKeys(5);
    await ana.send(phone, { text: "still there?" });
    await stage.whenEvent("message.received");
  });
});

describe("of every kind, a message", () => {
  it("has a type and content", async () => {
    const { stage, phone, ana } = await setPairedStage();
    const bytes = new Uint8Array([1, 2, 3, 4, 5]);
    const first = await ana.send(phone, { text: "first" });
    await ana.send(phone, { text: "an answer", quoting: first });
    await ana.send(phone, { image: bytes, caption: "Look" });
    await ana.send(phone, { video: bytes });
    await ana.send(phone, { audio: bytes, voice: true });
    await ana.send(phone, { document: bytes, fileName: "invoice.pdf", mimetype: "application/pdf" });
    await ana.send(phone, { sticker: bytes });
    await ana.send(phone, { location: { latitude: 6.9271, longitude: 79.8612, name: "Colombo" } });
    await ana.send(phone, { contact: { name: "Ben", phoneNumber: "15550003333" } });
    await ana.send(phone, { reaction: "👍", to: first });
    await ana.send(phone, { poll: { question: "When?", options: ["now", "later"] } });
    await ana.send(phone, { edit: first, text: "first, really" });
    await ana.send(phone, { delete: first });
    await ana.send(phone, { message: { orderMessage: { orderId: "1" } } });
    const told = await stage.whenEvents("message.received", 14);
    const [{ message_id }] = told;
    const size_bytes = bytes.length;
    expect(told).toMatchObject([
      { message_type: "text", message: "first" },
      { message_type: "text", message: "an answer", reply_to: { message_id, message: "first" } },
      { message_type: "image", message: "Look", media: { mime_type: "image/jpeg", file_name: null, size_bytes } },
      { message_type: "video", message: null, media: { mime_type: "video/mp4" } },
      { message_type: "audio", message: null, media: { mime_type: "audio/ogg; codecs=opus" } },
      { message_type: "document", media: { mime_type: "application/pdf", file_name: "invoice.pdf", size_bytes } },
      { message_type: "sticker", message: null },
      { message_type: "location", message: "Colombo (6.9271,79.8612)" },
      { message_type: "contact", message: "Ben +15550003333" },
      { message_type: "reaction", message: "👍", reply_to: { message_id } },
      { message_type: "poll", message: "When?\n- now\n- later" },
      { message_type: "edit", message: "first, really", reply_to: { message_id } },
      { message_type: "delete", message: null, reply_to: { message_id } },
      { message_type: "unsupported", message: null },
    ]);
    expect(await stage.message(told[2].message_id)).toMatchObject({ content: "Look", media: told[2].media });
    const plain = await stage.message(message_id);
    for (const name of ["media", "group_id", "group_name"]) expect(plain).not.toHaveProperty(name);
  });

  it("of a group is marked, and told as such", async () => {
    const { stage, phone, ana } = await setPairedStage();
    const ben = stage.whatsapp.createPerson({ phoneNumber: "15550003333", name: "Ben" });
    const group = stage.whatsapp.createGroup({ subject: "Neighbours", participants: [ana, ben, phone] });
    await ana.send(group, { text: "hello all" });
    await ben.send(group, { text: "hello Ana" });
    const data = await stage.whenEvent("group.message.received", (told) => told.message === "hello Ana");
    expect(data).toMatchObject({
      group_id: group.id.split("@")[0],
      group_name: "Neighbours",
      contact_name: "Ben",
      phone_number: "+15550003333",
    });
    expect(await stage.whenEvents("group.message.received", 2)).toHaveLength(2);
    expect(stage.events("message.received")).toEqual([]);
    const { group_id, group_name } = data;
    expect(await stage.message(data.message_id)).toMatchObject({ content: "hello Ana", group_id, group_name });
  });

  it("of groups that are new tells their names, also while receipts come", async () => {
    const { stage, phone, ana } = await setPairedStage();
    const groups = Array.from({ length: 15 }, (_, index) =>
      stage.whatsapp.createGroup({ subject: `Group ${index}`, participants: [ana, phone] }),
    );
    await stage.send("+15550002222", "first");
    await Promise.all(
      groups.flatMap((group) => [ana.send(group, { text: "hello" }), stage.send("+15550002222", "hello")]),
    );
    const told = await stage.whenEvents("group.message.received", groups.length);
    const names = told.map(({ group_name }) => group_name);
    expect(names.sort()).toEqual(groups.map((_, index) => `Group ${index}`).sort());
  });

  it("from before the pairing is stored, and told to nobody", async () => {
    const { stage } = await setPairedStage({ history: true });
    const messages = await eventually(async () => {
      const { data } = (await stage.request("GET", "/messages")).body;
      return data.length === 2 && data[0].contact_name !== null ? data : undefined;
    }, "the history, with its names");
    expect(messages).toMatchObject([
      { content: "our answer", direction: "outbound", origin: "phone", created_at: "2025-01-02T03:05:05.000Z" },
      { content: "long ago", direction: "inbound", contact_name: "Ana", created_at: "2025-01-02T03:04:05.000Z" },
    ]);
    expect(stage.events("message.received")).toEqual([]);
    expect(stage.events("message.sent")).toEqual([]);
  });
});
