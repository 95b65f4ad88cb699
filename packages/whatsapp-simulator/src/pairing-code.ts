import { randomBytes } from "node:crypto";
import { aesDecryptCTR, aesDecryptGCM, aesEncryptCTR, Curve, derivePairingCodeKey, hkdf, type KeyPair } from "baileys";
import type { Account, Companion } from "./account.js";
import { parseAddress } from "./addresses.js";
import type { Connection } from "./connection.js";
import { pair } from "./pairing.js";
import { createId, type Server } from "./server.js";
import {
  element,
  failure,
  findChild,
  getAttribute,
  getChild,
  getChildBytes,
  result,
  SERVER,
  type Stanza,
  toSeconds,
} from "./stanza.js";

/** The state of linking by an eight-character code instead of a QR code. */
export interface PairingCodeExchange {
  readonly phoneNumber: string;
  readonly reference: Buffer;
  /** salt(32) | iv(16) | the client's ephemeral key, encrypted under the code. */
  readonly wrappedClientKey: Buffer;
  /** Set once the person has typed the code. */
  typed: { clientKey: Buffer; phoneKey: KeyPair } | undefined;
  finished: { linkSecret: Buffer } | { refused: Error } | undefined;
}

/** `<iq xmlns="md"><link_code_companion_reg stage=…>`: the client's two steps. */
export function receiveLinkCode(server: Server, connection: Connection, query: Stanza): void {
  const { registration } = connection;
  if (!registration) throw new Error("a pairing code from a client that is linked already");
  const step = getChild(query, "link_code_companion_reg");
  if (step.attrs.stage === "companion_hello") {
    const display = findChild(step, "companion_platform_display");
    registration.platform = display?.content ? String(display.content) : "unknown";
    const reference = randomBytes(16);
    registration.pairingCode = {
      phoneNumber: parseAddress(getAttribute(step, "jid")).user,
      reference,
      wrappedClientKey: getChildBytes(step, "link_code_pairing_wrapped_companion_ephemeral_pub"),
      typed: undefined,
      finished: undefined,
    };
    const answer = [element("link_code_pairing_ref", {}, reference)];
    connection.send(result(query, [element("link_code_companion_reg", { stage: "companion_hello" }, answer)]));
  } else {
    finish(server, connection, query, step);
  }
}

function finish(server: Server, connection: Connection, query: Stanza, step: Stanza): void {
  const exchange = connection.registration?.pairingCode;
  const account = exchange && server.directory.findByNumber(exchange.phoneNumber);
  if (!exchange?.typed || !account) throw new Error("a pairing code was finished that nobody had typed");
  const { clientKey, phoneKey } = exchange.typed;
  const bundle = getChildBytes(step, "link_code_pairing_wrapped_key_bundle");
  const clientIdentity = getChildBytes(step, "companion_identity_public");
  const shared = Curve.sharedKey(phoneKey.private, clientKey);
  try {
    const info = "link_code_pairing_key_bundle_encryption_key";
    const key = hkdf(shared, 32, { salt: bundle.subarray(0, 32), info });
    const opened = aesDecryptGCM(bundle.subarray(44), key, bundle.subarray(32, 44), Buffer.alloc(0));
    const random = opened.subarray(64);
    const secrets = Buffer.concat([shared, Curve.sharedKey(account.device.identity.private, clientIdentity), random]);
    exchange.finished = { linkSecret: Buffer.from(hkdf(secrets, 32, { info: "adv_secret" })) };
    connection.send(result(query));
  } catch {
    exchange.finished = { refused: new Error("this is not the pairing code that the client shows") };
    connection.send(failure(query, 400, "bad-request"));
  }
}

/** The person types the code into the phone: the rest of the exchange, and the linking that follows. */
export async function enterCode(server: Server, account: Account, typed: string): Promise<Companion> {
  const code = typed.replaceAll(/[\s-]/g, "").toUpperCase();
  const waitsForCode = (connection: Connection) =>
    connection.registration?.pairingCode?.phoneNumber === account.phoneNumber && !connection.closed;
  const connection = await server.waiting.until(
    `a client that asks for a pairing code for ${account.phoneNumber}`,
    () => [...server.connections].find(waitsForCode),
  );
  const exchange = connection.registration?.pairingCode;
  if (!exchange) throw new Error("the client stopped waiting for a pairing code");
  const wrapped = exchange.wrappedClientKey;
  const clientCodeKey = await derivePairingCodeKey(code, wrapped.subarray(0, 32));
  const phoneKey = Curve.generateKeyPair();
  exchange.typed = {
    clientKey: aesDecryptCTR(wrapped.subarray(48), clientCodeKey, wrapped.subarray(32, 48)),
    phoneKey,
  };
  const salt = randomBytes(32);
  const iv = randomBytes(16);
  const wrappedPhoneKey = aesEncryptCTR(phoneKey.public, await derivePairingCodeKey(code, salt), iv);
  const attributes = { from: SERVER, type: "link_code_companion_reg", id: createId(), t: toSeconds(new Date()) };
  connection.send(
    element("notification", attributes, [
      element("link_code_companion_reg", { stage: "primary_hello" }, [
        element("link_code_pairing_wrapped_primary_ephemeral_pub", {}, Buffer.concat([salt, iv, wrappedPhoneKey])),
        element("primary_identity_pub", {}, account.device.identity.public),
        element("link_code_pairing_ref", {}, exchange.reference),
      ]),
    ]),
  );
  const finished = await server.waiting.until("the client to finish the pairing code", () => exchange.finished);
  if ("refused" in finished) {
    exchange.finished = undefined;
    throw finished.refused;
  }
  return pair(server, connection, account, finished.linkSecret);
}
