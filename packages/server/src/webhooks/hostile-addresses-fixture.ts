/** Addresses that no webhook may lead to, in all the ways in which somebody could write them. */
import type { LookupFunction } from "node:net";

export interface HostileAddress {
  /** `PORT` stands for a port of this machine. */
  url: string;
  /** What the host's name resolves to, when there is a name to resolve. */
  resolvesTo?: string[];
  /** Whether a connection there would end at this machine. */
  leadsHere: boolean;
  /** What a refusal at registration says; undefined when it is a name, which is not resolved there. */
  refusal: string | undefined;
}

const PRIVATE = "is not reachable from the public internet";
const UNPRINTABLE = "must not hold white space, control characters or backslashes";
const SCHEME = "must begin with https:// or http://";
const CREDENTIALS = "must not hold a user name or password";

const literals = (leadsHere: boolean, hosts: string[]): HostileAddress[] =>
  hosts.map((host) => ({ url: `http://${host}:PORT/hook`, leadsHere, refusal: PRIVATE }));
const urls = (refusal: string, ...written: string[]): HostileAddress[] =>
  written.map((url) => ({ url, leadsHere: true, refusal }));
const names = (leadsHere: boolean, addressesByName: Record<string, string[]>): HostileAddress[] =>
  Object.entries(addressesByName).map(([name, resolvesTo]) => {
    const url = `http://${name}:PORT/hook`;
    const isLocalhost = /\blocalhost$/.test(new URL(`http://${name}/`).hostname);
    return { url, resolvesTo, leadsHere, refusal: isLocalhost ? PRIVATE : undefined };
  });

