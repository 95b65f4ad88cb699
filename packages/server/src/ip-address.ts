import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;
export type CidrBlock = [IpAddress, number];

/**
 * The address that a connection would go to: `::ffff:10.0.0.1` reaches 10.0.0.1, so it is that. A zone only says by which interface.
 *
 * @returns undefined for what is no address, and for `127.1` or `010.0.0.1`, which not every program reads alike
 */
export function parseAddress(text: string): IpAddress | undefined {
  const version = isIP(text);
  if (version === 0) return undefined;
  if (version === 4) return ipaddr.IPv4.parse(text);
  // As the resolver writes it, `::10.0.0.1` would be taken for `::ffff:10.0.0.1`. URLs have no dots in IPv6.
  const host = URL.parse(`http://[${text.replace(/%.*$/, "")}]`)?.hostname.slice(1, -1);
  return host !== undefined && ipaddr.isValid(host) ? ipaddr.process(host) : undefined;
}

/** A block such as `10.0.0.0/8`, or a single address; undefined for everything else. `::ffff:10.0.0.0/104` is the first of these. */
export function parseBlock(text: string): CidrBlock | undefined {
  const [, network = "", bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = parseAddress(network);
  if (!address) return undefined;
  const width = address.kind() === "ipv4" ? 32 : 128;
  const hidden = network.includes(":") && width === 32 ? 96 : 0;
  const length = bits === undefined ? width : Number(bits) - hidden;
  return length >= 0 && length <= width ? [address, length] : undefined;
}

export function isWithin(address: IpAddress, blocks: readonly CidrBlock[]): boolean {
  return blocks.some((block) => block[0].kind() === address.kind() && address.match(block));
}
