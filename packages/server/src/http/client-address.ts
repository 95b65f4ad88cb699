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

function isTrusted(address: string, blocks: readonly CidrBlock[]): boolean {
  if (blocks.length === 0 || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return blocks.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
}

/** What an attacker has one of: an IPv4 address, or an IPv6 network of /64. */
export function addressGroup(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return `${parsed.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`;
}
