import { proto } from "baileys";
import { type Account, type Companion, companionPeer, type Encode, takeBundle } from "./account.js";
import { type Addressing, addressOf, authorAttributes } from "./addresses.js";
import { type Content, textOf, type WrittenMessage, writeMessage } from "./content.js";
import { deliver } from "./delivery.js";
import type { GroupState } from "./group.js";
import { sendReceipt } from "./receipts.js";
import { createId, type Server } from "./server.js";
import type { Encrypted } from "./signal-device.js";
import { element, type Stanza, toSeconds } from "./stanza.js";

export interface SendOptions {
  /**
   * How the sender is addressed in a direct chat: by phone number with the LID beside it (default), by LID with the
   * number beside it, or by LID with the number kept hidden. A group has its own addressing.
   */
  addressing?: Addressing | "lid-only";
  /** Held back until the client's next login, where it comes marked as offline, even if the client is online now. */
  offline?: boolean;
  /** WhatsApp's time of the message. Default now. */
  at?: Date;
  /** Default a new one. The same id again is what a client must show once. */
  id?: string;
  /** Damages the first ciphertext, so that the client has to ask for a retry. */
  unreadable?: boolean;
}

/** A message that a simulated phone sent; a {@link MessageReference} for reactions, edits and deletions of its own. */
export interface SentMessage {
  readonly id: string;
  readonly fromMe: true;
  readonly at: Date;
}

type Target = { account: Account } | { group: GroupState };

/** A simulated phone writes to a person, a phone or a group: encrypted for every real client concerned. */
export async function send(
  server: Server,
  from: Account,
  target: Target,
  content: Content,
  options: SendOptions = {},
): Promise<SentMessage> {
  const { id = createId(), at = new Date() } = options;
  const group = "group" in target ? target.group : undefined;
  if (group && !group.members.includes(from)) throw new Error(`${from.phoneNumber} is not in the group ${group.id}`);
  const addressing = group?.addressing ?? (options.addressing === "lid-only" ? "lid" : (options.addressing ?? "phone"));
  const chat = "group" in target ? target.group.id : addressOf(target.account, addressing);
  const storeMedia = server.media.store;
  const written = writeMessage(content, { chat, group: group !== undefined, storeMedia });
  const attributes = {
    ...authorAttributes(from, { addressing, groupId: group?.id, hideNumber: options.addressing === "lid-only" }),
    id,
    t: toSeconds(at),
    type: written.type,
    edit: written.edit,
    notify: from.name,
  };
  const letter: Letter = { from, chat, written, attributes, spoil: options.unreadable ?? false };
  const encode = group ? await encodeForGroup(letter, group) : encodeDirectly(letter);
  from.sent.set(id, encode);

  const recipients = "group" in target ? target.group.members : [from, target.account];
  for (const recipient of new Set(recipients)) {
    for (const companion of recipient.companions.values()) {
      const hold = options.offline ?? false;
      await from.device.inOrder(async () => deliver(server, companion, await encode(companion), { hold }));
    }
    if (recipient !== from) handOver(server, letter, recipient, { addressing, groupId: group?.id, at });
  }
  server.waiting.changed();
  return { id, fromMe: true, at };
}

interface Letter {
  readonly from: Account;
  readonly chat: string;
  readonly written: WrittenMessage;
  readonly attributes: Record<string, string | number | undefined>;
  readonly spoil: boolean;
}

function encodeDirectly(letter: Letter): Encode {
  const { from, chat, written, attributes } = letter;
  return async (companion, retry) => {
    const own = companion.account === from;
    const message = own ? { deviceSentMessage: { destinationJid: chat, message: written.message } } : written.message;
    await ensureSession(from, companion, retry);
    const encrypted = await from.device.encrypt(companionPeer(companion), message);
    const spoiled = letter.spoil && !retry ? spoil(encrypted) : encrypted;
    const ciphertext = encryptedElement(spoiled, written, retry?.count);
    return element("message", { ...attributes, recipient: own ? chat : undefined }, [
      ciphertext,
      ...businessName(from),
    ]);
  };
}

