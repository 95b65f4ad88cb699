import { serve as serveHttp } from "@hono/node-server";
import { Command } from "commander";
import pino, { type Logger } from "pino";
import { type App, createApp } from "../app.js";
import { systemClock } from "../clock.js";
import { type Config, ConfigError, type ConfigFlags, loadConfig } from "../config.js";
import { BASE_PATH } from "../http/mount.js";
import { type Installation, openInstallation } from "../installation.js";
import { getDevKey } from "../keys/dev-key.js";
import { newOperatorToken } from "../keys/operator.js";
import { lockFolder } from "../storage/folder-lock.js";
import { forgetOperator, keepOperator } from "./operator-file.js";

/** Longer than a request may wait for WhatsApp's acknowledgement. */
const DRAIN_TIMEOUT_MS = 20_000;

/** `whatsflow serve` */
export function serveCommand(): Command {
  return new Command("serve")
    .description("start the server")
    .option("--port <port>", "where it listens (WHATSFLOW_PORT; default 2152)")
    .option("--host <address>", "the address it listens on (WHATSFLOW_HOST; default 127.0.0.1)")
    .option("--data <folder>", "the data folder (WHATSFLOW_DATA_DIR; default ./data)")
    .option("--dev", "for development: webhooks may go to this machine, and a test key is shown")
    .action((flags: ConfigFlags) => serve(loadConfig(flags)));
}

/** Runs the server until SIGTERM or SIGINT. */
async function serve(config: Config): Promise<void> {
  // Asked for before anything begins, so that a stop is orderly from the first request on.
  const stop = nextSignal();
  // Asynchronous: no request waits for its own log line.
  const logFile = pino.destination({ fd: process.stderr.fd, sync: false });
  const log = pino({ level: config.logLevel }, logFile);
  const installation = await openInstallation(config, systemClock);
  const unlock = lockFolder(config.dataDir);
  if (!unlock) {
    await installation.store.close();
    throw new ConfigError(
      `Another whatsflow serve uses the data folder ${config.dataDir}. Stop it, or give this one another folder with --data.`,
    );
  }
  const operatorToken = newOperatorToken();
  const app = createApp({ ...installation, clock: systemClock, log, config, operatorToken });
  await app.start();
  const { close, url, localUrl } = await listen(config, app, log);
  keepOperator(config.dataDir, { url: localUrl, token: operatorToken });
  if (config.dev) await greet(url, installation);

  const signal = await stop;
  log.info({ signal }, "stopping");
  const hurry = setTimeout(() => process.exit(1), DRAIN_TIMEOUT_MS + 5_000).unref();
  forgetOperator(config.dataDir);
  await close();
  await app.stop();
  await installation.store.close();
  unlock();
  clearTimeout(hurry);
  log.info("stopped");
  logFile.flushSync();
  // Baileys leaves timers of ended sockets behind, which would hold the process for half a minute.
  process.exit(0);
}

interface Listening {
  /** Where others find the server. */
  url: string;
  /** Where this machine does. */
  localUrl: string;
  close(): Promise<void>;
}

async function listen(config: Config, app: App, log: Logger): Promise<Listening> {
  const server = serveHttp({ fetch: app.fetch, port: config.port, hostname: config.host });
  await new Promise<void>((listening, failed) => {
    server.once("listening", listening);
    server.once("error", (error) =>
      failed(new ConfigError(`Cannot listen on ${config.host}:${config.port}: ${error.message}`)),
    );
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : config.port;
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  const localUrl = `http://${host === "0.0.0.0" || host === "[::]" ? "localhost" : host}:${port}`;
  const url = config.publicUrl ?? localUrl;
  log.info({ url, data: config.dataDir, dev: config.dev }, "listening");
  return { url, localUrl, close: () => drain(server) };
}

/** Takes no new connections, and lets the requests that are under way end. */
async function drain(server: ReturnType<typeof serveHttp>): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  if (!("closeIdleConnections" in server)) return closed;
  server.closeIdleConnections();
  // Connections that were busy a moment ago are kept alive after their answer: let go of them as they fall idle.
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}

async function greet(url: string, { store, secretBox }: Installation): Promise<void> {
  const key = await getDevKey(store, secretBox, systemClock);
  const body = JSON.stringify({ phone_number: "+94771234567", message: "Hello! How can we help you today?" });
  process.stdout.write(`
WhatsFlow is ready at ${url}${BASE_PATH}
Your test key: ${key}

Send a first message (to the sandbox; no phone needed):

  curl ${url}${BASE_PATH}/messages/send -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" -d '${body}'

`);
}

const nextSignal = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve(signal));
  });
