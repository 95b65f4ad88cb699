import type { Connection } from "./connection.js";
import { asksAgain, settle } from "./delivery.js";
import { receiveMessage } from "./messages.js";
import { receiveQuery } from "./queries/query-table.js";
import { receiveReceipt, resend } from "./receipts.js";
import type { Server } from "./server.js";
import { children, describe, element, findChild, getAttribute, SERVER, type Stanza } from "./stanza.js";

/** What a logged-in or registering client sent: queries, messages, receipts, and what needs no answer. */
export async function receiveStanza(server: Server, connection: Connection, stanza: Stanza): Promise<void> {
  switch (stanza.tag) {
    case "iq":
      return receiveIq(server, connection, stanza);
    case "message":
      return receiveMessage(server, connection, stanza);
    case "receipt":
      connection.send(acknowledgement(stanza));
      if (!connection.companion) return;
      if (asksAgain(stanza)) return resend(server, connection.companion, stanza);
      settle(connection.companion, stanza);
      return receiveReceipt(server, connection.companion, stanza);
    case "ack":
      if (connection.companion) settle(connection.companion, stanza);
      return;
    case "presence":
    case "chatstate":
      return receivePresence(server, connection, stanza);
    case "ib":
      // Telemetry (unified_session) and the request for the backlog (offline_batch), which goes out by itself.
      if (findChild(stanza, "unified_session") || findChild(stanza, "offline_batch")) return;
      break;
  }
  server.notUnderstood.push(describe(stanza));
}

function acknowledgement(stanza: Stanza): Stanza {
  const { type, participant, to } = stanza.attrs;
  const id = getAttribute(stanza, "id");
  return element("ack", { class: stanza.tag, id, from: to ?? SERVER, type, participant });
}

async function receiveIq(server: Server, connection: Connection, stanza: Stanza): Promise<void> {
  if (stanza.attrs.type !== "result" && stanza.attrs.type !== "error") return receiveQuery(server, connection, stanza);
  if (findChild(stanza, "pair-device-sign")) connection.registration?.onSigned?.(stanza);
}

/** "Online", "typing": shown by the people it is meant for. */
function receivePresence(server: Server, connection: Connection, stanza: Stanza): void {
  const { companion } = connection;
  if (!companion) return;
  const { to, type } = stanza.attrs;
  if (type === "available" || type === "unavailable") companion.account.inbox.presence = type;
  if (stanza.tag !== "chatstate" || to === undefined) return;
  const state = children(stanza)[0];
  const shown = state?.attrs.media === "audio" ? "recording" : state?.tag;
  server.directory.find(to)?.inbox.chatStates.push({ from: companion.account.phoneNumber, state: shown ?? "unknown" });
}
