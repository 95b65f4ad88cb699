import type { Account, Companion } from "./account.js";
import { type Addressing, addressingOf, addressOf, isGroupAddress } from "./addresses.js";
import { deliver } from "./delivery.js";
import type { Server } from "./server.js";
import type { PreKeyBundle } from "./signal-device.js";
import {
  children,
  element,
  findChild,
  getAttribute,
  getChild,
  getChildBytes,
  type Stanza,
  toNumber,
  toSeconds,
} from "./stanza.js";

export type ReceiptType = "delivered" | "read" | "played";

export interface OutgoingReceipt {
  readonly from: Account;
  readonly to: Account;
  readonly messageId: string;
  readonly type: ReceiptType;
  readonly addressing: Addressing;
  readonly groupId?: string | undefined;
}

/** Tells every device of the sender that its message was delivered, read or played. */
export function sendReceipt(server: Server, receipt: OutgoingReceipt): void {
  const { from, groupId } = receipt;
  const author = addressOf(from, receipt.addressing);
  const attributes = {
    from: groupId ?? author,
    participant: groupId === undefined ? undefined : author,
    id: receipt.messageId,
    t: toSeconds(new Date()),
    type: receipt.type === "delivered" ? undefined : receipt.type,
  };
  for (const companion of receipt.to.companions.values()) deliver(server, companion, element("receipt", attributes));
}

/** Asks the sender to encrypt a message once more, as a phone does that could not read it. */
export function askForRetry(
  server: Server,
  retry: { from: Account; to: Companion; message: Stanza; count: number; addressing: Addressing },
): void {
  const { from, message, count } = retry;
  const id = getAttribute(message, "id");
  const to = getAttribute(message, "to");
  const author = addressOf(from, retry.addressing);
  const t = toSeconds(new Date());
  const group = isGroupAddress(to);
  const attributes = { from: group ? to : author, participant: group ? author : undefined, id, type: "retry", t };
  const registration = Buffer.alloc(4);
  registration.writeUInt32BE(from.device.registrationId);
  const content = [element("retry", { count, id, t, v: 1 }), element("registration", {}, registration)];
  deliver(server, retry.to, element("receipt", attributes, content));
}

/** A client delivered, read or played what others had sent it. Further ids stand in a list. */
export function receiveReceipt(server: Server, companion: Companion, receipt: Stanza): void {
  const { type, recipient } = receipt.attrs;
  const author = server.directory.find(receipt.attrs.participant ?? recipient ?? getAttribute(receipt, "to"));
  if (!author) return;
  const listed = children(findChild(receipt, "list"), "item").map((item) => getAttribute(item, "id"));
  const ids = [getAttribute(receipt, "id"), ...listed];
  for (const messageId of ids) {
    author.inbox.receipts.push({ messageId, type: type ?? "delivered", from: companion.account.phoneNumber });
  }
  if (!ids.some((id) => author.sent.has(id))) forwardReceipt(server, companion, author, receipt);
}

/** To the clients of an author under test: from one real client to others. */
function forwardReceipt(server: Server, from: Companion, author: Account, receipt: Stanza): void {
  if (author === from.account) return;
  const to = getAttribute(receipt, "to");
  const groupId = isGroupAddress(to) ? to : undefined;
  const addressing = addressingOf(receipt.attrs.participant ?? to);
  const address = addressOf(from.account, addressing, from.id);
  const { id, type } = receipt.attrs;
  const attributes = {
    from: groupId ?? address,
    participant: groupId === undefined ? undefined : address,
    id,
    type: type === "inactive" ? undefined : type,
    t: toSeconds(new Date()),
  };
  for (const companion of author.companions.values()) {
    deliver(server, companion, element("receipt", attributes, receipt.content));
  }
}

/** A client could not decrypt a message of a simulated phone: it is encrypted again, with a fresh session. */
export async function resend(server: Server, companion: Companion, receipt: Stanza): Promise<void> {
  const id = getAttribute(receipt, "id");
  const author = server.directory.find(receipt.attrs.participant ?? getAttribute(receipt, "to"));
  author?.inbox.receipts.push({ messageId: id, type: "retry", from: companion.account.phoneNumber });
  if (!author) return;
  const encode = author.sent.get(id);
  if (!encode) return forwardReceipt(server, companion, author, receipt);
  const count = Number(getChild(receipt, "retry").attrs.count ?? 1);
  const keys = findChild(receipt, "keys");
  const registrationId = toNumber(getChildBytes(receipt, "registration"));
  const bundle = keys && readBundle(keys, registrationId);
  companion.undelivered = companion.undelivered.filter((stanza) => stanza.attrs.id !== id);
  const retry = bundle ? { count, bundle } : { count };
  await author.device.inOrder(async () => deliver(server, companion, await encode(companion, retry)));
}

function readBundle(keys: Stanza, registrationId: number): PreKeyBundle {
  const signed = getChild(keys, "skey");
  const preKey = findChild(keys, "key");
  const bundle = {
    registrationId,
    identity: getChildBytes(keys, "identity"),
    signedPreKey: {
      keyId: toNumber(getChildBytes(signed, "id")),
      publicKey: getChildBytes(signed, "value"),
      signature: getChildBytes(signed, "signature"),
    },
  };
  if (!preKey) return bundle;
  const keyId = toNumber(getChildBytes(preKey, "id"));
  return { ...bundle, preKey: { keyId, publicKey: getChildBytes(preKey, "value") } };
}
