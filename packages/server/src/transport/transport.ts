import type { components } from "../generated/openapi.js";

/** A text on its way to WhatsApp. The message is stored already; the transport may be asked for it again after a crash. */
export interface OutgoingMessage {
  spaceId: number;
  deviceId: string;
  messageId: string;
  /** E.164. */
  to: string;
  text: string;
}

/** How the sending of a message went on. */
export type Outcome =
  | { status: "sent" | "delivered" | "read" }
  | { status: "failed"; code: components["schemas"]["FailureCode"]; message: string };

/** A message that came in. */
export interface InboundMessage {
  spaceId: number;
  deviceId: string;
  /** E.164. */
  from: string;
  messageType: "text";
  text: string;
  /** WhatsApp's time. */
  sentAt: number;
}

/** What a transport tells of. */
export type TransportEvent =
  | { type: "outcome"; spaceId: number; messageId: string; outcome: Outcome }
  /** No acknowledgement is to be expected soon: whoever waits for one need not go on. */
  | { type: "unacknowledged"; messageId: string }
  | { type: "inbound"; message: InboundMessage };

/** Resolves once what the events tell is on disk, in their order. */
export type TransportListener = (events: TransportEvent[]) => Promise<void>;

/** The port between the domain and a way to reach WhatsApp: numbers, ids and texts cross it, WhatsApp's own addresses do not. */
export interface Transport {
  /** Begins to work and takes up what was left unfinished; everything that happens goes to `listener`. */
  start(listener: TransportListener): Promise<void>;
  /** Hands a message over. How it went comes as an event. */
  send(message: OutgoingMessage): Promise<void>;
  stop(): Promise<void>;
}
