import type { Account, Companion } from "./account.js";
import { type Addressing, addressingOf, authorAttributes, isGroupAddress, parseAddress } from "./addresses.js";
import type { Connection } from "./connection.js";
import { deliver } from "./delivery.js";
import { receiveCiphertexts } from "./recipient.js";
import type { Server } from "./server.js";
import { children, element, findChild, getAttribute, getChild, type Stanza, toSeconds } from "./stanza.js";

/** A client sends a message: it is acknowledged and taken to every device that it was encrypted for. */
export async function receiveMessage(server: Server, connection: Connection, stanza: Stanza): Promise<void> {
  const sender = connection.companion;
  if (!sender) throw new Error("a message from a client that has not logged in");
  const to = getAttribute(stanza, "to");
  const recipient = isGroupAddress(to) ? to : server.directory.find(to)?.phoneNumber;
  const rule = server.acknowledgements.take(sender.account.phoneNumber, recipient);
  const acknowledge = (error?: number) => {
    const ack = { class: "message", id: getAttribute(stanza, "id"), from: to, t: toSeconds(new Date()), error };
    const send = () => connection.send(element("ack", ack));
    if (rule.delayMs) server.waiting.after(rule.delayMs, send);
    else send();
  };
  if (rule.mode === "error") return acknowledge(rule.code ?? 463);
  if (rule.mode === "normal") acknowledge();
  if (rule.mode === "disconnect") connection.drop({ closeFrame: false });
  if (rule.deliver ?? true) {
    for (const delivery of deliveriesOf(server, sender, stanza)) await take(server, delivery);
  }
  if (rule.mode === "after receipts") acknowledge();
}

/** The ciphertexts for one device. In a group: the sender key if that device needs it, then the message. */
interface Delivery {
  readonly sender: Companion;
  readonly stanza: Stanza;
  readonly account: Account;
  readonly device: number;
  readonly encrypted: Stanza[];
  readonly addressing: Addressing;
}

function deliveriesOf(server: Server, sender: Companion, stanza: Stanza): Delivery[] {
  const to = getAttribute(stanza, "to");
  const deliveries = new Map<string, Delivery>();
  const add = (account: Account, device: number, encrypted: Stanza, addressing: Addressing) => {
    if (account === sender.account && device === sender.id) return;
    const key = `${account.phoneNumber}:${device}`;
    const before = deliveries.get(key)?.encrypted ?? [];
    deliveries.set(key, { sender, stanza, account, device, encrypted: [...before, encrypted], addressing });
  };
  const addTo = (jid: string, encrypted: Stanza) => {
    const account = server.directory.find(jid);
    if (account) add(account, parseAddress(jid).device, encrypted, addressingOf(jid));
  };
  for (const target of children(findChild(stanza, "participants"), "to")) {
    addTo(getAttribute(target, "jid"), getChild(target, "enc"));
  }
  const own = findChild(stanza, "enc");
  if (own?.attrs.type === "skmsg") {
    const group = server.groups.get(to);
    for (const member of group?.members ?? []) {
      for (const device of [0, ...member.companions.keys()]) add(member, device, own, group?.addressing ?? "phone");
    }
  } else if (own) {
    addTo(stanza.attrs.participant ?? to, own);
  }
  return [...deliveries.values()];
}

async function take(server: Server, delivery: Delivery): Promise<void> {
  const { account, device } = delivery;
  if (device === 0) return receiveCiphertexts(server, account, delivery);
  const companion = account.companions.get(device);
  if (companion) deliver(server, companion, forwarded(delivery));
}

/** What a real client wrote, for another real client: both under test, or two devices of one account. */
function forwarded({ sender, stanza, account, encrypted, addressing }: Delivery): Stanza {
  const to = getAttribute(stanza, "to");
  const groupId = isGroupAddress(to) ? to : undefined;
  const author = authorAttributes(sender.account, { device: sender.id, addressing, groupId });
  const { id, type, edit } = stanza.attrs;
  const recipient = groupId === undefined && sender.account === account ? to : undefined;
  const rest = { id, type, edit, recipient, t: toSeconds(new Date()), notify: sender.account.name };
  const identity = findChild(stanza, "device-identity");
  return element("message", { ...author, ...rest }, [...encrypted, ...(identity ? [identity] : [])]);
}
