import type { BaileysEventEmitter } from "baileys";
import type { Inbox } from "./inbox.js";

/** Hands on what Baileys tells besides messages and receipts: history, contacts, groups. */
export function listenToNews(events: BaileysEventEmitter, inbox: Inbox): void {
  // Messages come by way of their decryption; only those that the phone sends us once more have none of their own.
  events.on("messages.upsert", ({ messages, requestId }) => {
    if (requestId !== undefined) for (const message of messages) inbox.takePlain(message);
  });
  events.on("messaging-history.set", (history) => inbox.takeHistory(history));
  events.on("contacts.upsert", (contacts) => inbox.takeContacts(contacts));
  events.on("contacts.update", (contacts) => inbox.takeContacts(contacts));
  events.on("lid-mapping.update", ({ lid, pn }) => inbox.takeContacts([{ id: pn, lid }]));
  events.on("groups.upsert", (groups) => {
    for (const { id, subject } of groups) inbox.groups.rename(id, subject);
  });
  events.on("groups.update", (groups) => {
    for (const { id, subject } of groups) if (id && subject) inbox.groups.rename(id, subject);
  });
  events.on("group-participants.update", ({ id }) => inbox.groups.outdated(id));
}
