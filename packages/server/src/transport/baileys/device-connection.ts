import { jidDecode, type WASocket, type WAVersion } from "baileys";
import type { Logger } from "pino";
import type { Clock } from "../../clock.js";
import type { DeviceChange, Outcome, OutgoingMessage, TransportDevice, TransportListener } from "../transport.js";
import { readAcknowledgement, readReceipt } from "./acknowledgements.js";
import { digitsOf } from "./addresses.js";
import type { AuthStore, DeviceAuth } from "./auth-store.js";
import { createBoundedCache } from "./bounded-cache.js";
import { aftermathOf, backoffMs, codeOf } from "./disconnects.js";
import { createEventOrder, type EventOrder } from "./event-order.js";
import { type HeldWrites, holdWrites } from "./held-writes.js";
import type { Self } from "./inbound.js";
import { createInbox, type Inbox } from "./inbox.js";
import { listenToNews } from "./news.js";
import type { Numbers } from "./numbers.js";
import { OutboundQueue } from "./outbound-queue.js";
import { createPairingOffer, type PairingOffer, type Qr } from "./pairing-offer.js";
import { quietLogger, reasonOf } from "./quiet-logger.js";
import { createReceivedMessages, type ReceivedMessages } from "./received-messages.js";
import { CONNECT_TIMEOUT_MS, cutSocket, KEEP_ALIVE_MS, openSocket } from "./socket.js";
import type { Turns } from "./turns.js";

/** Without any word from WhatsApp for so long, a socket is dead: it answers a ping within seconds. */
const SILENCE_MS = KEEP_ALIVE_MS + 15_000;
const WATCH_EVERY_MS = 5_000;
/** What Baileys gives a connection that was closed without a word. */
const SILENT = 428;
/** A connection that lasted so long was a good one: the next attempt comes quickly again. */
const STABLE_AFTER_MS = 10_000;
/** A shorter one makes the next attempt wait as if it were this one: about a second. */
const ATTEMPT_AFTER_OPEN = 1;
const LOGOUT_TIMEOUT_MS = 5_000;
/** What is being encrypted when the process is to end is done within this, or not at all. */
const RELAY_TIMEOUT_MS = 2_000;

export interface ConnectionDependencies {
  clock: Clock;
  log: Logger;
  authStore: AuthStore;
  numbers: Numbers;
  listener: TransportListener;
  url: string | undefined;
  version: { current(): WAVersion | undefined; refresh(): Promise<void> };
  /** Not too many devices connect at once. */
  turns: Turns;
  findPayload(deviceId: string, whatsappId: string): Promise<Uint8Array | undefined>;
}

/** One socket's life; what an older one still says is not heard. */
interface Session {
  socket: WASocket;
  auth: DeviceAuth;
  isOpen: boolean;
  openedAt: number;
  heardAt: number;
  writes: HeldWrites;
  /** Lets the next device connect. */
  release: () => void;
  cancels: (() => void)[];
}

/** One device's connection: it begins, is watched, breaks, comes again, and ends. */
export class DeviceConnection {
  readonly outbound: OutboundQueue;
  /** What is told of the device and of what went out; the inbox has an order of its own. */
  private readonly order: EventOrder;
  private readonly inbox: Inbox;
  private readonly received: ReceivedMessages;
  private readonly log: Logger;
  private readonly caches = {
    userDevicesCache: createBoundedCache(2_000, 5 * 60_000),
    msgRetryCounterCache: createBoundedCache(1_000, 60 * 60_000),
    placeholderResendCache: createBoundedCache(1_000, 60 * 60_000),
  };
  private session: Session | undefined;
  private auth: DeviceAuth | undefined;
  private self: Self = { id: "", lid: "" };
  private isWanted = false;
  private isConnecting = false;
  private attempt = 0;
  private versionRefreshed = false;
  private readonly offer: PairingOffer;
  private cancelRetry: (() => void) | undefined;
  private forgetting: Promise<void> = Promise.resolve();

