import type { Account } from "../account.js";
import { lidAddress, phoneAddress } from "../addresses.js";
import type { Server } from "../server.js";
import { children, element, failure, findChild, getBytes, getChild, result, type Stanza } from "../stanza.js";
import type { QueryHandler } from "./query-table.js";

/** What clients ask about people: whether they are on WhatsApp, their devices, their LID, their status text. */
const PROTOCOLS: Record<string, (account: Account | undefined) => Stanza | undefined> = {
  contact: (account) => element("contact", { type: account ? "in" : "out" }),
  devices: (account) => element("devices", {}, [element("device-list", {}, account ? deviceList(account) : [])]),
  lid: (account) => account && element("lid", { val: lidAddress(account.lid) }),
  status: (account) => account && element("status", { t: 0 }, Buffer.from("")),
  disappearing_mode: (account) => account && element("disappearing_mode", { duration: 0, t: 0 }),
  username: () => undefined,
};

export const usync: QueryHandler = ({ server, stanza }) => {
  const request = getChild(stanza, "usync");
  const protocols = children(getChild(request, "query")).map((protocol) => protocol.tag);
  if (protocols.some((protocol) => !(protocol in PROTOCOLS))) return undefined;
  const users = children(getChild(request, "list"), "user").map((user) => userElement(server, user, protocols));
  const { sid, mode, context } = request.attrs;
  const answer = { sid, mode, context, index: 0, last: "true" };
  return result(stanza, [element("usync", answer, [element("result"), element("list", {}, users)])]);
};

function userElement(server: Server, user: Stanza, protocols: string[]): Stanza {
  const dialled = dialledNumber(user);
  const account =
    user.attrs.jid === undefined ? server.directory.findDialled(dialled) : server.directory.find(user.attrs.jid);
  const jid = user.attrs.jid ?? phoneAddress(account?.phoneNumber ?? dialled);
  const answers = protocols.map((protocol) => PROTOCOLS[protocol]?.(account));
  return element(
    "user",
    { jid },
    answers.filter((answer) => answer !== undefined),
  );
}

/** Asked by number, as `+15550001111` inside the contact. */
function dialledNumber(user: Stanza): string {
  const contact = findChild(user, "contact");
  return contact?.content === undefined ? "" : getBytes(contact).toString().replaceAll(/\D/g, "");
}

function deviceList(account: Account): Stanza[] {
  const companions = [...account.companions.keys()];
  return [element("device", { id: 0 }), ...companions.map((id) => element("device", { id, "key-index": id }))];
}

export const profilePicture: QueryHandler = ({ server, companion, stanza, type }) => {
  const target = stanza.attrs.target;
  const account = target === undefined ? companion.account : server.directory.find(target);
  if (type === "set") {
    const picture = children(stanza, "picture")[0];
    if (account !== companion.account) return failure(stanza, 401, "not-authorized");
    account.picture = picture?.content instanceof Uint8Array ? server.media.publish(picture.content) : undefined;
    return result(stanza);
  }
  if (account?.picture === undefined) return failure(stanza, 404, "item-not-found");
  return result(stanza, [element("picture", { id: 1, type: "image", url: account.picture, direct_path: "" })]);
};

export const businessProfile: QueryHandler = ({ server, stanza, asked }) => {
  if (asked?.tag !== "business_profile") return undefined;
  const jid = children(asked, "profile")[0]?.attrs.jid;
  const account = jid === undefined ? undefined : server.directory.find(jid);
  if (!account?.business) return result(stanza, [element("business_profile", {}, [])]);
  const description = element("description", {}, Buffer.from(account.name ?? ""));
  return result(stanza, [element("business_profile", {}, [element("profile", { jid }, [description])])]);
};
