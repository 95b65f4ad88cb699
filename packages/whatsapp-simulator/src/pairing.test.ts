import { expect, test } from "vitest";
import { Client, linkedClient } from "../test/client.js";
import { afterwards, startWhatsApp } from "../test/stage.js";

test("scanning the QR code links the client, restarts it (515) and lets it in", async () => {
  const whatsapp = await startWhatsApp();
  const phone = whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
  const client = new Client(whatsapp);
  afterwards(() => client.stop());
  const linked = await phone.scan(await client.whenQr());
  await client.whenOpen();

  expect(linked).toMatchObject({ id: 1, address: "15550001111:1@s.whatsapp.net" });
  expect(client.closes).toEqual([515]);
  expect(client.auth.creds.account).toBeDefined();
  expect(client.auth.creds.me).toMatchObject({ id: linked.address, lid: "915550001111:1@lid", name: "Acme" });
  expect(phone.linkedDevices).toMatchObject([{ id: 1, connected: true }]);
  expect(phone.preKeyCount).toBeGreaterThan(800);
});

test("a QR code expires with the socket that showed it", async () => {
  const whatsapp = await startWhatsApp();
  const phone = whatsapp.createPhone({ phoneNumber: "15550001111" });
  const client = new Client(whatsapp);
  const qr = await client.whenQr();
  await client.stop();
  await expect(phone.scan(qr)).rejects.toThrow("expired");
  await expect(phone.scan("https://example.com")).rejects.toThrow("no QR code");
  expect(phone.linkedDevices).toEqual([]);
});

test("a client that waits to be linked pings", async () => {
  const whatsapp = await startWhatsApp();
  const client = new Client(whatsapp, undefined, { keepAliveIntervalMs: 50 });
  afterwards(() => client.stop());
  const pinged = new Promise((answered) => {
    let ping: string | undefined;
    whatsapp.observe(({ direction, stanza }) => {
      if (direction === "from client" && stanza.attrs.xmlns === "w:p") ping ??= stanza.attrs.id;
      if (direction === "to client" && stanza.attrs.id === ping && ping !== undefined) answered(stanza.attrs.type);
    });
  });
  await client.whenQr();
  expect(await pinged).toBe("result");
  expect(whatsapp.notUnderstood).toEqual([]);
});

test("a QR code of one client does not link another", async () => {
  const whatsapp = await startWhatsApp();
  const phone = whatsapp.createPhone({ phoneNumber: "15550001111" });
  const [one, other] = [new Client(whatsapp), new Client(whatsapp)];
  afterwards(() => Promise.all([one.stop(), other.stop()]));
  const [reference] = (await one.whenQr()).split(",");
  const [, ...keys] = (await other.whenQr()).split(",");
  await expect(phone.scan([reference, ...keys].join(","))).rejects.toThrow("not those of the client");
});

test("typing the pairing code links the client", async () => {
  const whatsapp = await startWhatsApp();
  const phone = whatsapp.createPhone({ phoneNumber: "15550001111" });
  const client = new Client(whatsapp);
  afterwards(() => client.stop());
  await client.whenQr();
  const code = await client.socket.requestPairingCode(phone.phoneNumber);
  const linked = await phone.enterPairingCode(`${code.slice(0, 4)}-${code.slice(4)}`);
  await client.whenOpen();
  expect(linked.platform).toBe("Chrome (Ubuntu)");
  expect(client.auth.creds.registered).toBe(true);
  expect(client.auth.creds.me?.id).toBe(linked.address);
});

test("a wrong pairing code is refused, and the right one works after it", async () => {
  const whatsapp = await startWhatsApp();
  const phone = whatsapp.createPhone({ phoneNumber: "15550001111" });
  const client = new Client(whatsapp);
  afterwards(() => client.stop());
  await client.whenQr();
  const code = await client.socket.requestPairingCode(phone.phoneNumber);
  await expect(phone.enterPairingCode("WRNGCODE")).rejects.toThrow("not the pairing code");
  await phone.enterPairingCode(code);
  await client.whenOpen();
});

test("two clients of one phone both receive, and each hears what the other sends", async () => {
  const whatsapp = await startWhatsApp();
  const phone = whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
  const ana = whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });
  const first = await linkedClient(whatsapp, phone);
  const second = await linkedClient(whatsapp, phone);
  afterwards(() => Promise.all([first.stop(), second.stop()]));
  await ana.send(phone, { text: "to both" });
  await Promise.all([first.whenText("to both"), second.whenText("to both")]);
  await first.send(ana, "from the first");
  const { message } = await second.whenText("from the first");
  expect(message.key).toMatchObject({ fromMe: true, remoteJid: "15550002222@s.whatsapp.net" });
  expect((await phone.nextMessage()).text).toBe("to both");
  expect((await phone.nextMessage()).text).toBe("from the first");
  phone.logout({ deviceId: 1 });
  await first.whenClosed(401);
  expect(phone.linkedDevices).toMatchObject([{ id: 2, connected: true }]);
});
