import { Curve } from "baileys";
import { type Account, Directory } from "./account.js";
import type { Addressing } from "./addresses.js";
import { type AcknowledgeRule, AcknowledgeRules, seededRandom } from "./faults.js";
import { createGroup } from "./group.js";
import type { PastChat } from "./history.js";
import { Inbox } from "./inbox.js";
import { startMediaServer } from "./media-server.js";
import { createNoiseIdentity } from "./noise.js";
import { Group, type Party } from "./party.js";
import { Person } from "./person.js";
import { Phone } from "./phone.js";
import { hushLibsignal } from "./quiet-libsignal.js";
import type { Observer, Server } from "./server.js";
import { SignalDevice } from "./signal-device.js";
import { Waiting } from "./waiting.js";
import { type Door, type Outage, openDoor } from "./web-socket.js";

export interface SimulatorOptions {
  /** Default 0: any free port. */
  port?: number;
  /** For faults with a `chance`. Default 1. */
  seed?: number;
}

export interface PhoneOptions {
  /** Digits with the country code. */
  phoneNumber: string;
  /** Also tells clients their own name at linking; without it they have none, and send no presence. */
  name?: string;
  /** Default derived from the number. */
  lid?: string;
}

export interface PersonOptions extends PhoneOptions {
  /** A business account: its messages carry a verified name. */
  business?: boolean;
  /** The number that people dial, where WhatsApp has another one, as for older accounts in Brazil and Mexico. */
  dialled?: string;
  /** False for a number that is not on WhatsApp. */
  registered?: boolean;
  /** The profile picture (JPEG). */
  picture?: Uint8Array;
}

/**
 * Starts WhatsApp on loopback.
 *
 * @example
 * const whatsapp = await startSimulator()
 * WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(whatsapp.rootPublicKeyHex, 'hex')
 * const socket = makeWASocket({ auth, waWebSocketUrl: whatsapp.url })
 * …
 * await whatsapp.close()
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const root = Curve.generateKeyPair();
  const chats = new Map<Account, PastChat[]>();
  const server: Server = {
    noise: createNoiseIdentity(root),
    waiting: new Waiting(),
    directory: new Directory(),
    connections: new Set(),
    groups: new Map(),
    media: await startMediaServer(),
    acknowledgements: new AcknowledgeRules(seededRandom(options.seed ?? 1)),
    observers: new Set(),
    notUnderstood: [],
    historyOf: (account) => chats.get(account) ?? [],
  };
  const door = await openDoor(server, options.port ?? 0);
  return new Simulator(server, door, Buffer.from(root.public).toString("hex"), chats);
}

/** A running simulator; see {@link startSimulator}. */
export class Simulator {
  private readonly unhush = hushLibsignal();

  /** @internal */
  constructor(
    private readonly server: Server,
    private readonly door: Door,
    /** The root that clients have to trust, in hex. */
    readonly rootPublicKeyHex: string,
    private readonly chats: Map<Account, PastChat[]>,
  ) {}

  /** `ws://127.0.0.1:port/ws/chat`, for Baileys' `waWebSocketUrl`. */
  get url(): string {
    return this.door.url;
  }

  /** `https://127.0.0.1:port`, which clients learn by themselves. */
  get mediaUrl(): string {
    return `https://${this.server.media.host}`;
  }

  /** The certificate of the media host (PEM), made at start: trust it with `NODE_EXTRA_CA_CERTS` or `tls.setDefaultCACertificates`. */
  get mediaCertificate(): string {
    return this.server.media.certificate;
  }

  /** The phone of an account holder, to which clients can be linked. */
  createPhone(options: PhoneOptions): Phone {
    const account = this.createAccount(options);
    const chats: PastChat[] = [];
    this.chats.set(account, chats);
    return new Phone(this.server, account, chats);
  }

  /** Somebody else, on WhatsApp or (`registered: false`) not. */
  createPerson(options: PersonOptions): Person {
    const account = this.createAccount(options);
    if (options.picture) account.picture = this.server.media.publish(options.picture);
    return new Person(this.server, account);
  }

  /** A group; the first participant owns it. Members are addressed by LID unless told otherwise. */
  createGroup(options: { subject: string; participants: Party[]; addressing?: Addressing }): Group {
    const members = options.participants.map((party) => party.account);
    return new Group(
      this.server,
      createGroup(this.server, { subject: options.subject, members, addressing: options.addressing }),
    );
  }

  /**
   * How the server acknowledges messages from now on. The newest rule that fits decides; a plain `normal` removes all.
   * Returns how to remove this rule.
   *
   * @example
   * whatsapp.acknowledge({ mode: 'error', code: 463, for: ana })
   * whatsapp.acknowledge({ mode: 'disconnect', times: 1 })
   */
  acknowledge(rule: AcknowledgeRule): () => void {
    return this.server.acknowledgements.add(rule);
  }

  /** Cuts all sockets and lets nobody in until it is over; `unavailable` answers with 503. */
  outage(on: boolean, kind: Outage = "unreachable"): void {
    this.door.outage = on ? kind : undefined;
    if (on) for (const connection of this.server.connections) connection.drop({ closeFrame: false });
  }

  /** While on, uploads and downloads of media fail with 500. */
  mediaOutage(on: boolean): void {
    this.server.media.broken = on;
  }

  /** Kinds of the uploads so far, in order: `image`, `document`, … */
  get uploads(): readonly string[] {
    return this.server.media.uploads;
  }

  /** Calls back, synchronously, for every stanza that comes and goes. Returns how to stop. */
  observe(observer: Observer): () => void {
    this.server.observers.add(observer);
    return () => this.server.observers.delete(observer);
  }

  /** Stanzas that the simulator does not speak, and frames that it could not read. */
  get notUnderstood(): readonly string[] {
    return this.server.notUnderstood;
  }

  /** @throws when a client sent anything that the simulator does not speak, naming it. */
  assertUnderstood(): void {
    const { notUnderstood } = this.server;
    if (notUnderstood.length) throw new Error(`the simulator did not understand:\n${notUnderstood.join("\n")}`);
  }

  /**
   * Ends all sockets, timers and waits.
   *
   * @throws like {@link assertUnderstood}, after everything is closed.
   */
  async close(): Promise<void> {
    this.server.waiting.close();
    await Promise.all([this.door.close(), this.server.media.close()]);
    this.unhush();
    this.assertUnderstood();
  }

  private createAccount(options: PersonOptions): Account {
    const { phoneNumber, lid = `9${phoneNumber}`, name, dialled, business = false, registered = true } = options;
    if (!/^\d{5,20}$/.test(phoneNumber)) throw new Error(`a phone number is digits only, not "${phoneNumber}"`);
    const account: Account = {
      phoneNumber,
      dialled,
      lid,
      name,
      business,
      registered,
      picture: undefined,
      device: new SignalDevice(),
      inbox: new Inbox(),
      companions: new Map(),
      nextDeviceId: 1,
      sent: new Map(),
      senderKeyKnownTo: new Map(),
      automaticReceipts: "delivered",
      asksForRetries: true,
      keysOffered: "all",
      loginRefusals: [],
    };
    this.server.directory.add(account);
    return account;
  }
}
