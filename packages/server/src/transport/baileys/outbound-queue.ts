import { jidNormalizedUser, proto, type WASocket } from "baileys";
import type { Logger } from "pino";
import type { Clock } from "../../clock.js";
import type { Outcome, OutgoingMessage, PreparedMessage } from "../transport.js";
import { jidOfLid } from "./addresses.js";
import { depart } from "./departures.js";
import type { Numbers } from "./numbers.js";
import { reasonOf } from "./quiet-logger.js";

/** Messages that the server has not acknowledged yet; more than these wait. */
const MOST_IN_FLIGHT = 20;
/** After this the acknowledgement is not waited for any more; the next connection sends the message again. */
const ACKNOWLEDGEMENT_TIMEOUT_MS = 30_000;
/** A message that a working connection cannot send is not tried more often than this, as it holds up the others. */
const MOST_ATTEMPTS = 3;

interface Entry {
  message: OutgoingMessage & { prepared: PreparedMessage };
  /** The order of acceptance. */
  number: number;
  /** It may have left before, so that the keys it was encrypted with may be lost. */
  mayBeOut: boolean;
  /** It was on a socket before: what the other side says of it need not be about the present attempt. */
  wasOut: boolean;
  attempts: number;
  /** It was handed to the socket, and its keys are on their way to disk. */
  left: Promise<void>;
  /** Its keys are on disk. */
  relayed: Promise<void>;
  cancelTimeout: () => void;
}

/**
 * The messages of one device on their way out, in the order of their acceptance. One after the other goes to the socket; what a lost
 * connection left without an acknowledgement goes again with the next one, the same bytes under the same id, before anything newer.
 */
export class OutboundQueue {
  private waiting: Entry[] = [];
  private readonly inFlight = new Map<string, Entry>();
  /** Sent, and not acknowledged in time. */
  private readonly overdue = new Map<string, Entry>();
  private socket: WASocket | undefined;
  private warmed = new Map<string, Promise<string | undefined>>();
  /** The socket that messages are being handed to; a call on one that broke may return only much later. */
  private pumping: WASocket | undefined;
  /** The socket that has sessions to renew before anything leaves. */
  private renewing: WASocket | undefined;
  private accepted = 0;

  constructor(
    private readonly deps: {
      clock: Clock;
      log: Logger;
      numbers: Numbers;
      tell: (message: OutgoingMessage, outcome: Outcome) => void;
    },
  ) {}

  add(message: Entry["message"]): void {
    const { isRepeated } = message;
    const entry: Entry = {
      message,
      number: this.accepted++,
      mayBeOut: isRepeated,
      wasOut: isRepeated,
      attempts: 0,
      left: Promise.resolve(),
      relayed: Promise.resolve(),
      cancelTimeout: () => {},
    };
    this.waiting.push(entry);
    if (this.socket) void this.warmUp(this.socket, entry);
    void this.pump();
  }

  /** The device is connected: begins with what the last connection left. */
  resume(socket: WASocket): void {
    this.pause();
    this.socket = socket;
    void this.begin(socket);
  }

  /** The connection is lost: whatever was not acknowledged waits for the next one. */
  pause(): void {
    this.socket = undefined;
    this.warmed = new Map();
    const left = [...this.inFlight.values(), ...this.overdue.values()];
    for (const entry of left) {
      entry.cancelTimeout();
      entry.wasOut = true;
    }
    this.inFlight.clear();
    this.overdue.clear();
    this.waiting = [...left, ...this.waiting].sort((one, other) => one.number - other.number);
  }

  /** Resolves when nothing is between the socket and the key store: then the process may end. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.inFlight.values()].map((entry) => entry.relayed));
  }

  /** The server answered. */
  async acknowledge(whatsappId: string, outcome: Outcome): Promise<void> {
    const entry = this.find(whatsappId);
    if (!entry) return;
    // What is told from now on is on disk together with the keys, or later: only with them the next message can be read after a crash.
    await entry.left;
    this.finish(entry);
    this.deps.tell(entry.message, outcome);
  }

  /** The other side has it, so it is out, acknowledged or not. Resolves when that may be told. */
  async received(whatsappId: string): Promise<void> {
    const entry = this.find(whatsappId);
    if (!entry) return;
    // While this is waited for, nothing leaves the socket; an attempt that needs the socket must not be part of that.
    if (!entry.wasOut) await entry.left;
    this.finish(entry);
  }

  /** After a lost connection a message waits to go out again; what is told of it then makes that needless. */
  private find(whatsappId: string): Entry | undefined {
    return (
      this.inFlight.get(whatsappId) ??
      this.overdue.get(whatsappId) ??
      this.waiting.find(({ message }) => message.prepared.whatsappId === whatsappId)
    );
  }

  private finish(entry: Entry): void {
    entry.cancelTimeout();
    const { whatsappId } = entry.message.prepared;
    this.inFlight.delete(whatsappId);
    this.overdue.delete(whatsappId);
    this.waiting = this.waiting.filter((other) => other !== entry);
    void this.pump();
  }

  private async begin(socket: WASocket): Promise<void> {
    const doubtful = this.waiting.filter((entry) => entry.mayBeOut);
    this.renewing = socket;
    if (doubtful.length > 0) await this.renewSessions(socket, doubtful);
    if (this.renewing === socket) this.renewing = undefined;
    await this.pump();
  }

