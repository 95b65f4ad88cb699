import { createPublicKey, verify } from "node:crypto";

const PRIME = 2n ** 255n - 19n;
/** What stands before the 32 bytes of an Ed25519 key in its DER form. */
const ED25519_SPKI = Buffer.from("302a300506032b6570032100", "hex");

/**
 * Checks a signature of Signal's (XEdDSA on Curve25519). Written here, on Node's Ed25519, because `Curve.verify` of Baileys
 * 7.0.0-rc14 says true to every signature of the right length: it drops the answer of libsignal.
 */
export function verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const montgomery = fromLittleEndian(publicKey) & (2n ** 255n - 1n);
  const edwards = toLittleEndian(modulo((montgomery - 1n) * inverse(montgomery + 1n)));
  // The sign of the Edwards point travels in the top bit of the signature.
  const signBit = (signature[63] ?? 0) & 0x80;
  edwards[31] = (edwards[31] ?? 0) | signBit;
  const plain = Buffer.from(signature);
  plain[63] = (plain[63] ?? 0) & 0x7f;
  const key = createPublicKey({ key: Buffer.concat([ED25519_SPKI, edwards]), format: "der", type: "spki" });
  return verify(null, message, key, plain);
}

function modulo(value: bigint): bigint {
  return ((value % PRIME) + PRIME) % PRIME;
}

/** By Fermat: the power of the prime less two. */
function inverse(value: bigint): bigint {
  let result = 1n;
  let base = modulo(value);
  for (let exponent = PRIME - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = modulo(result * base);
    base = modulo(base * base);
  }
  return result;
}

function fromLittleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
}

function toLittleEndian(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse();
}
