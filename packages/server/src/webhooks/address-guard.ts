import dns from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Agent, buildConnector } from "undici";
import type { Config } from "../config.js";
import { invalid } from "../errors.js";
import { type CidrBlock, isWithin, parseAddress } from "../ip-address.js";

/**
 * Keeps webhooks away from what only this machine can reach: the operator's own network and the cloud's metadata service.
 *
 * What a name resolves to can change at any time, so names are judged when they are connected to, and literal addresses also
 * when a webhook is registered.
 */

/** What is open besides the public internet. Bad ports stay closed everywhere. */
export interface WebhookAllow extends Readonly<Config["webhookAllow"]> {
  /** `serve --dev`. */
  loopback: boolean;
}

/** Everything that IANA's registry does not call globally reachable, and Azure's metadata service, which is. */
const REFUSED_IPV4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
].map((block) => ipaddr.IPv4.parseCIDR(block));

/** All public IPv6 addresses are in here; ranges that hide an IPv4 address (`::/96`, `64:ff9b::/96`) are not. */
const PUBLIC_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");
/** Protocol assignments with Teredo, documentation, and 6to4, which hides an IPv4 address too. */
const REFUSED_IPV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"].map((block) =>
  ipaddr.IPv6.parseCIDR(block),
);

const LOOPBACK: CidrBlock[] = [ipaddr.parseCIDR("127.0.0.0/8"), ipaddr.parseCIDR("::1/128")];

/**
 * Ports on which other protocols listen. Some of their servers take what stands in an HTTP request for commands of their own, so that
 * browsers do not call them either: https://fetch.spec.whatwg.org/#port-blocking
 */
// biome-ignore format: one line for each thousand or so
const BAD_PORTS = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95,
  101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179,
  389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587,
  601, 636, 989, 990, 993, 995,
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
  6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

const MAX_URL_CHARACTERS = 2_048;
const CURE = "Give a public address, or have the operator open it with WHATSFLOW_WEBHOOK_ALLOW";

/**
 * Judges the URL of a webhook that is being registered. Does not ask the DNS: the answer could be another one a second later.
 *
 * @throws ApiError `invalid_request` that says what to change
 */
export function checkUrl(text: string, allow: WebhookAllow): void {
  if (/[\s\p{Cc}\\]/u.test(text)) {
    throw invalid("url", "must not hold white space, control characters or backslashes; percent-encode them");
  }
  const url = URL.parse(text);
  if (!url) throw invalid("url", "must be a whole address, such as https://example.com/webhooks");
  if (!/^https?:$/.test(url.protocol)) throw invalid("url", "must begin with https:// or http://");
  if (url.username !== "" || url.password !== "") {
    throw invalid("url", "must not hold a user name or password; check the signature instead");
  }
  if (text.length > MAX_URL_CHARACTERS || url.href.length > MAX_URL_CHARACTERS) {
    throw invalid("url", `must have at most ${MAX_URL_CHARACTERS} characters, percent-encoding included`);
  }
  if (isBadPort(url.port)) {
    throw invalid("url", `must not have port ${url.port}, which is kept for another protocol; use another port`);
  }
  if (isRefusedHost(url.hostname, allow)) {
    throw invalid("url", `${url.hostname} is not reachable from the public internet. ${CURE}`);
  }
}

/** Whether a URL's host is refused as it stands: a literal address or `localhost`. A name says nothing until it is resolved. */
export function isRefusedHost(hostname: string, allow: WebhookAllow): boolean {
  const host = bareHost(hostname);
  if (allow.hosts.includes(host)) return false;
  // Which of the two it is, the lookup says.
  if (host === "localhost" || host.endsWith(".localhost")) {
    return !isAllowedAddress("127.0.0.1", allow) && !isAllowedAddress("::1", allow);
  }
  return isIP(host) !== 0 && !isAllowedAddress(host, allow);
}

/** Whether a connection to an IP address may be made. What is no IP address may not. */
export function isAllowedAddress(text: string, allow: WebhookAllow): boolean {
  const address = parseAddress(text);
  if (!address) return false;
  if (isWithin(address, allow.blocks) || (allow.loopback && isWithin(address, LOOPBACK))) return true;
  if (address instanceof ipaddr.IPv4) return !isWithin(address, REFUSED_IPV4);
  return isWithin(address, [PUBLIC_IPV6]) && !isWithin(address, REFUSED_IPV6);
}

/** Takes a port as URLs have it: empty for the scheme's own. */
const isBadPort = (port: string): boolean => port !== "" && BAD_PORTS.has(Number(port));

/** A URL's host without the brackets of IPv6 and the dot of a fully qualified name. */
const bareHost = (hostname: string): string =>
  hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");

/** A connection that was not made, or was ended before anything was sent. */
export class RefusedAddressError extends Error {
  override readonly name = "RefusedAddressError";
  constructor() {
    super("The address is not reachable from the public internet");
  }
}

/** A connection to a bad port that was not made. */
export class RefusedPortError extends Error {
  override readonly name = "RefusedPortError";
  constructor() {
    super("The port is kept for another protocol");
  }
}

export interface GuardedAgentOptions {
  allow: WebhookAllow;
  connectTimeoutMs: number;
  /** Resolves names; the system's resolver unless given. */
  lookup?: LookupFunction;
}

/** An HTTP client that connects to allowed addresses only. It follows no redirects and knows no proxies. */
export function createGuardedAgent({ allow, connectTimeoutMs, lookup = dns.lookup }: GuardedAgentOptions): Agent {
  const connect = buildConnector({ timeout: connectTimeoutMs, lookup: guardLookup(lookup, allow) });
  // The deadline of an attempt covers headers and body.
  return new Agent({ connect: guardConnector(connect, allow), headersTimeout: 0, bodyTimeout: 0 });
}

/**
 * Checks what the lookup never sees, a literal address, and what the connection really reached.
 *
 * The second check is a net under the first two, for the day when a way around them is found. For HTTPS a plain connection is made
 * first, so that it stands the check before the first word of TLS.
 */
export function guardConnector(connect: buildConnector.connector, allow: WebhookAllow): buildConnector.connector {
  return (options, callback) => {
    const { hostname, protocol } = options;
    if (isBadPort(options.port)) return callback(new RefusedPortError(), null);
    if (isRefusedHost(hostname, allow)) return callback(new RefusedAddressError(), null);
    const port = options.port || (protocol === "https:" ? "443" : "80");
    connect({ ...options, protocol: "http:", port }, (error, socket) => {
      if (error) return callback(error, null);
      if (!allow.hosts.includes(bareHost(hostname)) && !isAllowedAddress(socket.remoteAddress ?? "", allow)) {
        socket.destroy();
        return callback(new RefusedAddressError(), null);
      }
      if (protocol !== "https:") return callback(null, socket);
      connect({ ...options, port, httpSocket: socket }, callback);
    });
  };
}

/** The connection is made to one of the addresses that passed, so the name cannot be pointed elsewhere in between. */
export function guardLookup(lookup: LookupFunction, allow: WebhookAllow): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const addresses = Array.isArray(found) ? found : [];
      const named = allow.hosts.includes(bareHost(hostname));
      const allowed = named ? addresses : addresses.filter(({ address }) => isAllowedAddress(address, allow));
      const [first] = allowed;
      if (!first) return callback(new RefusedAddressError(), []);
      if (options.all) return callback(null, allowed);
      callback(null, first.address, first.family);
    });
  };
}
