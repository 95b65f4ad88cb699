/** Servers under test, each a process of its own, as its user would start it. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const bin = join(root, "packages/server/bin/whatsflow.js");

export interface RunningServer {
  url: string;
  /** From the start of the process to its first answer. */
  coldStartMs: number;
  /** Resident memory. */
  memoryMb(): number;
  /** Without garbage; for a process with `COLLECTING_GARBAGE`. */
  keptMemoryMb(): Promise<number>;
  stop(): Promise<void>;
}

export interface RunningWhatsFlow extends RunningServer {
  databaseFile: string;
  baseUrl: string;
  headers: Record<string, string>;
  /** Runs a command beside it; returns the JSON that it prints. */
  cli(...args: string[]): string;
  newKey(mode: "test" | "live", account?: string): string;
}

/** Limits that no benchmark reaches: what is measured is never a 429. */
const NO_LIMIT = "1000000000";

interface WhatsFlowOptions {
  /** Fills its database. */
  prepare?: (databaseFile: string) => void;
  /** Of its key. */
  mode?: "test" | "live";
  env?: Record<string, string>;
  nodeOptions?: string[];
}

/** A WhatsFlow in a new folder, with a key. */
export async function startWhatsFlow({
  prepare = () => undefined,
  mode = "test",
  env = {},
  nodeOptions = [],
}: WhatsFlowOptions = {}): Promise<RunningWhatsFlow> {
  const dataDir = mkdtempSync(join(tmpdir(), "whatsflow-bench-"));
  const cli = (...args: string[]) =>
    execFileSync(process.execPath, [bin, ...args, "--data", dataDir, "--json"], { encoding: "utf8" });
  cli("accounts", "set-plan", "default", "--per-minute", NO_LIMIT, "--per-hour", NO_LIMIT);
  const newKey = (mode: "test" | "live", account = "default") => {
    const args = ["--name", "bench", "--mode", mode, "--scopes", "all", "--account", account];
    const { key }: { key: string } = JSON.parse(cli("keys", "create", ...args));
    return key;
  };
  const key = newKey(mode);
  const databaseFile = join(dataDir, "whatsflow.db");
  prepare(databaseFile);
  const serve = (port: number) => [...nodeOptions, bin, "serve", "--data", dataDir, "--port", String(port)];
  const server = await start(serve, "/healthz", env);
  return {
    ...server,
    databaseFile,
    cli,
    newKey,
    baseUrl: `${server.url}/api/public/v1`,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const startFloor = (): Promise<RunningServer> =>
  start((port) => ["--import", "tsx", join(root, "benchmarks/floor.ts"), String(port)], "/");

async function start(
  args: (port: number) => string[],
  path: string,
  env: Record<string, string> = {},
): Promise<RunningServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = spawn(process.execPath, args(port), {
    stdio: ["ignore", "ignore", "ignore"],
    env: { ...process.env, ...env },
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  await firstAnswer(url + path, child);
  return {
    url,
    coldStartMs: performance.now() - startedAt,
    memoryMb: memoryOf(child).resident,
    keptMemoryMb: memoryOf(child).kept,
    stop: () =>
      new Promise((stopped) => {
        child.once("exit", () => stopped());
        child.kill("SIGTERM");
      }),
  };
}

/** Options of Node for a process that is asked for `keptMemoryMb`. */
export const COLLECTING_GARBAGE = ["--expose-gc", "--import", join(root, "benchmarks/collect-garbage.ts")];

export function memoryOf(child: ChildProcess) {
  const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1_024;
  return {
    resident,
    async kept(): Promise<number> {
      for (let times = 0; times < 3; times += 1) {
        child.kill("SIGUSR2");
        await setTimeout(300);
      }
      return resident();
    },
  };
}

async function firstAnswer(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answered = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await setTimeout(5);
  }
  throw new Error(`The server at ${url} ended with ${child.exitCode}`);
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });
}
