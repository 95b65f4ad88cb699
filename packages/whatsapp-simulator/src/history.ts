import { randomBytes } from "node:crypto";
import { deflateSync } from "node:zlib";
import { proto } from "baileys";
import { type Account, type Companion, companionPeer, takeBundle } from "./account.js";
import { lidAddress, phoneAddress } from "./addresses.js";
import { deliver } from "./delivery.js";
import { createId, type Server } from "./server.js";
import { element, toSeconds } from "./stanza.js";

/** A message from before the client was linked. */
export interface PastMessage {
  readonly text: string;
  readonly fromMe?: boolean;
  readonly at?: Date;
  readonly id?: string;
}

/** A chat on the phone from before the client was linked. */
export interface PastChat {
  readonly with: Account;
  readonly messages: PastMessage[];
}

/** After a companion's first login its phone sends the key of the app state, the chats, and the names of contacts. */
export async function sendHistory(server: Server, companion: Companion): Promise<void> {
  companion.needsHistory = false;
  const { Type } = proto.Message.ProtocolMessage;
  const { HistorySyncType } = proto.HistorySync;
  const chats = server.historyOf(companion.account);
  const names = chats.map((chat) => ({ id: phoneAddress(chat.with.phoneNumber), pushname: chat.with.name ?? "" }));
  await sendPeerMessage(server, companion, {
    type: Type.APP_STATE_SYNC_KEY_SHARE,
    appStateSyncKeyShare: { keys: [appStateKey(companion.account)] },
  });
  const histories: [proto.HistorySync.HistorySyncType, proto.IHistorySync][] = [
    [HistorySyncType.INITIAL_BOOTSTRAP, { conversations: chats.map(conversation), ...mappings(chats) }],
    [HistorySyncType.PUSH_NAME, { pushnames: names }],
  ];
  for (const [syncType, history] of histories) {
    const inlined = deflateSync(proto.HistorySync.encode({ syncType, progress: 100, ...history }).finish());
    await sendPeerMessage(server, companion, {
      type: Type.HISTORY_SYNC_NOTIFICATION,
      historySyncNotification: { syncType, chunkOrder: 1, progress: 100, initialHistBootstrapInlinePayload: inlined },
    });
  }
}

function mappings(chats: PastChat[]): Pick<proto.IHistorySync, "phoneNumberToLidMappings"> {
  const pairs = chats.map(({ with: { phoneNumber, lid } }) => ({
    pnJid: phoneAddress(phoneNumber),
    lidJid: lidAddress(lid),
  }));
  return { phoneNumberToLidMappings: pairs };
}

function conversation({ with: person, messages }: PastChat): proto.IConversation {
  const remoteJid = phoneAddress(person.phoneNumber);
  const past = messages.map(({ text, fromMe = false, at = new Date(), id = createId() }, index) => ({
    msgOrderId: index + 1,
    message: { key: { remoteJid, fromMe, id }, message: { conversation: text }, messageTimestamp: toSeconds(at) },
  }));
  return { id: remoteJid, lidJid: lidAddress(person.lid), name: person.name ?? null, messages: past };
}

const appStateKeys = new WeakMap<Account, proto.Message.IAppStateSyncKey>();

/** One key an account, the same for all its devices. */
function appStateKey(account: Account): proto.Message.IAppStateSyncKey {
  const existing = appStateKeys.get(account);
  if (existing) return existing;
  const fingerprint = { rawId: 1, currentIndex: 0, deviceIndexes: [0] };
  const keyData = { keyData: randomBytes(32), fingerprint, timestamp: Date.now() };
  const key = { keyId: { keyId: randomBytes(6) }, keyData };
  appStateKeys.set(account, key);
  return key;
}

/** From the phone to one of its own companions, about the account and not for a chat. */
async function sendPeerMessage(
  server: Server,
  companion: Companion,
  protocolMessage: proto.Message.IProtocolMessage,
): Promise<void> {
  const { account } = companion;
  const { device } = account;
  await device.inOrder(async () => {
    const peer = companionPeer(companion);
    if (!device.hasSession(peer)) await device.startSession(peer, takeBundle(companion));
    const { type, ciphertext } = await device.encrypt(peer, { protocolMessage });
    const from = phoneAddress(account.phoneNumber);
    const attributes = { from, id: createId(), t: toSeconds(new Date()), type: "text", category: "peer" };
    deliver(server, companion, element("message", attributes, [element("enc", { v: 2, type }, ciphertext)]));
  });
}
