import { createGroup, type GroupState, groupElement, participantElement } from "../group.js";
import { children, element, failure, findChild, getAttribute, getBytes, result, type Stanza } from "../stanza.js";
import type { Query, QueryHandler } from "./query-table.js";

const ALL_GROUPS = "@g.us";
const SWITCHES: Record<string, [setting: string, on: boolean]> = {
  announcement: ["announcement", true],
  not_announcement: ["announcement", false],
  locked: ["locked", true],
  unlocked: ["locked", false],
};

export const groupQuery: QueryHandler = (query) => {
  const { server, stanza, asked } = query;
  const to = stanza.attrs.to;
  if (!asked) return undefined;
  if (to === ALL_GROUPS) return queryAllGroups(query, asked);
  const group = server.groups.get(to ?? "");
  if (!group) return failure(stanza, 404, "item-not-found");
  if (!group.members.includes(query.companion.account)) return failure(stanza, 403, "forbidden");
  return query.type === "get" ? askGroup(query, asked, group) : applyChange(query, asked, group);
};

function queryAllGroups({ server, companion, stanza, type }: Query, asked: Stanza): Stanza | undefined {
  const { account } = companion;
  const own = [...server.groups.values()].filter((group) => group.members.includes(account));
  if (asked.tag === "participating") return result(stanza, [element("groups", {}, own.map(groupElement))]);
  if (asked.tag === "create") {
    const others = children(asked, "participant").map((item) => server.directory.find(getAttribute(item, "jid")));
    const members = [account, ...others.filter((member) => member !== undefined)];
    return result(stanza, [groupElement(createGroup(server, { subject: asked.attrs.subject ?? "", members }))]);
  }
  if (asked.tag === "leave") {
    for (const item of children(asked, "group")) {
      const group = server.groups.get(getAttribute(item, "id"));
      if (group) group.members = group.members.filter((member) => member !== account);
    }
    return result(stanza);
  }
  if (asked.tag !== "invite") return undefined;
  const invited = [...server.groups.values()].find((group) => group.inviteCode === asked.attrs.code);
  if (!invited) return failure(stanza, 406, "not-acceptable");
  if (type === "get") return result(stanza, [groupElement(invited)]);
  if (!invited.members.includes(account)) invited.members.push(account);
  return result(stanza, [element("group", { jid: invited.id })]);
}

function askGroup({ stanza }: Query, asked: Stanza, group: GroupState): Stanza | undefined {
  if (asked.tag === "query") return result(stanza, [groupElement(group)]);
  if (asked.tag === "invite") return result(stanza, [element("invite", { code: group.inviteCode })]);
  if (asked.tag === "membership_approval_requests") return result(stanza, [element(asked.tag, {}, [])]);
  return undefined;
}

function applyChange(query: Query, asked: Stanza, group: GroupState): Stanza | undefined {
  const { stanza } = query;
  const toggled = SWITCHES[asked.tag];
  if (toggled) {
    const [setting, on] = toggled;
    if (on) group.settings.add(setting);
    else group.settings.delete(setting);
    return result(stanza);
  }
  switch (asked.tag) {
    case "subject":
      group.subject = getBytes(asked).toString();
      return result(stanza);
    case "description": {
      const body = findChild(asked, "body");
      group.description = body && { id: asked.attrs.id ?? "", text: getBytes(body).toString() };
      return result(stanza);
    }
    case "ephemeral":
    case "not_ephemeral":
      group.ephemeralSeconds = Number(asked.attrs.expiration ?? 0);
      return result(stanza);
    case "member_add_mode":
    case "membership_approval_mode":
      return result(stanza);
    case "invite":
      group.inviteCode = `${group.inviteCode.slice(0, -1)}x`;
      return result(stanza, [element("invite", { code: group.inviteCode })]);
    case "add":
    case "remove":
    case "promote":
    case "demote":
      return applyMembers(query, asked, group);
  }
  return undefined;
}

function applyMembers({ server, stanza }: Query, asked: Stanza, group: GroupState): Stanza {
  const answers = children(asked, "participant").map((item) => {
    const jid = getAttribute(item, "jid");
    const member = server.directory.find(jid);
    if (!member) return element("participant", { jid, error: 404 });
    if (asked.tag === "add" && !group.members.includes(member)) group.members.push(member);
    if (asked.tag === "promote") group.admins.add(member);
    if (asked.tag === "demote" || asked.tag === "remove") group.admins.delete(member);
    const answer = participantElement(group, member);
    if (asked.tag === "remove") group.members = group.members.filter((other) => other !== member);
    return answer;
  });
  return result(stanza, [element(asked.tag, {}, answers)]);
}
