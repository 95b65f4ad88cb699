import {
  type BaileysEventMap,
  downloadAndProcessHistorySyncNotification,
  getHistoryMsg,
  type SignalKeyStore,
  type WAMessage,
  type WASocket,
} from "baileys";
import type { Logger } from "pino";
import type { Clock } from "../../clock.js";
import type { Address, TransportDevice, TransportEvent, TransportListener } from "../transport.js";
import { addressOf, completed } from "./addresses.js";
import { createEventOrder } from "./event-order.js";
import { createGroups, type Groups } from "./groups.js";
import { readStanza, type Self, toInbound } from "./inbound.js";
import type { Numbers } from "./numbers.js";
import { createPictures } from "./pictures.js";
import { reasonOf } from "./quiet-logger.js";
import type { ReceivedMessage, ReceivedMessages } from "./received-messages.js";

/** A stored message's ciphertext may come again for so long, until WhatsApp has our receipt. */
const DROP_AFTER_MS = 60_000;
const TRY_AGAIN_AFTER_MS = 5_000;
/** A message that can never be stored must not be tried for ever. */
const MOST_ATTEMPTS = 20;
const HISTORY_BATCH = 50;

type History = Pick<BaileysEventMap["messaging-history.set"], "messages" | "contacts" | "chats">;
type ContactNews = Partial<BaileysEventMap["contacts.upsert"][number]>;

/** What comes in for one device: from the wire to the domain. */
export interface Inbox {
  groups: Groups;
  /** A message was decrypted, and is kept until it is stored. */
  take(message: ReceivedMessage): void;
  /** Takes up what an earlier connection, or an earlier process, decrypted and did not store. */
  takeKept(received: ReceivedMessages): Promise<void>;
  /** A message that came in another way than as a ciphertext of its own. */
  takePlain(message: WAMessage): void;
  takeHistory(history: History): void;
  takeContacts(contacts: ContactNews[]): void;
  /** Resolves when all that came so far is on disk. */
  idle(): Promise<void>;
  stop(): void;
}

