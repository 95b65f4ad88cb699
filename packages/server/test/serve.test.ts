/** `whatsflow serve` as a process: its folder, its lock, its key, its beginning and its end. */
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { cli, cliJson, newDataDir, type RunningServer, startServer } from "./running-server.js";
import { eventually } from "./test-app.js";

const TIMEOUT = { timeout: 30_000 };
const OTHER_KEY = Buffer.alloc(32, 7).toString("base64");
const folders: string[] = [];
const started: RunningServer[] = [];
function newFolder(): string {
  const folder = newDataDir();
  folders.push(folder);
  return folder;
}
async function start(dataDir: string, env: Record<string, string> = {}): Promise<RunningServer> {
  const server = await startServer({ dataDir, env });
  started.push(server);
  return server;
}
const serve = (dataDir: string, env?: Record<string, string>, port = "0") =>
  cli(["serve", "--port", port, "--data", dataDir], env);
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop("SIGKILL")));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const hello = { phone_number: "+94771234567", message: "Hello" };

describe("the data folder", () => {
  it("is used by one server at a time; a kill -9 leaves no lock", TIMEOUT, async () => {
    const dataDir = newFolder();
    const first = await start(dataDir);
    const second = await serve(dataDir);
    expect([second.status, second.stdout]).toEqual([1, ""]);
    expect(second.stderr).toBe(
      `whatsflow: Another whatsflow serve uses the data folder ${dataDir}. Stop it, or give this one another folder with --data.\n`,
    );
    expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
    await first.stop("SIGKILL");
    const third = await start(dataDir);
    expect(await (await fetch(`${third.url}/healthz`)).json()).toEqual({ status: "ok" });
  });

  it("is for its owner alone", TIMEOUT, async () => {
    const dataDir = newFolder();
    chmodSync(dataDir, 0o755);
    const server = await start(dataDir);
    await server.request("POST", "/messages/send", { key: await server.createKey(), body: hello });
    const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect(modeOf(dataDir)).toBe("700");
    const files = readdirSync(dataDir);
    expect(files).toEqual(
      expect.arrayContaining(["encryption.key", "whatsflow.db", "whatsflow.db-shm", "whatsflow.db-wal"]),
    );
    expect(files.map((file) => `${file} ${modeOf(join(dataDir, file))}`)).toEqual(files.map((file) => `${file} 600`));
  });

  it("is made once, however many begin with it at the same time", TIMEOUT, async () => {
    const dataDir = newFolder();
    const results = await Promise.all([
      start(dataDir),
      ...["a", "b", "c"].map((name) => cliJson(["accounts", "create", name, "--data", dataDir])),
    ]);
    expect(results).toHaveLength(4);
    const accounts = await cliJson(["accounts", "list", "--data", dataDir]);
    expect(accounts.map(({ name }: { name: string }) => name).sort()).toEqual(["a", "b", "c", "default"]);
  });

  it("may keep its database elsewhere", TIMEOUT, async () => {
    const dataDir = newFolder();
    const file = join(newFolder(), "deeper", "own.db");
    const env = { WHATSFLOW_DATABASE_URL: `sqlite:${file}` };
    const server = await start(dataDir, env);
    const key = await server.createKey();
    expect((await server.request("GET", "/usage", { key })).status).toBe(200);
    expect([existsSync(file), existsSync(join(dataDir, "whatsflow.db"))]).toEqual([true, false]);
    expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
  });
});

describe("the encryption key", () => {
  it("is made once; without it, or with another, nothing starts", TIMEOUT, async () => {
    const dataDir = newFolder();
    const keyFile = join(dataDir, "encryption.key");
    await cliJson(["accounts", "list", "--data", dataDir]);
    const key = readFileSync(keyFile);
    const command = () => cli(["keys", "list", "--data", dataDir]);

    rmSync(keyFile);
    for (const { status, stderr } of [await serve(dataDir), await command()]) {
      expect([status, stderr]).toEqual([
        1,
        expect.stringMatching(/^whatsflow: The encryption key is missing: put .*\n$/),
      ]);
      expect(existsSync(keyFile)).toBe(false);
    }
    writeFileSync(keyFile, "short\n");
    expect(await serve(dataDir)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("holds no encryption key"),
    });
    writeFileSync(keyFile, OTHER_KEY);
    expect(await serve(dataDir)).toMatchObject({
      status: 1,
      stderr: `whatsflow: ${keyFile} is not the encryption key that this database was made with\n`,
    });
    writeFileSync(keyFile, key);
    expect(await serve(dataDir, { WHATSFLOW_ENCRYPTION_KEY: OTHER_KEY })).toMatchObject({
      status: 1,
      stderr: "whatsflow: WHATSFLOW_ENCRYPTION_KEY is not the encryption key that this database was made with\n",
    });
    await start(dataDir);
  });

  it("may come from the environment; then no file is made", TIMEOUT, async () => {
    const dataDir = newFolder();
    const server = await start(dataDir, { WHATSFLOW_ENCRYPTION_KEY: OTHER_KEY });
    expect(existsSync(join(dataDir, "encryption.key"))).toBe(false);
    await server.stop("SIGTERM");
    expect(await serve(dataDir)).toMatchObject({ status: 1, stderr: expect.stringContaining("key is missing") });
  });
});

