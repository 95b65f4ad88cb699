/** What happens between the look-up and the connection, and on a connection that stays: no way leads around the guard there either. */
import http from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { Agent, buildConnector } from "undici";
import { describe, expect, onTestFinished, test } from "vitest";
import { createFakeClock } from "../../test/fake-clock.js";
import { freePort } from "../../test/free-port.js";
import { type CidrBlock, parseBlock } from "../ip-address.js";
import {
  createGuardedAgent,
  guardConnector,
  guardLookup,
  RefusedAddressError,
  RefusedPortError,
  type WebhookAllow,
} from "./address-guard.js";
import { attempt } from "./attempt.js";
import { connectionsDuring, startListener } from "./connections-fixture.js";
import { LOOPBACK_ALLOWED, NOTHING_ALLOWED, startReceiver } from "./dispatcher-fixture.js";
import { answering } from "./hostile-addresses-fixture.js";

const allowing = (...blocks: string[]): WebhookAllow => ({
  ...NOTHING_ALLOWED,
  blocks: blocks.flatMap((text): CidrBlock[] => {
    const block = parseBlock(text);
    return block ? [block] : [];
  }),
});
const REFUSED = "the address is not reachable from the public internet";

function clientOf(allow: WebhookAllow, lookup?: LookupFunction): Agent {
  const client = createGuardedAgent({ allow, connectTimeoutMs: 10_000, ...(lookup && { lookup }) });
  onTestFinished(() => client.destroy());
  return client;
}
const post = (client: Agent, url: string) =>
  connectionsDuring(() =>
    attempt(client, createFakeClock(), () => ({ url, headers: {}, body: Buffer.from("{}") }), new AbortController()),
  );

/** Answers each look-up with the next of these, and the last for ever; says how often it was asked. */
function answeringInTurn(...answers: string[][]) {
  const asked: string[] = [];
  const lookup: LookupFunction = (hostname, options, callback) => {
    asked.push(hostname);
    answering(answers[Math.min(asked.length, answers.length) - 1] ?? [])(hostname, options, callback);
  };
  return { lookup, asked };
}

describe("of a name's addresses", () => {
  // 127.0.0.1 stands for a public address here: it alone is open, though others lead to the same listener.
  const onlyOne = allowing("127.0.0.1");
  const mixed = [
    ["127.0.0.1", "0.0.0.0"],
    ["0.0.0.0", "127.0.0.1"],
    ["::1", "::", "127.0.0.1", "10.0.0.1"],
    ["::ffff:0.0.0.0", "::ffff:127.0.0.2", "169.254.169.254", "127.0.0.1"],
  ];

  test.each(mixed)("only the open one is connected to, of %s and %s …", async (...addresses) => {
    const { port } = await startListener();
    const { result, attempts } = await post(clientOf(onlyOne, answering(addresses)), `http://mixed.example:${port}/`);
    expect(result).toMatchObject({ outcome: "succeeded", responseStatus: 204 });
    expect(attempts).toEqual(["127.0.0.1"]);
  });

  test.each([
    ["the others are not tried when nobody answers on the open one", onlyOne, ["127.0.0.1"]],
    ["all that are open are tried", allowing("127.0.0.0/8"), ["127.0.0.1", "127.0.0.2"]],
  ])("%s", async (_title, allow, expected) => {
    const port = await freePort();
    const client = clientOf(allow, answering(["127.0.0.1", "0.0.0.0", "127.0.0.2", "10.0.0.1"]));
    const { result, attempts } = await post(client, `http://mixed.example:${port}/`);
    expect(result).toMatchObject({ outcome: "failed" });
    expect(attempts).toEqual(expected);
  });
});

