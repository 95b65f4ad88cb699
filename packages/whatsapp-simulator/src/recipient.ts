import type { proto } from "baileys";
import { type Account, type Companion, companionPeer } from "./account.js";
import { type Addressing, isGroupAddress, parseAddress } from "./addresses.js";
import { textOf } from "./content.js";
import { askForRetry, sendReceipt } from "./receipts.js";
import type { Server } from "./server.js";
import { getAttribute, getBytes, type Stanza } from "./stanza.js";

/** How often a phone asks for one message again. */
const MAX_RETRIES = 5;

export interface ReceivedCiphertexts {
  readonly sender: Companion;
  /** The whole message, for its id and type. */
  readonly stanza: Stanza;
  /** The parts encrypted for this phone. */
  readonly encrypted: Stanza[];
  readonly addressing: Addressing;
}

/** A simulated phone receives a message: it decrypts it, keeps it, and sends receipts or asks for a retry. */
export async function receiveCiphertexts(
  server: Server,
  account: Account,
  received: ReceivedCiphertexts,
): Promise<void> {
  const { sender, stanza } = received;
  const id = getAttribute(stanza, "id");
  const from = sender.account.phoneNumber;
  const { device, inbox } = account;
  for (const encrypted of received.encrypted) {
    try {
      const message = await device.inOrder(() => decrypt(account, received, encrypted));
      if (!message || stanza.attrs.category === "peer") continue;
      record(server, account, received, encrypted, message);
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      const count = inbox.undecryptable.filter((item) => item.id === id).length + 1;
      const alreadyShown = inbox.hasSeen(from, id);
      inbox.undecryptable.push({ id, from, error, alreadyShown });
      if (alreadyShown || !account.asksForRetries || count > MAX_RETRIES) continue;
      askForRetry(server, { from: account, to: sender, message: stanza, count, addressing: received.addressing });
    }
  }
  server.waiting.changed();
}

/** Decrypts one part; undefined when it carried nothing but a sender key. */
async function decrypt(
  account: Account,
  { sender, stanza }: ReceivedCiphertexts,
  encrypted: Stanza,
): Promise<proto.IMessage | undefined> {
  const { device } = account;
  const peer = companionPeer(sender);
  const { type } = encrypted.attrs;
  const groupId = getAttribute(stanza, "to");
  if (type === "skmsg") return device.decryptFromGroup(groupId, peer, getBytes(encrypted));
  if (type !== "pkmsg" && type !== "msg") throw new Error(`unknown encryption type ${type}`);
  const message = await device.decrypt(peer, type, getBytes(encrypted));
  const key = message.senderKeyDistributionMessage;
  if (key?.groupId && key.axolotlSenderKeyDistributionMessage) {
    await device.learnSenderKey(key.groupId, peer, key.axolotlSenderKeyDistributionMessage);
  }
  const { senderKeyDistributionMessage: _key, messageContextInfo: _context, ...content } = message;
  const empty = Object.values(content).every((value) => value === null || value === undefined);
  return empty ? undefined : message;
}

function record(
  server: Server,
  account: Account,
  received: ReceivedCiphertexts,
  encrypted: Stanza,
  decrypted: proto.IMessage,
): void {
  const { sender, stanza, addressing } = received;
  const to = getAttribute(stanza, "to");
  const groupId = isGroupAddress(to) ? to : undefined;
  const own = account === sender.account;
  const message = decrypted.deviceSentMessage?.message ?? decrypted;
  const chatAddress = decrypted.deviceSentMessage?.destinationJid ?? to;
  const { type } = encrypted.attrs;
  const recorded = account.inbox.record({
    id: getAttribute(stanza, "id"),
    fromMe: false,
    from: sender.account.phoneNumber,
    chat: groupId ?? server.directory.find(chatAddress)?.phoneNumber ?? parseAddress(chatAddress).user,
    text: textOf(message),
    message,
    type: stanza.attrs.type ?? "text",
    addressing,
    encryption: type === "pkmsg" || type === "msg" || type === "skmsg" ? type : undefined,
    retry: Number(encrypted.attrs.count ?? 0),
    at: new Date(),
  });
  if (own || account.automaticReceipts === "none") return;
  const receipt = { from: account, to: sender.account, messageId: recorded.id, addressing, groupId };
  sendReceipt(server, { ...receipt, type: "delivered" });
  if (account.automaticReceipts === "read") sendReceipt(server, { ...receipt, type: "read" });
}
