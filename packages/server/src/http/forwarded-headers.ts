import ipaddr from "ipaddr.js";
import type { Logger } from "pino";

type Header = (name: string) => string | undefined;

/** By which way a request came. */
export interface Way {
  isTls: boolean;
  /** The origins of the server's own pages, as the client sees them. */
  origins: string[];
}

/** A proxy that passed a request on without being heard: it is not trusted, or does not say that the client came over TLS. */
export interface UnheardProxy extends Way {
  address: string;
  /** What to do about it, in whole sentences. */
  cure: string;
}

const FORWARDED = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"];

/** What the headers say; those of proxies only where they are believed. */
export function wayOf(header: Header, isBelieved: boolean): Way {
  const told = (name: string) => (isBelieved ? firstOf(header(name)) : undefined);
  const isTls = told("x-forwarded-proto")?.toLowerCase() === "https";
  return { isTls, origins: originsOf(isTls ? "https" : "http", [header("host"), told("x-forwarded-host")]) };
}

/** What the client asked; the proxies behind the first one add theirs. */
const firstOf = (list: string | undefined): string | undefined => list?.split(",")[0]?.trim();

const originsOf = (scheme: "http" | "https", hosts: (string | undefined)[]): string[] =>
  hosts.flatMap((host) => (host === undefined ? [] : (URL.parse(`${scheme}://${host}`)?.origin ?? [])));

/**
 * The proxy that a client has to thank for being refused, if one is. What it says, and what the origin of the client's page tells
 * of the way, makes an error's message and nothing else: anybody can write it.
 */
export function findUnheardProxy(
  header: Header,
  { remote, isTrusted, trustsOthers }: { remote: string; isTrusted: boolean; trustsOthers: boolean },
): UnheardProxy | undefined {
  if (!ipaddr.isValid(remote)) return undefined;
  const told = wayOf(header, true);
  const overTls = originsOf("https", [header("host"), firstOf(header("x-forwarded-host"))]);
  const hidesTls = !told.isTls && overTls.includes(header("origin") ?? "");
  const isUnheard = !isTrusted && FORWARDED.some((name) => header(name) !== undefined);
  if (!hidesTls && !isUnheard) return undefined;
  const address = ipaddr.process(remote).toString();
  const trust = trustsOthers
    ? `add ${address} to WHATSFLOW_TRUSTED_PROXIES`
    : `set WHATSFLOW_TRUSTED_PROXIES=${address}`;
  const cures = [
    ...(isTrusted ? [] : [`The proxy at ${address} is not trusted. If it is yours, ${trust}, and restart the server.`]),
    ...(hidesTls ? [`Let the proxy at ${address} send X-Forwarded-Proto: https.`] : []),
  ];
  return { address, cure: cures.join(" "), ...(hidesTls ? { isTls: true, origins: overTls } : told) };
}

/** More than anybody has proxies: strangers write the headers as well. */
const MOST_WARNED_OF = 20;

/** Warns of each proxy once. */
export function createProxyWarnings(log: Pick<Logger, "warn">) {
  const warnedOf = new Set<string>();
  return <Client extends { unheardProxy: UnheardProxy | undefined }>(client: Client): Client => {
    const { address, cure } = client.unheardProxy ?? {};
    if (address === undefined || warnedOf.has(address) || warnedOf.size >= MOST_WARNED_OF) return client;
    warnedOf.add(address);
    log.warn({ proxy: address }, cure);
    return client;
  };
}
