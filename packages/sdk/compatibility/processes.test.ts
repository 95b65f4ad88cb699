/** The tour in runtimes that are processes, which resolve the package by themselves. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, it } from "vitest";
import { PROGRAM_FILES } from "./bundles.js";
import { reportOf } from "./report.js";
import { bun, deno, node } from "./runtimes.js";

const directory = inject("directory");
const { url, key } = inject("whatsflow");
const { esm, cjs } = PROGRAM_FILES;

const NODES = [
  // Before 20.16 programs cannot ask for Node's own crypto without an import.
  { version: "v20.0.0", program: () => node("node-20-first"), hasNodeCrypto: false },
  { version: "v20.20.2", program: () => node("node-20"), hasNodeCrypto: true },
  { version: "v22.23.3", program: () => node("node-22"), hasNodeCrypto: true },
  // The one that the repository brings.
  { version: process.version, program: () => process.execPath, hasNodeCrypto: true },
  { version: "v26.10.0", program: () => node("node-26"), hasNodeCrypto: true },
];

/** Nothing of the developer's environment, and a home of its own. */
async function run(program: string, args: string[], message: string): Promise<string> {
  const env = {
    WHATSFLOW_URL: url,
    WHATSFLOW_API_KEY: key,
    MESSAGE: message,
    HOME: directory,
    DENO_NO_UPDATE_CHECK: "1",
  };
  const { stdout } = await promisify(execFile)(program, args, { cwd: directory, env, timeout: 60_000 });
  return stdout;
}

it.each(NODES.flatMap((runtime) => [esm, cjs].map((file) => ({ ...runtime, file }))))(
  "Node $version runs $file",
  async ({ version, program, hasNodeCrypto, file }) => {
    expect((await run(program(), ["--version"], "")).trim()).toBe(version);
    const message = `Hello from Node ${version}, ${file}`;
    expect(JSON.parse(await run(program(), [file], message))).toEqual(reportOf(message, { hasNodeCrypto }));
  },
);

it("the oldest Node is the oldest that the package says it runs on", () => {
  const manifest = join(directory, "node_modules/@whatsflow/sdk/package.json");
  const { engines } = JSON.parse(readFileSync(manifest, "utf8"));
  expect(`v${engines.node.replace(">=", "")}.0.0`).toBe(NODES[0]?.version);
});

it.each([esm, cjs])("Bun runs %s", async (file) => {
  const message = `Hello from Bun, ${file}`;
  expect(JSON.parse(await run(bun(), ["run", "--no-install", file], message))).toEqual(
    reportOf(message, { hasNodeCrypto: true }),
  );
});

it.each([esm, cjs])("Deno runs %s, allowed no more than the server and the settings", async (file) => {
  const message = `Hello from Deno, ${file}`;
  const allowed = [`--allow-net=${new URL(url).host}`, "--allow-env=WHATSFLOW_URL,WHATSFLOW_API_KEY,MESSAGE"];
  const args = ["run", "--no-prompt", "--no-remote", "--no-lock", ...allowed, file];
  expect(JSON.parse(await run(deno(), args, message))).toEqual(reportOf(message, { hasNodeCrypto: true }));
});