export const HOSTILE: HostileAddress[] = [
  // This machine, as IPv4.
  ...literals(true, ["127.0.0.1", "127.255.255.254", "127.1", "127.0.1", "127.0.0.1.", "2130706433", "017700000001"]),
  ...literals(true, ["0x7f000001", "0X7F000001", "0x7f.1", "0x7F.0.0.1", "0x7f.0x0.0x0.0x1", "0177.0.0.1", "0177.1"]),
  ...literals(true, [
    "127.0x0.00.1",
    "00000177.00000.00000.000001",
    "127.65537",
    "0x7f.0.1",
    "127.0.0.0x1",
    "127.00.1",
  ]),
  ...literals(true, ["0.0.0.0", "0", "0x0", "00", "0.0", "0.0.0.0.", "0x"]),
  ...literals(true, ["%31%32%37.0.0.1", "127%2e0%2E0%2e1", "%30x7f.1", "１２７.0.0.1", "①②⑦.0.0.1", "𝟏𝟐𝟕.𝟎.𝟎.𝟏"]),
  ...literals(true, ["127。0。0。1", "127．0．0．1", "127｡0｡0｡1", "127.0.0.\u00ad1", "12\u200b7.0.0.1", "０ｘ７ｆ.1"]),
  // This machine, as IPv6.
  ...literals(true, [
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::0001]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "[::0.0.0.1]",
  ]),
  ...literals(true, ["[::]", "[0:0:0:0:0:0:0:0]", "[::0]", "[::0.0.0.0]"]),
  ...literals(true, ["[::ffff:127.0.0.1]", "[::FFFF:7F00:1]", "[0:0:0:0:0:ffff:127.1.2.3]", "[::ffff:0.0.0.0]"]),

  // The same in URLs that look like others.
  ...urls(PRIVATE, "http:127.0.0.1:PORT/", "http:/127.0.0.1:PORT/", "http:////127.0.0.1:PORT/", "HTTP://0x7f.1:PORT"),
  ...urls(PRIVATE, "https://127.0.0.1:PORT/", "https://[::1]:PORT/", "https://[::ffff:7f00:1]:PORT/", "https://0:PORT"),
  ...urls(PRIVATE, "http://127.0.0.1:PORT#@example.com/", "http://127.0.0.1:PORT?@example.com/"),
  ...urls(PRIVATE, "http://127.0.0.1:PORT/@example.com/", "http://@127.0.0.1:PORT/", "http://:@127.0.0.1:PORT/"),
  ...urls(UNPRINTABLE, "http:\\\\127.0.0.1:PORT\\", "http://127.0.0.1:PORT\\@example.com/", "http:/\\[::1]:PORT/"),
  ...urls(UNPRINTABLE, " http://127.0.0.1:PORT/", "http://127.0.0.1:PORT/\n", "\u0001http://127.0.0.1:PORT/"),
  ...urls(UNPRINTABLE, "ht\ntp://127.0.0.1:PORT/", "http://127.\t0.0.1:PORT/", "http://[:\r\n:1]:PORT/"),
  ...urls(UNPRINTABLE, "http://127.0.0.1:PORT/ HTTP/1.1\r\nHost: example.com\r\n\r\n", "http://0:PORT/\u007f"),
  ...urls(CREDENTIALS, "http://example.com@127.0.0.1:PORT/", "http://example.com:80@[::1]:PORT/"),
  ...urls(CREDENTIALS, "http://user:password@127.0.0.1:PORT/", "https://example.com%2f@127.1:PORT/"),
  // The client takes the inner address.
  ...urls(SCHEME, "blob:http://127.0.0.1:PORT/", "blob:https://[::1]:PORT/1b2c"),

  // Names of this machine.
  ...names(true, {
    localhost: ["127.0.0.1"],
    LocalHost: ["::1"],
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ.localhost": ["127.0.0.1", "::1"],
    "api.localhost": ["127.0.0.1"],
    "loc%61l.%6cocalhost": ["127.0.0.1"],
    "127.0.0.1.nip.io": ["127.0.0.1"],
    "127.0.0.1..": ["127.0.0.1"],
    "localhost..": ["127.0.0.1"],
    "localhost.localdomain": ["127.0.0.1"],
    "ip6-loopback": ["::1"],
    "unspecified.example": ["0.0.0.0"],
    "unspecified-6.example": ["::"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "mapped-hex.example": ["::ffff:7f00:1"],
    "mapped-unspecified.example": ["::ffff:0.0.0.0"],
    "several.example": ["127.0.0.1", "::1", "0.0.0.0"],
    "b\u00fccher.example": ["127.8.8.8"],
    "0x7f.0.0.1.example": ["127.0.0.1"],
  }),

  // The operator's network, written as IPv4.
  ...literals(false, ["10.0.0.1", "10.255.255.255", "167772161", "012.0.0.1", "0xa.1", "172.16.0.1", "172.31.255.255"]),
  ...literals(false, ["192.168.1.1", "3232235777", "0xC0A80101", "0300.0250.1.1", "192.168.257", "100.64.0.1"]),
  ...literals(false, ["100.127.255.255", "192.0.0.1", "192.0.2.77", "192.88.99.1", "198.18.0.1", "198.19.255.255"]),
  ...literals(false, ["198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"]),
  // Metadata services: AWS and most others, AWS ECS, Alibaba, Azure, Oracle, Google.
  ...literals(false, ["169.254.169.254", "2852039166", "0xA9FEA9FE", "0251.0376.0251.0376", "169.254.43518"]),
  ...literals(false, ["169.254.170.2", "100.100.100.200", "168.63.129.16", "0xa83f8110", "192.0.0.192"]),
  ...literals(false, ["[fd00:ec2::254]", "[fd20:ce::254]", "[fd00:c1::a9fe:a9fe]", "[fe80::a9fe:a9fe]"]),
  // IPv4 in IPv6: mapped, compatible, translated, NAT64, 6to4, Teredo.
  ...literals(false, [
    "[::ffff:10.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[::ffff:168.63.129.16]",
    "[::127.0.0.1]",
    "[::7f00:1]",
  ]),
  ...literals(false, ["[::a9fe:a9fe]", "[::8.8.8.8]", "[::ffff:0:127.0.0.1]", "[::ffff:0:a9fe:a9fe]"]),
  ...literals(false, [
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::7f00:1]",
    "[64:ff9b:1:fffe::10.0.0.1]",
  ]),
  ...literals(false, ["[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2001:0:7f00:1::]", "[2001::5601:5601]"]),
  // IPv6 that is not public: local, link-local, site-local, multicast, documentation, benchmarks, ORCHID, SRv6, discard.
  ...literals(false, ["[fc00::1]", "[fdff:ffff::1]", "[fe80::1]", "[febf::1]", "[fec0::1]", "[feff::1]", "[ff02::1]"]),
  ...literals(false, ["[ff0e::1]", "[2001:db8::1]", "[3fff::1]", "[3fff:fff::1]", "[2001:2::1]", "[2001:10::1]"]),
  ...literals(false, [
    "[2001:20::1]",
    "[2001:1ff::1]",
    "[5f00::1]",
    "[100::1]",
    "[100:0:0:1::1]",
    "[200::1]",
    "[4000::1]",
  ]),
  // Names in the operator's network.
  ...names(false, {
    "metadata.google.internal": ["169.254.169.254", "fd20:ce::254"],
    "metadata.goog": ["169.254.169.254"],
    "instance-data.ec2.internal": ["169.254.169.254", "fd00:ec2::254"],
    "metadata.tencentyun.com": ["169.254.0.23"],
    "wireserver.example": ["168.63.129.16"],
    "alibaba.example": ["100.100.100.200"],
    db: ["10.0.0.5"],
    "host.docker.internal": ["172.17.0.1", "fd00::1"],
    "router.local": ["192.168.1.1", "fe80::1", "fe80::1%eth0", "fe80::1%br-1.2"],
    "compatible.example": ["::8.8.8.8", "::127.0.0.1"],
    "mapped-private.example": ["::ffff:10.0.0.1", "::ffff:169.254.169.254"],
    "nat64.example": ["64:ff9b::10.0.0.1", "64:ff9b:1::a00:1"],
    "6to4.example": ["2002:a00:1::1"],
  }),
];