  constructor(
    readonly device: TransportDevice,
    private readonly deps: ConnectionDependencies,
  ) {
    const { clock, listener, authStore, numbers } = deps;
    this.log = deps.log.child({ device_id: device.id });
    this.offer = createPairingOffer(clock);
    this.order = createEventOrder({ listener, log: this.log });
    const tell = ({ spaceId, messageId }: OutgoingMessage, outcome: Outcome) => {
      this.order.tell({ type: "outcome", spaceId, messageId, outcome });
      if (outcome.status === "failed" && outcome.code === "restricted") this.change({ status: "restricted" });
    };
    this.outbound = new OutboundQueue({ clock, log: this.log, numbers, tell });
    this.received = createReceivedMessages({
      deviceId: device.id,
      authStore,
      now: clock.now,
      onReceived: (message) => this.inbox.take(message),
    });
    this.inbox = createInbox({
      device,
      clock,
      log: this.log,
      listener,
      numbers,
      connection: () => {
        if (!this.auth) throw new Error("The device has no keys yet");
        return {
          self: this.self,
          keys: this.auth.keys,
          socket: this.session?.isOpen ? this.session.socket : undefined,
        };
      },
      drop: async (ids) => {
        if (this.auth) await this.received.drop(ids, this.auth.keys);
      },
    });
  }

  /** The socket of a connected device. */
  get openSocket(): WASocket | undefined {
    return this.session?.isOpen ? this.session.socket : undefined;
  }

  get currentQr(): Qr | undefined {
    return this.offer.current();
  }

  /** Wants the device connected from now on. */
  async connect(): Promise<void> {
    this.isWanted = true;
    if (this.session || this.isConnecting) return;
    this.attempt = 0;
    this.versionRefreshed = false;
    this.offer.reset();
    this.retryIn(0);
  }

  /** Ends the connection as the process ends; with the next start it comes again. */
  async stop(): Promise<void> {
    this.isWanted = false;
    this.cancelRetry?.();
    const late = new Promise<void>((resolve) => this.deps.clock.after(RELAY_TIMEOUT_MS, resolve));
    await Promise.race([this.outbound.idle(), late]);
    await this.endSession();
    await this.told();
    this.inbox.stop();
  }

  /** Unlinks the device from its phone, and forgets its credentials; the phone can be out of reach. */
  async logout(): Promise<void> {
    this.isWanted = false;
    this.cancelRetry?.();
    const socket = this.openSocket;
    if (socket) {
      const late = new Promise<void>((resolve) => this.deps.clock.after(LOGOUT_TIMEOUT_MS, resolve));
      await Promise.race([socket.logout().catch(() => {}), late]);
    }
    await this.endSession();
    await this.forget();
    this.change({ status: "disconnected", reason: "logged_out" });
    await this.told();
  }

  async remove(): Promise<void> {
    this.isWanted = false;
    this.cancelRetry?.();
    await this.endSession();
    await this.forget();
    this.inbox.stop();
  }

  /** Pairs by a code that is typed in on the phone, instead of a QR code. */
  async requestPairingCode(phoneNumber: string): Promise<{ code: string; expiresAt: number }> {
    await this.connect();
    await this.offer.whenOffered();
    const { session } = this;
    if (!session || session.auth.creds.account) throw new Error("The device is not to be paired");
    const code = await session.socket.requestPairingCode(digitsOf(phoneNumber));
    this.offer.useCode();
    return { code, expiresAt: this.offer.begin() };
  }

  private retryIn(delayMs: number): void {
    this.cancelRetry?.();
    const begin = () => {
      this.cancelRetry = undefined;
      this.open().catch((error) => {
        this.log.error({ reason: reasonOf(error) }, "connecting failed");
        this.isConnecting = false;
        if (this.isWanted) this.retryIn(backoffMs(this.attempt++));
      });
    };
    if (delayMs === 0) begin();
    else this.cancelRetry = this.deps.clock.after(delayMs, begin);
  }

