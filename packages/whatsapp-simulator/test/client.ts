import {
  type AuthenticationCreds,
  type AuthenticationState,
  type BaileysEventMap,
  Browsers,
  BufferJSON,
  initAuthCreds,
  makeWASocket,
  type SignalKeyStore,
  type UserFacingSocketConfig,
  WA_CERT_DETAILS,
  type WAMessage,
  type WASocket,
} from "baileys";
import type { Phone, Simulator } from "../src/index.js";

type ClientConfig = Partial<UserFacingSocketConfig> & {
  /** Connects anew after a restart or a lost connection. Default true. */
  reconnects?: boolean;
};

const RECONNECT_CODES = [408, 428, 503, 515];
const RECONNECT_MS = 20;
/** For what never comes. A busy machine takes its time. */
const WAIT_MS = 60_000;

const silent = { level: "silent", child: () => silent, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** What a client keeps between two sockets. */
export interface MemoryAuth extends AuthenticationState {
  /** What would be found on the disk if the client died now. */
  snapshot(): MemoryAuth;
}

export function memoryAuth(
  creds: AuthenticationCreds = initAuthCreds(),
  stored: Record<string, Record<string, unknown>> = {},
): MemoryAuth {
  const keys: SignalKeyStore = {
    get: async (type, ids) => {
      const found = ids.map((id) => [id, stored[type]?.[id]]).filter(([, value]) => value !== undefined);
      return Object.fromEntries(found);
    },
    set: async (data) => {
      for (const [type, values] of Object.entries(data)) {
        const kept = { ...stored[type], ...values };
        stored[type] = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== null));
      }
    },
  };
  return { creds, keys, snapshot: () => memoryAuth(copy(creds), copy(stored)) };
}

function copy<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value, BufferJSON.replacer), BufferJSON.reviver);
}

/** An unmodified Baileys socket, what it emitted, and waits for what it will emit. */
export class Client {
  socket: WASocket;
  qr: string | undefined;
  opens = 0;
  sockets = 0;
  readonly closes: number[] = [];
  readonly upserts: { type: string; message: WAMessage }[] = [];
  readonly acks: Record<string, string>[] = [];
  readonly updates: BaileysEventMap["messages.update"] = [];
  readonly groupReceipts: BaileysEventMap["message-receipt.update"] = [];
  readonly histories: BaileysEventMap["messaging-history.set"][] = [];
  readonly presences: BaileysEventMap["presence.update"][] = [];
  readonly contacts: BaileysEventMap["contacts.update"] = [];
  private readonly looks = new Set<() => void>();
  private readonly config: Partial<UserFacingSocketConfig>;
  private reconnects: boolean;

  constructor(
    private readonly whatsapp: Pick<Simulator, "url" | "rootPublicKeyHex">,
    readonly auth: MemoryAuth = memoryAuth(),
    { reconnects = true, ...config }: ClientConfig = {},
  ) {
    WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(whatsapp.rootPublicKeyHex, "hex");
    this.reconnects = reconnects;
    this.config = config;
    this.socket = this.connect();
  }

  /** For the sockets from the next one on. */
  configure(config: Partial<UserFacingSocketConfig>): void {
    Object.assign(this.config, config);
  }

  private connect(): WASocket {
    this.sockets += 1;
    const socket = makeWASocket({
      auth: this.auth,
      waWebSocketUrl: this.whatsapp.url,
      logger: silent,
      browser: Browsers.ubuntu("Chrome"),
      emitOwnEvents: false,
      syncFullHistory: false,
      ...this.config,
    });
    socket.ev.process((events) => {
      this.record(events);
      this.look();
    });
    socket.ws.on("CB:ack,class:message", ({ attrs }: { attrs: Record<string, string> }) => {
      this.acks.push(attrs);
      this.look();
    });
    return socket;
  }

  private record(events: Partial<BaileysEventMap>): void {
    const update = events["connection.update"];
    if (update?.qr) this.qr = update.qr;
    if (update?.connection === "open") this.opens += 1;
    if (update?.connection === "close") this.closed(update.lastDisconnect?.error);
    const upsert = events["messages.upsert"];
    for (const message of upsert?.messages ?? []) this.upserts.push({ type: upsert?.type ?? "", message });
    this.updates.push(...(events["messages.update"] ?? []));
    this.groupReceipts.push(...(events["message-receipt.update"] ?? []));
    this.contacts.push(...(events["contacts.update"] ?? []));
    if (events["messaging-history.set"]) this.histories.push(events["messaging-history.set"]);
    if (events["presence.update"]) this.presences.push(events["presence.update"]);
  }

