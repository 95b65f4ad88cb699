import type { Mode } from "../storage/schema.js";
import { SESSION_LIFE_MS } from "../users/sessions.js";
import type { Client } from "./client.js";

/** Says the mode, and that a page of this server asks: no other site can send it without being allowed to, and none is. */
export const MODE_HEADER = "whatsflow-mode";

/** Browsers take a `__Host-` cookie over TLS alone, for this host and from nobody else. */
const NAMES = { tls: "__Host-whatsflow", loopback: "whatsflow" } as const;

/** The token that a client's cookie holds. Over plain HTTP none counts, wherever it comes from. */
export function readCookie(header: string | undefined, { connection }: Client): string | undefined {
  if (header === undefined || connection === "plain") return undefined;
  const start = `${NAMES[connection]}=`;
  const cookie = header.split(";").find((part) => part.trim().startsWith(start));
  return cookie?.trim().slice(start.length) || undefined;
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
