import { fileURLToPath } from "node:url";
import { serve as serveHttp } from "@hono/node-server";
import pino, { type Logger } from "pino";
import { ensureDefaultAccount } from "../accounts/accounts.js";
import { type App, createApp } from "../app.js";
import { systemClock } from "../clock.js";
import { type Config, ConfigError } from "../config.js";
import { BASE_PATH } from "../http/base-path.js";
import { NOT_BUILT, readDashboard } from "../http/dashboard.js";
import { READINESS_PATH } from "../http/monitoring.js";
import { type Installation, openInstallation } from "../installation.js";
import { getDevKey } from "../keys/dev-key.js";
import { newOperatorToken } from "../keys/operator.js";
import type { Store } from "../storage/store.js";
import { inviteFirstUser, type NewInvitation } from "../users/invitations.js";
import { type ServerAddress, showOneTimeLink } from "./one-time-link.js";
import { forgetOperator, keepOperator } from "./operator-file.js";

/** Longer than a request may wait for WhatsApp's acknowledgement. */
const DRAIN_TIMEOUT_MS = 17_000;
/** Whatever hangs: more than the notice's time, the requests' and the webhooks' together, and less than the 30 seconds that service managers are told to wait. */
const HURRY_AFTER_MS = 28_000;
const SAME_SIGNAL_MS = 1_000;
/** The build puts it beside the program. */
const DASHBOARD = fileURLToPath(new URL("dashboard", import.meta.url));

/** Runs the server until SIGTERM or SIGINT, and ends the process. */
export async function serve(config: Config): Promise<void> {
  // Asked for before anything begins, so that a stop is orderly from the first request on.
  const stop = nextSignal();
  void stop.then(() => setTimeout(() => process.exit(1), HURRY_AFTER_MS).unref());
  // Asynchronous: no request waits for its own log line.
  const logFile = pino.destination({ fd: process.stderr.fd, sync: false });
  const log = pino({ level: config.logLevel }, logFile);
  try {
    const installation = await openInstallation(config, systemClock, { alone: true });
    try {
      await run(config, installation, log, stop);
    } finally {
      await installation.close();
    }
    log.info("stopped");
  } finally {
    logFile.flushSync();
  }
  // Baileys leaves timers of ended sockets behind, which would hold the process for half a minute.
  process.exit(0);
}

async function run(config: Config, installation: Installation, log: Logger, stop: Promise<string>): Promise<void> {
  const devKey = config.dev ? await getDevKey(installation.store, installation.secretBox, systemClock) : undefined;
  const invitation = await openFirstInvitation(installation.store);
  const operatorToken = newOperatorToken();
  const dashboard = readDashboard(DASHBOARD);
  if (!dashboard) log.warn(NOT_BUILT);
  const app = createApp({ ...installation, clock: systemClock, log, config, operatorToken, dashboard });
  // The port comes first: a server that cannot have it must not have delivered anything.
  const { url, localUrl, port, open, close } = await listen(config, app, log);
  try {
    await app.start();
    open();
    const { publicUrl } = config;
    keepOperator(config.dataDir, { url: localUrl + BASE_PATH, token: operatorToken, publicUrl });
    log.info({ url, data: config.dataDir, dev: config.dev }, "listening");
    if (devKey !== undefined) greet(url, devKey);
    if (invitation) inviteFirst({ url, port }, invitation);
    log.info({ signal: await stop }, "stopping");
    await app.announceStop();
  } finally {
    forgetOperator(config.dataDir);
    app.endStreams();
    await close();
    await app.stop();
  }
}

interface Listening {
  /** Where others find the server. */
  url: string;
  /** Where this machine does. */
  localUrl: string;
  port: number;
  /** Begins to answer; requests that came before have waited, but for those that ask whether it is ready. */
  open(): void;
  close(): Promise<void>;
}

async function listen(config: Config, app: App, log: Logger): Promise<Listening> {
  let isOpen = false;
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = () => {
      isOpen = true;
      resolve();
    };
  });
  const server = serveHttp({
    fetch: (request, env) =>
      isOpen || asksForReadiness(request) ? app.fetch(request, env) : opened.then(() => app.fetch(request, env)),
    port: config.port,
    hostname: config.host,
  });
  await new Promise<void>((listening, failed) => {
    server.once("listening", listening);
    server.once("error", (error) =>
      failed(new ConfigError(`Cannot listen on ${config.host}:${config.port}: ${error.message}${cureOf(error)}`)),
    );
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : config.port;
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  const localUrl = `http://${host === "0.0.0.0" || host === "[::]" ? "localhost" : host}:${port}`;
  // Who still waits for a server that does not open is not waited for.
  const close = () => drain(server, isOpen ? DRAIN_TIMEOUT_MS : 0, log);
  return { url: config.publicUrl ?? localUrl, localUrl, port, open, close };
}

function cureOf(error: Error): string {
  const isPort = "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES");
  return isPort ? ". Choose another port with --port or WHATSFLOW_PORT; through npm: npm start -- --port 3000" : "";
}

const asksForReadiness = (request: Request) => URL.parse(request.url)?.pathname === READINESS_PATH;

/** Takes no new connections, and lets the requests that are under way end. */
async function drain(server: ReturnType<typeof serveHttp>, timeoutMs: number, log: Logger): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  if (!("closeIdleConnections" in server)) return closed;
  server.closeIdleConnections();
  // Connections that were busy a moment ago are kept alive after their answer: let go of them as they fall idle.
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const cut = setTimeout(() => {
    log.warn({ waited_ms: timeoutMs }, "cutting off requests that do not end");
    server.closeAllConnections();
  }, timeoutMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}

function greet(url: string, key: string): void {
  const body = JSON.stringify({ phone_number: "+94771234567", message: "Hello! How can we help you today?" });
  process.stdout.write(`
WhatsFlow is ready at ${url}${BASE_PATH}
Your test key: ${key}

Send a first message (to the sandbox; no phone needed):

  curl ${url}${BASE_PATH}/messages/send -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" -d '${body}'

`);
}

/** Undefined once there are users. */
const openFirstInvitation = (store: Store): Promise<NewInvitation | undefined> =>
  store.write(async (tx) => {
    const now = systemClock.now();
    const { id } = await ensureDefaultAccount(tx, now);
    return inviteFirstUser(tx, id, now);
  });

/** For the eyes of whoever starts the server: the log never has the link. */
function inviteFirst(server: ServerAddress, { token }: NewInvitation): void {
  process.stdout.write(`
Nobody can sign in to the dashboard yet. Choose a name and a password here (the link works once, for 24 hours):
${showOneTimeLink(server, token).join("\n")}
`);
}

/** A later signal ends the process at once; one that comes right behind is the same again: npm passes on what its group was sent. */
const nextSignal = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const heard = () => {
        resolve(signal);
        setTimeout(() => process.off(signal, heard), SAME_SIGNAL_MS).unref();
      };
      process.on(signal, heard);
    }
  });
