import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { hkdf, MEDIA_HKDF_KEY_MAPPING, type proto } from "baileys";

export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

/** Where an encrypted file lies, and how to read it: the fields that every media message has. */
export interface StoredMedia {
  url: string;
  directPath: string;
  mediaKey: Uint8Array;
  fileSha256: Uint8Array;
  fileEncSha256: Uint8Array;
  fileLength: number;
  mediaKeyTimestamp: number;
}

const MAC_LENGTH = 10;

function expand(mediaKey: Uint8Array, kind: MediaKind): { iv: Buffer; cipherKey: Buffer; macKey: Buffer } {
  const keys = Buffer.from(hkdf(mediaKey, 112, { info: `WhatsApp ${MEDIA_HKDF_KEY_MAPPING[kind]} Keys` }));
  return { iv: keys.subarray(0, 16), cipherKey: keys.subarray(16, 48), macKey: keys.subarray(48, 80) };
}

function macOf(macKey: Buffer, iv: Buffer, ciphertext: Buffer): Buffer {
  return createHmac("sha256", macKey).update(iv).update(ciphertext).digest().subarray(0, MAC_LENGTH);
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

/** AES-256-CBC under keys derived from a fresh media key, followed by ten bytes of MAC. */
export function encryptMedia(bytes: Uint8Array, kind: MediaKind) {
  const mediaKey = randomBytes(32);
  const { iv, cipherKey, macKey } = expand(mediaKey, kind);
  const cipher = createCipheriv("aes-256-cbc", cipherKey, iv);
  const ciphertext = Buffer.concat([cipher.update(bytes), cipher.final()]);
  const file = Buffer.concat([ciphertext, macOf(macKey, iv, ciphertext)]);
  return { file, mediaKey, fileSha256: sha256(bytes), fileEncSha256: sha256(file), fileLength: bytes.length };
}

/** Checks the MAC and both hashes; throws when the file is not what the message announces. */
export function decryptMedia(
  file: Buffer,
  kind: MediaKind,
  described: { mediaKey: Uint8Array; fileSha256: Uint8Array; fileEncSha256: Uint8Array },
): Buffer {
  const { iv, cipherKey, macKey } = expand(described.mediaKey, kind);
  const ciphertext = file.subarray(0, -MAC_LENGTH);
  if (!sha256(file).equals(described.fileEncSha256)) throw new Error("the encrypted file has another hash");
  if (!macOf(macKey, iv, ciphertext).equals(file.subarray(-MAC_LENGTH))) throw new Error("the file has another MAC");
  const decipher = createDecipheriv("aes-256-cbc", cipherKey, iv);
  const bytes = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  if (!sha256(bytes).equals(described.fileSha256)) throw new Error("the decrypted file has another hash");
  return bytes;
}

/** The medium in a message, if there is one. */
export function findMedia(message: proto.IMessage) {
  const inside = message.viewOnceMessageV2?.message ?? message.documentWithCaptionMessage?.message ?? message;
  const found: [MediaKind, proto.Message.IImageMessage | null | undefined][] = [
    ["image", inside.imageMessage],
    ["video", inside.videoMessage],
    ["audio", inside.audioMessage],
    ["document", inside.documentMessage],
    ["sticker", inside.stickerMessage],
  ];
  for (const [kind, media] of found) {
    if (!media?.mediaKey || !media.directPath || !media.fileSha256 || !media.fileEncSha256) continue;
    const { mediaKey, directPath, fileSha256, fileEncSha256 } = media;
    return { kind, directPath, mediaKey, fileSha256, fileEncSha256 };
  }
  return undefined;
}
