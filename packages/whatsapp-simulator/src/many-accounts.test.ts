import { expect, test } from "vitest";
import { type Client, linkedClient } from "../test/client.js";
import { afterwards, startWhatsApp } from "../test/stage.js";

const ACCOUNTS = 50;

test("fifty accounts at once: link, write, receive, and come back after an outage", { timeout: 180_000 }, async () => {
  const whatsapp = await startWhatsApp();
  const ana = whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });
  const phones = Array.from({ length: ACCOUNTS }, (_, index) =>
    whatsapp.createPhone({ phoneNumber: String(15_560_000_000 + index), name: `Shop ${index}` }),
  );
  const clients: Client[] = [];
  afterwards(() => Promise.all(clients.map((client) => client.stop())));
  for (const phone of phones) clients.push(await linkedClient(whatsapp, phone));

  await Promise.all(clients.map((client, index) => client.send(ana, `hello from ${index}`)));
  const texts = [];
  for (let count = 0; count < ACCOUNTS; count += 1) texts.push((await ana.nextMessage()).text);
  expect(new Set(texts).size).toBe(ACCOUNTS);

  whatsapp.outage(true);
  for (const phone of phones) await ana.send(phone, { text: `welcome back ${phone.phoneNumber}` });
  whatsapp.outage(false);
  await Promise.all(clients.map((client, index) => client.whenText(`welcome back ${phones[index]?.phoneNumber}`)));
  expect(ana.undecryptable).toEqual([]);
});
