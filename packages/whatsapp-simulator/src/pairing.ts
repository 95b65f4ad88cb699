import { randomBytes } from "node:crypto";
import {
  Curve,
  generateSignalPubKey,
  hmacSign,
  proto,
  WA_ADV_ACCOUNT_SIG_PREFIX,
  WA_ADV_DEVICE_SIG_PREFIX,
} from "baileys";
import type { Account, Companion, CompanionKeys } from "./account.js";
import { lidAddress, phoneAddress } from "./addresses.js";
import type { Connection, Registration } from "./connection.js";
import { announceDevices } from "./login.js";
import { createId, type Server } from "./server.js";
import { verifySignature } from "./signature.js";
import { element, getChild, getChildBytes, SERVER, toNumber, toSeconds } from "./stanza.js";

/** How many QR codes a client may show before it has to connect anew. */
const REFERENCES = 6;

/** Greets a client without an account: notes its keys and gives it references for QR codes. */
export function offerPairing(
  server: Server,
  connection: Connection,
  payload: proto.ClientPayload,
  noiseKey: Uint8Array,
): Registration {
  const references = Array.from({ length: REFERENCES }, () => randomBytes(16).toString("base64url"));
  const keys = keysOf(payload);
  const offered = references.map((reference) => element("ref", {}, Buffer.from(reference)));
  const attributes = { from: SERVER, type: "set", id: createId(), xmlns: "md" };
  connection.send(element("iq", attributes, [element("pair-device", {}, offered)]));
  server.waiting.changed();
  return { keys, noiseKey, references, platform: "unknown", pairingCode: undefined, onSigned: undefined };
}

function keysOf(payload: proto.ClientPayload): CompanionKeys {
  const data = payload.devicePairingData;
  if (!data?.eRegid || !data.eIdent || !data.eSkeyId || !data.eSkeyVal || !data.eSkeySig) {
    throw new Error("the registration lacks keys");
  }
  const signedPreKey = { keyId: toNumber(data.eSkeyId), publicKey: data.eSkeyVal, signature: data.eSkeySig };
  assertSigned(data.eIdent, signedPreKey);
  return { registrationId: toNumber(data.eRegid), identity: data.eIdent, signedPreKey, preKeys: new Map() };
}

/** @throws unless the identity signed the pre-key, as the real server demands. */
export function assertSigned(identity: Uint8Array, signedPreKey: CompanionKeys["signedPreKey"]): void {
  const { publicKey, signature } = signedPreKey;
  if (!verifySignature(identity, generateSignalPubKey(publicKey), signature)) {
    throw new Error("the signed pre-key is not signed by the identity");
  }
}

/** What a QR code says. */
export interface ScannedCode {
  readonly reference: string;
  readonly noiseKey: Buffer;
  readonly identity: Buffer;
  readonly secret: Buffer;
}

/** Reads `https://wa.me/settings/linked_devices#ref,noise,identity,secret,platform`, and the bare list after the `#`. */
export function readCode(text: string): ScannedCode {
  const [reference, noiseKey, identity, secret] = text.slice(text.indexOf("#") + 1).split(",");
  if (!reference || !noiseKey || !identity || !secret) throw new Error("this is no QR code for linking a device");
  const key = (base64: string) => Buffer.from(base64, "base64");
  return { reference, noiseKey: key(noiseKey), identity: key(identity), secret: key(secret) };
}

/** The client that shows this code now; throws when the code has expired or its keys are not that client's. */
export function getScannedConnection(server: Server, code: ScannedCode): Connection {
  for (const connection of server.connections) {
    const { registration } = connection;
    if (!registration?.references.includes(code.reference)) continue;
    const isTheClients =
      code.noiseKey.equals(registration.noiseKey) && code.identity.equals(registration.keys.identity);
    if (!isTheClients) throw new Error("the keys in this QR code are not those of the client that shows it");
    return connection;
  }
  throw new Error("this QR code has expired: no client that is connected shows it");
}

/**
 * Links the client to the account: the phone signs its identity, the client signs back, and is told to connect anew
 * (515). Resolves once the client's signature has been checked.
 */
export async function pair(
  server: Server,
  connection: Connection,
  account: Account,
  secret: Uint8Array,
): Promise<Companion> {
  const { registration } = connection;
  if (!registration) throw new Error("this client is not waiting to be linked");
  const id = account.nextDeviceId++;
  const timestamp = toSeconds(new Date());
  const details = proto.ADVDeviceIdentity.encode({ rawId: account.nextDeviceId, timestamp, keyIndex: id }).finish();
  const { identity } = account.device;
  const signedDetails = Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, details, registration.keys.identity]);
  const signedIdentity = proto.ADVSignedDeviceIdentity.encode({
    details,
    accountSignatureKey: identity.public,
    accountSignature: Curve.sign(identity.private, signedDetails),
  }).finish();
  const sealed = proto.ADVSignedDeviceIdentityHMAC.encode({
    details: signedIdentity,
    hmac: hmacSign(signedIdentity, secret),
  }).finish();

  const signature = awaitSignature(server, connection, registration);
  connection.send(
    element("iq", { from: SERVER, type: "set", id: createId(), xmlns: "md" }, [
      element("pair-success", {}, [
        element("device-identity", {}, sealed),
        element("device", { jid: phoneAddress(account.phoneNumber, id), lid: lidAddress(account.lid, id) }),
        element("platform", { name: "android" }),
        ...(account.name === undefined ? [] : [element("biz", { name: account.name })]),
      ]),
    ]),
  );
  const deviceSignature = await signature;
  const signedBack = Buffer.concat([WA_ADV_DEVICE_SIG_PREFIX, details, registration.keys.identity, identity.public]);
  if (!verifySignature(registration.keys.identity, signedBack, deviceSignature)) {
    throw new Error("the client signed its device identity wrongly");
  }

  const { platform, keys } = registration;
  const companion = { account, id, platform, keys, undelivered: [], connection: undefined, needsHistory: true };
  announceDevices(server, account);
  account.companions.set(id, companion);
  connection.streamError(515);
  return companion;
}

function awaitSignature(server: Server, connection: Connection, registration: Registration): Promise<Uint8Array> {
  let signature: Uint8Array | undefined;
  registration.onSigned = (stanza) => {
    const identity = getChildBytes(getChild(stanza, "pair-device-sign"), "device-identity");
    signature = proto.ADVSignedDeviceIdentity.decode(identity).deviceSignature ?? Buffer.alloc(0);
  };
  return server.waiting
    .until("the client to sign its device identity", () => (connection.closed ? Buffer.alloc(0) : signature))
    .then((bytes) => {
      if (connection.closed) throw new Error("the client left before it was linked");
      return bytes;
    });
}
