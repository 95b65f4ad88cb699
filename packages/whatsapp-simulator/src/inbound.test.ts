import { proto } from "baileys";
import { expect, test } from "vitest";
import { Client, jidOf } from "../test/client.js";
import { afterwards, setStage } from "../test/stage.js";

test("addressed by number: the LID comes along, and the client reports the delivery", async () => {
  const { phone, ana, client } = await setStage();
  const sent = await ana.send(phone, { text: "hi" });
  const { type, message } = await client.whenText("hi");
  expect(type).toBe("notify");
  expect(message).toMatchObject({ pushName: "Ana", key: { id: sent.id, remoteJid: jidOf(ana), fromMe: false } });
  expect(message.key.remoteJidAlt).toBe(`${ana.lid}@lid`);
  await ana.whenReceipt(sent.id, "delivered");
});

test("addressed by LID: the number comes along", async () => {
  const { phone, ana, client } = await setStage();
  await ana.send(phone, { text: "hi" }, { addressing: "lid" });
  const { message } = await client.whenText("hi");
  expect(message.key).toMatchObject({ remoteJid: `${ana.lid}@lid`, remoteJidAlt: jidOf(ana), addressingMode: "lid" });
});

test("addressed by LID with the number hidden, and answered there", async () => {
  const { phone, ana, client } = await setStage();
  await ana.send(phone, { text: "hi" }, { addressing: "lid-only" });
  const { message } = await client.whenText("hi");
  expect(message.key).toMatchObject({ remoteJid: `${ana.lid}@lid`, remoteJidAlt: undefined });
  await client.send({ id: `${ana.lid}@lid` }, "who is this?");
  expect(await ana.nextMessage()).toMatchObject({ text: "who is this?", addressing: "lid" });
});

test("number and LID mixed, both ways, keep one session", async () => {
  const { phone, ana, client } = await setStage();
  await ana.send(phone, { text: "one" });
  await client.whenText("one");
  await ana.send(phone, { text: "two" }, { addressing: "lid" });
  await client.whenText("two");
  await client.send(ana, "three");
  await client.send({ id: `${ana.lid}@lid` }, "four");
  await ana.send(phone, { text: "five" });
  await client.whenText("five");
  expect([await ana.nextMessage(), await ana.nextMessage()]).toMatchObject([{ text: "three" }, { text: "four" }]);
  expect(ana.undecryptable).toEqual([]);
});

test("the client reads a message, and the person hears it", async () => {
  const { phone, ana, client } = await setStage();
  const sent = await ana.send(phone, { text: "read me" });
  const { message } = await client.whenText("read me");
  await client.socket.readMessages([message.key]);
  await ana.whenReceipt(sent.id, "read");
});

test("every kind of content", async () => {
  const { phone, ana, client } = await setStage();
  const question = await ana.send(phone, { text: "a question" });
  await client.whenMessage(question.id);
  const answerId = await client.send(ana, "an answer");
  const answer = await ana.nextMessage();
  const bytes = Buffer.from("not really a picture");
  const check = async (content: Parameters<typeof ana.send>[1], expected: object) => {
    const { id } = await ana.send(phone, content);
    expect((await client.whenMessage(id)).message).toMatchObject(expected);
  };
  await check(
    { image: bytes, caption: "a picture" },
    { imageMessage: { caption: "a picture", mimetype: "image/jpeg" } },
  );
  await check({ video: bytes }, { videoMessage: { mimetype: "video/mp4" } });
  await check({ audio: bytes, voice: true }, { audioMessage: { ptt: true } });
  await check({ document: bytes, fileName: "a.pdf" }, { documentMessage: { fileName: "a.pdf" } });
  await check({ sticker: bytes }, { stickerMessage: { mimetype: "image/webp" } });
  const locationMessage = { degreesLatitude: 52.5, degreesLongitude: 13.4, name: "Berlin" };
  await check({ location: { latitude: 52.5, longitude: 13.4, name: "Berlin" } }, { locationMessage });
  await check({ contact: { name: "Ben", phoneNumber: "15550003333" } }, { contactMessage: { displayName: "Ben" } });
  await check({ reaction: "👍", to: answer }, { reactionMessage: { text: "👍", key: { id: answerId, fromMe: true } } });
  await check({ poll: { question: "Lunch?", options: ["yes", "no"] } }, { pollCreationMessageV3: { name: "Lunch?" } });
  await check({ text: "quoting", quoting: answer }, { extendedTextMessage: { contextInfo: { stanzaId: answerId } } });
  await check({ message: { groupInviteMessage: { groupName: "G" } } }, { groupInviteMessage: { groupName: "G" } });
  const { Type } = proto.Message.ProtocolMessage;
  const edited = { type: Type.MESSAGE_EDIT, key: { id: question.id } };
  await check({ edit: question, text: "a better question" }, { protocolMessage: edited });
  await check({ delete: question }, { protocolMessage: { type: Type.REVOKE, key: { id: question.id } } });
});

