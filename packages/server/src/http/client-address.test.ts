import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { addressGroup, clientAddress, isFromThisMachine } from "./client-address.js";

const trusted = ["10.0.0.0/8", "127.0.0.1/32", "fd00::/8"].map((block) => ipaddr.parseCIDR(block));

describe("the client's address", () => {
  it.each([
    ["nobody forwards", "203.0.113.9", undefined, "203.0.113.9"],
    ["a stranger claims to forward", "203.0.113.9", "1.1.1.1", "203.0.113.9"],
    ["a proxy forwards", "10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["two proxies forward", "10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"],
    ["the client had written a header itself", "10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"],
    ["the client had written a proxy's address", "10.0.0.1", "10.9.9.9, 203.0.113.9", "203.0.113.9"],
    ["a proxy asks for itself", "10.0.0.1", undefined, "10.0.0.1"],
    ["only proxies are named", "10.0.0.1", "10.0.0.3,10.0.0.2", "10.0.0.3"],
    ["nonsense was forwarded", "10.0.0.1", "1.1.1.1, unknown", "10.0.0.1"],
    ["nothing was forwarded", "10.0.0.1", "", "10.0.0.1"],
    ["an IPv4 proxy comes over IPv6", "::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["an IPv6 proxy forwards", "fd00::1", "2001:db8::7", "2001:db8::7"],
    ["the address is not known", "unknown", "1.1.1.1", "unknown"],
  ])("when %s", (_, remote, forwarded, address) => {
    expect(clientAddress(remote, forwarded, trusted)).toBe(address);
  });

  it("is the connection's own when no proxy is trusted", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.string(), (remote, forwarded) => {
        expect(clientAddress(remote, forwarded, [])).toBe(remote);
      }),
    );
  });

  it("cannot be chosen by the client: only what trusted proxies wrote counts", () => {
    fc.assert(
      fc.property(fc.string(), (claimed) => {
        expect(clientAddress("10.0.0.1", `${claimed}, 203.0.113.9`, trusted)).toBe("203.0.113.9");
      }),
    );
  });
});

describe("the group of an address", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::", "2001:db8:1:2::/64"],
    ["::1", "0:0:0:0::/64"],
    ["unknown", "unknown"],
  ])("%s is %s", (address, group) => expect(addressGroup(address)).toBe(group));
});

describe("a request from this machine", () => {
  const direct = { remoteAddress: "127.0.0.1", host: "127.0.0.1:2152", isProxied: false };

  it.each([
    ["over IPv4", {}],
    ["by name", { host: "localhost:2152" }],
    ["over IPv6", { remoteAddress: "::1", host: "[::1]:2152" }],
    ["over IPv6 from an IPv4 address", { remoteAddress: "::ffff:127.0.0.1" }],
  ])("may come %s", (_, change) => {
    expect(isFromThisMachine({ ...direct, ...change })).toBe(true);
  });

  it.each([
    ["another machine", { remoteAddress: "203.0.113.9" }],
    ["an address that is not known", { remoteAddress: "unknown" }],
    ["a proxy on it", { isProxied: true }],
    ["a page in a browser, of another name", { host: "evil.example.com" }],
    ["a page whose name only looks alike", { host: "localhost.example.com" }],
    ["nowhere", { host: undefined }],
  ])("does not come from %s", (_, change) => {
    expect(isFromThisMachine({ ...direct, ...change })).toBe(false);
  });
});
