import type { Companion } from "./account.js";
import type { Server } from "./server.js";
import { element, findChild, type Stanza, withAttributes } from "./stanza.js";

/**
 * Delivers a stanza to a companion, now if it is online and otherwise at its next login. Either way it is kept until the
 * companion acknowledges it: what a client lost when it was killed comes again.
 */
export function deliver(server: Server, companion: Companion, stanza: Stanza, options: { hold?: boolean } = {}): void {
  companion.undelivered.push(stanza);
  if (!options.hold) companion.connection?.send(stanza);
  server.waiting.changed();
}

/** Hands over the backlog after a login: an announcement, the stanzas marked `offline`, and the end mark. */
export function deliverBacklog(companion: Companion): void {
  const { connection, undelivered } = companion;
  if (!connection) return;
  const count = undelivered.length;
  const countOf = (tag: string) => undelivered.filter((stanza) => stanza.tag === tag).length;
  if (count) {
    const counts = { message: countOf("message"), notification: countOf("notification"), receipt: countOf("receipt") };
    connection.send(element("ib", {}, [element("offline_preview", { count, appdata: 0, ...counts })]));
  }
  for (const stanza of undelivered) connection.send(withAttributes(stanza, { offline: 1 }));
  connection.send(element("ib", {}, [element("offline", { count })]));
}

/** An `ack`, or a receipt for a message: the stanza that it answers is off the server's hands. */
export function settle(companion: Companion, answer: Stanza): void {
  const tag = answer.tag === "receipt" ? "message" : answer.attrs.class;
  const isAnswered = (stanza: Stanza) =>
    stanza.tag === tag &&
    stanza.attrs.id === answer.attrs.id &&
    (tag === "message" || stanza.attrs.type === answer.attrs.type);
  const index = companion.undelivered.findIndex(isAnswered);
  if (index >= 0) companion.undelivered.splice(index, 1);
}

/** A receipt of this type leaves the message with the server: the client asks for it once more. */
export function asksAgain(receipt: Stanza): boolean {
  return receipt.attrs.type === "retry" && findChild(receipt, "retry") !== undefined;
}