test("a business shows its verified name", async () => {
  const { whatsapp, phone, client } = await setStage();
  const shop = whatsapp.createPerson({ phoneNumber: "15550005555", name: "Shop", business: true });
  const { id } = await shop.send(phone, { text: "sale" });
  expect((await client.whenMessage(id)).verifiedBizName).toBe("Shop");
});

test("typing and online are shown both ways", async () => {
  const { phone, ana, client } = await setStage();
  await client.socket.presenceSubscribe(jidOf(ana));
  ana.showPresence(phone, "recording");
  const shown = await client.until("a presence", () => client.presences[0]);
  expect(shown).toMatchObject({ id: jidOf(ana), presences: { [jidOf(ana)]: { lastKnownPresence: "recording" } } });
  await client.socket.sendPresenceUpdate("composing", jidOf(ana));
  await client.send(ana, "typed");
  await ana.nextMessage();
  expect(ana.chatStates).toEqual([{ from: phone.phoneNumber, state: "composing" }]);
  expect(phone.presence).toBe("available");
});

test("what came while the client was away is delivered at its login, in order, as append", async () => {
  const { whatsapp, phone, ana, ben, client } = await setStage();
  await client.send(ana, "before");
  const { id } = await ana.nextMessage();
  await phone.whenDelivered();
  await client.stop();
  await phone.whenDisconnected();
  const at = new Date("2026-01-02T03:04:05Z");
  for (let number = 1; number <= 12; number += 1) await ana.send(phone, { text: `missed ${number}` }, { at });
  await ben.send(phone, { text: "from Ben" }, { addressing: "lid" });
  ana.sendReceipt(id, "read");
  expect(phone.undelivered).toBe(14);

  const again = new Client(whatsapp, client.auth);
  afterwards(() => again.stop());
  const { type, message } = await again.whenText("from Ben");
  expect(type).toBe("append");
  expect(again.texts).toEqual([...Array.from({ length: 12 }, (_, index) => `missed ${index + 1}`), "from Ben"]);
  expect(again.upserts[0]?.message.messageTimestamp).toBe(at.getTime() / 1000);
  expect(message.key.remoteJid).toBe(`${ben.lid}@lid`);
  await again.whenStatus(id, 4);
  await phone.whenDelivered();
});

test("a message held back comes with the next login although the client is online", async () => {
  const { phone, ana, client } = await setStage();
  await ana.send(phone, { text: "held" }, { offline: true });
  await ana.send(phone, { text: "live" });
  await client.whenText("live");
  expect(client.texts).toEqual(["live"]);
  phone.drop();
  expect((await client.whenText("held")).type).toBe("append");
});

