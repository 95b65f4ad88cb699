import { expect, test } from "vitest";
import { jidOf, linkedClient } from "../test/client.js";
import { afterwards, setStage } from "../test/stage.js";

const DELIVERED = 3;
const READ = 4;
const ERROR = 0;

test("messages to several people are decrypted, in order, under their ids", async () => {
  const { ana, ben, client } = await setStage();
  const ids = [];
  for (const number of [1, 2, 3]) ids.push(await client.send(ana, `to Ana ${number}`));
  await client.send(ben, "to Ben");
  for (const number of [1, 2, 3]) expect((await ana.nextMessage()).text).toBe(`to Ana ${number}`);
  expect(ana.received.map((message) => message.id)).toEqual(ids);
  expect(await ben.nextMessage()).toMatchObject({
    from: "15550001111",
    chat: "15550003333",
    text: "to Ben",
    encryption: "pkmsg",
    addressing: "phone",
  });
  expect(ana.undecryptable).toEqual([]);
});

test("once the person has answered, the session goes on without pre-keys", async () => {
  const { phone, ana, client } = await setStage();
  await client.send(ana, "one");
  expect((await ana.nextMessage()).encryption).toBe("pkmsg");
  await ana.send(phone, { text: "answer" });
  await client.whenText("answer");
  await client.send(ana, "two");
  expect((await ana.nextMessage()).encryption).toBe("msg");
});

test("the phone sees what its client sends", async () => {
  const { phone, ana, client } = await setStage();
  await client.send(ana, "hello");
  expect(await phone.nextMessage()).toMatchObject({ from: phone.phoneNumber, chat: ana.phoneNumber, text: "hello" });
});

test("a message to a LID reaches the same person", async () => {
  const { ana, client } = await setStage();
  await client.send({ id: `${ana.lid}@lid` }, "hidden number");
  expect(await ana.nextMessage()).toMatchObject({ addressing: "lid", chat: ana.phoneNumber, text: "hidden number" });
});

test("the server acknowledges, then come delivered and read", async () => {
  const { ana, client } = await setStage();
  const ack = await client.sendAcknowledged(ana, "hello");
  expect(ack).not.toHaveProperty("error");
  const { id } = await ana.nextMessage();
  await client.whenStatus(id, DELIVERED);
  ana.sendReceipt(id, "read");
  await client.whenStatus(id, READ);
});

test("a person without receipts leaves the message without a status", async () => {
  const { phone, ana, client } = await setStage();
  ana.automaticReceipts = "none";
  const id = await client.send(ana, "hello");
  await ana.nextMessage();
  await ana.send(phone, { text: "later than any receipt" });
  await client.whenText("later than any receipt");
  expect(client.statuses(id)).toEqual([]);
});

test.each([463, 479])("error %i: the message is refused and delivered to nobody", async (code) => {
  const { whatsapp, ana, client } = await setStage();
  whatsapp.acknowledge({ mode: "error", code, for: ana, times: 1 });
  const ack = await client.sendAcknowledged(ana, "refused");
  expect(ack.error).toBe(String(code));
  await client.whenStatus(ack.id ?? "", ERROR);
  await client.send(ana, "accepted");
  expect((await ana.nextMessage()).text).toBe("accepted");
});

test("a rule for one person leaves the others alone", async () => {
  const { whatsapp, ana, ben, client } = await setStage();
  whatsapp.acknowledge({ mode: "error", code: 463, for: ana });
  expect((await client.sendAcknowledged(ben, "fine")).error).toBeUndefined();
  expect((await client.sendAcknowledged(ana, "not fine")).error).toBe("463");
  whatsapp.acknowledge({ mode: "normal" });
  expect((await client.sendAcknowledged(ana, "fine again")).error).toBeUndefined();
});

test("no acknowledgement: the message arrives all the same, and once more under the same id", async () => {
  const { whatsapp, ana, client } = await setStage();
  whatsapp.acknowledge({ mode: "never", times: 1 });
  const id = await client.send(ana, "hello");
  await client.whenStatus(id, DELIVERED);
  expect(client.acks).toEqual([]);
  await client.send(ana, "hello", id);
  await client.send(ana, "next");
  expect((await ana.nextMessage()).id).toBe(id);
  expect((await ana.nextMessage()).text).toBe("next");
  expect(ana.received.map((message) => message.duplicate)).toEqual([false, true, false]);
  expect(ana.shown).toHaveLength(2);
});

