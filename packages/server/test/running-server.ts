import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { checkAnswer } from "./contract-check.js";

const BIN = fileURLToPath(new URL("../bin/whatsflow.js", import.meta.url));

export interface ProcessResult {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A test that fails midway leaves its server behind; the test file must not. */
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
});

/** The program as users run it, in a process of its own. Nothing of the tests' own environment reaches it. */
function spawnWhatsflow(args: string[], env: Record<string, string> = {}) {
  return run(process.execPath, [BIN, ...args], env);
}

function run(program: string, args: string[], env: Record<string, string>) {
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    printed.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    printed.stderr += text;
  });
  const ended = new Promise<ProcessResult>((resolve) =>
    child.once("close", (status, signal) => {
      running.delete(child);
      resolve({ status, signal, ...printed });
    }),
  );
  running.add(child);
  return { child, printed, ended };
}

/** Runs a command to its end. */
export const cli = (args: string[], env?: Record<string, string>): Promise<ProcessResult> =>
  spawnWhatsflow(args, env).ended;

/** A command that goes on until it is stopped. */
export interface RunningCommand {
  /** What it printed so far. */
  printed: { stdout: string; stderr: string };
  /** Resolves when it ended by itself. */
  ended: Promise<ProcessResult>;
  /** Ends it; resolves when it is gone. */
  stop(signal: NodeJS.Signals): Promise<ProcessResult>;
}

export function startCli(args: string[], env?: Record<string, string>): RunningCommand {
  const { child, printed, ended } = spawnWhatsflow(args, env);
  return {
    printed,
    ended,
    stop(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Runs a script in a Node of its own. */
export const evaluate = (script: string): Promise<ProcessResult> => run(process.execPath, ["--eval", script], {}).ended;

/** Runs a line as a user's shell does. */
export const runShell = (line: string, env: Record<string, string>): Promise<ProcessResult> =>
  run("/bin/sh", ["-c", line], env).ended;

/** Runs a command that has to succeed, with `--json`; gives what it prints. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into what the command line prints
export async function cliJson(args: string[], env?: Record<string, string>): Promise<any> {
  const { status, stdout, stderr } = await cli([...args, "--json"], env);
  if (status !== 0) throw new Error(`whatsflow ${args.join(" ")} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** A folder of its own for an installation; the caller removes it. */
export const newDataDir = (): string => mkdtempSync(join(tmpdir(), "whatsflow-"));

interface RequestOptions {
  key?: string;
  body?: unknown;
  headers?: Record<string, string>;
}
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers that the contract check has validated
type Answered = { status: number; headers: Headers; body: any };

/** A started `whatsflow serve`. */
export interface RunningServer {
  url: string;
  baseUrl: string;
  dataDir: string;
  pid: number;
  /** What it printed so far. */
  printed: { stdout: string; stderr: string };
  /** Throws when the server is gone before it has answered. Each answer is checked against openapi.yaml. */
  request(method: string, path: string, options?: RequestOptions): Promise<Answered>;
  /** A test key with all scopes. */
  createKey(...flags: string[]): Promise<string>;
  /** Ends it; resolves when the process is gone. */
  stop(signal: NodeJS.Signals): Promise<ProcessResult>;
}

/** Starts the server on a port of its own; resolves when it listens. */
export async function startServer({
  dataDir = newDataDir(),
  flags = ["--dev"],
  env = {},
}: {
  dataDir?: string;
  flags?: string[];
  env?: Record<string, string>;
} = {}): Promise<RunningServer> {
  const { child, printed, ended } = spawnWhatsflow(["serve", "--port", "0", "--data", dataDir, ...flags], env);
  const listening = new Promise<string>((resolve) => {
    child.stderr.on("data", () => {
      const url = urlIn(printed.stderr);
      if (url !== undefined) resolve(url);
    });
  });
  const url = await Promise.race([
    listening,
    ended.then(({ status, stderr }) => {
      throw new Error(`whatsflow serve ended with ${status}: ${stderr}`);
    }),
  ]);
  const baseUrl = `${url}/api/public/v1`;
  return {
    url,
    baseUrl,
    dataDir,
    pid: child.pid ?? 0,
    printed,
    async request(method, path, { key, body, headers = {} } = {}) {
      const response = await fetch(baseUrl + path, {
        method,
        body: body === undefined ? null : JSON.stringify(body),
        headers: {
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
      });
      const answer: unknown = await response.json();
      checkAnswer(method, new URL(baseUrl + path).pathname, response, answer);
      return { status: response.status, headers: response.headers, body: answer };
    },
    async createKey(...more) {
      const create = ["keys", "create", "--name", "test", "--mode", "test", "--scopes", "all", "--data", dataDir];
      const { key } = await cliJson([...create, ...more], env);
      return key;
    },
    stop(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** The address in the log line that says that the server listens. */
function urlIn(log: string): string | undefined {
  const line = log.split("\n").find((text) => text.includes('"msg":"listening"') && text.endsWith("}"));
  return line && JSON.parse(line).url;
}