describe("the port", () => {
  it("that is in use is told in one sentence", TIMEOUT, async () => {
    const busy = createServer();
    await new Promise<void>((listening) => busy.listen(0, "127.0.0.1", listening));
    const address = busy.address();
    const port = typeof address === "object" && address ? String(address.port) : "";
    const { status, stderr } = await serve(newFolder(), {}, port);
    busy.close();
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`^whatsflow: Cannot listen on 127\\.0\\.0\\.1:${port}: .*EADDRINUSE.*\n$`));
  });
});

describe("SIGTERM", () => {
  it("lets a request in flight end, takes no new one, and ends with status 0", TIMEOUT, async () => {
    const server = await start(newFolder());
    const key = await server.createKey();
    const body = JSON.stringify({ ...hello, message: "sent while stopping" });
    const socket = await halfARequest(server.url, key, body);
    const ended = server.stop("SIGTERM");
    await eventually(() => server.printed.stderr.includes('"msg":"stopping"') || undefined, "the stop");
    await eventually(() => isRefused(server.url), "closed doors");
    socket.write(body);
    const answer = await readAll(socket);
    expect(answer).toContain("HTTP/1.1 200 OK");
    const { status, signal, stderr } = await ended;
    expect([status, signal]).toEqual([0, null]);
    expect(stderr.trim().split("\n").at(-1)).toContain('"msg":"stopped"');

    const again = await start(server.dataDir);
    const { data } = (await again.request("GET", "/messages", { key })).body;
    expect(data).toMatchObject([{ content: "sent while stopping" }]);
  });

  it("answers what it took and takes what it answers, however much is in flight", TIMEOUT, async () => {
    const server = await start(newFolder());
    const key = await server.createKey();
    const sends = Array.from({ length: 200 }, (_, index) =>
      server
        .request("POST", "/messages/send", { key, body: { ...hello, message: `text ${index}` } })
        .then(({ body }): string => body.data.message_id)
        .catch(() => undefined),
    );
    await Promise.any(sends);
    const { status } = await server.stop("SIGTERM");
    const answered = (await Promise.all(sends)).filter((id) => id !== undefined);
    expect(status).toBe(0);
    const again = await start(server.dataDir);
    expect((await again.request("GET", "/messages?limit=1", { key })).body.pagination.total).toBe(answered.length);
    for (const id of answered.slice(-20)) {
      expect((await again.request("GET", `/messages/${id}`, { key })).status).toBe(200);
    }
  });

  it("is what SIGINT does too", TIMEOUT, async () => {
    const server = await start(newFolder());
    expect((await server.stop("SIGINT")).status).toBe(0);
  });
});

/** Sends the head of a request and waits until the server has begun to work on it: it asks for the body. */
async function halfARequest(url: string, key: string, body: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(
    [
      "POST /api/public/v1/messages/send HTTP/1.1",
      `Host: ${hostname}`,
      `Authorization: Bearer ${key}`,
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Expect: 100-continue",
      "\r\n",
    ].join("\r\n"),
  );
  const asked = await new Promise<string>((resolve) => socket.once("data", (bytes) => resolve(bytes.toString())));
  expect(asked).toBe("HTTP/1.1 100 Continue\r\n\r\n");
  return socket;
}

function readAll(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    socket.on("data", (bytes) => {
      text += bytes.toString();
    });
    socket.once("close", () => resolve(text)).once("error", reject);
  });
}

const isRefused = (url: string): Promise<true | undefined> =>
  fetch(`${url}/healthz`).then(
    () => undefined,
    () => true,
  );
