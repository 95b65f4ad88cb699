/** Where the program as users run it sends webhooks: where its settings say, and never through a proxy of the environment. */
import { rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { type RunningServer, runShell, startServer } from "./running-server.js";
import { eventually } from "./test-app.js";
import { startReceiver } from "./webhook-receiver.js";

/** A proxy that would do anything for anybody; it keeps what it is asked for. */
async function startProxy() {
  const asked: string[] = [];
  const server = createServer((socket) => {
    const connection = asked.push("") - 1;
    socket.on("error", () => {});
    socket.on("data", (data) => {
      asked[connection] += data.toString("latin1");
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function start(options: { flags?: string[]; env?: Record<string, string> }): Promise<RunningServer> {
  const server = await startServer(options);
  onTestFinished(async () => {
    await server.stop("SIGKILL");
    rmSync(server.dataDir, { recursive: true, force: true });
  });
  return server;
}

/** Has a webhook tested until its first attempt has ended; gives the log of it. */
async function firstAttempt(server: RunningServer, key: string, id: string) {
  await server.request("POST", `/webhooks/${id}/test`, { key });
  return eventually(async () => {
    const { body } = await server.request("GET", `/webhooks/${id}/deliveries`, { key });
    return body.data[0]?.attempts[0];
  }, "the first attempt");
}

async function register(server: RunningServer, key: string, url: string): Promise<string> {
  const { status, body } = await server.request("POST", "/webhooks", { key, body: { url, events: ["message.sent"] } });
  expect(status).toBe(201);
  return body.data.id;
}

/** Node 22.14 does not, and ends at the option. */
const KNOWS_PROXIES = process.allowedNodeEnvironmentFlags.has("--use-env-proxy");

/** Every way in which Node, undici, curl and others are told of a proxy. */
function proxyEnvironment(origin: string): Record<string, string> {
  const names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];
  return {
    ...Object.fromEntries(names.map((name) => [name, origin])),
    NODE_USE_ENV_PROXY: "1",
    ...(KNOWS_PROXIES && { NODE_OPTIONS: "--use-env-proxy" }),
    npm_config_proxy: origin,
    GLOBAL_AGENT_HTTP_PROXY: origin,
  };
}

test("a proxy of the environment sees nothing of webhooks", async () => {
  const proxy = await startProxy();
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const env = proxyEnvironment(proxy.origin);
  const server = await start({ env });
  const key = await server.createKey();
  const plain = await register(server, key, receiver.url);
  expect(await firstAttempt(server, key, plain)).toMatchObject({ response_status: 200, error: null });
  expect(receiver.requests).toHaveLength(1);
  // The receiver knows no TLS, so the attempt fails; but there, and not at the proxy.
  const encrypted = await register(server, key, receiver.url.replace("http:", "https:"));
  expect(await firstAttempt(server, key, encrypted)).toMatchObject({
    response_status: null,
    error: expect.stringMatching(/^failed with ERR_SSL_/),
  });
  // A name that only the proxy could resolve; a name server that cannot be reached keeps us waiting.
  const unknown = await register(server, key, "http://only-the-proxy-knows.invalid/");
  expect(await firstAttempt(server, key, unknown)).toMatchObject({
    error: expect.stringMatching(
      /^the host name (does not exist|could not be looked up)$|^no connection within 10 seconds$/,
    ),
  });
  expect(proxy.asked).toEqual([]);

  // The environment is one that sends others to the proxy: this Node's own fetch goes there, where it knows of proxies.
  const elsewhere = `"${process.execPath}" -e 'fetch("${receiver.url}").catch(() => {})'`;
  expect(await runShell(elsewhere, env)).toMatchObject({ status: 0 });
  expect([proxy.asked.length, receiver.requests.length]).toEqual(KNOWS_PROXIES ? [1, 1] : [0, 2]);
});

test("the log tells nothing of what stands behind a refused address", async () => {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const { port } = new URL(receiver.url);
  const server = await start({ flags: [], env: { WHATSFLOW_LOG_LEVEL: "trace" } });
  const key = await server.createKey();
  const id = await register(server, key, "https://example.com/");
  for (const host of ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "0.0.0.0"]) {
    const database = new SqliteDatabase(join(server.dataDir, "whatsflow.db"));
    database.prepare("update webhooks set url = ? where id = ?").run(`http://${host}:${port}/`, id);
    database.close();
    await server.request("POST", `/webhooks/${id}/test`, { key });
  }
  const errors = await eventually(async () => {
    const { body } = await server.request("GET", `/webhooks/${id}/deliveries`, { key });
    const all = body.data.map(({ attempts }: { attempts: { error: string }[] }) => attempts[0]?.error);
    return all.length === 4 && all.every(Boolean) ? all : undefined;
  }, "four attempts");
  expect(new Set(errors)).toEqual(new Set(["the address is not reachable from the public internet"]));
  expect(receiver.requests).toEqual([]);
  // The log is written by the way: an attempt can be read in the database before.
  const lines = await eventually(() => {
    const told = server.printed.stderr.split("\n").filter((line) => line.includes('"webhook attempt"'));
    return told.length >= 4 ? told : undefined;
  }, "the attempts in the log");
  expect(lines.join("\n")).not.toMatch(/127\.0\.0\.1|::ffff|ECONNREFUSED/);
});

test("what WHATSFLOW_WEBHOOK_ALLOW names is reached, and its neighbour is not", async () => {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const { port } = new URL(receiver.url);
  const server = await start({ flags: [], env: { WHATSFLOW_WEBHOOK_ALLOW: "::ffff:127.0.0.1" } });
  const key = await server.createKey();
  for (const host of ["127.0.0.1", "localhost", "LOCALHOST", "2130706433"]) {
    const id = await register(server, key, `http://${host}:${port}/`);
    expect(await firstAttempt(server, key, id), host).toMatchObject({ response_status: 200, error: null });
  }
  expect(receiver.requests).toHaveLength(4);
  for (const host of ["127.0.0.2", "0.0.0.0", "[::1]", "10.0.0.1"]) {
    const body = { url: `http://${host}:${port}/`, events: ["message.sent"] };
    expect((await server.request("POST", "/webhooks", { key, body })).status, host).toBe(400);
  }
});