/** What is no address of a webhook in the first place, and what the client makes of it if it ever gets so far. */
export const UNUSABLE: [url: string, refusal: string, error: string][] = [
  ["ftp://127.0.0.1:PORT/", SCHEME, "failed with UND_ERR_INVALID_ARG"],
  ["ws://127.0.0.1:PORT/", SCHEME, "failed with UND_ERR_INVALID_ARG"],
  ["gopher://127.0.0.1:PORT/_GET%20/", SCHEME, "failed with UND_ERR_INVALID_ARG"],
  ["file:///etc/passwd", SCHEME, "failed with UND_ERR_INVALID_ARG"],
  ["unix:/var/run/docker.sock", SCHEME, "failed with UND_ERR_INVALID_ARG"],
  ["http+unix://%2Fvar%2Frun%2Fdocker.sock/", SCHEME, "failed with UND_ERR_INVALID_ARG"],
  ["data:text/plain,hello", SCHEME, "failed with UND_ERR_INVALID_ARG"],
  ["javascript:fetch('http://127.0.0.1:PORT')", SCHEME, "failed with UND_ERR_INVALID_ARG"],
  ["localhost:PORT/", SCHEME, "failed with UND_ERR_INVALID_ARG"],
  ["127.0.0.1:PORT/", "must be a whole address", "failed with ERR_INVALID_URL"],
  ["//127.0.0.1:PORT/", "must be a whole address", "failed with ERR_INVALID_URL"],
  ["http://[fe80::1%25eth0]:PORT/", "must be a whole address", "failed with ERR_INVALID_URL"],
  ["http://[::1", "must be a whole address", "failed with ERR_INVALID_URL"],
  ["http://%5B::1%5D:PORT/", "must be a whole address", "failed with ERR_INVALID_URL"],
  ["http://127.0.0.1.1:PORT/", "must be a whole address", "failed with ERR_INVALID_URL"],
  ["http://127.0.0.256:PORT/", "must be a whole address", "failed with ERR_INVALID_URL"],
  ["http://4294967296:PORT/", "must be a whole address", "failed with ERR_INVALID_URL"],
  ["http://127.0.0.08:PORT/", "must be a whole address", "failed with ERR_INVALID_URL"],
  ["http://127.0.0.1:65536/", "must be a whole address", "failed with ERR_INVALID_URL"],
  ["http://127.0.0.1%00.example:PORT/", "must be a whole address", "failed with ERR_INVALID_URL"],
];

/** Resolves every name to these addresses, as the system's resolver would. */
export function answering(addresses: readonly string[]): LookupFunction {
  return (_hostname, _options, callback) => {
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
}