test("a client that died before it acknowledged a message gets it again", async () => {
  const { whatsapp, phone, ana, client } = await setStage();
  await phone.whenDelivered();
  const onDisk = client.auth.snapshot();
  const stop = whatsapp.observe(({ direction, stanza }) => {
    if (direction === "to client" && stanza.tag === "message") void client.stop();
  });
  await ana.send(phone, { text: "do not lose me" });
  await phone.whenDisconnected();
  stop();
  expect(phone.undelivered).toBe(1);
  const again = new Client(whatsapp, onDisk);
  afterwards(() => again.stop());
  expect((await again.whenText("do not lose me")).type).toBe("append");
});

test("the same message id sent twice reaches the client twice", async () => {
  const { phone, ana, client } = await setStage();
  const { id } = await ana.send(phone, { text: "once" });
  await ana.send(phone, { text: "once" }, { id });
  await ana.send(phone, { text: "last" });
  await client.whenText("last");
  expect(client.upserts.filter(({ message }) => message.key.id === id)).toHaveLength(2);
});

test("a message that the client cannot decrypt is asked for and sent again", async () => {
  const { phone, ana, client } = await setStage();
  const sent = await ana.send(phone, { text: "garbled" }, { unreadable: true });
  const { message } = await client.whenText("garbled");
  expect(message.key.id).toBe(sent.id);
  await ana.whenReceipt(sent.id, "retry");
  await ana.send(phone, { text: "and on it goes" });
  await client.whenText("and on it goes");
});

test("what the phone itself writes reaches the person, and the client as its own", async () => {
  const { phone, ana, client } = await setStage();
  const byNumber = await phone.send(ana, { text: "from my pocket" });
  expect((await client.whenMessage(byNumber.id)).key).toMatchObject({ fromMe: true, remoteJid: jidOf(ana) });
  const byLid = await phone.send(ana, { text: "again" }, { addressing: "lid" });
  expect((await client.whenMessage(byLid.id)).key).toMatchObject({ fromMe: true, remoteJid: `${ana.lid}@lid` });
  expect((await ana.nextMessage()).text).toBe("from my pocket");
  expect((await ana.nextMessage()).text).toBe("again");
  await client.whenStatus(byNumber.id, 3);
});

test("a message read on the phone is read on the client", async () => {
  const { phone, ana, client } = await setStage();
  const { id } = await ana.send(phone, { text: "read on the phone" });
  await client.whenMessage(id);
  phone.markRead(ana, id);
  await client.whenStatus(id, 4);
});

test("the history of the phone arrives after linking", async () => {
  const { whatsapp, ana } = await setStage();
  const phone = whatsapp.createPhone({ phoneNumber: "15550006666" });
  const at = new Date("2025-05-05T05:05:05Z");
  phone.remember(ana, [
    { text: "old", at, id: "OLD1" },
    { text: "older reply", fromMe: true },
  ]);
  const client = new Client(whatsapp);
  afterwards(() => client.stop());
  await phone.scan(await client.whenQr());
  const history = await client.until("a history", () => client.histories.find(({ messages }) => messages.length));
  expect(history.messages.map(({ message }) => message?.conversation)).toEqual(["old", "older reply"]);
  expect(history.messages[0]).toMatchObject({ key: { id: "OLD1", remoteJid: jidOf(ana), fromMe: false } });
  expect(await client.socket.signalRepository.lidMapping.getLIDForPN(jidOf(ana))).toBe(`${ana.lid}@lid`);
  await client.until("the names", () =>
    client.histories.some(({ contacts }) => contacts.some(({ notify }) => notify === "Ana")),
  );
});

test("few pre-keys left: the client uploads more", async () => {
  const { phone } = await setStage();
  phone.usePreKeys({ left: 2 });
  expect(phone.preKeyCount).toBe(2);
  await phone.whenPreKeys(7);
});

test("few pre-keys left at a login: the client uploads more", async () => {
  const { whatsapp, phone, client } = await setStage();
  await client.stop();
  await phone.whenDisconnected();
  phone.usePreKeys({ left: 4 });
  const again = new Client(whatsapp, client.auth);
  afterwards(() => again.stop());
  await phone.whenPreKeys(9);
});
