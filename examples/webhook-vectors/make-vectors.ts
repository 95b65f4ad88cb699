/** Writes vectors.json: npx tsx examples/webhook-vectors/make-vectors.ts. The same bytes every time; a test compares. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { forged } from "./forged.js";
import { genuine } from "./genuine.js";
import { oddBytes } from "./odd-bytes.js";
import { oddHeaders } from "./odd-headers.js";

const FILE = fileURLToPath(new URL("vectors.json", import.meta.url));

export const makeVectors = (): string =>
  `${JSON.stringify([...genuine, ...forged, ...oddHeaders, ...oddBytes], null, 2)}\n`;

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, makeVectors());
