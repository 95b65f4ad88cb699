import { QueryIds } from "baileys";
import { children, element, getAttribute, result } from "../stanza.js";
import type { QueryHandler } from "./query-table.js";

const PRIVACY_CATEGORIES = ["readreceipts", "last", "profile", "status", "online", "groupadd", "calladd", "messages"];

/** A/B experiments: none. */
export const experiments: QueryHandler = ({ stanza, asked }) =>
  asked?.tag === "props"
    ? result(stanza, [element("props", { protocol: 1, hash: "simulated", refresh: 86_400 }, [])])
    : undefined;

export const blocklist: QueryHandler = ({ stanza, type, companion, asked }) => {
  const blocked = blockedBy(companion.account);
  if (type === "get")
    return result(stanza, [
      element(
        "list",
        {},
        [...blocked].map((jid) => element("item", { jid })),
      ),
    ]);
  const { jid, action } = asked?.attrs ?? {};
  if (jid === undefined) return undefined;
  if (action === "block") blocked.add(jid);
  else blocked.delete(jid);
  return result(stanza);
};

const blockedByAccount = new WeakMap<object, Set<string>>();

function blockedBy(account: object): Set<string> {
  const blocked = blockedByAccount.get(account) ?? new Set();
  blockedByAccount.set(account, blocked);
  return blocked;
}

/** The settings, and the tokens that a client gives to people it writes to. */
export const privacy: QueryHandler = ({ stanza, type, asked }) => {
  if (type === "get") {
    const categories = PRIVACY_CATEGORIES.map((name) => element("category", { name, value: "all" }));
    return result(stanza, [element("privacy", {}, categories)]);
  }
  const known = asked?.tag === "tokens" || (asked?.tag === "privacy" && children(asked, "category").length > 0);
  return known ? result(stanza) : undefined;
};

/** The text under one's own name. */
export const status: QueryHandler = ({ stanza, asked }) => (asked?.tag === "status" ? result(stanza) : undefined);

/** The default of disappearing messages. */
export const disappearingMode: QueryHandler = ({ stanza, asked }) =>
  asked?.tag === "disappearing_mode" ? result(stanza) : undefined;

/** Archived chats, the own name and so on: nothing to tell, and what a client changes is accepted and not kept. */
export const appState: QueryHandler = ({ stanza, asked }) => {
  if (asked?.tag !== "sync") return undefined;
  const collections = children(asked, "collection").map((collection) => {
    const version = Number(collection.attrs.version ?? 0) + children(collection, "patch").length;
    return element("collection", { name: getAttribute(collection, "name"), version, type: "result" });
  });
  return result(stanza, [element("sync", {}, collections)]);
};

/** What an account may not do at the moment: GraphQL queries by their number. Newsletters and communities are not among them. */
const RESTRICTIONS: Record<string, object> = {
  [QueryIds.REACHOUT_TIMELOCK]: {
    xwa2_fetch_account_reachout_timelock: { is_active: false, time_enforcement_ends: "0", enforcement_type: "DEFAULT" },
  },
  [QueryIds.MESSAGE_CAPPING_INFO]: {
    xwa2_message_capping_info: { total_quota: -1, used_quota: 0, capping_status: "NONE" },
  },
};

export const restrictions: QueryHandler = ({ stanza, asked }) => {
  const data = RESTRICTIONS[asked?.attrs.query_id ?? ""];
  return data && result(stanza, [element("result", {}, Buffer.from(JSON.stringify({ data })))]);
};
