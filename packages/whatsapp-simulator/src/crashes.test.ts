import { expect, test } from "vitest";
import { Client, jidOf } from "../test/client.js";
import { afterwards, setStage } from "../test/stage.js";

/** Device lists that outlive a socket: without them Baileys opens a new session for the first message after each connect. */
function keptDevices() {
  const kept = new Map<string, string>();
  return {
    get: (key: string) => {
      const value = kept.get(key);
      return value === undefined ? undefined : JSON.parse(value);
    },
    set: (key: string, value: unknown) => void kept.set(key, JSON.stringify(value)),
    del: (key: string) => void kept.delete(key),
    flushAll: () => kept.clear(),
  };
}

/** Sends "first" and crashes after the write, before the keys are stored: the ratchet goes back, the ciphertext is out. */
async function crashAfterWrite() {
  const userDevicesCache = keptDevices();
  const { whatsapp, phone, ana, client } = await setStage({ userDevicesCache });
  await client.send(ana, "warm-up");
  await ana.nextMessage();
  await ana.send(phone, { text: "answer" });
  await client.whenText("answer");
  await phone.whenDelivered();
  const onDisk = client.auth.snapshot();
  const id = await client.send(ana, "first");
  await ana.nextMessage();
  await client.stop();
  const restarted = new Client(whatsapp, onDisk, { userDevicesCache });
  afterwards(() => restarted.stop());
  await restarted.whenOpen();
  return { ana, restarted, id };
}

test("sent again with a fresh session, the message is read again and shown once", async () => {
  const { ana, restarted, id } = await crashAfterWrite();
  await restarted.socket.assertSessions([jidOf(ana)], true);
  await restarted.send(ana, "first", id);
  await restarted.send(ana, "second");
  expect((await ana.nextMessage()).text).toBe("second");
  expect(ana.received.filter((message) => message.id === id)).toHaveLength(2);
  expect(ana.shown.map((message) => message.text)).toEqual(["warm-up", "first", "second"]);
  expect(ana.undecryptable).toEqual([]);
});

test("sent again on the old ratchet it cannot be read again, and need not be", async () => {
  const { ana, restarted, id } = await crashAfterWrite();
  await restarted.send(ana, "first", id);
  await restarted.send(ana, "second");
  expect((await ana.nextMessage()).text).toBe("second");
  expect(ana.undecryptable).toMatchObject([{ id, alreadyShown: true }]);
});

test("a new message on the old ratchet cannot be read, and is sent again when asked for", async () => {
  const { ana, restarted } = await crashAfterWrite();
  const id = await restarted.send(ana, "second");
  expect(await ana.nextMessage()).toMatchObject({ id, text: "second", encryption: "pkmsg" });
  expect(ana.undecryptable).toMatchObject([{ id, alreadyShown: false }]);
});

test("a person who installs WhatsApp anew can be written to", async () => {
  const { phone, ana, client } = await setStage();
  await client.send(ana, "before");
  await ana.nextMessage();
  ana.reinstall();
  await phone.whenDelivered();
  await client.send(ana, "after");
  expect((await ana.nextMessage()).text).toBe("after");
  await ana.send(phone, { text: "new phone" });
  await client.whenText("new phone");
});

test("random trouble, seeded: every message is shown once, in order", async () => {
  const { whatsapp, ana, client } = await setStage();
  whatsapp.acknowledge({ mode: "disconnect", chance: 0.2 });
  whatsapp.acknowledge({ mode: "disconnect", deliver: false, chance: 0.2 });
  const texts = Array.from({ length: 30 }, (_, index) => `message ${index}`);
  for (const [index, text] of texts.entries()) await client.sendUntilAcknowledged(ana, text, `3EB0TROUBLE${index}`);
  // The acknowledgement of the last comes before she has it.
  for (const text of texts) expect((await ana.nextMessage()).text).toBe(text);
  expect(ana.shown).toHaveLength(texts.length);
  expect(ana.received.length).toBeGreaterThan(texts.length);
});