  private async open(): Promise<void> {
    if (!this.isWanted || this.session || this.isConnecting) return;
    this.isConnecting = true;
    const release = await this.deps.turns.take();
    if (!this.isWanted) {
      this.isConnecting = false;
      release();
      return;
    }
    try {
      await this.forgetting;
      // Sessions in memory are shared by a connection and the one after it, which may still be writing.
      const auth = this.auth?.creds.account ? this.auth : await this.deps.authStore.open(this.device.id);
      this.auth = auth;
      this.self = { id: auth.creds.me?.id ?? "", lid: auth.creds.me?.lid ?? "" };
      if (auth.creds.account) await this.inbox.takeKept(this.received);
      if (this.isWanted) this.begin(auth, release);
      else release();
    } catch (error) {
      release();
      throw error;
    } finally {
      this.isConnecting = false;
    }
  }

  private begin(auth: DeviceAuth, release: () => void): void {
    const { clock, url, version, findPayload } = this.deps;
    const socket = openSocket({
      url,
      version: version.current(),
      auth,
      logger: quietLogger(this.log),
      makeSignalRepository: this.received.makeSignalRepository,
      findPayload: (whatsappId) => findPayload(this.device.id, whatsappId),
      cachedGroup: (jid) => this.inbox.groups.cached(jid),
      ...this.caches,
    });
    if (!auth.creds.account) this.offer.begin();
    const writes = holdWrites(socket);
    const heardAt = clock.now();
    const session: Session = { socket, auth, isOpen: false, openedAt: 0, heardAt, writes, release, cancels: [] };
    this.session = session;
    const tooLate = clock.after(CONNECT_TIMEOUT_MS + 5_000, () => {
      if (!session.isOpen && !this.offer.isShown()) this.ended(session, SILENT, "the connection did not come about");
    });
    session.cancels.push(tooLate);
    this.watch(session);
    this.listen(session);
  }

  /** Sockets that look alive and are not. */
  private watch(session: Session): void {
    const { clock } = this.deps;
    clock.after(WATCH_EVERY_MS, () => {
      if (this.session !== session) return;
      if (clock.now() - session.heardAt > SILENCE_MS) this.ended(session, SILENT, "WhatsApp has fallen silent");
      else this.watch(session);
    });
  }

  private listen(session: Session): void {
    const { ws, ev } = session.socket;
    ws.on("frame", (frame) => {
      session.heardAt = this.deps.clock.now();
      if (this.session === session && !(frame instanceof Uint8Array)) this.received.notice(frame);
    });
    ws.on("unexpected-response", (_request, response) => {
      this.ended(session, 503, `WhatsApp answered ${response?.statusCode} instead of a WebSocket`);
    });
    ws.on("CB:ack,class:message", (stanza) => {
      const answer = readAcknowledgement(stanza);
      if (answer) void this.outbound.acknowledge(answer.whatsappId, answer.outcome);
    });
    ws.on("CB:receipt", (stanza) => {
      const receipt = readReceipt(stanza, this.self);
      for (const whatsappId of receipt?.whatsappIds ?? [])
        session.writes.hold(this.receipt(whatsappId, receipt?.status ?? "delivered"));
    });
    ev.on("creds.update", () => {
      if (this.session !== session) return;
      const { me } = session.auth.creds;
      this.self = { id: me?.id ?? "", lid: me?.lid ?? "" };
      session.auth.saveCreds().catch((error) => this.log.error({ err: error }, "saving credentials failed"));
    });
    ev.on("connection.update", ({ connection, qr, lastDisconnect }) => {
      if (this.session !== session) return;
      if (qr) this.showQr(session, qr);
      if (connection === "open") this.opened(session);
      if (connection === "close") this.ended(session, codeOf(lastDisconnect?.error), "the connection was closed");
    });
    listenToNews(ev, this.inbox);
  }

