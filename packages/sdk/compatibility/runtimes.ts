/** The programs and compilers that this folder's package.json pins. One that is missing is an error, never a test that is left out. */
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const MODULES = fileURLToPath(new URL("node_modules/", import.meta.url));

function required(file: string): string {
  if (!existsSync(file)) throw new Error(`${file} is missing. Run: npm run test:compatibility`);
  return file;
}

/** A Node by the name under which it is installed, such as `node-20`. */
export const node = (name: string): string => required(join(MODULES, name, "bin", "node"));

/** The binary that a package has for this platform: these packages would put it in its place by a script, which is not run. */
function platformBinary(scope: string, file: string): string {
  const folder = required(join(MODULES, scope));
  const [binary] = readdirSync(folder)
    .map((name) => join(folder, name, file))
    .filter(existsSync);
  return required(binary ?? join(folder, "(any)", file));
}
export const bun = (): string => platformBinary("@oven", "bin/bun");
export const deno = (): string => platformBinary("@deno", "deno");

/** The compiler of a version, such as `5.4`; run by Node. */
export const tsc = (version: string): string => required(join(MODULES, `typescript-${version}`, "bin", "tsc"));

/** A browser of the machine, as none comes with npm. */
export function chromium(): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(existsSync);
  if (found === undefined)
    throw new Error("There is no Chromium on the PATH. Install it, in Debian: apt-get install chromium");
  return found;
}