  /**
   * A process that died, or a socket that broke, between the write and the commit of the keys has put a session back that the other
   * side has moved on: what is encrypted with it cannot be read. A fresh session always can.
   */
  private async renewSessions(socket: WASocket, entries: Entry[]): Promise<void> {
    try {
      const jids = await Promise.all(entries.map((entry) => this.warmUp(socket, entry)));
      const people = new Set(jids.filter((jid) => jid !== undefined));
      const own = [socket.user?.id, socket.user?.lid].flatMap((jid) => (jid ? jidNormalizedUser(jid) : []));
      const devices = await socket.getUSyncDevices([...people, ...own], false, false);
      const others = devices.map(({ jid }) => jid).filter((jid) => jid !== socket.user?.id && jid !== socket.user?.lid);
      await socket.assertSessions(others, true);
      for (const entry of entries) entry.mayBeOut = false;
    } catch (error) {
      this.deps.log.warn({ reason: reasonOf(error) }, "renewing sessions failed");
    }
  }

  private async pump(): Promise<void> {
    const { socket } = this;
    if (!socket || this.pumping === socket || this.renewing === socket) return;
    this.pumping = socket;
    try {
      while (this.socket === socket) {
        const entry = this.waiting[0];
        if (!entry || this.inFlight.size >= MOST_IN_FLIGHT) return;
        await this.sendNext(socket, entry);
      }
    } finally {
      if (this.pumping === socket) this.pumping = undefined;
    }
  }

  private async sendNext(socket: WASocket, entry: Entry): Promise<void> {
    const { message } = entry;
    if (message.expiresAt <= this.deps.clock.now()) {
      // The messenger expires it in the database.
      this.remove(entry);
      return;
    }
    try {
      const jid = await this.warmUp(socket, entry);
      if (this.socket !== socket || this.waiting[0] !== entry) return;
      if (jid === undefined) {
        this.remove(entry);
        const text = `${message.to.phoneNumber} is not on WhatsApp`;
        this.deps.tell(message, { status: "failed", code: "not_on_whatsapp", message: text });
        return;
      }
      await this.relay(socket, entry, jid);
    } catch (error) {
      this.failed(socket, entry, error);
    }
  }

  private async relay(socket: WASocket, entry: Entry, jid: string): Promise<void> {
    const { whatsappId, payload } = entry.message.prepared;
    this.remove(entry);
    this.inFlight.set(whatsappId, entry);
    const message = proto.Message.decode(payload);
    const { done, keysQueued } = depart(() => socket.relayMessage(jid, message, { messageId: whatsappId }));
    entry.relayed = done.then(
      () => undefined,
      (error) => this.failed(socket, entry, error),
    );
    entry.left = Promise.race([keysQueued, entry.relayed]);
    await entry.left;
    if (this.socket !== socket || this.inFlight.get(whatsappId) !== entry) return;
    entry.cancelTimeout = this.deps.clock.after(ACKNOWLEDGEMENT_TIMEOUT_MS, () => {
      this.inFlight.delete(whatsappId);
      this.overdue.set(whatsappId, entry);
      void this.pump();
    });
  }

  private failed(socket: WASocket, entry: Entry, error: unknown): void {
    const { whatsappId } = entry.message.prepared;
    // It was acknowledged meanwhile, so it is out.
    if (this.find(whatsappId) !== entry) return;
    entry.mayBeOut = true;
    entry.wasOut = true;
    entry.cancelTimeout();
    this.overdue.delete(whatsappId);
    // The connection is gone: pause() has put it back, or will.
    if (this.socket !== socket || !socket.ws.isOpen) {
      if (this.socket === socket) {
        this.socket = undefined;
        this.inFlight.delete(whatsappId);
        if (!this.waiting.includes(entry)) this.waiting.unshift(entry);
      }
      return;
    }
    this.inFlight.delete(whatsappId);
    this.warmed.clear();
    entry.attempts += 1;
    const told = { reason: reasonOf(error), message_id: entry.message.messageId, attempt: entry.attempts };
    this.deps.log.warn(told, "sending failed");
    if (entry.attempts < MOST_ATTEMPTS) {
      if (!this.waiting.includes(entry)) this.waiting.unshift(entry);
      void this.pump();
      return;
    }
    this.remove(entry);
    const text = "The message could not be encrypted for its recipient";
    this.deps.tell(entry.message, { status: "failed", code: "rejected", message: text });
  }

  private remove(entry: Entry): void {
    this.waiting = this.waiting.filter((other) => other !== entry);
  }

  /**
   * Where to write to, with its devices and sessions ready. For somebody new that takes several round trips, which should not hold up
   * the messages before; so it begins when a message is accepted. Undefined when the number is not on WhatsApp.
   */
  private warmUp(socket: WASocket, { message }: Entry): Promise<string | undefined> {
    const { to, spaceId } = message;
    const key = to.phoneNumber ?? `lid ${to.lid}`;
    const known = this.warmed.get(key);
    if (known) return known;
    const warming = (async () => {
      const jid =
        to.phoneNumber === null
          ? jidOfLid(to.lid ?? "")
          : await this.deps.numbers.resolve(socket, spaceId, to.phoneNumber);
      if (jid === undefined) return undefined;
      const devices = await socket.getUSyncDevices([jid], true, false);
      await socket.assertSessions(
        devices.map((device) => device.jid),
        false,
      );
      return jid;
    })();
    // Whoever awaits it deals with it; nobody may be there yet.
    warming.catch(() => this.warmed.delete(key));
    this.warmed.set(key, warming);
    return warming;
  }
}
