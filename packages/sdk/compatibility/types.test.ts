/** The tarball's types, under each TypeScript since 5.4 and what users may have configured. Nothing is skipped: `skipLibCheck` is off. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, inject, it } from "vitest";
import { PROGRAM_FILES } from "./bundles.js";
import { tsc } from "./runtimes.js";

const directory = inject("directory");
/** The repository's own. */
const { version: OWN_VERSION }: { version: string } = createRequire(import.meta.url)("typescript/package.json");

const COMPILERS = [
  ...["5.4", "5.5", "5.6", "5.7", "5.8"].map((version) => ({ version, file: () => tsc(version) })),
  { version: OWN_VERSION, file: () => createRequire(import.meta.url).resolve("typescript/bin/tsc") },
  ...["6.0", "7.0"].map((version) => ({ version, file: () => tsc(version) })),
];

const WITH_DOM = { lib: ["es2022", "dom", "dom.iterable"], types: [] };
const WITH_NODE = { lib: ["es2022"], types: ["node"] };
const NODE16 = { module: "node16", moduleResolution: "node16" };
const NODENEXT = { module: "nodenext", moduleResolution: "nodenext" };
const BUNDLER = { module: "esnext", moduleResolution: "bundler" };
const EXACT = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
const { esm, cjs } = PROGRAM_FILES.sources;

const CONSUMERS = [
  { consumer: "node16, Node's types", options: { ...NODE16, ...WITH_NODE }, files: [esm, cjs] },
  {
    consumer: "nodenext, the browser's types, exact optional properties",
    options: { ...NODENEXT, ...WITH_DOM, ...EXACT },
    files: [esm, cjs],
  },
  // A bundler's resolution is the same for all files.
  {
    consumer: "bundler, the browser's and Node's types, exact optional properties",
    options: { ...BUNDLER, lib: WITH_DOM.lib, types: WITH_NODE.types, ...EXACT },
    files: [esm],
  },
];

const COMPILER_OPTIONS = {
  target: "es2022",
  strict: true,
  skipLibCheck: false,
  // The compiler's own files are not what is tested here.
  skipDefaultLibCheck: true,
  noEmit: true,
};

/** What the compiler says; nothing when all is well. */
async function complaints(compiler: string, name: string, options: object, files: string[]): Promise<string> {
  const compilerOptions = { ...COMPILER_OPTIONS, ...options };
  const project = join(directory, `tsconfig.${name}.json`);
  writeFileSync(project, JSON.stringify({ compilerOptions, files }));
  try {
    await promisify(execFile)(process.execPath, [compiler, "-p", project], { cwd: directory });
    return "";
  } catch (error) {
    if (error instanceof Error && "stdout" in error && error.stdout !== "") return String(error.stdout);
    throw error;
  }
}

describe.each(COMPILERS)("TypeScript $version", ({ version, file }) => {
  it.concurrent.each(CONSUMERS)("compiles under $consumer", async ({ consumer, options, files }) => {
    const name = `${version}-${consumer.replace(/\W+/g, "-")}`;
    expect(await complaints(file(), name, options, files)).toBe("");
  });
});

it("the oldest TypeScript is the oldest that the guide says", () => {
  const guide = readFileSync(new URL("../../../docs/sdk.md", import.meta.url), "utf8");
  expect(/TypeScript (\d+\.\d+) and newer/.exec(guide)?.[1]).toBe(COMPILERS[0]?.version);
});
