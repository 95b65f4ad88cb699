import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { CidrBlock } from "../ip-address.js";
import { addressGroup, clientAddress, isFromThisMachine, isTrusted } from "./client-address.js";

type Env = { Bindings: Partial<HttpBindings> };

/** Where a request comes from, and by which way. */
export interface Client {
  /** What an attacker has one of. */
  address: string;
  /**
   * `tls`: a proxy that is trusted says so, as the server itself speaks plain HTTP alone. `loopback`: from this machine to this machine's own
   * name, without a proxy. `plain`: everybody on the way can read it.
   */
  connection: "tls" | "loopback" | "plain";
  /** The origins of the server's own pages, as the client sees them. */
  origins: string[];
  userAgent: string | undefined;
}

const remoteAddress = (c: Context<Env>): string => c.env?.incoming?.socket.remoteAddress ?? "unknown";

export const addressOf = (c: Context<Env>, trustedProxies: readonly CidrBlock[]): string =>
  addressGroup(clientAddress(remoteAddress(c), c.req.header("x-forwarded-for"), trustedProxies));

/** What tells that a request came through a proxy, whatever address it has now. */
export const PROXY_HEADERS = ["forwarded", "via", "x-real-ip", "x-forwarded-host", "x-forwarded-proto"];

export function clientOf(c: Context<Env>, trustedProxies: readonly CidrBlock[]): Client {
  const remote = remoteAddress(c);
  const isTrustedProxy = isTrusted(remote, trustedProxies);
  /** The first is what the client asked; the proxies behind the first one add theirs. */
  const told = (name: string) => (isTrustedProxy ? c.req.header(name)?.split(",")[0]?.trim() : undefined);
  const host = c.req.header("host");
  const forwardedFor = c.req.header("x-forwarded-for");
  const isProxied = forwardedFor !== undefined || PROXY_HEADERS.some((name) => c.req.header(name) !== undefined);
  const isHere = !isProxied && isFromThisMachine({ remoteAddress: remote, host, forwardedFor, isProxied }, []);
  const isTls = told("x-forwarded-proto")?.toLowerCase() === "https";
  const scheme = isTls ? "https" : "http";
  const origins = [host, told("x-forwarded-host")].flatMap((name) => URL.parse(`${scheme}://${name}`)?.origin ?? []);
  return {
    address: addressOf(c, trustedProxies),
    connection: isTls ? "tls" : isHere ? "loopback" : "plain",
    origins,
    userAgent: c.req.header("user-agent"),
  };
}
