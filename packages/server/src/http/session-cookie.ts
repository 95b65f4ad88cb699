import type { Mode } from "../storage/schema.js";
import { SESSION_LIFE_MS } from "../users/sessions.js";
import type { Client } from "./client.js";

/** Says the mode, and that a page of this server asks: no other site can send it without being allowed to, and none is. */
export const MODE_HEADER = "whatsflow-mode";

/** Browsers take a `__Host-` cookie over TLS alone, for this host and from nobody else. */
const NAMES = { tls: "__Host-whatsflow", loopback: "whatsflow" } as const;

/**
 * The token that a client's cookie holds. Over plain HTTP none counts, wherever it comes from, and of two none either: another host of the
 * domain may have set one. Nothing but spaces and tabs is stripped (RFC 6265): to a browser a name that begins with a no-break space has
 * no prefix `__Host-`, so that it takes such a cookie from everybody.
 */
export function readCookie(header: string | undefined, { connection }: Client): string | undefined {
  if (header === undefined || connection === "plain") return undefined;
  const start = `${NAMES[connection]}=`;
  const parts = header.split(";").map((part) => part.replace(/^[ \t]+|[ \t]+$/g, ""));
  const [cookie, another] = parts.filter((part) => part.startsWith(start));
  return another === undefined ? cookie?.slice(start.length) || undefined : undefined;
}

/** The cookie that holds a token; without one, that removes it. */
export function sessionCookie(token: string | undefined, { connection }: Client): string {
  const name = connection === "tls" ? NAMES.tls : NAMES.loopback;
  const age = token === undefined ? 0 : SESSION_LIFE_MS / 1_000;
  const parts = [`${name}=${token ?? ""}`, "Path=/", `Max-Age=${age}`, "HttpOnly", "SameSite=Strict"];
  return [...parts, ...(connection === "tls" ? ["Secure"] : [])].join("; ");
}

export const modeOf = (text: string | undefined): Mode | undefined =>
  text === "live" || text === "test" ? text : undefined;

/** Whether a browser says that a page of another site asks. Programs, and old browsers, say nothing. */
export function isOfAnotherSite(
  { site, origin }: { site: string | undefined; origin: string | undefined },
  { origins }: Pick<Client, "origins">,
): boolean {
  if (site !== undefined && site !== "same-origin") return true;
  return origin !== undefined && !origins.includes(origin);
}
