import ipaddr from "ipaddr.js";
import type { CidrBlock } from "../ip-address.js";

/**
 * The address that a request came from. `X-Forwarded-For` counts only as far as proxies that the operator trusts wrote it: it is read
 * from the right, and the first address that is no such proxy is the client.
 */
export function clientAddress(
  remoteAddress: string,
  forwardedFor: string | undefined,
  trustedProxies: readonly CidrBlock[],
): string {
  let address = remoteAddress;
  const hops = forwardedFor?.split(",").map((hop) => hop.trim()) ?? [];
  while (isTrusted(address, trustedProxies)) {
    const before = hops.pop();
    if (before === undefined || !ipaddr.isValid(before)) break;
    address = before;
  }
  return address;
}

/**
 * Whether a program on this machine asks, and nobody through a proxy or a page in a browser: in doubt it is not. A proxy on this machine
 * that adds no header at all cannot be told from such a program.
 */
export const isFromThisMachine = (request: {
  remoteAddress: string;
  host: string | undefined;
  isProxied: boolean;
}): boolean => isLoopback(request.remoteAddress) && !request.isProxied && isLoopbackName(request.host);

const isLoopback = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === "loopback";

/** A page of another name whose address was changed to this machine's is refused by the name that it asks for. */
export function isLoopbackName(host: string | undefined): boolean {
  const name = URL.parse(`http://${host}`)?.hostname.replace(/^\[|\]$/g, "") ?? "";
  return name === "localhost" || isLoopback(name);
}

/** Where the server can be used without TLS, as what nobody else can read: the end of a sentence. */
export const onItsOwnMachine = (port: number | string = "<port>"): string =>
  `at http://localhost:${port} on the server's machine, also through a tunnel: ssh -L ${port}:localhost:${port} <server>`;

export function isTrusted(address: string, blocks: readonly CidrBlock[]): boolean {
  if (blocks.length === 0 || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return blocks.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
}

/** What an attacker has one of: an IPv4 address, or an IPv6 network of /64. */
export function addressGroup(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === "ipv4" ? parsed.toString() : networkOf(parsed, 64);
}

/** What a site is given, with 65,536 of the networks that `addressGroup` tells apart: an IPv6 network of /48. Undefined for IPv4. */
export function siteOf(address: string): string | undefined {
  if (!ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  return parsed.kind() === "ipv4" ? undefined : networkOf(parsed, 48);
}

const networkOf = (address: ReturnType<typeof ipaddr.process>, bits: 48 | 64): string =>
  `${address
    .toNormalizedString()
    .split(":")
    .slice(0, bits / 16)
    .join(":")}::/${bits}`;
