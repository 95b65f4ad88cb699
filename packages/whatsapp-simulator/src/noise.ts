import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  hkdf,
  type KeyPair,
  NOISE_MODE,
  NOISE_WA_HEADER,
  proto,
  sha256,
} from "baileys";

const EMPTY = Buffer.alloc(0);
const ROUTING_MARK = "ED";

/** The server's long-lived side of the handshake: a static key, and the chain that a root key signed for it. */
export interface NoiseIdentity {
  readonly staticKey: KeyPair;
  /** An encoded `CertChain`. */
  readonly certificates: Uint8Array;
}

/** Signs a chain of root, intermediate and leaf, the way clients check it: the root is issuer 0. */
export function createNoiseIdentity(root: KeyPair): NoiseIdentity {
  const staticKey = Curve.generateKeyPair();
  const intermediate = Curve.generateKeyPair();
  const { Details } = proto.CertChain.NoiseCertificate;
  const always = { notBefore: 1, notAfter: 4_102_444_800 };
  const intermediateDetails = Details.encode({
    serial: 1,
    issuerSerial: 0,
    key: intermediate.public,
    ...always,
  }).finish();
  const leafDetails = Details.encode({ serial: 2, issuerSerial: 1, key: staticKey.public, ...always }).finish();
  const certificates = proto.CertChain.encode({
    intermediate: { details: intermediateDetails, signature: Curve.sign(root.private, intermediateDetails) },
    leaf: { details: leafDetails, signature: Curve.sign(intermediate.private, leafDetails) },
  }).finish();
  return { staticKey, certificates };
}

function nonce(counter: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(counter, 8);
  return bytes;
}

/** One direction of the transport after the handshake. Its counter is the order on the wire. */
class TransportKey {
  private counter = 0;
  constructor(private readonly key: Uint8Array) {}

  seal(plaintext: Uint8Array): Buffer {
    return aesEncryptGCM(plaintext, this.key, nonce(this.counter++), EMPTY);
  }

  open(ciphertext: Uint8Array): Buffer {
    return aesDecryptGCM(ciphertext, this.key, nonce(this.counter++), EMPTY);
  }
}

export interface Transport {
  readonly receive: TransportKey;
  readonly send: TransportKey;
}

/** The responder of Noise_XX_25519_AESGCM_SHA256: greeting, server hello, client finish, transport. */
export class NoiseHandshake {
  private hash: Buffer = Buffer.from(NOISE_MODE);
  private salt: Buffer = this.hash;
  private key: Buffer = this.hash;
  private counter = 0;
  private readonly ephemeral = Curve.generateKeyPair();

  constructor(private readonly identity: NoiseIdentity) {
    this.authenticate(NOISE_WA_HEADER);
  }

  /** Answers the client's hello with our ephemeral key, our static key and its certificates. */
  answerHello(frame: Uint8Array): Buffer {
    const clientEphemeral = proto.HandshakeMessage.decode(frame).clientHello?.ephemeral;
    if (!clientEphemeral) throw new Error("the client hello has no ephemeral key");
    this.authenticate(clientEphemeral);
    this.authenticate(this.ephemeral.public);
    this.mix(Curve.sharedKey(this.ephemeral.private, clientEphemeral));
    const staticKey = this.seal(this.identity.staticKey.public);
    this.mix(Curve.sharedKey(this.identity.staticKey.private, clientEphemeral));
    const payload = this.seal(this.identity.certificates);
    const serverHello = { ephemeral: this.ephemeral.public, static: staticKey, payload };
    return Buffer.from(proto.HandshakeMessage.encode({ serverHello }).finish());
  }

  /** Reads the client's static key and its payload, and splits into the two transport keys. */
  finish(frame: Uint8Array): { payload: proto.ClientPayload; clientKey: Buffer; transport: Transport } {
    const finish = proto.HandshakeMessage.decode(frame).clientFinish;
    if (!finish?.static || !finish.payload) throw new Error("the client finish lacks its key or payload");
    const clientKey = this.open(finish.static);
    this.mix(Curve.sharedKey(this.ephemeral.private, clientKey));
    const payload = proto.ClientPayload.decode(this.open(finish.payload));
    const keys = hkdf(EMPTY, 64, { salt: this.salt, info: "" });
    const transport = { receive: new TransportKey(keys.subarray(0, 32)), send: new TransportKey(keys.subarray(32)) };
    return { payload, clientKey, transport };
  }

  private authenticate(data: Uint8Array): void {
    this.hash = Buffer.from(sha256(Buffer.concat([this.hash, data])));
  }

  private mix(secret: Uint8Array): void {
    const keys = Buffer.from(hkdf(secret, 64, { salt: this.salt, info: "" }));
    this.salt = keys.subarray(0, 32);
    this.key = keys.subarray(32);
    this.counter = 0;
  }

  private seal(plaintext: Uint8Array): Buffer {
    const ciphertext = aesEncryptGCM(plaintext, this.key, nonce(this.counter++), this.hash);
    this.authenticate(ciphertext);
    return ciphertext;
  }

  private open(ciphertext: Uint8Array): Buffer {
    const plaintext = aesDecryptGCM(ciphertext, this.key, nonce(this.counter++), this.hash);
    this.authenticate(ciphertext);
    return plaintext;
  }
}

/** Cuts a byte stream into frames: a greeting once (`[ED 00 01 len3 routing] WA 06 03`), then `len3 body` again and again. */
export class FrameReader {
  private buffered: Buffer = EMPTY;
  private greeted = false;

  read(chunk: Uint8Array): Buffer[] {
    this.buffered = this.buffered.length ? Buffer.concat([this.buffered, chunk]) : Buffer.from(chunk);
    if (!this.greeted && !this.readGreeting()) return [];
    const frames: Buffer[] = [];
    while (this.buffered.length >= 3) {
      const end = 3 + this.buffered.readUIntBE(0, 3);
      if (this.buffered.length < end) break;
      frames.push(this.buffered.subarray(3, end));
      this.buffered = this.buffered.subarray(end);
    }
    return frames;
  }

  private readGreeting(): boolean {
    let start = 0;
    if (this.buffered.subarray(0, 2).toString() === ROUTING_MARK) {
      if (this.buffered.length < 7) return false;
      start = 7 + this.buffered.readUIntBE(4, 3);
    }
    const end = start + NOISE_WA_HEADER.length;
    if (this.buffered.length < end) return false;
    if (!this.buffered.subarray(start, end).equals(NOISE_WA_HEADER))
      throw new Error("not a WhatsApp client: wrong greeting");
    this.buffered = this.buffered.subarray(end);
    this.greeted = true;
    return true;
  }
}

export function toFrame(body: Uint8Array): Buffer {
  const length = Buffer.alloc(3);
  length.writeUIntBE(body.length, 0, 3);
  return Buffer.concat([length, body]);
}
