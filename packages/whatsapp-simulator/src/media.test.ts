import { randomBytes } from "node:crypto";
import { Agent } from "node:https";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { downloadMediaMessage } from "baileys";
import { expect, test } from "vitest";
import { jidOf } from "../test/client.js";
import { afterwards, type Stage, setStage } from "../test/stage.js";

async function setMediaStage(): Promise<Stage> {
  const stage = await setStage();
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, stage.whatsapp.mediaCertificate]);
  afterwards(async () => setDefaultCACertificates(before));
  return stage;
}

test("a file that the client uploads is what the person downloads", async () => {
  const { whatsapp, ana, client } = await setMediaStage();
  const file = randomBytes(100_000);
  await client.socket.sendMessage(jidOf(ana), { document: file, mimetype: "application/pdf", fileName: "a.pdf" });
  const message = await ana.nextMessage();
  expect(message).toMatchObject({ type: "media", message: { documentMessage: { fileName: "a.pdf" } } });
  expect(ana.download(message).equals(file)).toBe(true);
  expect(whatsapp.uploads).toEqual(["document"]);
});

test("a file that the person sends is what the client downloads", async () => {
  const { phone, ana, client } = await setMediaStage();
  const file = randomBytes(50_000);
  const { id } = await ana.send(phone, { video: file, caption: "a clip" });
  const message = await client.whenMessage(id);
  expect(message.message?.videoMessage?.caption).toBe("a clip");
  expect(file.equals(await downloadMediaMessage(message, "buffer", {}))).toBe(true);
});

test("a client that does not trust the certificate cannot upload", async () => {
  const { ana, client } = await setStage({ fetchAgent: new Agent() });
  const document = { document: Buffer.from("file"), mimetype: "text/plain" };
  await expect(client.socket.sendMessage(jidOf(ana), document)).rejects.toThrow("Media upload failed");
});

test("an outage of the media hosts", async () => {
  const { whatsapp, phone, ana, client } = await setMediaStage();
  const { id } = await ana.send(phone, { document: Buffer.from("file") });
  whatsapp.mediaOutage(true);
  const message = await client.whenMessage(id);
  await expect(downloadMediaMessage(message, "buffer", {})).rejects.toThrow();
  whatsapp.mediaOutage(false);
  expect((await downloadMediaMessage(message, "buffer", {})).toString()).toBe("file");
});

test("profile pictures", async () => {
  const { whatsapp, ana, client } = await setMediaStage();
  const eve = whatsapp.createPerson({ phoneNumber: "15550007777", picture: Buffer.from("jpeg") });
  const url = await client.socket.profilePictureUrl(jidOf(eve), "image");
  expect(await (await fetch(url ?? "")).text()).toBe("jpeg");
  await expect(client.socket.profilePictureUrl(jidOf(ana))).rejects.toThrow("item-not-found");
});
