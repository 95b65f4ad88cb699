/**
 * HMAC-SHA256, the one thing that platforms do differently: Node's own crypto where there is one, which is several times as
 * fast, else WebCrypto.
 */

/** An imported key: makes the MAC of a prefix followed by a body. */
export type Mac = (prefix: string, body: Uint8Array) => Promise<Uint8Array>;

type NodeCrypto = typeof import("node:crypto");
type Runtime = { process?: { getBuiltinModule?: (name: string) => NodeCrypto | undefined } };

/** Node 20.16 and newer, and those that follow it. No import, so that bundles for other platforms need no stand-in. */
function findNodeCrypto(): NodeCrypto | null {
  const { process }: Runtime = globalThis;
  return process?.getBuiltinModule?.("node:crypto") ?? null;
}

/** Imports a key; keep the result, for this is the slow part. */
export async function importKey(key: Uint8Array, node = findNodeCrypto()): Promise<Mac> {
  if (node) {
    const secret = node.createSecretKey(key);
    return async (prefix, body) => node.createHmac("sha256", secret).update(prefix).update(body).digest();
  }
  const { subtle } = globalThis.crypto;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const secret = await subtle.importKey("raw", Uint8Array.from(key), algorithm, false, ["sign"]);
  return async (prefix, body) => {
    const head = new TextEncoder().encode(prefix);
    const message = new Uint8Array(head.length + body.length);
    message.set(head);
    message.set(body, head.length);
    return new Uint8Array(await subtle.sign(algorithm.name, secret, message));
  };
}