  /** Resolves when what it says is on disk. */
  private async receipt(whatsappId: string, status: "delivered" | "read"): Promise<void> {
    await this.outbound.received(whatsappId);
    await new Promise<void>((stored) =>
      this.order.tell({ type: "receipt", device: this.device, whatsappId, status }, stored, stored),
    );
  }

  private showQr(session: Session, qr: string): void {
    const shown = this.offer.show(qr);
    session.release();
    if (!this.offer.isByCode()) this.change({ status: "qr_pending", ...shown });
  }

  private opened(session: Session): void {
    session.isOpen = true;
    session.openedAt = this.deps.clock.now();
    session.release();
    this.offer.reset();
    this.versionRefreshed = false;
    this.change({ status: "connected", phoneNumber: `+${jidDecode(this.self.id)?.user ?? ""}` });
    this.outbound.resume(session.socket);
  }

  /** However a socket ended: what comes next is decided here. */
  private ended(session: Session, code: number, why: string): void {
    if (this.session !== session) return;
    const { clock } = this.deps;
    const isPaired = Boolean(session.auth.creds.account);
    this.log.info({ code, is_paired: isPaired }, why);
    // WhatsApp lets us in, so that long waits are not called for.
    const isStable = clock.now() - session.openedAt >= STABLE_AFTER_MS;
    if (session.isOpen) this.attempt = isStable ? 0 : Math.min(this.attempt, ATTEMPT_AFTER_OPEN);
    this.letGo(session);
    void session.socket.end(undefined);
    if (!this.isWanted) return;
    const aftermath = aftermathOf(code, { isPaired });
    if (aftermath.action === "restart") this.retryIn(0);
    else if (aftermath.action === "refresh version") this.refreshVersion();
    else if (aftermath.action === "stop") this.giveUp(aftermath.reason, aftermath.forget);
    // WhatsApp gives new QR codes on a new connection, but whoever was to scan them does not wait for ever.
    else if (!isPaired && this.offer.isOver()) this.giveUp("pairing_expired", true);
    else {
      if (isPaired) this.change({ status: "disconnected", reason: "connection_lost" });
      this.retryIn(backoffMs(this.attempt++));
    }
  }

  private refreshVersion(): void {
    if (this.versionRefreshed) {
      this.giveUp("outdated_version", false);
      return;
    }
    this.versionRefreshed = true;
    const again = () => {
      if (this.isWanted) this.retryIn(0);
    };
    this.deps.version.refresh().then(again, (error) => {
      this.log.warn({ reason: reasonOf(error) }, "asking for the newest version failed");
      again();
    });
  }

  private giveUp(reason: Extract<DeviceChange, { status: "disconnected" }>["reason"], forget: boolean): void {
    this.isWanted = false;
    const forgotten = forget ? this.forget() : Promise.resolve();
    this.forgetting = forgotten.catch(() => {});
    forgotten
      .catch((error) => this.log.error({ err: error }, "forgetting credentials failed"))
      .finally(() => this.change({ status: "disconnected", reason }));
  }

  /** Resolves when all that happened so far is on disk. */
  private readonly told = () => Promise.all([this.order.idle(), this.inbox.idle()]);

  /** What was received with the keys is stored before they go. */
  private async forget(): Promise<void> {
    await this.told();
    this.auth = undefined;
    await this.deps.authStore.forget(this.device.id);
  }

  /** Ends the socket without an aftermath. */
  private async endSession(): Promise<void> {
    const { session } = this;
    if (!session) return;
    this.letGo(session);
    await session.socket.end(undefined);
  }

  private letGo({ socket, release, cancels }: Session): void {
    this.session = undefined;
    this.offer.interrupt();
    release();
    for (const cancel of cancels) cancel();
    this.outbound.pause();
    cutSocket(socket);
  }

  private change(change: DeviceChange): void {
    this.order.tell({ type: "device", device: this.device, change });
  }
}
