import type { components } from "../generated/openapi.js";

type Schemas = components["schemas"];

/** Whom a message goes to or comes from. At least one is known; WhatsApp hides some people's numbers behind a LID. */
export interface Address {
  /** E.164. */
  phoneNumber: string | null;
  /** WhatsApp's own id of an account, digits only. */
  lid: string | null;
}

/** A device as transports need to know it. */
export interface TransportDevice {
  id: string;
  spaceId: number;
}

/** A text on its way to WhatsApp. The message is stored already; the transport may be asked for it again after a crash. */
export interface OutgoingMessage {
  spaceId: number;
  deviceId: string;
  messageId: string;
  to: Address;
  text: string;
  /** What `prepare` gave when the message was accepted. */
  prepared: PreparedMessage | null;
  /** After this it is not wanted any more. */
  expiresAt: number;
  /** It may have gone out before, without an acknowledgement that anybody remembers. */
  isRepeated: boolean;
}

/** The id and the bytes under which a message goes out, every time it has to. */
export interface PreparedMessage {
  whatsappId: string;
  payload: Uint8Array;
}

/** A message as a restart finds it: acknowledged, but not yet read. */
export interface UnfinishedMessage extends OutgoingMessage {
  status: "sent" | "delivered";
}

/** How the sending of a message went on. */
export type Outcome =
  | { status: "sent" | "delivered" | "read" }
  | { status: "failed"; code: Schemas["FailureCode"]; message: string };

/** A message that came in, or that the phone itself sent; once for each device and WhatsApp id, whatever the transport repeats. */
export interface InboundMessage {
  spaceId: number;
  deviceId: string;
  /** The id that WhatsApp gave it; what makes a repeat known. */
  whatsappId: string;
  /** The other side of the chat; in a group the member who wrote. */
  contact: Address;
  contactName: string | null;
  isBusiness: boolean;
  direction: "inbound" | "outbound";
  messageType: Schemas["MessageType"];
  /** The text or caption, or what stands for it. */
  content: string | null;
  /** The WhatsApp id of the message that this one answers, and the beginning of its text. */
  replyTo: { whatsappId: string; text: string | null } | null;
  media: Schemas["MessageMedia"] | null;
  group: { id: string; name: string | null } | null;
  /** WhatsApp's time. */
  sentAt: number;
  /** Synced at pairing: stored, but no event. */
  isHistory: boolean;
}

export type DeviceChange =
  | { status: "connected"; phoneNumber: string }
  | { status: "qr_pending"; qr: string; expiresAt: number }
  | { status: "disconnected"; reason: Schemas["DisconnectReason"] }
  /** WhatsApp limits what the account may send (error 463); it stays connected. */
  | { status: "restricted" };

/** What a transport tells of. */
export type TransportEvent =
  | { type: "outcome"; spaceId: number; messageId: string; outcome: Outcome }
  /** The other side got or read a message, known by WhatsApp's id alone; it may be stored only later. */
  | { type: "receipt"; device: TransportDevice; whatsappId: string; status: "delivered" | "read" }
  /** No acknowledgement is to be expected soon: whoever waits for one need not go on. */
  | { type: "unacknowledged"; messageId: string }
  | { type: "inbound"; message: InboundMessage }
  | { type: "device"; device: TransportDevice; change: DeviceChange }
  /** What WhatsApp tells of a contact that may be known here; a number and a LID together are one person. */
  | { type: "contact"; spaceId: number; contact: Address; name?: string; isBusiness?: boolean; profilePicUrl?: string };

/** Whether an event may wait some milliseconds for company on its way to disk: no request waits for it. */
export const isPatient = ({ type }: TransportEvent): boolean => type === "receipt";

/** Resolves once what the events tell is on disk, in their order. */
export type TransportListener = (events: TransportEvent[]) => Promise<void>;

/** The port between the domain and a way to reach WhatsApp: numbers, LIDs and texts cross it, WhatsApp's addresses (JIDs) do not. */
export interface Transport {
  /** Begins to work and takes up what was left unfinished; everything that happens goes to `listener`. */
  start(listener: TransportListener): Promise<void>;
  /** Makes what is stored with a message, so that it stays the same however often it goes out. Null where nothing ever does. */
  prepare(text: string): PreparedMessage | null;
  /** Whether a message is acknowledged as soon as it is stored: what never leaves the process has nothing to wait for. */
  acknowledgesAtOnce(to: Address): boolean;
  /** Hands a message over. How it went comes as an event, but for an acknowledgement at once. */
  send(message: OutgoingMessage): Promise<void>;
  stop(): Promise<void>;

  /** Connects a device, which shows QR codes first when it is not paired. Resolves when it has begun; events tell the rest. */
  connect(device: TransportDevice): Promise<void>;
  /** The QR code that is to be scanned now, if any. */
  currentQr(device: TransportDevice): { qr: string; expiresAt: number } | undefined;
  /** Starts pairing by code instead: the code is typed in on the phone. */
  requestPairingCode(device: TransportDevice, phoneNumber: string): Promise<{ code: string; expiresAt: number }>;
  /** Unlinks the device from its phone where it can be reached, and forgets its credentials in any case. */
  logout(device: TransportDevice): Promise<void>;
  /** Ends the connection and all that is kept of the device; its rows are the caller's. */
  remove(device: TransportDevice): Promise<void>;
  /** Which of these numbers have a WhatsApp account, asked of WhatsApp through a connected device. */
  lookup(
    device: TransportDevice,
    phoneNumbers: string[],
  ): Promise<{ phoneNumber: string; isOnWhatsApp: boolean; isBusiness: boolean | null }[]>;
  /** Where a contact's picture is, if it shows one. */
  profilePicture(device: TransportDevice, contact: Address): Promise<string | null>;
}
