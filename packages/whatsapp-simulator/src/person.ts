import { type Addressing, addressOf } from "./addresses.js";
import { deliver } from "./delivery.js";
import { Party } from "./party.js";
import type { Phone } from "./phone.js";
import { type ReceiptType, sendReceipt } from "./receipts.js";
import { createId } from "./server.js";
import { element, toSeconds } from "./stanza.js";

/**
 * Somebody else on WhatsApp, with a phone of their own that holds real Signal sessions.
 *
 * @example
 * const ana = whatsapp.createPerson({ phoneNumber: '15550002222', name: 'Ana' })
 * const question = await ana.nextMessage()
 * await ana.send(phone, { text: `You said: ${question.text}` })
 */
export class Person extends Party {
  /** Whether this phone asks the sender again for what it cannot decrypt. Default true. */
  get asksForRetries(): boolean {
    return this.account.asksForRetries;
  }

  set asksForRetries(asks: boolean) {
    this.account.asksForRetries = asks;
  }

  /** Which keys the server gives to those who want to write: all, none of the one-time pre-keys, or none at all. */
  get keysOffered(): "all" | "no pre-keys" | "none" {
    return this.account.keysOffered;
  }

  set keysOffered(offered: "all" | "no pre-keys" | "none") {
    this.account.keysOffered = offered;
  }

  /** Sends a receipt for a message that was received, e.g. `ana.sendReceipt(message.id, 'read')`. */
  sendReceipt(messageId: string, type: ReceiptType): void {
    const message = this.inbox.received.find((received) => received.id === messageId);
    if (!message) throw new Error(`${this.phoneNumber} received no message ${messageId}`);
    const to = this.server.directory.findByNumber(message.from);
    if (!to) throw new Error(`${message.from} is not on WhatsApp`);
    const groupId = message.chat.endsWith("@g.us") ? message.chat : undefined;
    sendReceipt(this.server, { from: this.account, to, messageId, type, addressing: message.addressing, groupId });
  }

  /** Shows the phone's clients that this person is online, offline, typing, recording, or has stopped. */
  showPresence(
    to: Phone,
    state: "available" | "unavailable" | "composing" | "recording" | "paused",
    addressing: Addressing = "phone",
  ): void {
    const from = addressOf(this.account, addressing);
    const online = state === "available" || state === "unavailable";
    const inside = state === "recording" ? element("composing", { media: "audio" }) : element(state);
    const stanza = online ? element("presence", { from, type: state }) : element("chatstate", { from }, [inside]);
    for (const companion of to.account.companions.values()) companion.connection?.send(stanza);
  }

  /**
   * Loses its Signal sessions and keeps its identity, as a phone restored from a backup: the next message of a client
   * that still uses the old session cannot be decrypted, and is asked for again.
   */
  loseSessions(): void {
    this.account.device.forgetSessions();
    this.account.senderKeyKnownTo.clear();
  }

  /** Installs WhatsApp anew: no sessions and a new identity, of which the server tells every client. */
  reinstall(): void {
    this.account.device.reinstall();
    this.account.senderKeyKnownTo.clear();
    for (const account of this.server.directory.all()) {
      for (const companion of account.companions.values()) {
        const from = addressOf(this.account, "phone");
        const attributes = { from, type: "encrypt", id: createId(), t: toSeconds(new Date()) };
        deliver(this.server, companion, element("notification", attributes, [element("identity")]));
      }
    }
  }
}
