import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createFakeClock } from "../../test/fake-clock.js";
import { createGuardedAgent } from "./address-guard.js";
import { attempt, InterruptedError } from "./attempt.js";
import { LOOPBACK_ALLOWED, NOTHING_ALLOWED, startReceiver, statuses } from "./dispatcher-fixture.js";

function post(
  url: string,
  { allow = LOOPBACK_ALLOWED, clock = createFakeClock(), controller = new AbortController() } = {},
) {
  const client = createGuardedAgent({ allow, connectTimeoutMs: 10_000 });
  onTestFinished(() => client.destroy());
  return attempt(client, clock, () => ({ url, headers: { "X-Test": "1" }, body: Buffer.from("{}") }), controller);
}

test.each([200, 201, 202, 204, 299])("%d is a success", async (status) => {
  const { url } = await startReceiver(statuses(status));
  expect(await post(url)).toMatchObject({ outcome: "succeeded", responseStatus: status, error: null });
});

test.each([300, 301, 302, 303, 304, 307, 308])("%d is a failure that is not followed", async (status) => {
  const elsewhere = await startReceiver();
  const { url } = await startReceiver((_request, response) => {
    response.writeHead(status, { location: elsewhere.url }).end();
  });
  const error = `answered ${status}, and redirects are not followed`;
  expect(await post(url)).toMatchObject({ outcome: "failed", responseStatus: status, error });
  expect(elsewhere.received).toEqual([]);
});

test.each([400, 404, 410, 429, 500, 503])("%d is a failure", async (status) => {
  const { url } = await startReceiver(statuses(status));
  expect(await post(url)).toMatchObject({ outcome: "failed", responseStatus: status, error: `answered ${status}` });
});

test("an answer without end counts by its status, and is not read on", async () => {
  let closed = () => {};
  const connectionClosed = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const { url } = await startReceiver((_request, response) => {
    response.on("close", closed);
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) {
        // Until the receiver's buffer is full.
      }
    };
    response.on("drain", more);
    more();
  });
  expect(await post(url)).toMatchObject({ outcome: "succeeded", responseStatus: 200 });
  await connectionClosed;
});

test("the whole attempt has 30 seconds, the answer's last byte included", async () => {
  const clock = createFakeClock();
  const { url } = await startReceiver((_request, response) => {
    response.writeHead(200).write("…");
    clock.advance(29_999);
    clock.advance(1);
  });
  const error = "no complete answer within 30 seconds";
  expect(await post(url, { clock })).toMatchObject({
    outcome: "failed",
    responseStatus: null,
    error,
    durationMs: 30_000,
  });
});

test("a connection that is never made ends at the deadline too", async () => {
  const clock = createFakeClock();
  const client = createGuardedAgent({
    allow: LOOPBACK_ALLOWED,
    connectTimeoutMs: 10_000,
    lookup: () => clock.advance(30_000),
  });
  onTestFinished(() => client.destroy());
  const request = () => ({ url: "http://slow.example/", headers: {}, body: Buffer.from("{}") });
  const result = await attempt(client, clock, request, new AbortController());
  expect(result).toMatchObject({ outcome: "failed", error: "no complete answer within 30 seconds" });
});

test("an attempt that is aborted was interrupted", async () => {
  const controller = new AbortController();
  const { url } = await startReceiver(() => controller.abort(new InterruptedError()));
  expect(await post(url, { controller })).toMatchObject({ outcome: "interrupted", error: "interrupted by a restart" });
});

test("errors are told in few words", async () => {
  const server = net.createServer((socket) => socket.destroy());
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  expect(await post(`http://127.0.0.1:${port}/?token=secret`)).toMatchObject({
    outcome: "failed",
    responseStatus: null,
    error: expect.stringMatching(/^the connection was (reset|closed before the answer)$/),
  });
  await new Promise((closed) => server.close(closed));
  expect((await post(`http://127.0.0.1:${port}/?token=secret`)).error).toBe("connect ECONNREFUSED");

  const plain = await startReceiver();
  expect((await post(plain.url.replace("http:", "https:"))).error).toMatch(/^failed with ERR_SSL_/);
  expect((await post(plain.url, { allow: NOTHING_ALLOWED })).error).toBe(
    "the address is not reachable from the public internet",
  );
  expect((await post("not a url")).error).toBe("failed with ERR_INVALID_URL");
});

test("the environment's proxy is not used", async () => {
  const proxy = await startReceiver();
  const receiver = await startReceiver();
  const { origin } = new URL(proxy.url);
  const before = { ...process.env };
  onTestFinished(() => {
    process.env = before;
  });
  Object.assign(process.env, { HTTP_PROXY: origin, http_proxy: origin, ALL_PROXY: origin, NODE_USE_ENV_PROXY: "1" });
  expect(await post(receiver.url)).toMatchObject({ outcome: "succeeded" });
  expect(proxy.received).toEqual([]);
});

test("informational answers come before the real one", async () => {
  const server = http.createServer((_request, response) => {
    response.writeEarlyHints({ link: "</a>; rel=preload" });
    response.writeHead(204).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ outcome: "succeeded", responseStatus: 204 });
});
