/**
 * What is being sent. It outlives the page that it was written on, so that what fails is still there when one comes back; and it
 * keeps the Idempotency-Key of each text, so that trying again never sends it twice.
 */
import { ApiError } from "../../api/errors.js";
import { onForget } from "../../api/session.js";
import type { SentMessage } from "../../generated/resources.js";

export type Outgoing = {
  /** Its Idempotency-Key. */
  key: string;
  /** The conversation: the mode and the contact. */
  to: string;
  text: string;
  deviceId: string | undefined;
  at: string;
  isSending: boolean;
  /** Why it is not known to be sent. */
  error?: unknown;
};

/** Gives up when the signal says so. */
export type Deliver = (outgoing: Outgoing, signal: AbortSignal) => Promise<SentMessage>;

/** What became of it: the server has it, though WhatsApp may have refused it, or it waits to be tried again. */
export type Result = SentMessage | "stored as failed" | "not sent";

export function createOutbox(newKey: () => string = newIdempotencyKey) {
  let all: readonly Outgoing[] = [];
  let clearing = new AbortController();
  const listeners = new Set<() => void>();
  const change = (next: readonly Outgoing[]) => {
    all = next;
    for (const listener of listeners) listener();
  };
  const update = (key: string, change_: Partial<Outgoing>) =>
    change(all.map((each) => (each.key === key ? { ...each, ...change_ } : each)));
  const discard = (key: string) => change(all.filter((each) => each.key !== key));

  async function attempt(outgoing: Outgoing, deliver: Deliver): Promise<Result> {
    try {
      const sent = await deliver(outgoing, clearing.signal);
      discard(outgoing.key);
      return sent;
    } catch (error) {
      if (isStored(error)) {
        // It stands in the conversation as what it is, and its key would bring the same answer for ever.
        discard(outgoing.key);
        return "stored as failed";
      }
      update(outgoing.key, { isSending: false, error });
      return "not sent";
    }
  }

  return {
    all: (): readonly Outgoing[] => all,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** With a key of one's own, the text goes out only once, also when it is sent again with that key. */
    async send(
      to: string,
      text: string,
      deviceId: string | undefined,
      deliver: Deliver,
      key = newKey(),
    ): Promise<Result> {
      if (all.some((each) => each.key === key)) return "not sent";
      const at = new Date().toISOString();
      const outgoing: Outgoing = { key, to, text, deviceId, at, isSending: true };
      change([...all, outgoing]);
      return attempt(outgoing, deliver);
    },
    /** The same text under the same key: if the server has it after all, it answers what it answered then. */
    async tryAgain(key: string, deliver: Deliver): Promise<Result> {
      const outgoing = all.find((each) => each.key === key);
      if (!outgoing || outgoing.isSending) return "not sent";
      update(key, { isSending: true, error: undefined });
      return attempt(outgoing, deliver);
    },
    discard,
    /** Forgets all, and ends what is under way: tried again later, it would go out in the name of whoever signs in next. */
    clear(): void {
      clearing.abort();
      clearing = new AbortController();
      change([]);
    },
  };
}

/** The server names the message where a sending failed after it was stored. */
export const isStored = (error: unknown): boolean => error instanceof ApiError && error.messageId !== undefined;

/** Whether nothing of it is stored, as its device was not connected: it may go out from another one. */
export const isUntouched = (error: unknown): boolean =>
  error instanceof ApiError && error.code === "device_not_connected" && !isStored(error);

/** Over plain HTTP browsers have no `randomUUID`. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const outbox = createOutbox();
onForget(outbox.clear);
