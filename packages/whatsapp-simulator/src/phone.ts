import { type Account, type Companion, companionAddress } from "./account.js";
import { addressOf } from "./addresses.js";
import { deliver } from "./delivery.js";
import type { PastChat, PastMessage } from "./history.js";
import { removeCompanion } from "./login.js";
import { getScannedConnection, pair, readCode } from "./pairing.js";
import { enterCode } from "./pairing-code.js";
import { Party, type WaitOptions } from "./party.js";
import type { Person } from "./person.js";
import { createId, type Server } from "./server.js";
import { element, SERVER, toSeconds } from "./stanza.js";

/** A client linked to a phone, as "Linked devices" shows it. */
export interface LinkedDevice {
  /** Its device number, from 1. */
  readonly id: number;
  /** `15550001111:1@s.whatsapp.net` */
  readonly address: string;
  readonly platform: string;
  readonly connected: boolean;
}

/** Which of the phone's clients is meant; all of them unless told. */
export interface DeviceChoice {
  deviceId?: number;
}

/**
 * The account holder's own phone: it links clients, loses them, and writes messages of its own.
 *
 * @example
 * const phone = whatsapp.createPhone({ phoneNumber: '15550001111', name: 'Acme' })
 * await phone.scan(qr)
 * await phone.whenConnected()
 */
export class Phone extends Party {
  private readonly chats: PastChat[];

  /** @internal */
  constructor(server: Server, account: Account, chats: PastChat[]) {
    super(server, account);
    this.chats = chats;
  }

  /**
   * Scans a client's QR code. Resolves when the client is linked; it then connects anew.
   *
   * @throws when the code has expired, is no such code, or the client goes away.
   */
  async scan(qrText: string): Promise<LinkedDevice> {
    const code = readCode(qrText);
    const connection = getScannedConnection(this.server, code);
    return linkedDevice(await pair(this.server, connection, this.account, code.secret));
  }

  /** Types the pairing code that a client shows for this number. Waits for the client to ask for one. */
  async enterPairingCode(code: string): Promise<LinkedDevice> {
    return linkedDevice(await enterCode(this.server, this.account, code));
  }

  get linkedDevices(): LinkedDevice[] {
    return this.companions({}).map(linkedDevice);
  }

  /** Whether a client of this account is logged in. */
  get connected(): boolean {
    return this.companions({}).some((companion) => companion.connection?.open);
  }

  /** "online" (`available`) or `unavailable`, as a client last said. */
  get presence(): string | undefined {
    return this.inbox.presence;
  }

  /** Waits until a client of this account is logged in. */
  async whenConnected(options: WaitOptions = {}): Promise<void> {
    const what = `a client of ${this.phoneNumber} to log in`;
    await this.server.waiting.until(what, () => this.connected || undefined, options.timeoutMs);
  }

  async whenDisconnected(options: WaitOptions = {}): Promise<void> {
    const what = `the clients of ${this.phoneNumber} to be gone`;
    await this.server.waiting.until(what, () => !this.connected || undefined, options.timeoutMs);
  }

  /** Waits until the clients have acknowledged everything that was sent to them. */
  async whenDelivered(options: WaitOptions = {}): Promise<void> {
    const empty = () => this.companions({}).every((companion) => companion.undelivered.length === 0) || undefined;
    await this.server.waiting.until(`the clients of ${this.phoneNumber} to take everything`, empty, options.timeoutMs);
  }

  /** Messages and receipts that the clients have not acknowledged. */
  get undelivered(): number {
    return this.companions({}).reduce((sum, companion) => sum + companion.undelivered.length, 0);
  }

  /** A chat from before the linking; a client gets it after its first login. */
  remember(person: Person | Phone, messages: PastMessage[]): void {
    this.chats.push({ with: person.account, messages });
  }

  /** Shows its owner a message as read, and tells the clients so. */
  markRead(from: Person, messageId: string): void {
    for (const companion of this.companions({})) {
      const attributes = { id: messageId, type: "read-self", t: toSeconds(new Date()) };
      const chat = addressOf(from.account, "phone");
      const stanza = element("receipt", { from: addressOf(this.account, "phone"), recipient: chat, ...attributes });
      deliver(this.server, companion, stanza);
    }
  }

  /** "Log out" under "Linked devices": the clients are told 401, and refused with 401 from then on. */
  logout(choice: DeviceChoice = {}): void {
    for (const companion of this.companions(choice)) removeCompanion(this.server, companion);
  }

  /** The clients' places are taken by another socket with the same keys: conflict, replaced (440). */
  openElsewhere(choice: DeviceChoice = {}): void {
    this.endStreams(undefined, choice, "replaced");
  }

  /** Ends the clients' streams with an error: 515 (restart), 503 (unavailable), 401 and so on. */
  streamError(code: number, choice: DeviceChoice = {}): void {
    this.endStreams(code, choice);
  }

  /** Cuts the clients' sockets: without a close frame as when a cable is pulled (default), or with one. */
  drop(options: DeviceChoice & { closeFrame?: boolean } = {}): void {
    for (const companion of this.companions(options)) {
      companion.connection?.drop({ closeFrame: options.closeFrame ?? false });
    }
  }

  /**
   * Leaves the clients' present sockets open, and answers nothing on them any more. With `networkGone` not even the
   * closing of a socket is answered: `ws` then waits 30 seconds, and Baileys reports the close only after that.
   */
  stopAnswering(options: DeviceChoice & { networkGone?: boolean } = {}): void {
    for (const companion of this.companions(options)) {
      companion.connection?.stopAnswering({ networkGone: options.networkGone ?? false });
    }
  }

  /** Refuses the next logins with this failure: 401, 402, 403, 405 (version too old), 406, 503. */
  refuseLogins(options: { reason: number; times?: number }): void {
    this.account.loginRefusals.push({ reason: options.reason, remaining: options.times ?? 1 });
  }

  /** How many one-time pre-keys the server still has of the clients. */
  get preKeyCount(): number {
    return this.companions({}).reduce((sum, companion) => sum + companion.keys.preKeys.size, 0);
  }

  /** Uses the clients' pre-keys up to this number, and tells them how few are left. */
  usePreKeys(options: DeviceChoice & { left: number }): void {
    for (const companion of this.companions(options)) {
      const { preKeys } = companion.keys;
      for (const keyId of [...preKeys.keys()].slice(options.left)) preKeys.delete(keyId);
      const attributes = { from: SERVER, type: "encrypt", id: createId(), t: toSeconds(new Date()) };
      const count = element("count", { value: preKeys.size });
      deliver(this.server, companion, element("notification", attributes, [count]));
    }
  }

  /** Waits until the server has at least so many of the clients' pre-keys. */
  async whenPreKeys(atLeast: number, options: WaitOptions = {}): Promise<void> {
    const enough = () => this.preKeyCount >= atLeast || undefined;
    await this.server.waiting.until(`${atLeast} pre-keys of ${this.phoneNumber}`, enough, options.timeoutMs);
  }

  private endStreams(code: number | undefined, choice: DeviceChoice, conflict?: string): void {
    const content = conflict === undefined ? undefined : [element("conflict", { type: conflict })];
    for (const companion of this.companions(choice)) companion.connection?.streamError(code, content);
  }

  private companions({ deviceId }: DeviceChoice): Companion[] {
    const all = [...this.account.companions.values()];
    return deviceId === undefined ? all : all.filter((companion) => companion.id === deviceId);
  }
}

function linkedDevice(companion: Companion): LinkedDevice {
  const { id, platform } = companion;
  return { id, address: companionAddress(companion), platform, connected: companion.connection?.open ?? false };
}