  private closed(error: unknown): void {
    const code = statusCode(error);
    this.closes.push(code);
    if (!this.reconnects || !RECONNECT_CODES.includes(code)) return;
    setTimeout(() => {
      if (!this.reconnects) return;
      this.socket = this.connect();
      this.look();
    }, RECONNECT_MS);
  }

  private look(): void {
    for (const look of [...this.looks]) look();
  }

  until<Value>(what: string, find: () => Value | undefined | false, timeoutMs = WAIT_MS): Promise<Value> {
    const already = find();
    if (already) return Promise.resolve(already);
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.looks.delete(look);
        clearTimeout(timer);
      };
      const look = () => {
        const found = find();
        if (!found) return;
        stop();
        resolve(found);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`waited ${timeoutMs} ms for ${what}; closes so far: ${this.closes}`));
      }, timeoutMs);
      this.looks.add(look);
    });
  }

  whenQr(): Promise<string> {
    return this.until("a QR code", () => this.qr);
  }

  whenOpen(times = 1): Promise<true> {
    return this.until(`connection ${times} to open`, () => this.opens >= times);
  }

  whenClosed(code: number, timeoutMs?: number): Promise<true> {
    return this.until(`a close with ${code}`, () => this.closes.includes(code), timeoutMs);
  }

  whenText(text: string): Promise<{ type: string; message: WAMessage }> {
    return this.until(`the message "${text}"`, () => this.upserts.find(({ message }) => textIn(message) === text));
  }

  async whenMessage(id: string): Promise<WAMessage> {
    const arrived = () => this.upserts.find(({ message }) => message.key.id === id && message.message);
    return (await this.until(`the message ${id}`, arrived)).message;
  }

  get texts(): string[] {
    return this.upserts.map(({ message }) => textIn(message)).filter((text) => text !== undefined);
  }

  statuses(id: string): number[] {
    return this.updates.filter(({ key }) => key.id === id).flatMap(({ update }) => update.status ?? []);
  }

  whenStatus(id: string, status: number): Promise<true> {
    return this.until(`status ${status} of ${id}`, () => this.statuses(id).includes(status));
  }

  /** Sends a text; resolves at the write, with the message's id. */
  async send(to: { phoneNumber: string } | { id: string }, text: string, messageId?: string): Promise<string> {
    const jid = "id" in to ? to.id : jidOf(to);
    const sent = await this.socket.sendMessage(jid, { text }, messageId === undefined ? {} : { messageId });
    return sent?.key.id ?? "";
  }

  /** Sends a text; resolves with the attributes of the server's `ack`. */
  async sendAcknowledged(to: { phoneNumber: string }, text: string): Promise<Record<string, string>> {
    const id = await this.send(to, text);
    return this.until(`the ack of ${id}`, () => this.acks.find((ack) => ack.id === id));
  }

  /** Sends a text again and again under one id, over as many connections as it takes. */
  async sendUntilAcknowledged(to: { phoneNumber: string }, text: string, id: string): Promise<void> {
    const acknowledged = () => this.acks.some((ack) => ack.id === id);
    while (!acknowledged()) {
      const closes = this.closes.length;
      await this.send(to, text, id).catch(() => undefined);
      await this.until(`the ack of ${id}, or a close`, () => acknowledged() || this.closes.length > closes);
      await this.whenOpen(this.closes.length);
    }
  }

  async stop(): Promise<void> {
    this.reconnects = false;
    await this.socket.end(undefined);
  }
}

function textIn(message: WAMessage): string | undefined {
  return message.message?.conversation || message.message?.extendedTextMessage?.text || undefined;
}

function statusCode(error: unknown): number {
  if (!(error instanceof Error) || !("output" in error)) return 0;
  const { output } = error;
  return typeof output === "object" && output !== null && "statusCode" in output ? Number(output.statusCode) : 0;
}

/**
 * A client linked to the phone by QR code, logged in, and done with its first synchronisation: Baileys holds events back
 * for 20 seconds if the first connection is lost before.
 */
export async function linkedClient(whatsapp: Simulator, phone: Phone, config: ClientConfig = {}): Promise<Client> {
  const client = new Client(whatsapp, memoryAuth(), config);
  await phone.scan(await client.whenQr());
  await client.whenOpen();
  await client.until("the first synchronisation", () => client.auth.creds.accountSyncCounter > 0);
  return client;
}

export function jidOf(party: { phoneNumber: string }): string {
  return `${party.phoneNumber}@s.whatsapp.net`;
}
