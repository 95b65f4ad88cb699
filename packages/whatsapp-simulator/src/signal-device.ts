import {
  Curve,
  generateRegistrationId,
  type KeyPair,
  proto,
  signedKeyPair,
  unpadRandomMax16,
  writeRandomPadMax16,
} from "baileys";
import * as signal from "./borrowed.js";

export type { EncryptionType, Peer, PreKeyBundle } from "./borrowed.js";

export interface Encrypted {
  readonly type: signal.EncryptionType;
  readonly ciphertext: Uint8Array;
}

/** A simulated phone's Signal state: it opens sessions, encrypts and decrypts for real. */
export class SignalDevice {
  private identityPair: KeyPair = Curve.generateKeyPair();
  private keys: signal.SignalKeys = this.freshKeys();
  private nextPreKeyId = 1;
  private lastJob: Promise<unknown> = Promise.resolve();

  /** The long-lived key that others know this device by. */
  get identity(): KeyPair {
    return this.identityPair;
  }

  get registrationId(): number {
    return this.keys.registrationId;
  }

  /** Runs one job after the other, so that the order of ciphertexts is the order of calls. Jobs must not nest. */
  inOrder<Result>(job: () => Promise<Result>): Promise<Result> {
    const result = this.lastJob.then(job);
    this.lastJob = result.catch(() => undefined);
    return result;
  }

  /** The keys handed out to somebody who wants to write to this device; one-time pre-keys are never given twice. */
  createBundle(options: { preKey: boolean }): signal.PreKeyBundle {
    const { keyId, keyPair, signature } = this.keys.signedPreKey;
    const bundle = {
      registrationId: this.keys.registrationId,
      identity: this.identity.public,
      signedPreKey: { keyId, publicKey: keyPair.public, signature },
    };
    if (!options.preKey) return bundle;
    const preKeyId = this.nextPreKeyId++;
    const preKey = Curve.generateKeyPair();
    this.keys.preKeys.set(preKeyId, preKey);
    return { ...bundle, preKey: { keyId: preKeyId, publicKey: preKey.public } };
  }

  hasSession(peer: signal.Peer): boolean {
    return signal.hasSession(this.keys, peer);
  }

  startSession(peer: signal.Peer, bundle: signal.PreKeyBundle): Promise<void> {
    return signal.startSession(this.keys, peer, bundle);
  }

  encrypt(peer: signal.Peer, message: proto.IMessage): Promise<Encrypted> {
    return signal.encrypt(this.keys, peer, pad(message));
  }

  async decrypt(peer: signal.Peer, type: "pkmsg" | "msg", ciphertext: Uint8Array): Promise<proto.IMessage> {
    return unpad(await signal.decrypt(this.keys, peer, type, ciphertext));
  }

  createSenderKey(groupId: string, self: signal.Peer): Promise<Uint8Array> {
    return signal.createSenderKey(this.keys, groupId, self);
  }

  learnSenderKey(groupId: string, sender: signal.Peer, distribution: Uint8Array): Promise<void> {
    return signal.learnSenderKey(this.keys, groupId, sender, distribution);
  }

  async encryptForGroup(groupId: string, self: signal.Peer, message: proto.IMessage): Promise<Encrypted> {
    const ciphertext = await signal.encryptForGroup(this.keys, groupId, self, pad(message));
    return { type: "skmsg", ciphertext };
  }

  async decryptFromGroup(groupId: string, sender: signal.Peer, ciphertext: Uint8Array): Promise<proto.IMessage> {
    return unpad(await signal.decryptFromGroup(this.keys, groupId, sender, ciphertext));
  }

  /** Forgets sessions, pre-keys and sender keys, and keeps the identity: a phone restored from an old backup. */
  forgetSessions(): void {
    this.keys = this.freshKeys();
  }

  /** Forgets everything, the identity included: WhatsApp installed anew. */
  reinstall(): void {
    this.identityPair = Curve.generateKeyPair();
    this.forgetSessions();
  }

  private freshKeys(): signal.SignalKeys {
    return {
      registrationId: generateRegistrationId(),
      identity: this.identity,
      signedPreKey: signedKeyPair(this.identity, 1),
      preKeys: new Map(),
      sessions: new Map(),
      senderKeys: new Map(),
    };
  }
}

function pad(message: proto.IMessage): Uint8Array {
  return writeRandomPadMax16(proto.Message.encode(message).finish());
}

function unpad(plaintext: Uint8Array): proto.IMessage {
  return proto.Message.decode(unpadRandomMax16(plaintext));
}
