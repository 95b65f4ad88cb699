import type { components } from "../../generated/openapi.js";

type Reason = components["schemas"]["DisconnectReason"];

/** What to do after the end of a connection. */
export type Aftermath =
  /** A part of the protocol: connect again at once, nothing was lost. */
  | { action: "restart" }
  /** Connect again after a while, later each time. */
  | { action: "reconnect" }
  /** Ask for the newest version of the client, once. */
  | { action: "refresh version" }
  /** Not again until somebody wants it; `forget`: the credentials are worthless. */
  | { action: "stop"; reason: Reason; forget: boolean };

/** The codes that Baileys gives a connection's end: WhatsApp's own, and some of its own making. */
const CODE = {
  restartRequired: 515,
  loggedOut: 401,
  /** Payment, ban, and a client that WhatsApp does not accept: the account is blocked, for a while or for good. */
  blocked: [402, 403, 406],
  versionRefused: 405,
  lost: 408,
  notMultiDevice: 411,
  replaced: 440,
} as const;

/** How to go on after a connection ended with `code`. */
export function aftermathOf(code: number, { isPaired }: { isPaired: boolean }): Aftermath {
  if (code === CODE.restartRequired) return { action: "restart" };
  if (code === CODE.versionRefused) return { action: "refresh version" };
  if (code === CODE.replaced) return { action: "stop", reason: "replaced", forget: false };
  if (CODE.blocked.some((blocked) => blocked === code)) return { action: "stop", reason: "restricted", forget: false };
  if (code === CODE.loggedOut || code === CODE.notMultiDevice)
    return isPaired
      ? { action: "stop", reason: "logged_out", forget: true }
      : { action: "stop", reason: "pairing_expired", forget: true };
  // Nobody scanned the last of the QR codes.
  if (code === CODE.lost && !isPaired) return { action: "stop", reason: "pairing_expired", forget: true };
  return { action: "reconnect" };
}

/** The code in an error of Baileys'; 0 when it has none. */
export function codeOf(error: unknown): number {
  if (!(error instanceof Error) || !("output" in error)) return 0;
  const { output } = error;
  return typeof output === "object" && output !== null && "statusCode" in output ? Number(output.statusCode) : 0;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 120_000;

/** How long to wait before the next attempt: twice as long each time, with jitter, so that many devices do not come at once. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const delayMs = Math.min(FIRST_DELAY_MS * 2 ** Math.min(attempt, 20), LONGEST_DELAY_MS);
  return Math.round(delayMs * (0.5 + random()));
}
