import {
  type BinaryNode,
  decodeMessageNode,
  jidDecode,
  proto,
  toNumber,
  unpadRandomMax16,
  type WAMessage,
} from "baileys";
import type { Address, InboundMessage } from "../transport.js";
import { addressOf, groupIdOf, isGroup } from "./addresses.js";
import { contentOf } from "./message-content.js";

/** Whose connection it is, as WhatsApp addresses it. */
export interface Self {
  id: string;
  lid: string;
}

/** A message as it came off the wire: the stanza around it, and what was in its ciphertext. */
export function readStanza(stanza: BinaryNode, plaintext: Uint8Array, self: Self): WAMessage {
  const { fullMessage } = decodeMessageNode(stanza, self.id, self.lid);
  const message = proto.Message.decode(unpadRandomMax16(plaintext));
  fullMessage.message = message.deviceSentMessage?.message ?? message;
  if (fullMessage.key.fromMe && !isGroup(fullMessage.key.remoteJid)) {
    // Beside the copy of an own message Baileys keeps the other address of the sender, which is us; this is the other side's.
    const { peer_recipient_pn, recipient_pn, peer_recipient_lid, recipient_lid } = stanza.attrs;
    const other = peer_recipient_pn ?? recipient_pn ?? peer_recipient_lid ?? recipient_lid;
    if (other === undefined) delete fullMessage.key.remoteJidAlt;
    else fullMessage.key.remoteJidAlt = other;
  }
  const verifiedName = Array.isArray(stanza.content) && stanza.content.some(({ tag }) => tag === "verified_name");
  if (verifiedName) fullMessage.verifiedBizName = fullMessage.pushName ?? "";
  return fullMessage;
}

/** What still has to be looked up for a message. */
export interface Lookups {
  /** The other one of number and LID, and the number as people dial it. */
  complete(address: Address): Promise<Address>;
  groupName(jid: string): Promise<string | null>;
}

interface Circumstances {
  self: Self;
  spaceId: number;
  deviceId: string;
  isHistory: boolean;
  now: number;
}

/** A message in the words of the port. Undefined when it is none for the API: status posts, channels, keys, settings. */
export async function toInbound(
  message: WAMessage,
  { self, spaceId, deviceId, isHistory, now }: Circumstances,
  lookups: Lookups,
): Promise<InboundMessage | undefined> {
  const { key } = message;
  const content = contentOf(message.message);
  if (!key.id || !content) return undefined;
  const chat = key.remoteJid;
  const author = authorOf(message, self);
  if (!author) return undefined;
  const fromMe = key.fromMe === true;
  return {
    spaceId,
    deviceId,
    whatsappId: key.id,
    contact: await lookups.complete(author),
    contactName: fromMe ? null : (message.pushName ?? null),
    isBusiness: !fromMe && Boolean(message.verifiedBizName),
    direction: fromMe ? "outbound" : "inbound",
    ...content,
    group: isGroup(chat) ? { id: groupIdOf(chat), name: await lookups.groupName(chat) } : null,
    sentAt: sentAt(toNumber(message.messageTimestamp) * 1_000, now),
    isHistory,
  };
}

/** Longer ago, a message did not come just now. */
const JUST_NOW_MS = 30_000;

/** WhatsApp tells whole seconds. An answer that comes at once was sent late in its second: after what it answers. */
function sentAt(second: number, now: number): number {
  const isJustNow = now >= second && now < second + JUST_NOW_MS;
  return isJustNow ? Math.min(now, second + 999) : second;
}

/** The other side of a direct chat; in a group whoever wrote. */
function authorOf({ key, participant }: WAMessage, self: Self): Address | undefined {
  const { remoteJid, remoteJidAlt, participantAlt, fromMe } = key;
  if (!isGroup(remoteJid)) return addressOf(remoteJid, remoteJidAlt);
  return fromMe ? addressOf(self.id, self.lid) : addressOf(key.participant ?? participant, participantAlt);
}

/** Whether a JID is of the account itself, whatever its device. */
export function isSelf(jid: string | undefined, self: Self): boolean {
  const user = jidDecode(jid)?.user;
  return user !== undefined && (user === jidDecode(self.id)?.user || user === jidDecode(self.lid)?.user);
}
