/** The package as others get it: packed by npm, and laid out in a folder outside the repository, where nothing else of it can be reached. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("../", import.meta.url));
const REPOSITORY = join(PACKAGE, "../..");

/** Writes the tarball into a folder, and returns its path. */
export function pack(directory: string): string {
  const packed: unknown = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--pack-destination", directory], { cwd: PACKAGE, encoding: "utf8" }),
  );
  // npm 11 prints a list, npm 12 an object by name.
  const [entry]: unknown[] = Object.values(packed ?? {});
  if (typeof entry !== "object" || entry === null || !("filename" in entry))
    throw new Error("npm pack told no file name");
  return join(directory, String(entry.filename));
}

/**
 * Lays the tarball out as an installation would, with what it depends on and the packages `beside` it. These are copied from this
 * repository, so that nothing is asked of a registry and no link leads back.
 */
export function install(tarball: string, directory: string, beside: string[] = []): void {
  const target = join(directory, "node_modules", "@whatsflow", "sdk");
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", target]);
  // Deno takes packages from node_modules only where a package.json names them.
  const dependencies = { "@whatsflow/sdk": `file:${tarball}` };
  writeFileSync(join(directory, "package.json"), JSON.stringify({ private: true, dependencies }));
  const waiting = [...dependenciesOf(target), ...beside];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const copy = join(directory, "node_modules", name);
    if (existsSync(copy)) continue;
    cpSync(installed(name), copy, { recursive: true });
    waiting.push(...dependenciesOf(copy));
  }
}

function installed(name: string): string {
  const found = [PACKAGE, REPOSITORY].map((folder) => join(folder, "node_modules", name)).find(existsSync);
  if (found === undefined) throw new Error(`${name} is not installed: run npm ci`);
  return found;
}

function dependenciesOf(folder: string): string[] {
  const { dependencies = {} }: { dependencies?: object } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  return Object.keys(dependencies);
}
