import type { Companion } from "../account.js";
import type { Connection } from "../connection.js";
import { sendHistory } from "../history.js";
import { removeCompanion } from "../login.js";
import { receiveLinkCode } from "../pairing-code.js";
import type { Server } from "../server.js";
import { children, describe, element, failure, findChild, result, type Stanza } from "../stanza.js";
import {
  appState,
  blocklist,
  disappearingMode,
  experiments,
  privacy,
  restrictions,
  status,
} from "./account-queries.js";
import { groupQuery } from "./group-queries.js";
import { keyQuery } from "./key-queries.js";
import { businessProfile, profilePicture, usync } from "./people-queries.js";

export interface Query {
  readonly server: Server;
  readonly companion: Companion;
  readonly stanza: Stanza;
  readonly type: "get" | "set";
  /** The first element inside. */
  readonly asked: Stanza | undefined;
}

/** Answers a query; undefined when it asks for something that the simulator does not speak. */
export type QueryHandler = (query: Query) => Stanza | undefined;

const empty: QueryHandler = ({ stanza }) => result(stanza);

/** Every query by its namespace. */
const QUERIES: Record<string, QueryHandler> = {
  abt: experiments,
  blocklist,
  disappearing_mode: disappearingMode,
  encrypt: keyQuery,
  passive: ({ stanza, asked }) => (asked?.tag === "active" ? result(stanza) : undefined),
  privacy,
  status,
  "urn:xmpp:whatsapp:dirty": empty,
  usync,
  "w:biz": businessProfile,
  "w:g2": groupQuery,
  "w:m": ({ server, stanza, asked }) => {
    if (asked?.tag !== "media_conn") return undefined;
    const host = element("host", { hostname: server.media.host });
    const connection = { auth: "simulated", ttl: 3600, auth_ttl: 21_600, max_buckets: 12 };
    return result(stanza, [element("media_conn", connection, [host])]);
  },
  "w:mex": restrictions,
  "w:profile:picture": profilePicture,
  "w:stats": empty,
  "w:sync:app:state": appState,
};

export async function receiveQuery(server: Server, connection: Connection, stanza: Stanza): Promise<void> {
  const { companion } = connection;
  if (stanza.attrs.xmlns === "md") return receiveDeviceQuery(server, connection, stanza);
  // Whoever waits to be linked pings, too.
  if (stanza.attrs.xmlns === "w:p" && findChild(stanza, "ping")) return connection.send(result(stanza));
  const type = stanza.attrs.type === "get" ? "get" : "set";
  const query = companion && ({ server, companion, stanza, type, asked: children(stanza)[0] } as const);
  const answer = query && QUERIES[stanza.attrs.xmlns ?? ""]?.(query);
  if (!answer) return refuse(server, connection, stanza);
  connection.send(answer);
  if (query.stanza.attrs.xmlns === "passive" && companion.needsHistory) await sendHistory(server, companion);
}

/** Linking by code, and the client's own logout. */
function receiveDeviceQuery(server: Server, connection: Connection, stanza: Stanza): void {
  if (findChild(stanza, "link_code_companion_reg")) {
    receiveLinkCode(server, connection, stanza);
  } else if (findChild(stanza, "remove-companion-device") && connection.companion) {
    connection.send(result(stanza));
    removeCompanion(server, connection.companion);
  } else {
    refuse(server, connection, stanza);
  }
}

function refuse(server: Server, connection: Connection, stanza: Stanza): void {
  server.notUnderstood.push(describe(stanza));
  connection.send(failure(stanza, 501, "feature-not-implemented"));
}
