/**
 * HMAC-SHA256, the one thing that platforms do differently: Node's own crypto where there is one, which is several times as
 * fast, else WebCrypto.
 */

/** What was signed: text stands for its bytes in UTF-8. */
export type SignedBody = string | Uint8Array | DataView;

/** How a MAC is written in a header. */
export type Encoding = "hex" | "base64";

/** An imported key: signs a prefix followed by a body, at once where the platform can. */
export type Signer = (prefix: string, body: SignedBody) => string | Promise<string>;

type NodeCrypto = typeof import("node:crypto");
type Runtime = { process?: { getBuiltinModule?: (name: string) => NodeCrypto | undefined } };

/** Node 20.16 and newer, and those that follow it. No import, so that bundles for other platforms need no stand-in. */
const findNodeCrypto = ({ process }: Runtime = globalThis): NodeCrypto | undefined =>
  process?.getBuiltinModule?.("node:crypto");

/**
 * Imports a key; keep the result, for this is the slow part. Its signatures are `tag` and then the MAC. `node` is null for WebCrypto.
 */
export function importKey(
  key: Uint8Array<ArrayBuffer>,
  tag: string,
  encoding: Encoding,
  node: NodeCrypto | null | undefined = findNodeCrypto(),
): Signer {
  if (node) {
    const imported = node.createSecretKey(key);
    return (prefix, body) => tag + node.createHmac("sha256", imported).update(prefix).update(body).digest(encoding);
  }
  const { subtle } = crypto;
  const imported = subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return async (prefix, body) => {
    // The key first, so that nothing comes between the start of its import and whoever hears of a failure.
    const secret = await imported;
    // A blob joins text, as UTF-8, and bytes. The browser's types have it refuse shared memory, which it copies all the same.
    const message = await new Blob([prefix, body] as ConstructorParameters<typeof Blob>[0]).arrayBuffer();
    const mac = new Uint8Array(await subtle.sign("HMAC", secret, message));
    return tag + (encoding === "hex" ? toHex(mac) : btoa(String.fromCharCode(...mac)));
  };
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