test("receipts before the acknowledgement", async () => {
  const { whatsapp, ana, client } = await setStage();
  ana.automaticReceipts = "read";
  whatsapp.acknowledge({ mode: "after receipts" });
  const order: string[] = [];
  client.socket.ws.on("CB:receipt", () => order.push("receipt"));
  client.socket.ws.on("CB:ack,class:message", () => order.push("ack"));
  await client.sendAcknowledged(ana, "hello");
  expect(order).toEqual(["receipt", "receipt", "ack"]);
});

test("a slow acknowledgement does not hold up the delivery", async () => {
  const { whatsapp, ana, client } = await setStage();
  whatsapp.acknowledge({ mode: "normal", delayMs: 200 });
  const acknowledged = client.sendAcknowledged(ana, "hello");
  const { id } = await ana.nextMessage();
  await client.whenStatus(id, DELIVERED);
  expect((await acknowledged).id).toBe(id);
});

test.each([true, false])("the socket is lost in mid-send, delivered: %s", async (deliver) => {
  const { whatsapp, ana, client } = await setStage();
  whatsapp.acknowledge({ mode: "disconnect", deliver, times: 1 });
  const id = await client.send(ana, "hello");
  await client.whenOpen(2);
  await client.send(ana, "hello", id);
  await client.send(ana, "next");
  await ana.nextMessage();
  expect((await ana.nextMessage()).text).toBe("next");
  expect(ana.received.filter((message) => message.id === id)).toHaveLength(deliver ? 2 : 1);
  expect(ana.shown.map((message) => message.text)).toEqual(["hello", "next"]);
});

test("a number that is not on WhatsApp", async () => {
  const { whatsapp, ana, client } = await setStage();
  const nobody = whatsapp.createPerson({ phoneNumber: "15550009999", registered: false });
  const found = await client.socket.onWhatsApp(nobody.phoneNumber, ana.phoneNumber, "15550008888");
  expect(found).toEqual([{ jid: jidOf(ana), exists: true }]);
});

test("a person without pre-keys can be written to, one without any keys cannot", async () => {
  const { ana, ben, client } = await setStage();
  ana.keysOffered = "no pre-keys";
  await client.send(ana, "hello");
  expect((await ana.nextMessage()).text).toBe("hello");
  ben.keysOffered = "none";
  await expect(client.send(ben, "hello")).rejects.toThrow();
});

test("a recipient that lost its sessions asks for a retry, and reads the message then", async () => {
  const { phone, ana, client } = await setStage();
  await client.send(ana, "before");
  await ana.nextMessage();
  await ana.send(phone, { text: "answer" });
  await client.whenText("answer");
  ana.loseSessions();
  const id = await client.send(ana, "after");
  expect(await ana.nextMessage()).toMatchObject({ id, text: "after", encryption: "pkmsg" });
  expect(ana.undecryptable).toMatchObject([{ id }]);
  expect(ana.shown).toHaveLength(2);
});

test("a client that cannot decrypt what another client wrote asks it again", async () => {
  // Baileys' own cache finds a message by the chat's address, and the retry comes from a device's.
  const { whatsapp, phone, client } = await setStage({ getMessage: async () => ({ conversation: "two" }) });
  const otherPhone = whatsapp.createPhone({ phoneNumber: "15550004444", name: "Other" });
  const other = await linkedClient(whatsapp, otherPhone);
  afterwards(() => other.stop());
  await client.send(otherPhone, "one");
  await other.whenText("one");
  await other.send(phone, "answer");
  await client.whenText("answer");
  await other.auth.keys.set({ session: { [`${phone.lid}_1.1`]: null } });
  await client.send(otherPhone, "two");
  await other.whenText("two");
});

test("two accounts under test write to each other", async () => {
  const { whatsapp, phone, client } = await setStage();
  const otherPhone = whatsapp.createPhone({ phoneNumber: "15550004444", name: "Other" });
  const other = await linkedClient(whatsapp, otherPhone);
  afterwards(() => other.stop());
  otherPhone.automaticReceipts = "none";
  const id = await client.send(otherPhone, "ping");
  const { message } = await other.whenText("ping");
  await client.whenStatus(id, DELIVERED);
  await other.socket.readMessages([message.key]);
  await client.whenStatus(id, READ);
  expect(message.key.remoteJid).toContain(phone.phoneNumber);
  await other.send(phone, "pong");
  await client.whenText("pong");
  expect((await otherPhone.nextMessage()).text).toBe("ping");
});