describe("a name that is pointed elsewhere", () => {
  test("between look-up and connection is looked up once, and what was judged is connected to", async () => {
    const { port } = await startListener();
    const { lookup, asked } = answeringInTurn(["127.0.0.1"], ["0.0.0.0"]);
    const { result, attempts } = await post(clientOf(allowing("127.0.0.1"), lookup), `http://moves.example:${port}/`);
    expect(result).toMatchObject({ outcome: "succeeded" });
    expect(asked).toEqual(["moves.example"]);
    expect(attempts).toEqual(["127.0.0.1"]);
  });

  test("between two deliveries is judged again for the next connection", async () => {
    const { port } = await startListener();
    const { lookup } = answeringInTurn(["127.0.0.1"], ["0.0.0.0"]);
    const client = clientOf(allowing("127.0.0.1"), lookup);
    await post(client, `http://moves.example:${port}/`);
    const { result, attempts } = await post(client, `http://moves.example:${port}/`);
    expect(result).toMatchObject({ outcome: "failed", error: REFUSED });
    expect(attempts).toEqual([]);
  });
});

describe("a connection that is kept", () => {
  test.each(["other.example", "127.0.0.1", "[::ffff:127.0.0.1]"])("is not lent to %s", async (host) => {
    const receiver = await startReceiver();
    const { port } = new URL(receiver.url);
    const allow = { ...NOTHING_ALLOWED, hosts: ["open.example"] };
    const client = clientOf(allow, answering(["127.0.0.1"]));
    const first = await post(client, `http://open.example:${port}/`);
    // The client takes a connection back a little later than it hands out the answer.
    await new Promise(setImmediate);
    const second = await post(client, `http://open.example:${port}/`);
    expect([first.attempts, second.attempts]).toEqual([["127.0.0.1"], []]);
    const { result, attempts } = await post(client, `http://${host}:${port}/`);
    expect(result).toMatchObject({ outcome: "failed", error: REFUSED });
    expect(attempts).toEqual([]);
    expect(receiver.received).toHaveLength(2);
  });
});