export function createInbox({
  device,
  clock,
  log,
  listener,
  numbers,
  connection,
  drop,
}: {
  device: TransportDevice;
  clock: Clock;
  log: Logger;
  listener: TransportListener;
  numbers: Numbers;
  /** Who is connected, and with what. */
  connection: () => { self: Self; keys: SignalKeyStore; socket: WASocket | undefined };
  drop: (ids: string[]) => Promise<void>;
}): Inbox {
  // Apart from what is told of messages that went out: a receipt holds back what leaves the socket, and reading a message may ask
  // WhatsApp something.
  const order = createEventOrder({ listener, log });
  const groups = createGroups();
  const pictures = createPictures({ clock });
  /** On its way to the database, or there: the same ciphertext again is not taken twice. */
  const taken = new Set<string>();
  const attempts = new Map<string, number>();
  let stored: string[] = [];
  let cancelDrop: (() => void) | undefined;
  const cancels = new Set<() => void>();

  async function translate(message: WAMessage, isHistory: boolean): Promise<TransportEvent[]> {
    const { self, keys, socket } = connection();
    const inbound = await toInbound(
      message,
      { self, spaceId: device.spaceId, deviceId: device.id, isHistory, now: clock.now() },
      {
        async complete(address) {
          const both = await completed(address, keys);
          const { phoneNumber } = both;
          return phoneNumber === null
            ? both
            : { ...both, phoneNumber: await numbers.dialled(device.spaceId, phoneNumber) };
        },
        groupName: (jid) => groups.nameOf(isHistory ? undefined : socket, jid),
      },
    );
    if (!inbound) return [];
    if (inbound.direction === "inbound" && !isHistory) wantPicture(inbound.contact);
    return [{ type: "inbound", message: inbound }];
  }

  /** Told after the message, as it is asked for over the wire. */
  function wantPicture(contact: Address): void {
    pictures.want(connection().socket, contact, (profilePicUrl) =>
      order.tell({ type: "contact", spaceId: device.spaceId, contact, profilePicUrl }),
    );
  }

  async function read(message: ReceivedMessage): Promise<TransportEvent[]> {
    return translate(readStanza(message.stanza, message.plaintext, connection().self), false);
  }

  function take(message: ReceivedMessage): void {
    if (taken.has(message.id)) return;
    taken.add(message.id);
    order.tellLater(
      read(message),
      () => isStored(message.id),
      () => again(message),
    );
  }

  function isStored(id: string): void {
    stored.push(id);
    attempts.delete(id);
    cancelDrop ??= clock.after(DROP_AFTER_MS, () => {
      cancelDrop = undefined;
      const ids = stored;
      stored = [];
      for (const id of ids) taken.delete(id);
      drop(ids).catch((error) => log.warn({ reason: reasonOf(error) }, "dropping stored messages failed"));
    });
  }

  function again(message: ReceivedMessage): void {
    const attempt = (attempts.get(message.id) ?? 0) + 1;
    attempts.set(message.id, attempt);
    if (attempt >= MOST_ATTEMPTS) {
      log.error({ whatsapp_id: message.stanza.attrs.id }, "a message could not be stored, and is given up");
      isStored(message.id);
      return;
    }
    const cancel = clock.after(TRY_AGAIN_AFTER_MS, () => {
      cancels.delete(cancel);
      taken.delete(message.id);
      take(message);
    });
    cancels.add(cancel);
  }

  function takeHistory({ messages, contacts, chats }: History): void {
    for (const chat of chats) if (chat.id && chat.name) groups.rename(chat.id, chat.name);
    for (let start = 0; start < messages.length; start += HISTORY_BATCH) {
      const batch = messages.slice(start, start + HISTORY_BATCH);
      order.tellLater(Promise.all(batch.map((message) => translate(message, true))).then((events) => events.flat()));
    }
    takeContacts(contacts);
  }

  function takeContacts(contacts: ContactNews[]): void {
    for (const { id, name, notify, verifiedName, lid, phoneNumber } of contacts) {
      const contact = addressOf(id, lid, phoneNumber);
      if (!contact) continue;
      // What its owner calls it, before what the phone's address book says.
      const told = { name: notify ?? verifiedName ?? name, ...(verifiedName && { isBusiness: true }) };
      const event = completed(contact, connection().keys).then((both): TransportEvent[] => [
        { type: "contact", spaceId: device.spaceId, contact: both, ...trimmed(told) },
      ]);
      order.tellLater(event);
    }
  }

  /** Baileys downloads the history once it has said that it has it; the notification comes again from what is kept. */
  async function takeHistoryIn({ stanza, plaintext }: ReceivedMessage): Promise<void> {
    const { message } = readStanza(stanza, plaintext, connection().self);
    const notification = message && getHistoryMsg(message);
    if (notification) takeHistory(await downloadAndProcessHistorySyncNotification(notification, {}));
  }

  return {
    groups,
    take,
    async takeKept(received) {
      for (const message of await received.listKept()) {
        take(message);
        takeHistoryIn(message).catch((error) =>
          log.warn({ reason: reasonOf(error) }, "a kept history could not be read"),
        );
      }
    },
    takePlain(message) {
      order.tellLater(translate(message, false));
    },
    takeHistory,
    takeContacts,
    idle: order.idle,
    stop() {
      cancelDrop?.();
      cancelDrop = undefined;
      for (const cancel of cancels) cancel();
      cancels.clear();
    },
  };
}

function trimmed({ name, isBusiness }: { name?: string | undefined; isBusiness?: boolean }): {
  name?: string;
  isBusiness?: boolean;
} {
  return { ...(name !== undefined && { name }), ...(isBusiness !== undefined && { isBusiness }) };
}
