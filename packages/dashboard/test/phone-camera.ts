/** Reads the QR code that a page shows, as a phone's camera does. */
import type { Locator } from "playwright-core";
import decodeQR from "qr/decode.js";

const PIXELS_A_MODULE = 4;

export async function scanned(drawing: Locator): Promise<string> {
  const { size, path } = await drawing.evaluate((svg) => ({
    size: Number(svg.getAttribute("viewBox")?.split(" ")[2]),
    path: svg.querySelector("path")?.getAttribute("d") ?? "",
  }));
  const dark = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  const width = size * PIXELS_A_MODULE;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [x, y] of dark)
    for (let line = y * PIXELS_A_MODULE; line < (y + 1) * PIXELS_A_MODULE; line += 1)
      for (let pixel = x * PIXELS_A_MODULE; pixel < (x + 1) * PIXELS_A_MODULE; pixel += 1)
        data.fill(0, (line * width + pixel) * 4, (line * width + pixel) * 4 + 3);
  return decodeQR({ width, height: width, data });
}
