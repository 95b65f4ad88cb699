import { createHash } from "node:crypto";
import { encodeBigEndian, KEY_BUNDLE_TYPE } from "baileys";
import { type Companion, takeBundle } from "../account.js";
import { parseAddress } from "../addresses.js";
import { assertSigned } from "../pairing.js";
import type { Server } from "../server.js";
import type { PreKeyBundle } from "../signal-device.js";
import {
  children,
  element,
  findChild,
  getAttribute,
  getBytes,
  getChild,
  getChildBytes,
  result,
  type Stanza,
  toNumber,
} from "../stanza.js";
import type { QueryHandler } from "./query-table.js";

/** The pre-keys on the server: count, upload, check, rotation, and those of others. */
export const keyQuery: QueryHandler = ({ server, companion, stanza, type, asked }) => {
  if (type === "set") return storeKeys(companion, stanza) ? result(stanza) : undefined;
  switch (asked?.tag) {
    case "count":
      return result(stanza, [element("count", { value: companion.keys.preKeys.size })]);
    case "digest":
      return result(stanza, [digest(companion)]);
    case "key": {
      const bundles = children(asked, "user").map((user) => bundleElement(server, getAttribute(user, "jid")));
      return result(stanza, [element("list", {}, bundles)]);
    }
  }
  return undefined;
};

function storeKeys({ keys }: Companion, stanza: Stanza): boolean {
  const rotated = findChild(stanza, "rotate");
  const signed = findChild(rotated ?? stanza, "skey");
  if (!signed) return false;
  if (!rotated) {
    keys.registrationId = toNumber(getChildBytes(stanza, "registration"));
    keys.identity = getChildBytes(stanza, "identity");
    for (const key of children(getChild(stanza, "list"), "key")) {
      keys.preKeys.set(toNumber(getChildBytes(key, "id")), getBytes(getChild(key, "value")));
    }
  }
  keys.signedPreKey = {
    keyId: toNumber(getChildBytes(signed, "id")),
    publicKey: getChildBytes(signed, "value"),
    signature: getChildBytes(signed, "signature"),
  };
  assertSigned(keys.identity, keys.signedPreKey);
  return true;
}

/** What the server holds of the client, for the client to compare. */
function digest({ keys }: Companion): Stanza {
  const hash = createHash("sha1").update(keys.identity).update(keys.signedPreKey.publicKey);
  for (const publicKey of keys.preKeys.values()) hash.update(publicKey);
  return element("digest", {}, [
    element("registration", {}, encodeBigEndian(keys.registrationId)),
    element("type", {}, KEY_BUNDLE_TYPE),
    element("identity", {}, keys.identity),
    signedPreKeyElement(keys.signedPreKey),
    element("hash", {}, hash.digest()),
  ]);
}

function signedPreKeyElement({ keyId, publicKey, signature }: PreKeyBundle["signedPreKey"]): Stanza {
  return element("skey", {}, [
    element("id", {}, encodeBigEndian(keyId, 3)),
    element("value", {}, publicKey),
    element("signature", {}, signature),
  ]);
}

/** `<user>` with what somebody needs in order to write to this device. */
function bundleElement(server: Server, jid: string): Stanza {
  const bundle = findBundle(server, jid);
  if (!bundle) return element("user", { jid }, [element("error", { code: 404, text: "item-not-found" })]);
  const { registrationId, identity, signedPreKey, preKey } = bundle;
  return element("user", { jid }, [
    element("registration", {}, encodeBigEndian(registrationId)),
    element("type", {}, KEY_BUNDLE_TYPE),
    element("identity", {}, identity),
    signedPreKeyElement(signedPreKey),
    ...(preKey
      ? [
          element("key", {}, [
            element("id", {}, encodeBigEndian(preKey.keyId, 3)),
            element("value", {}, preKey.publicKey),
          ]),
        ]
      : []),
  ]);
}

function findBundle(server: Server, jid: string): PreKeyBundle | undefined {
  const account = server.directory.find(jid);
  const { device } = parseAddress(jid);
  if (!account || account.keysOffered === "none") return undefined;
  if (device === 0) return account.device.createBundle({ preKey: account.keysOffered === "all" });
  const companion = account.companions.get(device);
  return companion && takeBundle(companion);
}
