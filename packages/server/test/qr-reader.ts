import { inflateSync } from "node:zlib";
import decodeQR from "qr/decode.js";

/** What the QR code on a PNG says: one of ours, with one bit a pixel and unfiltered lines. */
export function readPng(png: Buffer): string {
  if (png.toString("latin1", 1, 4) !== "PNG") throw new Error("That is no PNG");
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const lines = inflateSync(png.subarray(png.indexOf("IDAT") + 4));
  const bytes = 1 + Math.ceil(width / 8);
  return read(width, height, (x, y) => (((lines[y * bytes + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 0);
}

/** What the QR code of an SVG says, whose modules are unit squares. */
export function readSvg(svg: string): string {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const dark = new Set([...svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
  const pixels = 4;
  return read(size * pixels, size * pixels, (x, y) => dark.has(`${Math.floor(x / pixels)} ${Math.floor(y / pixels)}`));
}

function read(width: number, height: number, isDark: (x: number, y: number) => boolean): string {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) if (isDark(x, y)) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return decodeQR({ width, height, data });
}
