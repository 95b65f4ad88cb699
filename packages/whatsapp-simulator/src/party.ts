import type { Account } from "./account.js";
import type { Content } from "./content.js";
import { changeGroup, type GroupState } from "./group.js";
import type { Inbox, ReceivedMessage, ReceivedReceipt, UndecryptableMessage } from "./inbox.js";
import { decryptMedia, findMedia } from "./media.js";
import { type SendOptions, type SentMessage, send } from "./sending.js";
import type { Server } from "./server.js";

export interface WaitOptions {
  /** Default 60,000. */
  timeoutMs?: number;
}

/** What the phone of an account holder and the phone of anybody else have in common: they write, receive and show. */
export abstract class Party {
  /** @internal */
  constructor(
    protected readonly server: Server,
    /** @internal */
    readonly account: Account,
  ) {}

  /** Digits only, with the country code: `15550001111`. */
  get phoneNumber(): string {
    return this.account.phoneNumber;
  }

  get lid(): string {
    return this.account.lid;
  }

  get name(): string | undefined {
    return this.account.name;
  }

  /** Which receipts this phone sends by itself. Default `delivered`. */
  get automaticReceipts(): "none" | "delivered" | "read" {
    return this.account.automaticReceipts;
  }

  set automaticReceipts(receipts: "none" | "delivered" | "read") {
    this.account.automaticReceipts = receipts;
  }

  protected get inbox(): Inbox {
    return this.account.inbox;
  }

  /** Every ciphertext that this phone could read, in order, duplicates included. */
  get received(): readonly ReceivedMessage[] {
    return this.inbox.received;
  }

  /** What the person sees on the screen: a message id of a sender once. */
  get shown(): readonly ReceivedMessage[] {
    return this.inbox.shown;
  }

  /** Messages of which the person only sees "waiting for this message". */
  get undecryptable(): readonly UndecryptableMessage[] {
    return this.inbox.undecryptable;
  }

  /** What clients reported about the messages sent to them. */
  get receipts(): readonly ReceivedReceipt[] {
    return this.inbox.receipts;
  }

  /** "Typing" and "recording" as shown in the chats of this phone, in order. */
  get chatStates(): readonly { from: string; state: string }[] {
    return this.inbox.chatStates;
  }

  /**
   * The next message on the screen that was not taken by an earlier call.
   *
   * @example
   * const message = await ana.nextMessage()
   * assert.equal(message.text, 'Hello')
   */
  nextMessage(options: WaitOptions = {}): Promise<ReceivedMessage> {
    const what = `a message to ${this.phoneNumber}`;
    return this.server.waiting.until(what, () => this.inbox.takeNext(), options.timeoutMs);
  }

  /** Waits until a client reported this about a message: `delivered`, `inactive`, `read`, `played`, `retry`. */
  whenReceipt(messageId: string, type: string, options: WaitOptions = {}): Promise<ReceivedReceipt> {
    const find = () => this.inbox.receipts.find((receipt) => receipt.messageId === messageId && receipt.type === type);
    return this.server.waiting.until(`the receipt "${type}" for ${messageId}`, find, options.timeoutMs);
  }

  /**
   * Writes to somebody or into a group. Clients get it encrypted, on the wire; other simulated phones directly.
   *
   * @example
   * await ana.send(phone, { text: 'Hello' })
   * await ana.send(phone, { image: jpeg, caption: 'Look' }, { addressing: 'lid', offline: true })
   * await ana.send(group, { reaction: '👍', to: message })
   */
  send(to: Party | Group, content: Content, options: SendOptions = {}): Promise<SentMessage> {
    const target = to instanceof Group ? { group: to.state } : { account: to.account };
    return send(this.server, this.account, target, content, options);
  }

  /** Downloads and decrypts the medium of a message; checks its hashes. */
  download(received: ReceivedMessage): Buffer {
    const media = findMedia(received.message);
    if (!media) throw new Error(`the message ${received.id} has no medium`);
    const file = this.server.media.find(media.directPath);
    if (!file) throw new Error(`nothing was uploaded to ${media.directPath}`);
    return decryptMedia(file, media.kind, media);
  }
}

/** A group; write into it with `person.send(group, …)`. */
export class Group {
  /** @internal */
  constructor(
    private readonly server: Server,
    /** @internal */
    readonly state: GroupState,
  ) {}

  /** `<number>@g.us`, the address clients use. */
  get id(): string {
    return this.state.id;
  }

  get subject(): string {
    return this.state.subject;
  }

  /** The phone numbers of its members. */
  get participants(): string[] {
    return this.state.members.map((member) => member.phoneNumber);
  }

  /** A member adds somebody; clients are told. */
  add(by: Party, party: Party): void {
    changeGroup(this.server, this.state, by.account, { add: party.account });
  }

  /** A member removes somebody, or leaves; clients are told, those of the removed one too. */
  remove(by: Party, party: Party): void {
    changeGroup(this.server, this.state, by.account, { remove: party.account });
  }

  rename(by: Party, subject: string): void {
    changeGroup(this.server, this.state, by.account, { subject });
  }
}
