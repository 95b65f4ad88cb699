import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { buildConnector, fetch } from "undici";
import { expect, test } from "vitest";
import { ApiError } from "../errors.js";
import {
  checkUrl,
  createGuardedAgent,
  guardConnector,
  guardLookup,
  isAllowedAddress,
  RefusedAddressError,
  type WebhookAllow,
} from "./address-guard.js";
import { LOOPBACK_ALLOWED, NOTHING_ALLOWED, startReceiver } from "./dispatcher-fixture.js";

const REFUSED = [
  ...["0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254"],
  ...["168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1"],
  ...["192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1"],
  ...["255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1"],
  ...["64:ff9b:1::1", "100::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "2001::1", "2001:2::1"],
  ...["2001:20::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1", "::ffff:0:127.0.0.1"],
];
const ALLOWED = [
  ...["1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1", "168.63.129.17"],
  ...[
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.1",
    "192.167.1.1",
    "198.17.255.255",
    "198.20.0.1",
    "223.255.255.255",
  ],
  ...["2606:4700::1111", "2a00:1450:4001::200e", "2400:cb00::1", "::ffff:8.8.8.8"],
];

test.each(REFUSED)("%s is refused", (address) => {
  expect(isAllowedAddress(address, NOTHING_ALLOWED)).toBe(false);
  expect(() => checkUrl(urlOf(address), NOTHING_ALLOWED)).toThrow("WHATSFLOW_WEBHOOK_ALLOW");
});

test.each(ALLOWED)("%s is allowed", (address) => {
  expect(isAllowedAddress(address, NOTHING_ALLOWED)).toBe(true);
  checkUrl(urlOf(address), NOTHING_ALLOWED);
});

test.each(["", "localhost", "1.1.1", "1.1.1.1.1", "example.com"])("%j is no address at all, and refused", (text) => {
  expect(isAllowedAddress(text, NOTHING_ALLOWED)).toBe(false);
});

test.each([
  "http://localhost/",
  "http://LOCALHOST./",
  "http://api.localhost:3000/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://0177.0.0.1/",
  "http://127.1/",
  "http://127.0.0.1./",
  "http://①②⑦.0.0.1/",
  "http://[::ffff:7f00:1]/",
  "http://[0:0:0:0:0:0:0:1]/",
  "https://169.254.169.254/latest/meta-data/",
])("the disguise %s is seen through", (url) => {
  expect(() => checkUrl(url, NOTHING_ALLOWED)).toThrow("is not reachable from the public internet");
});

test.each([
  ["example.com/hook", "must be a whole address"],
  ["", "must be a whole address"],
  ["http://", "must be a whole address"],
  ["http://1.2.3.4.5/", "must be a whole address"],
  ["ftp://example.com/", "must begin with https:// or http://"],
  ["file:///etc/passwd", "must begin with https:// or http://"],
  ["https://example.com\\@127.0.0.1/", "must not hold white space, control characters or backslashes"],
  ["https://example.com/a b", "must not hold white space"],
  ["https://example.com/\n", "must not hold white space"],
  ["https://example.com/\u2028", "must not hold white space"],
  ["https://example.com/\u0085", "must not hold white space"],
  ["https://example.com:25/", "must not have port 25, which is kept for another protocol; use another port"],
  ["http://example.com:0/", "must not have port 0"],
  ["https://user@example.com/", "must not hold a user name or password"],
  ["https://:secret@example.com/", "must not hold a user name or password"],
  [`https://example.com/${"a".repeat(2_048)}`, "must have at most 2048 characters"],
  [`https://example.com/${"😀".repeat(500)}`, "must have at most 2048 characters"],
])("%s is a 400 that says why", (url, reason) => {
  expect(() => checkUrl(url, NOTHING_ALLOWED)).toThrow(reason);
  expect(() => checkUrl(url, NOTHING_ALLOWED)).toThrow(ApiError);
});

test("ports that browsers refuse are refused, and no other", async () => {
  const isRefusedPort = (port: number) => {
    try {
      checkUrl(`http://example.com:${port}/`, NOTHING_ALLOWED);
      return false;
    } catch {
      return true;
    }
  };
  const refused = Array.from({ length: 65_536 }, (_, port) => port).filter(isRefusedPort);
  expect(refused).toHaveLength(83);
  // The standard has port 0, too; the client's copy of its list lacks it.
  for (const port of refused.slice(1)) {
    const error: unknown = await fetch(`http://127.0.0.1:${port}/`).catch((failed: unknown) => failed);
    expect(error).toMatchObject({ cause: new Error("bad port") });
  }
});

test("nothing opens a bad port", () => {
  const allow: WebhookAllow = { hosts: ["crm.internal"], blocks: [ipaddr.parseCIDR("0.0.0.0/0")], loopback: true };
  for (const host of ["crm.internal", "10.0.0.1", "localhost"])
    expect(() => checkUrl(`http://${host}:25/`, allow)).toThrow("must not have port 25");
});

test("localhost is open when one of its addresses is", () => {
  for (const block of ["127.0.0.1/32", "::1/128"])
    checkUrl("http://localhost/", { ...NOTHING_ALLOWED, blocks: [ipaddr.parseCIDR(block)] });
});

test("names are not resolved at registration", () => {
  for (const url of [
    "https://example.com/a?b=c",
    "http://receiver:8080/",
    "https://bücher.example/",
    "http://localhost.com/",
  ]) {
    checkUrl(url, NOTHING_ALLOWED);
  }
});

test("--dev opens loopback alone", () => {
  for (const host of ["localhost", "a.localhost", "127.0.0.1", "[::1]", "[::ffff:127.9.9.9]"]) {
    checkUrl(`http://${host}:3000/hook`, LOOPBACK_ALLOWED);
  }
  for (const host of ["10.0.0.1", "169.254.169.254", "0.0.0.0", "[fe80::1]", "[::]"]) {
    expect(() => checkUrl(`http://${host}/`, LOOPBACK_ALLOWED)).toThrow("WHATSFLOW_WEBHOOK_ALLOW");
  }
});

test("the operator opens hosts and blocks", () => {
  const blocks = [ipaddr.parseCIDR("10.1.0.0/16"), ipaddr.parseCIDR("fd00::/8")];
  const allow: WebhookAllow = { hosts: ["localhost", "receiver.internal"], blocks, loopback: false };
  for (const host of ["10.1.2.3", "[::ffff:10.1.2.3]", "[fd12::1]", "localhost", "localhost."])
    checkUrl(`http://${host}/`, allow);
  for (const host of ["10.2.0.1", "127.0.0.1", "a.localhost"])
    expect(() => checkUrl(`http://${host}/`, allow)).toThrow();
});

test("a name that resolves to loopback is not connected to", async () => {
  const receiver = await startReceiver();
  await expect(post("evil.example", receiver.url, ["127.0.0.1"])).rejects.toThrow(RefusedAddressError);
  await expect(post("evil.example", receiver.url, ["::ffff:127.0.0.1", "10.0.0.1"])).rejects.toThrow(
    RefusedAddressError,
  );
  expect(receiver.received).toEqual([]);
});

test("of several addresses of a name those that are refused are left out", async () => {
  const lookup = guardLookup(answering(["10.0.0.1", "8.8.8.8", "::1", "2606:4700::1111"]), NOTHING_ALLOWED);
  const all = await new Promise((resolve) => lookup("mixed.example", { all: true }, (_error, found) => resolve(found)));
  expect(all).toEqual([
    { address: "8.8.8.8", family: 4 },
    { address: "2606:4700::1111", family: 6 },
  ]);
  const one = await new Promise((resolve) => lookup("mixed.example", {}, (_error, ...found) => resolve(found)));
  expect(one).toEqual(["8.8.8.8", 4]);
});

test("a name that cannot be resolved is an error of its own", async () => {
  const failing: LookupFunction = (_hostname, _options, callback) => callback(new Error("ENOTFOUND"), []);
  const error = await new Promise((resolve) =>
    guardLookup(failing, NOTHING_ALLOWED)("x.example", { all: true }, resolve),
  );
  expect(error).toEqual(new Error("ENOTFOUND"));
});

test.each(["127.0.0.1", "[::ffff:127.0.0.1]", "::1", "localhost"])(
  "%s, which may never be looked up, is not connected to",
  async (hostname) => {
    let connected = false;
    const connect = guardConnector(() => {
      connected = true;
    }, NOTHING_ALLOWED);
    const error = await new Promise((resolve) =>
      connect({ hostname, protocol: "http:", port: "80" }, (...[refused]) => resolve(refused)),
    );
    expect(error).toBeInstanceOf(RefusedAddressError);
    expect(connected).toBe(false);
  },
);

test("a host that the operator opened is connected to wherever it is", async () => {
  const receiver = await startReceiver();
  const allow: WebhookAllow = { hosts: ["receiver.internal"], blocks: [], loopback: false };
  const { statusCode } = await post("receiver.internal", receiver.url, ["127.0.0.1"], allow);
  expect(statusCode).toBe(200);
});

test("a connection that got past the lookup is ended before anything is sent", async () => {
  const receiver = await startReceiver();
  const connect = guardConnector(buildConnector({ lookup: answering(["127.0.0.1"]) }), NOTHING_ALLOWED);
  const options = { hostname: "evil.example", protocol: "http:", port: new URL(receiver.url).port };
  const error = await new Promise((resolve) => connect(options, (...[refused]) => resolve(refused)));
  expect(error).toBeInstanceOf(RefusedAddressError);
  expect(receiver.received).toEqual([]);
});

const urlOf = (address: string) => (address.includes(":") ? `https://[${address}]/hook` : `https://${address}/hook`);

/** Resolves every name to these addresses, as the system's resolver would. */
function answering(addresses: string[]): LookupFunction {
  return (_hostname, _options, callback) => {
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
}

async function post(host: string, url: string, addresses: string[], allow = NOTHING_ALLOWED) {
  const { port, pathname } = new URL(url);
  const agent = createGuardedAgent({ allow, connectTimeoutMs: 10_000, lookup: answering(addresses) });
  try {
    const answer = await agent.request({
      origin: `http://${host}:${port}`,
      path: pathname,
      method: "POST",
      body: "{}",
    });
    await answer.body.dump();
    return answer;
  } finally {
    await agent.close();
  }
}
