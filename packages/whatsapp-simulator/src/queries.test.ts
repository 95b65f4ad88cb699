import { expect, test } from "vitest";
import { jidOf, linkedClient } from "../test/client.js";
import { setStage } from "../test/stage.js";
import { startSimulator } from "./index.js";

test("the queries about the account", async () => {
  const { ana, client } = await setStage();
  const { socket } = client;
  expect(await socket.fetchPrivacySettings(true)).toMatchObject({ readreceipts: "all" });
  await socket.updateLastSeenPrivacy("contacts");
  await client.send(ana, "so that the LID is known");
  await socket.updateBlockStatus(jidOf(ana), "block");
  expect(await socket.fetchBlocklist()).toHaveLength(1);
  await socket.updateBlockStatus(jidOf(ana), "unblock");
  expect(await socket.fetchBlocklist()).toEqual([]);
  await socket.updateProfileStatus("busy");
  await socket.updateDefaultDisappearingMode(86_400);
  await socket.cleanDirtyBits("account_sync");
  await socket.rotateSignedPreKey();
  await socket.digestKeyBundle();
  await socket.sendWAMBuffer(Buffer.from("statistics"));
  await client.send(ana, "with the rotated key");
  expect(await socket.fetchAccountReachoutTimelock()).toMatchObject({ isActive: false });
  await socket.fetchNewChatMessageCap();
});

test("the queries about people", async () => {
  const { whatsapp, ana, client } = await setStage();
  const shop = whatsapp.createPerson({ phoneNumber: "15550005555", name: "Shop", business: true });
  expect(await client.socket.getBusinessProfile(jidOf(shop))).toMatchObject({ wid: jidOf(shop), description: "Shop" });
  expect(await client.socket.getBusinessProfile(jidOf(ana))).toBeUndefined();
  expect(await client.socket.fetchStatus(jidOf(ana))).toHaveLength(1);
  await client.socket.fetchDisappearingDuration(jidOf(ana));
});

test("changes of the app state are accepted", async () => {
  const { client } = await setStage();
  await client.until("the app state key", () => client.auth.creds.myAppStateKeyId);
  await client.socket.updateProfileName("New name");
  await client.socket.updateProfileName("Newer name");
});

test("a query that the simulator does not know fails the test at close, and at once when asked", async () => {
  const whatsapp = await startSimulator();
  const phone = whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
  const client = await linkedClient(whatsapp, phone);
  whatsapp.assertUnderstood();
  const query = { tag: "iq", attrs: { xmlns: "w:unheard", type: "get", to: "@s.whatsapp.net" }, content: [] };
  await expect(client.socket.query(query)).rejects.toThrow("feature-not-implemented");
  expect(() => whatsapp.assertUnderstood()).toThrow("w:unheard");
  await client.stop();
  await expect(whatsapp.close()).rejects.toThrow('xmlns="w:unheard"');
});

test("so does a stanza of an unknown kind", async () => {
  const whatsapp = await startSimulator();
  const phone = whatsapp.createPhone({ phoneNumber: "15550001111" });
  const client = await linkedClient(whatsapp, phone);
  await client.socket.sendNode({ tag: "telegram", attrs: { id: "1" } });
  await client.socket.fetchBlocklist();
  await client.stop();
  await expect(whatsapp.close()).rejects.toThrow('<telegram id="1">');
});
