import { parseAddress, phoneAddress } from "./addresses.js";
import type { Connection } from "./connection.js";
import type { Inbox } from "./inbox.js";
import type { ReceiptType } from "./receipts.js";
import type { Peer, PreKeyBundle, SignalDevice } from "./signal-device.js";
import type { Stanza } from "./stanza.js";

/** What a real client brought along when it registered, and uploaded since. Only public keys. */
export interface CompanionKeys {
  registrationId: number;
  identity: Uint8Array;
  signedPreKey: { keyId: number; publicKey: Uint8Array; signature: Uint8Array };
  /** One-time pre-keys by id, in the order of their upload. */
  readonly preKeys: Map<number, Uint8Array>;
}

/** A real client linked to an account: the Baileys socket under test. */
export interface Companion {
  readonly account: Account;
  /** Its device number in addresses, from 1. */
  readonly id: number;
  readonly platform: string;
  readonly keys: CompanionKeys;
  /** What it has not acknowledged yet, in order; sent again at every login, as the real server does. */
  undelivered: Stanza[];
  connection: Connection | undefined;
  /** The first login is followed by the history of the phone. */
  needsHistory: boolean;
}

interface LoginRefusal {
  readonly reason: number;
  remaining: number;
}

/** Writes a message for one companion; called again, with a fresh session, when the companion could not decrypt it. */
export type Encode = (companion: Companion, retry?: { count: number; bundle?: PreKeyBundle }) => Promise<Stanza>;

/** A number on WhatsApp: its simulated phone (device 0), and the real clients linked to it. */
export interface Account {
  readonly phoneNumber: string;
  /** The number that people dial, where WhatsApp has another one. */
  readonly dialled: string | undefined;
  readonly lid: string;
  readonly name: string | undefined;
  readonly business: boolean;
  readonly registered: boolean;
  picture: string | undefined;
  readonly device: SignalDevice;
  readonly inbox: Inbox;
  readonly companions: Map<number, Companion>;
  nextDeviceId: number;
  /** Messages of the simulated phone by id, for companions that ask again. */
  readonly sent: Map<string, Encode>;
  /** Which companions already know this phone's sender key of a group. */
  readonly senderKeyKnownTo: Map<string, Set<Companion>>;
  automaticReceipts: "none" | Exclude<ReceiptType, "played">;
  asksForRetries: boolean;
  /** What others get when they ask for its keys. */
  keysOffered: "all" | "no pre-keys" | "none";
  readonly loginRefusals: LoginRefusal[];
}

export function companionPeer(companion: Companion): Peer {
  return { user: companion.account.phoneNumber, device: companion.id };
}

export function companionAddress(companion: Companion): string {
  return phoneAddress(companion.account.phoneNumber, companion.id);
}

/** Takes a one-time pre-key off the companion's stock, as the server does for everybody who asks. */
export function takeBundle(companion: Companion): PreKeyBundle {
  const { registrationId, identity, signedPreKey, preKeys } = companion.keys;
  const next = preKeys.entries().next();
  if (next.done) return { registrationId, identity, signedPreKey };
  const [keyId, publicKey] = next.value;
  preKeys.delete(keyId);
  return { registrationId, identity, signedPreKey, preKey: { keyId, publicKey } };
}

/** Who is on WhatsApp, by phone number and by LID. */
export class Directory {
  private readonly byNumber = new Map<string, Account>();
  private readonly byLid = new Map<string, Account>();

  add(account: Account): void {
    if (this.byNumber.has(account.phoneNumber)) throw new Error(`${account.phoneNumber} exists already`);
    if (this.byLid.has(account.lid)) throw new Error(`the LID ${account.lid} exists already`);
    this.byNumber.set(account.phoneNumber, account);
    this.byLid.set(account.lid, account);
  }

  /** The registered account behind an address of either kind; device numbers are ignored. */
  find(jid: string): Account | undefined {
    const { user, server } = parseAddress(jid);
    const account = server === "lid" ? this.byLid.get(user) : this.byNumber.get(user);
    return account?.registered ? account : undefined;
  }

  /** Whom people reach by dialling a number. */
  findDialled(phoneNumber: string): Account | undefined {
    return this.all().find((account) => account.registered && (account.dialled ?? account.phoneNumber) === phoneNumber);
  }

  findByNumber(phoneNumber: string): Account | undefined {
    return this.byNumber.get(phoneNumber);
  }

  all(): Account[] {
    return [...this.byNumber.values()];
  }
}
