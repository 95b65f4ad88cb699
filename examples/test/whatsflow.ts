/** The built server as its users start it: a process of its own, on a free port and a data folder of its own. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { WhatsFlow } from "@whatsflow/sdk";

const BIN = fileURLToPath(new URL("../../packages/server/bin/whatsflow.js", import.meta.url));
/** For what goes wrong, not for what is slow. */
const START_TIMEOUT_MS = 60_000;

export interface RunningServer {
  /** Such as `http://127.0.0.1:40123`. */
  url: string;
  dataDir: string;
  /** A test key with all scopes. */
  key: string;
  /** A live key, for which no device is connected. */
  liveKey: string;
  client: WhatsFlow;
  stop(): Promise<void>;
}

export async function startWhatsFlow(): Promise<RunningServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "whatsflow-examples-"));
  // Set, so that what the developer's shell holds does not leak in.
  const env = { PATH: process.env.PATH, WHATSFLOW_DATA_DIR: dataDir, WHATSFLOW_LOG_LEVEL: "error" };
  const server = spawn(process.execPath, [BIN, "serve", "--dev", "--port", "0"], { env });
  const url = await firstUrl(server);

  const createKey = async (mode: "test" | "live") => {
    const args = [BIN, "keys", "create", "--name", `examples ${mode}`, "--mode", mode, "--scopes", "all", "--json"];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    const { key }: { key: string } = JSON.parse(stdout);
    return key;
  };
  const key = await createKey("test");
  return {
    url,
    dataDir,
    key,
    liveKey: await createKey("live"),
    client: new WhatsFlow({ apiKey: key, baseUrl: url }),
    async stop() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The address that the server prints when it is ready. */
function firstUrl(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const timer = setTimeout(() => {
      server.kill("SIGKILL");
      reject(new Error(`The server did not start:\n${printed}`));
    }, START_TIMEOUT_MS);
    const read = (chunk: Buffer) => {
      printed += chunk;
      const url = /ready at (http:\/\/[^/\s]+)\//.exec(printed)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    server.stdout?.on("data", read);
    server.stderr?.on("data", read);
    server.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`The server ended with ${code}:\n${printed}`));
    });
  });
}
