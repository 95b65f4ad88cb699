/** How `whatsflow serve` ends: when it is asked to, and with what it has taken. */
import { rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { newDataDir, type RunningServer, startServer } from "./running-server.js";
import { eventually } from "./test-app.js";
import { startReceiver } from "./webhook-receiver.js";

const started: RunningServer[] = [];
async function start(dataDir = newDataDir()): Promise<RunningServer> {
  const server = await startServer({ dataDir });
  started.push(server);
  return server;
}
afterEach(async () => {
  const servers = started.splice(0);
  await Promise.all(servers.map((server) => server.stop("SIGKILL")));
  for (const { dataDir } of servers) rmSync(dataDir, { recursive: true, force: true });
});
const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));
const hello = { phone_number: "+94771234567", message: "Hello" };

describe("SIGTERM", () => {
  it("lets a request in flight end, takes no new one, and ends with status 0", async () => {
    const server = await start();
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

  it("answers what it took and takes what it answers, however much is in flight", async () => {
    const server = await start();
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

  it("ends with status 0 also when a client and a webhook's receiver never do", async () => {
    const server = await start();
    const key = await server.createKey();
    const receiver = await startReceiver();
    receiver.hangs = true;
    await server.request("POST", "/webhooks", { key, body: { url: receiver.url, events: ["message.sent"] } });
    await server.request("POST", "/messages/send", { key, body: hello });
    await eventually(() => receiver.requests.length === 1, "the delivery");
    const socket = await halfARequest(server.url, key, "{}");
    socket.on("error", () => {});
    // A status other than 0 is what a stop that hangs ends with.
    const { status, stderr } = await server.stop("SIGTERM");
    await receiver.close();
    expect([status, stderr.trim().split("\n").at(-1)]).toEqual([0, expect.stringContaining('"msg":"stopped"')]);
    expect(stderr).toContain('"waited_ms":17000,"msg":"cutting off requests that do not end"');
  });

  it("that comes twice, as through npm, is one; a later one ends the process at once", async () => {
    const server = await start();
    const body = JSON.stringify(hello);
    const socket = await halfARequest(server.url, await server.createKey(), body);
    socket.on("error", () => {});
    let isGone = false;
    const ended = server.stop("SIGINT").finally(() => {
      isGone = true;
    });
    // Several come behind: of those that are sent before the process has heard the first, the system keeps one. After a second they
    // would be others, so none is sent late, however busy this machine is.
    for (const start = performance.now(); performance.now() - start < 500; await pause(20)) server.stop("SIGINT");
    await eventually(() => server.printed.stderr.includes('"msg":"stopping"'), "the stop");
    await pause(1_500);
    expect(isGone).toBe(false);
    await eventually(() => {
      server.stop("SIGINT");
      return isGone;
    }, "the end");
    expect((await ended).signal).toBe("SIGINT");
  });

  it("is what SIGINT does too", async () => {
    const server = await start();
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
