/** The built server as its users start it: a process of its own, on a free port and a data folder of its own. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Simulator } from "@whatsflow/whatsapp-simulator";

const BIN = fileURLToPath(new URL("../../server/bin/whatsflow.js", import.meta.url));
/** For what goes wrong, not for what is slow. */
const START_TIMEOUT_MS = 60_000;

export type Mode = "live" | "test";

export interface WhatsFlow {
  /** Such as `http://127.0.0.1:40123`. */
  url: string;
  dataDir: string;
  /** The link that the server prints at its first start. */
  firstLink: string;
  /** Runs a command of `whatsflow` with `--json`; gives what it prints. */
  run(...args: string[]): Promise<unknown>;
  /** Asks the API with a key that may do everything; gives the answer's `data`. */
  ask(mode: Mode, method: string, path: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startWhatsFlow(whatsapp?: Simulator): Promise<WhatsFlow> {
  const dataDir = mkdtempSync(join(tmpdir(), "whatsflow-dashboard-"));
  // Set, so that what the developer's shell holds does not leak in.
  const env = {
    PATH: process.env.PATH,
    WHATSFLOW_DATA_DIR: dataDir,
    WHATSFLOW_LOG_LEVEL: "error",
    ...(whatsapp && { WHATSFLOW_WHATSAPP_URL: whatsapp.url, WHATSFLOW_WHATSAPP_ROOT: whatsapp.rootPublicKeyHex }),
  };
  const server = spawn(process.execPath, [BIN, "serve", "--dev", "--port", "0"], { env });
  const { url, firstLink } = await greeting(server);

  const run = async (...args: string[]): Promise<unknown> => {
    const { stdout } = await promisify(execFile)(process.execPath, [BIN, ...args, "--json"], { env });
    return JSON.parse(stdout);
  };
  const newKey = async (mode: Mode) =>
    String(memberOf(await run("keys", "create", "--name", `tests ${mode}`, "--mode", mode, "--scopes", "all"), "key"));
  const keys: Partial<Record<Mode, Promise<string>>> = {};
  return {
    url,
    dataDir,
    firstLink,
    run,
    async ask(mode, method, path, body) {
      keys[mode] ??= newKey(mode);
      const answer = await fetch(`${url}/api/public/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${await keys[mode]}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const said: unknown = await answer.json();
      if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${JSON.stringify(said)}`);
      return memberOf(said, "data");
    },
    async stop() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      // With pages still open it would wait for their requests.
      server.kill("SIGKILL");
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A member of what JSON said, which may be of any form. */
export const memberOf = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);

/** What the server prints when it is ready. */
function greeting(server: ChildProcess): Promise<{ url: string; firstLink: string }> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const timer = setTimeout(() => {
      server.kill("SIGKILL");
      reject(new Error(`The server did not start:\n${printed}`));
    }, START_TIMEOUT_MS);
    const read = (chunk: Buffer) => {
      printed += chunk;
      const url = /ready at (http:\/\/[^/\s]+)\//.exec(printed)?.[1];
      const firstLink = /(http\S+welcome\?token=\S+)\s/.exec(printed)?.[1];
      if (url === undefined || firstLink === undefined) return;
      clearTimeout(timer);
      resolve({ url, firstLink });
    };
    server.stdout?.on("data", read);
    server.stderr?.on("data", read);
    server.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`The server ended with ${code}:\n${printed}`));
    });
  });
}
