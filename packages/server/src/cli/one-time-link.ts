import { isLoopbackName, onItsOwnMachine } from "../http/client-address.js";
import { linkPath } from "../users/invitations.js";
import type { User } from "../users/users.js";

/** Where people find a server, and the port that it listens on. */
export interface ServerAddress {
  url: string;
  port: number;
}

/** A one-time link for the eyes of whoever runs the server; where nobody could sign in by it, with what to do about that. */
export function showOneTimeLink({ url, port }: ServerAddress, token: string, user?: Pick<User, "name">): string[] {
  return ["", `  ${url}${linkPath(token, user)}`, "", ...(isPrivate(url) ? [] : notPrivate(port))];
}

/** Whether a password may go there. */
function isPrivate(url: string): boolean {
  const { protocol, host } = new URL(url);
  return protocol === "https:" || isLoopbackName(host);
}

const notPrivate = (port: number) => [
  "Over plain HTTP this link is refused at that address, as others could read the password. Put a proxy that speaks TLS before the server,",
  "name it in WHATSFLOW_TRUSTED_PROXIES, and set WHATSFLOW_PUBLIC_URL to its https:// address; or leave WHATSFLOW_HOST out, and open the link",
  onItsOwnMachine(port),
  "",
];
