import { crc32, deflateSync } from "node:zlib";
import { encodeQR } from "qr";

/** Modules of white around the code, as ISO/IEC 18004 wants. */
const QUIET_ZONE = 4;
const PIXELS_PER_MODULE = 6;
const WHITE_ON_BLACK = "\u001b[97;40m";
const RESET = "\u001b[0m";
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** One bit a pixel, grey; deflate, standard filters, no interlacing. */
const PNG_FORMAT = [1, 0, 0, 0, 0];

/** A QR code as a drawing, black on white whatever lies below it. */
export function qrSvg(text: string): string {
  const rows = encodeQR(text, "raw", { ecc: "low", border: QUIET_ZONE });
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join("");
  const [size, pixels] = [rows.length, rows.length * PIXELS_PER_MODULE];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${pixels}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`;
}

/** A QR code in half blocks for a terminal, white on black whatever its colours are. */
export const qrForTerminal = (text: string): string =>
  encodeQR(text, "ascii", { ecc: "low", border: 2 })
    .trimEnd()
    .split("\n")
    .map((line) => `${WHITE_ON_BLACK}${line}${RESET}`)
    .join("\n");

/** A QR code as a picture, black on white. */
export function qrPng(text: string): Buffer<ArrayBuffer> {
  const rows = encodeQR(text, "raw", { ecc: "low", border: QUIET_ZONE, scale: PIXELS_PER_MODULE });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(rows[0]?.length ?? 0, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set(PNG_FORMAT, 8);
  const pixels = Buffer.concat(rows.map(packRow));
  return Buffer.concat([
    PNG_SIGNATURE,
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(pixels)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A line of pixels: the filter (none), then eight pixels a byte, white as 1. */
function packRow(row: boolean[]): Buffer {
  const bytes = Buffer.alloc(1 + Math.ceil(row.length / 8));
  row.forEach((dark, x) => {
    const at = 1 + (x >> 3);
    if (!dark) bytes[at] = (bytes[at] ?? 0) | (0x80 >> (x & 7));
  });
  return bytes;
}

/** PNG (W3C recommendation, 5.3): length, type, data, checksum of type and data. */
function pngChunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const chunk = Buffer.alloc(typed.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  typed.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(typed), typed.length + 4);
  return chunk;
}