describe("behind the look-up", () => {
  test.each(["http:", "https:"])(
    "a connection that got through is ended before its first byte, %s",
    async (protocol) => {
      const listener = await startListener();
      const connect = guardConnector(buildConnector({ lookup: answering(["127.0.0.1"]) }), NOTHING_ALLOWED);
      const options = { hostname: "evil.example", host: "evil.example", protocol, port: String(listener.port) };
      const { result, attempts } = await connectionsDuring(
        () => new Promise((resolve) => connect(options, (...[error]) => resolve(error))),
      );
      expect(result).toBeInstanceOf(RefusedAddressError);
      expect(attempts).toEqual(["127.0.0.1"]);
      expect(await listener.arrived()).toEqual({ connections: 1, bytes: 0 });
    },
  );

  test("TLS begins on the connection that was checked, with the host's name", async () => {
    const psk = Buffer.alloc(32, 1);
    const ciphers = "PSK-AES128-GCM-SHA256";
    const servernames: unknown[] = [];
    const server = createTlsServer({ ciphers, maxVersion: "TLSv1.2", pskCallback: () => psk }, (socket) => {
      servernames.push(socket.servername);
      socket.once("data", () => socket.end("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
    });
    await new Promise<void>((listening) => server.listen(0, listening));
    onTestFinished(() => void server.close());
    const connect = buildConnector({
      lookup: guardLookup(answering(["0.0.0.0", "127.0.0.1"]), LOOPBACK_ALLOWED),
      ciphers,
      maxVersion: "TLSv1.2",
      pskCallback: () => ({ psk, identity: "test" }),
      checkServerIdentity: () => undefined,
    });
    const client = new Agent({ connect: guardConnector(connect, LOOPBACK_ALLOWED) });
    onTestFinished(() => client.destroy());
    const { port } = server.address() as AddressInfo;
    const { result, attempts } = await post(client, `https://receiver.example:${port}/`);
    expect(result).toMatchObject({ outcome: "succeeded", responseStatus: 204 });
    expect(attempts).toEqual(["127.0.0.1"]);
    expect(servernames).toEqual(["receiver.example"]);
  });
});

describe("a bad port", () => {
  test("is not connected to, whatever is open", async () => {
    const { result, attempts } = await post(clientOf(allowing("0.0.0.0/0", "::/0")), "http://127.0.0.1:6667/");
    expect(result).toMatchObject({ outcome: "failed", error: "the port is kept for another protocol than HTTP" });
    expect(attempts).toEqual([]);
  });

  test.each(["0", "22", "25", "6379"])("%s: what browsers refuse is refused, and nothing else", async (port) => {
    const asked: string[] = [];
    const connect = guardConnector((options) => void asked.push(options.port), NOTHING_ALLOWED);
    const errors: unknown[] = [];
    connect({ hostname: "example.com", protocol: "http:", port }, (...[error]) => void errors.push(error));
    expect([asked, errors]).toEqual(port === "6379" ? [[port], []] : [[], [expect.any(RefusedPortError)]]);
  });
});

describe("an answer", () => {
  test.each([
    ["Location", 201],
    ["Refresh", 200],
    ["Alt-Svc", 200],
    ["Location", 307],
    ["Link", 200],
  ])("that points elsewhere with %s and %d is not followed", async (header, status) => {
    const elsewhere = await startListener();
    const target = `http://127.0.0.1:${elsewhere.port}/`;
    const value = {
      Refresh: `0; url=${target}`,
      "Alt-Svc": `h2="127.0.0.1:${elsewhere.port}"`,
      Link: `<${target}>; rel=preload`,
    };
    const receiver = await startReceiver((_request, response) => {
      response.writeHead(status, { [header]: Object.entries(value).find(([name]) => name === header)?.[1] ?? target });
      response.end();
    });
    const client = clientOf(LOOPBACK_ALLOWED);
    await post(client, receiver.url);
    await post(client, receiver.url);
    expect(receiver.received).toHaveLength(2);
    expect(await elsewhere.arrived()).toEqual({ connections: 0, bytes: 0 });
  });

  test("cannot switch to another protocol", async () => {
    const server = http.createServer((_request, response) => {
      response.socket?.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { result } = await post(clientOf(LOOPBACK_ALLOWED), `http://127.0.0.1:${port}/`);
    expect(result).toMatchObject({ outcome: "failed", responseStatus: null });
  });
});

describe("a URL", () => {
  test.each([
    ["http://127.0.0.1:PORT/a?b=c#d", "/a?b=c"],
    ["http://user:password@127.0.0.1:PORT/a", "/a"],
    ["http://127.0.0.1:PORT/a\r\nHost: evil.example\r\nX-Evil: 1", "/aHost:%20evil.exampleX-Evil:%201"],
    ["http://127.0.0.1:PORT/%0d%0aX-Evil:%201", "/%0d%0aX-Evil:%201"],
    ["http://127.0.0.1:PORT/a HTTP/1.1?x\u2028y", "/a%20HTTP/1.1?x%E2%80%A8y"],
    ["http://127.0.0.1:PORT\\@evil.example/", "/@evil.example/"],
    ["http://127.0.0.1:PORT#@evil.example/", "/"],
    ["http://127.0.0.1:PORT//evil.example/", "//evil.example/"],
    ["http://127.0.0.1:PORT/http://evil.example/", "/http://evil.example/"],
  ])("%j brings no header of its own", async (url, path) => {
    const receiver = await startReceiver();
    const { host, port } = new URL(receiver.url);
    const { result } = await post(clientOf(LOOPBACK_ALLOWED), url.replace("PORT", port));
    expect(result).toMatchObject({ outcome: "succeeded" });
    expect(receiver.received).toMatchObject([{ path, headers: { host } }]);
    expect(Object.keys(receiver.received[0]?.headers ?? {}).sort()).toEqual(["connection", "content-length", "host"]);
  });
});
