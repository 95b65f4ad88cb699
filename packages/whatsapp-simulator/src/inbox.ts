import type { proto } from "baileys";
import type { Addressing } from "./addresses.js";
import type { EncryptionType } from "./signal-device.js";

/** A message as it came out of a ciphertext. */
export interface ReceivedMessage {
  readonly id: string;
  readonly fromMe: false;
  /** The phone number of the sender. */
  readonly from: string;
  /** The phone number it was written to, or the group's id. */
  readonly chat: string;
  /** The text of a text message, the caption of a medium. */
  readonly text: string | undefined;
  /** Everything that was in it. */
  readonly message: proto.IMessage;
  /** The stanza's type: `text`, `media`, `reaction`, `poll`. */
  readonly type: string;
  readonly addressing: Addressing;
  /** How this ciphertext was encrypted; undefined when it came from another simulated phone. */
  readonly encryption: EncryptionType | undefined;
  /** Whether a message with this id had been received before. */
  readonly duplicate: boolean;
  /** 1 and up when the sender wrote it once more because we could not read it. */
  readonly retry: number;
  readonly at: Date;
}

/** A ciphertext that could not be read: the person sees "waiting for this message". */
export interface UndecryptableMessage {
  readonly id: string;
  readonly from: string;
  readonly error: Error;
  /** Whether the same message had been read before: then the person sees nothing new, and nobody is asked again. */
  readonly alreadyShown: boolean;
}

/** What a client told us about a message that was sent to it. */
export interface ReceivedReceipt {
  readonly messageId: string;
  /** `delivered`, `inactive` (delivered while not online), `read`, `played`, `sender`, `peer_msg`, `hist_sync`. */
  readonly type: string;
  readonly from: string;
}

/** Everything that arrived at one simulated phone. */
export class Inbox {
  /** One entry for every ciphertext that could be read, in order. */
  readonly received: ReceivedMessage[] = [];
  readonly undecryptable: UndecryptableMessage[] = [];
  readonly receipts: ReceivedReceipt[] = [];
  readonly chatStates: { from: string; state: string }[] = [];
  presence: string | undefined;
  private readonly seen = new Set<string>();
  private taken = 0;

  hasSeen(from: string, id: string): boolean {
    return this.seen.has(`${from} ${id}`);
  }

  /** What the person sees: WhatsApp shows an id of a sender once. */
  get shown(): ReceivedMessage[] {
    return this.received.filter((message) => !message.duplicate);
  }

  record(message: Omit<ReceivedMessage, "duplicate">): ReceivedMessage {
    const recorded = { ...message, duplicate: this.hasSeen(message.from, message.id) };
    this.seen.add(`${message.from} ${message.id}`);
    this.received.push(recorded);
    return recorded;
  }

  /** The oldest shown message that was not taken yet. */
  takeNext(): ReceivedMessage | undefined {
    while (this.taken < this.received.length) {
      const message = this.received[this.taken++];
      if (message && !message.duplicate) return message;
    }
    return undefined;
  }
}
