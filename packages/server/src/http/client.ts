import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { CidrBlock } from "../ip-address.js";
import { addressGroup, clientAddress, isFromThisMachine, isTrusted, siteOf } from "./client-address.js";
import { findUnheardProxy, type UnheardProxy, wayOf } from "./forwarded-headers.js";

type Env = { Bindings: Partial<HttpBindings> };

/** Where a request comes from, and by which way. */
export interface Client {
  /** What an attacker has one of. */
  address: string;
  /** The IPv6 site that it lies in, as one attacker may have many addresses; undefined for IPv4. */
  site: string | undefined;
  /**
   * `tls`: a proxy that is trusted says so, as the server itself speaks plain HTTP alone. `loopback`: from this machine to this machine's own
   * name, without a proxy. `plain`: everybody on the way can read it.
   */
  connection: "tls" | "loopback" | "plain";
  /** The origins of the server's own pages, as the client sees them. */
  origins: string[];
  userAgent: string | undefined;
  /** The port that the server listens on. */
  port: number | undefined;
  /** What stands between the client and us, and should be believed or say more. */
  unheardProxy: UnheardProxy | undefined;
}

const remoteAddress = (c: Context<Env>): string => c.env?.incoming?.socket.remoteAddress ?? "unknown";

/** What tells that a request came through a proxy, whatever address it has now. */
const PROXY_HEADERS = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/** Whether a program on this machine asks the server itself. */
export const isDirect = (c: Context<Env>): boolean =>
  isFromThisMachine({
    remoteAddress: remoteAddress(c),
    host: c.req.header("host"),
    isProxied: PROXY_HEADERS.some((name) => c.req.header(name) !== undefined),
  });

export function clientOf(c: Context<Env>, trustedProxies: readonly CidrBlock[]): Client {
  const remote = remoteAddress(c);
  const isTrustedProxy = isTrusted(remote, trustedProxies);
  const header = (name: string) => c.req.header(name);
  const address = clientAddress(remote, header("x-forwarded-for"), trustedProxies);
  const { isTls, origins } = wayOf(header, isTrustedProxy);
  const trust = { remote, isTrusted: isTrustedProxy, trustsOthers: trustedProxies.length > 0 };
  return {
    address: addressGroup(address),
    site: siteOf(address),
    connection: isTls ? "tls" : isDirect(c) ? "loopback" : "plain",
    origins,
    userAgent: header("user-agent"),
    port: c.env?.incoming?.socket.localPort,
    unheardProxy: findUnheardProxy(header, trust),
  };
}
