import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import pino from "pino";
import { createAccount, findAccount, getSpace, setPlan } from "../src/accounts/accounts.js";
import { createApp } from "../src/app.js";
import { type Clock, systemClock } from "../src/clock.js";
import { type Config, loadConfig } from "../src/config.js";
import type { Transports } from "../src/devices/pairing.js";
import { SCOPES, type Scope } from "../src/generated/operations.js";
import type { Dashboard } from "../src/http/dashboard.js";
import { type Installation, openInstallation } from "../src/installation.js";
import { createKey, hashKey, newKeyText, revokeKey } from "../src/keys/keys.js";
import type { Mode } from "../src/storage/schema.js";
import { openStore, type Tx } from "../src/storage/store.js";
import { newToken, startSession } from "../src/users/sessions.js";
import { createUser, findUser } from "../src/users/users.js";
import { checkAnswer } from "./contract-check.js";

interface KeyOptions {
  mode?: Mode;
  scopes?: readonly Scope[];
  account?: string;
  deviceIds?: string[] | null;
  expiresAt?: number | null;
}
interface RequestOptions {
  key?: string | null;
  /** The token of a session, instead of a key, and the mode that its page is in. */
  session?: string;
  mode?: Mode;
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  rawBody?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers that the contract check has validated
type Answered = { status: number; headers: Headers; body: any };

/** A whole server on a port and a folder of its own. Each answer is checked against openapi.yaml. */
export interface TestApp extends Installation {
  url: string;
  baseUrl: string;
  dataDir: string;
  /** A test key with all scopes, in the account `default`. */
  key: string;
  /** How many streams of events are open, by the metrics. */
  countStreams(): Promise<number>;
  createKey(options?: KeyOptions): Promise<string>;
  /** As the command line does it, beside the server. */
  revokeKey(key: string): Promise<void>;
  /** Begins a session of a user, who is made where there is none, without a password; gives its token. */
  signIn(options?: { account?: string; name?: string }): Promise<string>;
  setPlan(account: string, requestsPerMinute: number, requestsPerHour?: number): Promise<void>;
  request(method: string, path: string, options?: RequestOptions): Promise<Answered>;
  close(): Promise<void>;
}

/** Longer than any test. */
const KEEP_ALIVE_MS = 600_000;

export async function startTestApp({
  clock = systemClock,
  env = {},
  dev = true,
  dataDir = mkdtempSync(join(tmpdir(), "whatsflow-")),
  transports = {},
  dashboard,
  keep = false,
}: {
  clock?: Clock;
  env?: Record<string, string>;
  dev?: boolean;
  dataDir?: string;
  transports?: Partial<Transports>;
  dashboard?: Dashboard | undefined;
  /** Leaves the data folder for the next start. */
  keep?: boolean;
} = {}): Promise<TestApp> {
  const config: Config = loadConfig({ data: dataDir, dev }, env);
  const installation = await openInstallation(config, clock);
  const app = createApp({ ...installation, clock, log: pino({ level: "silent" }), config, transports, dashboard });
  await app.start();
  // A machine that stands still for seconds ends no connection between two requests.
  const serverOptions = { keepAliveTimeout: KEEP_ALIVE_MS };
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1", serverOptions });
  await new Promise((listening) => server.once("listening", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const baseUrl = `${url}/api/public/v1`;
  // A connection of its own, as the command line has beside a running server.
  const operator = await openStore(config.databaseFile);

  const accountOf = async (tx: Tx, name: string) =>
    (await findAccount(tx, name)) ?? (await createAccount(tx, { name, plan: "enterprise" }, clock.now()));

  async function makeKey({
    mode = "test",
    scopes = SCOPES,
    account = "default",
    deviceIds = null,
    expiresAt = null,
  }: KeyOptions = {}): Promise<string> {
    const now = clock.now();
    const key = newKeyText(mode);
    await operator.write(async (tx) => {
      const space = await getSpace(tx, (await accountOf(tx, account)).id, mode);
      await createKey(tx, space, key, { name: "test", scopes, deviceIds, expiresAt }, now);
    });
    return key;
  }
  const key = await makeKey();

  return {
    ...installation,
    url,
    baseUrl,
    dataDir,
    key,
    async countStreams() {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      return Number(/^whatsflow_event_streams (\d+)$/m.exec(metrics)?.[1]);
    },
    createKey: makeKey,
    async revokeKey(text) {
      await operator.write(async (tx) => {
        const { id } = await tx
          .selectFrom("api_keys")
          .select("id")
          .where("hash", "=", hashKey(text))
          .executeTakeFirstOrThrow();
        await revokeKey(tx, id, clock.now());
      });
    },
    async signIn({ account = "default", name = `anna@${account}` } = {}) {
      const token = newToken();
      await operator.write(async (tx) => {
        const { id } = await accountOf(tx, account);
        // Nobody's password has this hash.
        const made = async () => createUser(tx, id, { name, passwordHash: "$none" }, clock.now());
        const user = (await findUser(tx, name)) ?? (await made());
        await startSession(tx, user.id, { token, userAgent: "Tests/1.0" }, clock.now());
      });
      return token;
    },
    async setPlan(name, requestsPerMinute, requestsPerHour = 60 * requestsPerMinute) {
      const account = await findAccount(operator.read, name);
      await operator.write((tx) => setPlan(tx, account?.id ?? "", "custom", { requestsPerMinute, requestsPerHour }));
    },
    async request(method, path, { session, mode = "test", key: given, body, rawBody, headers = {} } = {}) {
      const asked = given === undefined && session === undefined ? key : (given ?? null);
      const sent = rawBody ?? (body === undefined ? null : JSON.stringify(body));
      const response = await fetch(baseUrl + path, {
        method,
        body: sent,
        headers: {
          ...(asked !== null && { authorization: `Bearer ${asked}` }),
          ...(session !== undefined && { cookie: `whatsflow=${session}`, "whatsflow-mode": mode }),
          ...(sent !== null && { "content-type": "application/json" }),
          ...headers,
        },
      });
      const answer: unknown = isStream(response) ? await beginningOf(response) : await response.json();
      checkAnswer(method, new URL(baseUrl + path).pathname, response, answer);
      return { status: response.status, headers: response.headers, body: answer };
    },
    async close() {
      const closed = new Promise((done) => server.close(done));
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
      await app.stop();
      await operator.close();
      await installation.store.close();
      if (!keep) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const isStream = (response: Response) => response.headers.get("content-type") === "text/event-stream";

/** What a stream says first; it is left then. */
async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return new TextDecoder().decode(value);
}

/** Waits for what happens by itself, looking again and again; for real time only. */
export async function eventually<T>(
  look: () => Promise<T | undefined> | T | undefined,
  what: string,
  { seconds = 30 } = {},
): Promise<T> {
  for (let tries = 0; tries < 40 * seconds; tries += 1) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((again) => setTimeout(again, 25));
  }
  throw new Error(`${what} did not happen`);
}
