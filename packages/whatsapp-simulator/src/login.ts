import type { Account, Companion } from "./account.js";
import { lidAddress } from "./addresses.js";
import type { Connection } from "./connection.js";
import { deliverBacklog } from "./delivery.js";
import { createId, type Server } from "./server.js";
import { element, toSeconds } from "./stanza.js";

/** Clients keep it and put it before their greeting at the next connection. */
const ROUTING_INFO = Buffer.from("simulated");

/** Lets a linked device in, with its backlog; refuses one that is not linked, or that a fault keeps out. */
export function login(server: Server, connection: Connection, phoneNumber: string, deviceId: number): void {
  const account = server.directory.findByNumber(phoneNumber);
  const companion = account?.companions.get(deviceId);
  const reason = account && companion ? takeRefusal(account) : 401;
  if (!account || !companion || reason !== undefined) {
    connection.end(element("failure", { reason: reason ?? 401, location: "sim" }));
    return;
  }
  companion.connection?.streamError(undefined, [element("conflict", { type: "replaced" })]);
  companion.connection = connection;
  connection.companion = companion;
  const lid = lidAddress(account.lid, companion.id);
  connection.send(element("success", { t: toSeconds(new Date()), lid, props: 27, location: "sim" }));
  connection.send(element("ib", {}, [element("edge_routing", {}, [element("routing_info", {}, ROUTING_INFO)])]));
  deliverBacklog(companion);
}

function takeRefusal(account: Account): number | undefined {
  const refusal = account.loginRefusals[0];
  if (!refusal) return undefined;
  refusal.remaining -= 1;
  if (refusal.remaining <= 0) account.loginRefusals.shift();
  return refusal.reason;
}

/** Removes a companion from the account: told by the stream if it is online, and refused with 401 from then on. */
export function removeCompanion(server: Server, companion: Companion): void {
  companion.account.companions.delete(companion.id);
  companion.connection?.streamError(401, [element("conflict", { type: "device_removed" })]);
  announceDevices(server, companion.account);
}

/** Tells the other companions that a device was added or removed. */
export function announceDevices(server: Server, account: Account): void {
  const from = `${account.phoneNumber}@s.whatsapp.net`;
  for (const companion of account.companions.values()) {
    const device = element("device", { jid: from });
    const notification = { from, type: "devices", id: createId(), t: toSeconds(new Date()) };
    companion.connection?.send(element("notification", notification, [element("update", { hash: "sim" }, [device])]));
  }
  server.waiting.changed();
}
