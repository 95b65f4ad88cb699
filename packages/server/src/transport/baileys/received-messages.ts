import { createHash } from "node:crypto";
import {
  type BinaryNode,
  DEFAULT_CONNECTION_CONFIG,
  type SignalDataSet,
  type SignalKeyStore,
  type SignalKeyStoreWithTransaction,
  type UserFacingSocketConfig,
} from "baileys";
import type { AuthStore } from "./auth-store.js";

/**
 * Baileys tells WhatsApp that a message arrived before it tells us, and a ciphertext can be decrypted only once: a process that is
 * killed in between would lose the message. So what a ciphertext said is kept, with the stanza it came in, in the very transaction
 * that moves the session on. From then on the message is ours: WhatsApp may forget it, and a repeat of the same ciphertext is
 * answered from here. It is kept until some time after the message is stored.
 */
export interface ReceivedMessage {
  /** A hash of the ciphertext. */
  id: string;
  /** The stanza without its ciphertexts. */
  stanza: BinaryNode;
  plaintext: Uint8Array;
  /** Grows with every message, also from one process to the next. */
  place: number;
}

export interface ReceivedMessages {
  makeSignalRepository: NonNullable<UserFacingSocketConfig["makeSignalRepository"]>;
  /** To be called with every stanza that comes, before Baileys works on it. */
  notice(stanza: BinaryNode): void;
  /** What was decrypted and perhaps never stored, the oldest first. */
  listKept(): Promise<ReceivedMessage[]>;
  /** These are stored; they are dropped a little later. */
  drop(ids: string[], keys: SignalKeyStore): Promise<void>;
}

/** The type of key under which they lie beside Baileys' own. */
const TYPE = "received-message";

/** How a received message is kept; Buffers survive it. */
type Kept = Omit<ReceivedMessage, "id">;

export function createReceivedMessages({
  deviceId,
  authStore,
  now,
  onReceived,
}: {
  deviceId: string;
  authStore: AuthStore;
  now: () => number;
  onReceived: (message: ReceivedMessage) => void;
}): ReceivedMessages {
  /** Baileys hands the very bytes of the stanza to the decryption. */
  const stanzas = new WeakMap<Uint8Array, BinaryNode>();
  let lastPlace = 0;

  /** Many come in one millisecond. */
  function nextPlace(): number {
    lastPlace = Math.max(lastPlace + 1, now() * 1_000);
    return lastPlace;
  }

  async function decryptOnce(
    keys: SignalKeyStore | SignalKeyStoreWithTransaction,
    session: string,
    ciphertext: Uint8Array,
    decrypt: () => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    const stanza = stanzas.get(ciphertext);
    if (!stanza || !("transaction" in keys)) return decrypt();
    const id = createHash("sha256").update(ciphertext).digest("base64url");
    const known = await find(keys, id);
    if (known) {
      onReceived({ id, ...known });
      return known.plaintext;
    }
    const kept = await keys.transaction(async () => {
      const plaintext = await decrypt();
      const message: Kept = { stanza: withoutCiphertexts(stanza), plaintext, place: nextPlace() };
      await keys.set(keySet({ [id]: message }));
      return message;
    }, session);
    onReceived({ id, ...kept });
    return kept.plaintext;
  }

  return {
    makeSignalRepository(auth, logger, pnToLid) {
      const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, pnToLid);
      return {
        ...repository,
        // Under the names of the locks that Baileys takes itself: nobody else touches the session meanwhile.
        decryptMessage: (message) =>
          decryptOnce(auth.keys, message.jid, message.ciphertext, () => repository.decryptMessage(message)),
        decryptGroupMessage: (message) =>
          decryptOnce(auth.keys, message.group, message.msg, () => repository.decryptGroupMessage(message)),
      };
    },
    notice(stanza) {
      if (stanza.tag !== "message" || !Array.isArray(stanza.content)) return;
      for (const { tag, content } of stanza.content) {
        if (tag === "enc" && content instanceof Uint8Array) stanzas.set(content, stanza);
      }
    },
    async listKept() {
      const kept = await authStore.list(deviceId, TYPE);
      return kept
        .map(({ id, value }): ReceivedMessage => ({ id, ...value }))
        .sort((one, other) => one.place - other.place);
    },
    async drop(ids, keys) {
      await keys.set(keySet(Object.fromEntries(ids.map((id) => [id, null]))));
    },
  };
}

async function find(keys: SignalKeyStore, id: string): Promise<Kept | undefined> {
  // Baileys' stores keep whatever type they are asked for; only its typings end at its own.
  const found: Record<string, unknown> = await keys.get(TYPE as "session", [id]);
  return found[id] as Kept | undefined;
}

const keySet = (values: Record<string, Kept | null>) => ({ [TYPE]: values }) as unknown as SignalDataSet;

function withoutCiphertexts(stanza: BinaryNode): BinaryNode {
  const { tag, attrs, content } = stanza;
  return { tag, attrs, content: Array.isArray(content) ? content.filter((child) => child.tag !== "enc") : [] };
}
