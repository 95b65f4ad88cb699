import { expect, test } from "vitest";
import { Client } from "../test/client.js";
import { afterwards, startWhatsApp } from "../test/stage.js";
import { startControlServer } from "./control-server.js";

async function startControl() {
  const whatsapp = await startWhatsApp();
  const control = await startControlServer(whatsapp);
  afterwards(() => control.close());
  const call = async (method: string, path: string, body?: object) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(control.url + path, init);
    return { status: response.status, body: await response.json() };
  };
  const post = async (path: string, body: object = {}) => (await call("POST", path, body)).body;
  const get = async (path: string) => (await call("GET", path)).body;
  return { whatsapp, call, post, get };
}

test("a person plays the phone: link, write, read, drop, log out", async () => {
  const { whatsapp, post, get } = await startControl();
  await post("/phones", { phoneNumber: "15550001111", name: "Acme" });
  await post("/people", { phoneNumber: "15550002222", name: "Ana" });
  const client = new Client(whatsapp);
  afterwards(() => client.stop());
  expect(await post("/phones/15550001111/scan", { qr: await client.whenQr() })).toMatchObject({ id: 1 });
  await client.whenOpen();

  await post("/people/15550002222/send", { to: "15550001111", text: "Hello" });
  await client.whenText("Hello");
  const id = await client.send({ phoneNumber: "15550002222" }, "Hello Ana");
  await client.whenStatus(id, 3);
  expect(await get("/people/15550002222/messages")).toMatchObject([{ id, text: "Hello Ana", from: "15550001111" }]);
  expect(await post("/people/15550002222/read")).toEqual({ read: [id] });
  await client.whenStatus(id, 4);
  await post("/people/15550002222/send", { to: "15550001111", reaction: "👍", messageId: id });
  await client.until("a reaction", () => client.upserts.some(({ message }) => message.message?.reactionMessage));

  await post("/phones/15550001111/drop");
  await client.whenOpen(2);
  expect(await get("/phones/15550001111")).toMatchObject({ linkedDevices: [{ connected: true }] });
  await post("/phones/15550001111/logout");
  await client.whenClosed(401);
});

test("faults, groups and the state", async () => {
  const { whatsapp, post, get } = await startControl();
  await post("/phones", { phoneNumber: "15550001111" });
  await post("/people", { phoneNumber: "15550002222" });
  const participants = ["15550001111", "15550002222"];
  expect(await post("/groups", { subject: "Team", participants })).toMatchObject({ subject: "Team", participants });
  expect(await post("/acknowledge", { mode: "error", code: 479, for: "15550002222" })).toEqual({ ok: true });
  expect(await post("/outage", { on: true })).toEqual({ ok: true });
  expect(await get("/")).toMatchObject({ url: whatsapp.url, root: whatsapp.rootPublicKeyHex, people: ["15550002222"] });
});

test("mistakes are explained", async () => {
  const { call } = await startControl();
  expect(await call("POST", "/phones/1/scan", {})).toMatchObject({
    status: 404,
    body: { error: expect.stringMatching(/no phone 1/) },
  });
  expect(await call("POST", "/phones", {})).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(/"phoneNumber" is missing/) },
  });
  expect(await call("POST", "/nowhere")).toMatchObject({ status: 404 });
  expect(await call("POST", "/acknowledge", { mode: "maybe" })).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(/one of/) },
  });
});
