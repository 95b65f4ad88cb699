import { decodeBinaryNode, encodeBinaryNode, type proto } from "baileys";
import type { WebSocket } from "ws";
import type { Companion, CompanionKeys } from "./account.js";
import { login } from "./login.js";
import { FrameReader, NoiseHandshake, type Transport, toFrame } from "./noise.js";
import { offerPairing } from "./pairing.js";
import type { PairingCodeExchange } from "./pairing-code.js";
import type { Server } from "./server.js";
import { element, type Stanza } from "./stanza.js";
import { receiveStanza } from "./stanzas.js";

/** A client without an account that waits to be linked. */
export interface Registration {
  readonly keys: CompanionKeys;
  readonly noiseKey: Uint8Array;
  /** The references of the QR codes that it may show. */
  readonly references: string[];
  platform: string;
  pairingCode: PairingCodeExchange | undefined;
  /** Called with the client's `pair-device-sign`. */
  onSigned: ((stanza: Stanza) => void) | undefined;
}

/** How long a client gets to read the last stanza before the socket closes. */
const LAST_WORDS_MS = 20;

/** One client's socket, from the handshake to the close. Frames are handled strictly one after the other. */
export class Connection {
  registration: Registration | undefined;
  companion: Companion | undefined;
  closed = false;
  private readonly reader = new FrameReader();
  private readonly handshake: NoiseHandshake;
  private step: "hello" | "finish" | "open" = "hello";
  private transport: Transport | undefined;
  private lastFrame: Promise<void> = Promise.resolve();
  private answering = true;

  constructor(
    private readonly server: Server,
    private readonly socket: WebSocket,
  ) {
    this.handshake = new NoiseHandshake(server.noise);
    server.connections.add(this);
    socket.on("message", (data) => {
      if (Buffer.isBuffer(data)) this.receive(data);
    });
    socket.on("close", () => this.forget());
    socket.on("error", () => socket.terminate());
  }

  get open(): boolean {
    return this.transport !== undefined && this.answering && !this.closed;
  }

  /** Encodes, encrypts and writes in one go: the nonce is the order on the wire. */
  send(stanza: Stanza): void {
    if (!this.transport || !this.open) return;
    this.observe("to client", stanza);
    this.socket.send(toFrame(this.transport.send.seal(encodeBinaryNode(stanza))));
  }

  /** Says why, and closes. */
  end(lastWords: Stanza): void {
    this.send(lastWords);
    this.answering = false;
    this.release();
    this.server.waiting.after(LAST_WORDS_MS, () => this.socket.close());
  }

  streamError(code: number | undefined, content?: Stanza[]): void {
    this.end(element("stream:error", { code }, content));
  }

  /** Loses the socket: with WebSocket's close frame, or without as when a cable is cut. */
  drop(options: { closeFrame: boolean }): void {
    this.answering = false;
    this.release();
    if (options.closeFrame) this.socket.close(1001);
    else this.socket.terminate();
  }

  /**
   * Leaves the socket open and answers nothing more; the WebSocket layer still takes part in a close, unless the network
   * is gone altogether.
   */
  stopAnswering(options: { networkGone: boolean }): void {
    this.answering = false;
    if (options.networkGone) this.socket.pause();
    this.release();
  }

  private receive(data: Buffer): void {
    this.lastFrame = this.lastFrame.then(async () => {
      try {
        for (const frame of this.reader.read(data)) if (this.answering) await this.receiveFrame(frame);
      } catch (error) {
        this.server.notUnderstood.push(`a frame of ${this.name()}: ${error instanceof Error ? error.message : error}`);
        this.server.waiting.changed();
        this.drop({ closeFrame: true });
      }
    });
  }

  private async receiveFrame(frame: Buffer): Promise<void> {
    if (this.step === "hello") {
      this.socket.send(toFrame(this.handshake.answerHello(frame)));
      this.step = "finish";
    } else if (this.step === "finish") {
      const { payload, clientKey, transport } = this.handshake.finish(frame);
      this.transport = transport;
      this.step = "open";
      this.begin(payload, clientKey);
    } else if (this.transport) {
      const stanza = await decodeBinaryNode(this.transport.receive.open(frame));
      this.observe("from client", stanza);
      await receiveStanza(this.server, this, stanza);
      this.server.waiting.changed();
    }
  }

  /** A payload with a user name logs in; one without registers a new device. */
  private begin(payload: proto.ClientPayload, clientKey: Uint8Array): void {
    const user = String(payload.username ?? 0);
    if (user === "0") this.registration = offerPairing(this.server, this, payload, clientKey);
    else login(this.server, this, user, payload.device ?? 0);
    this.server.waiting.changed();
  }

  private observe(direction: "from client" | "to client", stanza: Stanza): void {
    const phoneNumber = this.companion?.account.phoneNumber;
    for (const observer of this.server.observers) {
      observer({ direction, phoneNumber, deviceId: this.companion?.id, stanza });
    }
  }

  private name(): string {
    if (this.companion) return `${this.companion.account.phoneNumber}:${this.companion.id}`;
    return this.registration ? "a registering client" : "a client in its handshake";
  }

  private release(): void {
    if (this.companion?.connection === this) this.companion.connection = undefined;
    this.server.waiting.changed();
  }

  private forget(): void {
    this.closed = true;
    this.server.connections.delete(this);
    this.release();
  }
}