/** One ciphertext for all; beside it the sender key, for every client that does not have it yet. */
async function encodeForGroup(letter: Letter, group: GroupState): Promise<Encode> {
  const { from, written, attributes } = letter;
  const { device } = from;
  const self = { user: from.phoneNumber, device: 0 };
  const sealed = await device.inOrder(async () => ({
    key: await device.createSenderKey(group.id, self),
    message: await device.encryptForGroup(group.id, self, written.message),
  }));
  const distribute = (key: Uint8Array) => ({
    senderKeyDistributionMessage: { groupId: group.id, axolotlSenderKeyDistributionMessage: key },
  });
  return async (companion, retry) => {
    const peer = companionPeer(companion);
    if (retry) {
      await ensureSession(from, companion, retry);
      const both = { ...written.message, ...distribute(await device.createSenderKey(group.id, self)) };
      const again = encryptedElement(await device.encrypt(peer, both), written, retry.count);
      return element("message", attributes, [again, ...businessName(from)]);
    }
    const known = from.senderKeyKnownTo.get(group.id) ?? new Set();
    from.senderKeyKnownTo.set(group.id, known);
    const content: Stanza[] = [];
    if (!known.has(companion)) {
      await ensureSession(from, companion);
      content.push(encryptedElement(await device.encrypt(peer, distribute(sealed.key)), written));
      known.add(companion);
    }
    content.push(encryptedElement(letter.spoil ? spoil(sealed.message) : sealed.message, written));
    return element("message", attributes, [...content, ...businessName(from)]);
  };
}

async function ensureSession(from: Account, to: Companion, retry?: Parameters<Encode>[1]): Promise<void> {
  const peer = companionPeer(to);
  if (!retry && from.device.hasSession(peer)) return;
  await from.device.startSession(peer, retry?.bundle ?? takeBundle(to));
}

function encryptedElement(encrypted: Encrypted, written: WrittenMessage, count?: number): Stanza {
  const { type, ciphertext } = encrypted;
  return element("enc", { v: 2, type, mediatype: written.mediaType, count }, ciphertext);
}

function spoil(encrypted: Encrypted): Encrypted {
  const ciphertext = Buffer.from(encrypted.ciphertext);
  const last = ciphertext.length - 1;
  ciphertext.writeUInt8(ciphertext.readUInt8(last) ^ 0xff, last);
  return { ...encrypted, ciphertext };
}

function businessName(account: Account): Stanza[] {
  if (!account.business) return [];
  const { Details } = proto.VerifiedNameCertificate;
  const details = Details.encode({ serial: 1, issuer: "smb:wa", verifiedName: account.name ?? "" }).finish();
  const certificate = proto.VerifiedNameCertificate.encode({ details, signature: Buffer.alloc(64) }).finish();
  return [element("verified_name", { v: 2 }, certificate)];
}

/** Between two simulated phones nothing crosses the wire; the clients of the sender hear the receipts. */
function handOver(
  server: Server,
  { from, chat, written, attributes }: Letter,
  recipient: Account,
  options: { addressing: Addressing; groupId: string | undefined; at: Date },
): void {
  const { addressing, groupId, at } = options;
  const id = String(attributes.id);
  recipient.inbox.record({
    id,
    fromMe: false,
    from: from.phoneNumber,
    chat: groupId ?? server.directory.find(chat)?.phoneNumber ?? chat,
    text: textOf(written.message),
    message: written.message,
    type: written.type,
    addressing,
    encryption: undefined,
    retry: 0,
    at,
  });
  if (recipient.automaticReceipts === "none") return;
  const receipt = { from: recipient, to: from, messageId: id, addressing, groupId };
  sendReceipt(server, { ...receipt, type: "delivered" });
  if (recipient.automaticReceipts === "read") sendReceipt(server, { ...receipt, type: "read" });
}
