/**
 * Everything that comes from the inside of Baileys and libsignal: what they do not export, and what their types describe
 * wrongly. The rest of the package sees Signal through the functions below.
 */
import { generateSignalPubKey, type KeyPair } from "baileys";
import {
  GroupCipher,
  GroupSessionBuilder,
  SenderKeyDistributionMessage,
  SenderKeyName,
  SenderKeyRecord,
} from "baileys/lib/Signal/Group/index.js";
import { ProtocolAddress, SessionBuilder, SessionCipher, SessionRecord, type SignalStorage } from "libsignal";

/** What one device keeps for Signal. */
export interface SignalKeys {
  readonly registrationId: number;
  readonly identity: KeyPair;
  readonly signedPreKey: { readonly keyId: number; readonly keyPair: KeyPair; readonly signature: Uint8Array };
  readonly preKeys: Map<number, KeyPair>;
  /** Serialised, so that a message that cannot be decrypted leaves the session as it was. */
  readonly sessions: Map<string, Uint8Array>;
  readonly senderKeys: Map<string, SenderKeyRecord>;
}

/** The other device of a session. */
export interface Peer {
  readonly user: string;
  readonly device: number;
}

/** The public keys with which a session to a device begins. Raw keys of 32 bytes. */
export interface PreKeyBundle {
  readonly registrationId: number;
  readonly identity: Uint8Array;
  readonly signedPreKey: { readonly keyId: number; readonly publicKey: Uint8Array; readonly signature: Uint8Array };
  readonly preKey?: { readonly keyId: number; readonly publicKey: Uint8Array };
}

/** `pkmsg` opens a session, `msg` continues one, `skmsg` is encrypted with a group's sender key. */
export type EncryptionType = "pkmsg" | "msg" | "skmsg";

function signalPair(pair: KeyPair): { privKey: Buffer; pubKey: Buffer } {
  return { privKey: Buffer.from(pair.private), pubKey: Buffer.from(generateSignalPubKey(pair.public)) };
}

function storageOf(keys: SignalKeys): SignalStorage {
  return {
    loadSession: async (id) => {
      const session = keys.sessions.get(id);
      return session && SessionRecord.deserialize(session);
    },
    storeSession: async (id, session) => {
      keys.sessions.set(id, session.serialize());
    },
    isTrustedIdentity: () => true,
    loadPreKey: async (id) => {
      const pair = keys.preKeys.get(Number(id));
      return pair && signalPair(pair);
    },
    removePreKey: (id) => {
      keys.preKeys.delete(id);
    },
    loadSignedPreKey: () => signalPair(keys.signedPreKey.keyPair),
    getOurRegistrationId: () => keys.registrationId,
    getOurIdentity: () => signalPair(keys.identity),
  };
}

function senderKeyStoreOf(keys: SignalKeys) {
  return {
    loadSenderKey: async (name: SenderKeyName) => keys.senderKeys.get(name.toString()) ?? new SenderKeyRecord(),
    storeSenderKey: async (name: SenderKeyName, record: SenderKeyRecord) => {
      keys.senderKeys.set(name.toString(), record);
    },
  };
}

function addressOf(peer: Peer): ProtocolAddress {
  return new ProtocolAddress(peer.user, peer.device);
}

function senderKeyName(groupId: string, sender: Peer): SenderKeyName {
  const address = addressOf(sender);
  return new SenderKeyName(groupId, { id: address.id, deviceId: address.deviceId, toString: () => address.toString() });
}

export function hasSession(keys: SignalKeys, peer: Peer): boolean {
  const session = keys.sessions.get(addressOf(peer).toString());
  return session !== undefined && SessionRecord.deserialize(session).haveOpenSession();
}

export async function startSession(keys: SignalKeys, peer: Peer, bundle: PreKeyBundle): Promise<void> {
  const signalKey = <Key extends { publicKey: Uint8Array }>(key: Key) => ({
    ...key,
    publicKey: generateSignalPubKey(key.publicKey),
  });
  // Its types demand a one-time pre-key; the code does without when a server has none left.
  const builder: { initOutgoing(bundle: object): Promise<void> } = new SessionBuilder(storageOf(keys), addressOf(peer));
  await builder.initOutgoing({
    registrationId: bundle.registrationId,
    identityKey: generateSignalPubKey(bundle.identity),
    signedPreKey: signalKey(bundle.signedPreKey),
    preKey: bundle.preKey && signalKey(bundle.preKey),
  });
}

export async function encrypt(
  keys: SignalKeys,
  peer: Peer,
  plaintext: Uint8Array,
): Promise<{ type: EncryptionType; ciphertext: Buffer }> {
  const cipher = new SessionCipher(storageOf(keys), addressOf(peer));
  const { type, body } = await cipher.encrypt(Buffer.from(plaintext));
  // Typed as a string, and a Buffer since libsignal 6: this reads both.
  return { type: type === 3 ? "pkmsg" : "msg", ciphertext: Buffer.from(body, "binary") };
}

export async function decrypt(
  keys: SignalKeys,
  peer: Peer,
  type: "pkmsg" | "msg",
  ciphertext: Uint8Array,
): Promise<Uint8Array> {
  const cipher = new SessionCipher(storageOf(keys), addressOf(peer));
  const bytes = Buffer.from(ciphertext);
  return type === "pkmsg" ? cipher.decryptPreKeyWhisperMessage(bytes) : cipher.decryptWhisperMessage(bytes);
}

/** The message that tells the members of a group how to read what this device sends there. */
export async function createSenderKey(keys: SignalKeys, groupId: string, self: Peer): Promise<Uint8Array> {
  const message = await new GroupSessionBuilder(senderKeyStoreOf(keys)).create(senderKeyName(groupId, self));
  return message.serialize();
}

export async function learnSenderKey(
  keys: SignalKeys,
  groupId: string,
  sender: Peer,
  distribution: Uint8Array,
): Promise<void> {
  const message = new SenderKeyDistributionMessage(null, null, null, null, Buffer.from(distribution));
  await new GroupSessionBuilder(senderKeyStoreOf(keys)).process(senderKeyName(groupId, sender), message);
}

export async function encryptForGroup(
  keys: SignalKeys,
  groupId: string,
  self: Peer,
  plaintext: Uint8Array,
): Promise<Uint8Array> {
  return new GroupCipher(senderKeyStoreOf(keys), senderKeyName(groupId, self)).encrypt(plaintext);
}

export async function decryptFromGroup(
  keys: SignalKeys,
  groupId: string,
  sender: Peer,
  ciphertext: Uint8Array,
): Promise<Uint8Array> {
  return new GroupCipher(senderKeyStoreOf(keys), senderKeyName(groupId, sender)).decrypt(Buffer.from(ciphertext));
}
