/** Receivers that take their time, or send what nobody can want: an attempt ends after 30 seconds, and little of an answer is kept. */
import net, { type AddressInfo, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createFakeClock } from "../../test/fake-clock.js";
import { seededRandom } from "../../test/random.js";
import { createGuardedAgent } from "./address-guard.js";
import { attempt } from "./attempt.js";
import { LOOPBACK_ALLOWED } from "./dispatcher-fixture.js";

const TOO_LATE = {
  outcome: "failed",
  responseStatus: null,
  durationMs: 30_000,
  error: "no complete answer within 30 seconds",
};

/** A server of bare sockets, and attempts at it that share a client. */
async function startRaw(connected: (socket: Socket, count: number) => void) {
  const clock = createFakeClock();
  let count = 0;
  const open = new Set<Socket>();
  let wake = () => {};
  const server = net.createServer((socket) => {
    count += 1;
    open.add(socket);
    socket
      .on("error", () => {})
      .on("close", () => {
        open.delete(socket);
        wake();
      });
    connected(socket, count);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  const client = createGuardedAgent({ allow: LOOPBACK_ALLOWED, connectTimeoutMs: 10_000 });
  onTestFinished(() => client.destroy());
  return {
    clock,
    connections: () => count,
    async allClosed() {
      while (open.size > 0) await new Promise<void>((close) => (wake = close));
    },
    post: (scheme = "http", body = "{}") =>
      attempt(
        client,
        clock,
        () => ({ url: `${scheme}://127.0.0.1:${port}/`, headers: {}, body: Buffer.from(body) }),
        new AbortController(),
      ),
  };
}

/** Sends a piece each second until the other side has had enough. */
function drip(socket: Socket, clock: { advance(ms: number): void }, pieces: Iterable<string>): void {
  const next = pieces[Symbol.iterator]();
  const send = () => {
    if (socket.destroyed) return;
    clock.advance(1_000);
    socket.write(next.next().value ?? "", () => setImmediate(send));
  };
  send();
}

function* endless(first: string, rest: string): Iterable<string> {
  yield first;
  for (;;) yield rest;
}

test.each([
  ["a status line at a byte a second", "HTTP/1.1 200 OK and nothing more but this reason".split("")],
  ["headers without an end, one a second", endless("HTTP/1.1 200 OK\r\n", "a: b\r\n")],
  ["a body at a byte a second", endless("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n", "x")],
  ["a body without a length, at a byte a second", endless("HTTP/1.1 200 OK\r\n\r\n", "x")],
  ["chunks without an end", endless("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", "1\r\nx\r\n")],
  ["informational answers without an end", endless("", "HTTP/1.1 103 Early Hints\r\n\r\n")],
])("%s: it ends after 30 seconds, and the connection with it", async (_, pieces) => {
  const raw = await startRaw((socket) => drip(socket.resume(), raw.clock, pieces));
  const result = await raw.post();
  expect(result).toMatchObject(TOO_LATE);
  await raw.allClosed();
});

test.each([
  ["nothing is read", "http"],
  ["the TLS handshake does not go on", "https"],
])("when %s it ends after 30 seconds", async (_, scheme) => {
  const raw = await startRaw((socket) => {
    socket.pause();
    raw.clock.advance(29_999);
    setImmediate(() => raw.clock.advance(1));
  });
  expect(await raw.post(scheme, "x".repeat(99_000))).toMatchObject(TOO_LATE);
});

test("headers that are too large end it at once", async () => {
  const raw = await startRaw((socket) => {
    socket.resume().write(`HTTP/1.1 200 OK\r\n${"x-filler: 0123456789\r\n".repeat(10_000)}`);
  });
  expect(await raw.post()).toMatchObject({ outcome: "failed", error: "failed with UND_ERR_HEADERS_OVERFLOW" });
  await raw.allClosed();
});

test("of an answer 4 KiB are kept, as text, whatever bytes they are", async () => {
  const random = seededRandom(7);
  const junk = Buffer.from(Array.from({ length: 60_000 }, () => Math.floor(random() * 256)));
  const raw = await startRaw((socket) => {
    socket.resume().write("HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n");
    socket.write(junk);
  });
  const { responseBody, ...result } = await raw.post();
  expect(result).toMatchObject({ outcome: "succeeded", responseStatus: 200 });
  expect(responseBody?.length).toBeGreaterThan(2_000);
  expect(responseBody?.length).toBeLessThanOrEqual(4_096);
  expect(Buffer.from(responseBody ?? "").toString()).toBe(responseBody);
  expect(responseBody).not.toContain("\0");
});

test("a connection is used again after a refusal, and a new one is made after a broken one", async () => {
  const ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nOK";
  const refusal = "HTTP/1.1 500 No\r\ncontent-length: 2\r\n\r\nno";
  const script = [refusal, ok, "reset", ok, "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", ok, "no HTTP", ok];
  const raw = await startRaw((socket) => {
    socket.on("data", () => {
      const answer = script.shift() ?? ok;
      if (answer === "reset") socket.resetAndDestroy();
      else if (answer === ok || answer === refusal) socket.write(answer);
      else socket.end(answer);
    });
  });
  const outcomes: unknown[] = [];
  const connections: number[] = [];
  while (script.length > 0) {
    outcomes.push((await raw.post()).responseStatus);
    connections.push(raw.connections());
    // The client takes a connection back when the answer's last event is over.
    await new Promise((over) => setImmediate(over));
  }
  expect(outcomes).toEqual([500, 200, null, 200, null, 200, null, 200]);
  expect(connections).toEqual([1, 1, 1, 2, 2, 3, 3, 4]);
});
