/** The program as users run it, for tests and the soak: it can be killed at any moment, and started again on the same folder. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../bin/whatsflow.js", import.meta.url));

// biome-ignore lint/suspicious/noExplicitAny: the callers look into answers of the API
export type Answer = { status: number; body: any };

export interface Program {
  pid: number;
  dataDir: string;
  /** The test key that `serve --dev` shows. */
  key: string;
  /** What it printed so far. */
  printed: { stdout: string; stderr: string };
  /** Resolves when the log holds the text so many times; throws when the program ended before. */
  logged(text: string, times?: number): Promise<void>;
  /** Undefined when the program is gone before it has answered. */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer | undefined>;
  /** The data of an answer that has to be a success. */
  // biome-ignore lint/suspicious/noExplicitAny: the callers look into answers of the API
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<any>;
  /** Resolves with the status when the process is gone. */
  end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null>;
}

const running = new Set<ChildProcess>();
process.once("exit", () => killAll());
/** For whoever ends early. */
export function killAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "whatsflow-faults-"));

/** Runs a command to its end. */
export async function runCommand(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [BIN, ...args], { env: { PATH: process.env.PATH }, stdio: "ignore" });
  const status = await new Promise((ended) => child.once("close", ended));
  if (status !== 0) throw new Error(`whatsflow ${args.join(" ")} ended with ${status}`);
}

/** `whatsflow serve --dev`, on a port of its own; resolves when it listens. */
export async function startProgram(dataDir: string, env: Record<string, string> = {}): Promise<Program> {
  const child = spawn(process.execPath, [BIN, "serve", "--dev", "--port", "0", "--data", dataDir], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const printed = { stdout: "", stderr: "" };
  const readers = new Set<() => void>();
  const print = (stream: keyof typeof printed) => (text: string) => {
    printed[stream] += text;
    for (const look of readers) look();
  };
  child.stdout.setEncoding("utf8").on("data", print("stdout"));
  child.stderr.setEncoding("utf8").on("data", print("stderr"));
  let gone = false;
  const ended = new Promise<number | null>((resolve) =>
    child.once("close", (status) => {
      gone = true;
      running.delete(child);
      for (const look of readers) look();
      resolve(status);
    }),
  );
  const found = <T>(find: () => T | undefined, what: string) =>
    new Promise<T>((resolve, reject) => {
      const look = () => {
        const value = find();
        if (value === undefined && !gone) return;
        readers.delete(look);
        if (value === undefined) reject(new Error(`The program ended without ${what}: ${printed.stderr}`));
        else resolve(value);
      };
      readers.add(look);
      look();
    });

  const baseUrl = await found(() => / ready at (\S+)\s/.exec(printed.stdout)?.[1], "listening");
  const key = await found(() => /Your test key: (\S+)\s/.exec(printed.stdout)?.[1], "its key");
  const request: Program["request"] = async (method, path, body, more = {}) => {
    const type = body !== undefined && { "content-type": "application/json" };
    const headers = { authorization: `Bearer ${key}`, ...type, ...more };
    try {
      const response = await fetch(baseUrl + path, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    } catch (error) {
      // Cut off by a kill, before or within the answer; anything else is a fault of the caller.
      if (error instanceof TypeError || (error instanceof SyntaxError && gone)) return undefined;
      throw error;
    }
  };
  return {
    pid: child.pid ?? 0,
    dataDir,
    key,
    printed,
    async logged(text, times = 1) {
      await found(() => (printed.stderr.split(text).length > times ? true : undefined), `logging "${text}"`);
    },
    request,
    async ask(method, path, body, headers) {
      const answer = await request(method, path, body, headers);
      if (!answer || answer.status >= 300) {
        throw new Error(`${method} ${path} was answered ${answer?.status}: ${JSON.stringify(answer?.body)}`);
      }
      return answer.body.data;
    },
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
