import { WAMessageStubType } from "baileys";
import { expect, test } from "vitest";
import { linkedClient } from "../test/client.js";
import { afterwards, setStage } from "../test/stage.js";

test.each(["lid", "phone"] as const)(
  "members addressed by %s: sent and received with sender keys",
  async (addressing) => {
    const { whatsapp, phone, ana, ben, client } = await setStage();
    const group = whatsapp.createGroup({ subject: "Team", participants: [phone, ana, ben], addressing });
    const id = await client.send(group, "hello all");
    for (const member of [ana, ben]) {
      expect(await member.nextMessage()).toMatchObject({ id, chat: group.id, text: "hello all", encryption: "skmsg" });
    }
    await client.until("a receipt of each", () => {
      const receipts = client.groupReceipts.filter(({ key }) => key.id === id);
      return new Set(receipts.map(({ receipt }) => receipt.userJid)).size === 2;
    });
    await client.send(group, "second");
    for (const member of [ana, ben]) expect((await member.nextMessage()).text).toBe("second");

    for (const text of ["one", "two"]) await ana.send(group, { text });
    const { message } = await client.whenText("two");
    const [own, other] = [`${ana.phoneNumber}@s.whatsapp.net`, `${ana.lid}@lid`];
    const [participant, participantAlt] = addressing === "lid" ? [other, own] : [own, other];
    expect(message.key).toMatchObject({ remoteJid: group.id, participant, participantAlt });
    expect((await ben.nextMessage()).text).toBe("one");
  },
);

test("what the phone itself writes into a group is the client's own", async () => {
  const { whatsapp, phone, ana, client } = await setStage();
  const group = whatsapp.createGroup({ subject: "Team", participants: [ana, phone] });
  const { id } = await phone.send(group, { text: "from my pocket" });
  expect((await client.whenMessage(id)).key).toMatchObject({ remoteJid: group.id, fromMe: true });
  expect((await ana.nextMessage()).text).toBe("from my pocket");
});

test("a member that lost its sessions asks for a retry", async () => {
  const { whatsapp, phone, ana, client } = await setStage();
  const group = whatsapp.createGroup({ subject: "Team", participants: [phone, ana] });
  await client.send(group, "before");
  await ana.nextMessage();
  ana.loseSessions();
  const id = await client.send(group, "after");
  expect(await ana.nextMessage()).toMatchObject({ id, text: "after" });
  expect(ana.undecryptable).not.toEqual([]);
});

test("a group message that the client cannot decrypt is sent again", async () => {
  const { whatsapp, phone, ana, client } = await setStage();
  const group = whatsapp.createGroup({ subject: "Team", participants: [ana, phone] });
  const { id } = await ana.send(group, { text: "garbled" }, { unreadable: true });
  expect((await client.whenText("garbled")).message.key).toMatchObject({ id, remoteJid: group.id });
  await ana.send(group, { text: "next" });
  await client.whenText("next");
});

test("group messages wait for a client that is away", async () => {
  const { whatsapp, phone, ana, client } = await setStage();
  const group = whatsapp.createGroup({ subject: "Team", participants: [ana, phone] });
  await ana.send(group, { text: "held" }, { offline: true });
  phone.drop();
  expect(await client.whenText("held")).toMatchObject({ type: "append", message: { key: { remoteJid: group.id } } });
});

test("two accounts under test in one group", async () => {
  const { whatsapp, phone, client } = await setStage();
  const otherPhone = whatsapp.createPhone({ phoneNumber: "15550004444", name: "Other" });
  const other = await linkedClient(whatsapp, otherPhone);
  afterwards(() => other.stop());
  const group = whatsapp.createGroup({ subject: "Team", participants: [phone, otherPhone] });
  await client.send(group, "ping");
  await other.whenText("ping");
  await other.send(group, "pong");
  await client.whenText("pong");
});

test("clients ask for groups, create and change them", async () => {
  const { whatsapp, phone, ana, ben, client } = await setStage();
  const { socket } = client;
  const group = whatsapp.createGroup({ subject: "Team", participants: [phone, ana] });
  const metadata = await socket.groupMetadata(group.id);
  expect(metadata).toMatchObject({ id: group.id, subject: "Team", addressingMode: "lid", size: 2 });
  expect(metadata.participants[1]).toMatchObject({
    id: `${ana.lid}@lid`,
    phoneNumber: `${ana.phoneNumber}@s.whatsapp.net`,
  });
  expect(Object.keys(await socket.groupFetchAllParticipating())).toEqual([group.id]);

  const created = await socket.groupCreate("New", [`${ana.phoneNumber}@s.whatsapp.net`]);
  expect(created.participants).toHaveLength(2);
  await socket.groupUpdateSubject(group.id, "Renamed");
  await socket.groupUpdateDescription(group.id, "What it is for");
  await socket.groupSettingUpdate(group.id, "announcement");
  await socket.groupToggleEphemeral(group.id, 86_400);
  await socket.groupParticipantsUpdate(group.id, [`${ben.phoneNumber}@s.whatsapp.net`], "add");
  await socket.groupParticipantsUpdate(group.id, [`${ana.lid}@lid`], "remove");
  expect(await socket.groupInviteCode(group.id)).toBe(await socket.groupInviteCode(group.id));
  expect(await socket.groupMetadata(group.id)).toMatchObject({
    subject: "Renamed",
    desc: "What it is for",
    announce: true,
    ephemeralDuration: 86_400,
  });
  expect(group.participants).toEqual([phone.phoneNumber, ben.phoneNumber]);
  await socket.groupLeave(group.id);
  expect(group.participants).toEqual([ben.phoneNumber]);
});

test("clients hear when members change the group", async () => {
  const { whatsapp, phone, ana, ben, client } = await setStage();
  const group = whatsapp.createGroup({ subject: "Team", participants: [ana, phone] });
  group.add(ana, ben);
  group.rename(ana, "Bigger team");
  group.remove(ana, phone);
  const stubs = () => client.upserts.filter(({ message }) => message.key.remoteJid === group.id);
  await client.until("three notices", () => stubs().length === 3);
  const types = stubs().map(({ message }) => message.messageStubType);
  const { GROUP_PARTICIPANT_ADD, GROUP_CHANGE_SUBJECT, GROUP_PARTICIPANT_REMOVE } = WAMessageStubType;
  expect(types).toEqual([GROUP_PARTICIPANT_ADD, GROUP_CHANGE_SUBJECT, GROUP_PARTICIPANT_REMOVE]);
  expect(group).toMatchObject({ subject: "Bigger team", participants: [ana.phoneNumber, ben.phoneNumber] });
});
