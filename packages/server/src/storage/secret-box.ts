import { createCipheriv, createDecipheriv, createHash, createSecretKey, randomBytes } from "node:crypto";

/** Where a sealed value is kept. A value moved to another place does not open. */
export interface SealedPlace {
  table: string;
  row: string;
  column: string;
}

/**
 * Encrypts secrets before they are stored, with AES-256-GCM (NIST SP 800-38D).
 *
 * A sealed value is `key id (4) | nonce (12) | tag (16) | ciphertext`; the place is bound in as associated data.
 * The key id tells a value sealed under another key from a damaged one.
 */
export interface SecretBox {
  seal(place: SealedPlace, secret: string): Buffer;
  /** @throws Error when the value was sealed under another key, for another place, or was changed. */
  open(place: SealedPlace, sealed: Uint8Array): string;
}

export const ENCRYPTION_KEY_BYTES = 32;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function createSecretBox(key: Buffer): SecretBox {
  if (key.length !== ENCRYPTION_KEY_BYTES) throw new Error(`An encryption key has ${ENCRYPTION_KEY_BYTES} bytes`);
  const keyId = createHash("sha256").update(key).digest().subarray(0, KEY_ID_BYTES);
  // Node takes four times as long with a key in bytes.
  const secretKey = createSecretKey(key);
  const associatedData = ({ table, row, column }: SealedPlace) => Buffer.from(JSON.stringify([table, row, column]));

  return {
    seal(place, secret) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", secretKey, nonce).setAAD(associatedData(place));
      const ciphertext = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return Buffer.concat([keyId, nonce, cipher.getAuthTag(), ciphertext]);
    },
    open(place, sealed) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (!bytes.subarray(0, KEY_ID_BYTES).equals(keyId))
        throw new Error("The value was sealed under another encryption key");
      const nonce = bytes.subarray(KEY_ID_BYTES, KEY_ID_BYTES + NONCE_BYTES);
      const tag = bytes.subarray(KEY_ID_BYTES + NONCE_BYTES, KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", secretKey, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(associatedData(place)).setAuthTag(tag);
      const plain = decipher.update(bytes.subarray(KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([plain, decipher.final()]).toString("utf8");
    },
  };
}
