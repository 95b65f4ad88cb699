import { randomBytes } from "node:crypto";
import type { Account } from "./account.js";
import { type Addressing, addressOf, authorAttributes, lidAddress, phoneAddress } from "./addresses.js";
import { deliver } from "./delivery.js";
import { createId, type Server } from "./server.js";
import { element, type Stanza, toSeconds } from "./stanza.js";

/** A group as the server knows it. */
export interface GroupState {
  /** `<number>@g.us` */
  readonly id: string;
  subject: string;
  readonly createdAt: Date;
  /** How members are addressed: `lid` in groups of today, `phone` in old ones. */
  readonly addressing: Addressing;
  /** The first one created it. */
  members: Account[];
  readonly admins: Set<Account>;
  description: { id: string; text: string } | undefined;
  inviteCode: string;
  /** Switches such as `announcement` and `locked`. */
  readonly settings: Set<string>;
  ephemeralSeconds: number;
}

export function createGroup(
  server: Server,
  options: { subject: string; members: Account[]; addressing?: Addressing | undefined },
): GroupState {
  const [creator] = options.members;
  if (!creator) throw new Error("a group needs at least one participant");
  const id = `1203630${String(server.groups.size + 1).padStart(11, "0")}@g.us`;
  const group: GroupState = {
    id,
    subject: options.subject,
    createdAt: new Date(),
    addressing: options.addressing ?? "lid",
    members: [...new Set(options.members)],
    admins: new Set([creator]),
    description: undefined,
    inviteCode: randomBytes(11).toString("base64url"),
    settings: new Set(),
    ephemeralSeconds: 0,
  };
  server.groups.set(id, group);
  return group;
}

/** `<group>` with its participants, as clients ask for it. */
export function groupElement(group: GroupState): Stanza {
  const [creator] = group.members;
  const { description } = group;
  const attributes = {
    id: group.id.split("@")[0],
    subject: group.subject,
    s_t: toSeconds(group.createdAt),
    creation: toSeconds(group.createdAt),
    creator: creator && addressOf(creator, group.addressing),
    addressing_mode: group.addressing === "lid" ? "lid" : "pn",
    size: group.members.length,
  };
  return element("group", attributes, [
    ...group.members.map((member) => participantElement(group, member)),
    ...[...group.settings].map((setting) => element(setting)),
    ...(group.ephemeralSeconds ? [element("ephemeral", { expiration: group.ephemeralSeconds })] : []),
    ...(description
      ? [element("description", { id: description.id }, [element("body", {}, Buffer.from(description.text))])]
      : []),
  ]);
}

export function participantElement(group: GroupState, member: Account, error?: number): Stanza {
  const other =
    group.addressing === "lid" ? { phone_number: phoneAddress(member.phoneNumber) } : { lid: lidAddress(member.lid) };
  const role = member === group.members[0] ? "superadmin" : group.admins.has(member) ? "admin" : undefined;
  return element("participant", { jid: addressOf(member, group.addressing), ...other, type: role, error });
}

/** A change by a member's phone: the clients of everybody concerned are told. */
export function changeGroup(
  server: Server,
  group: GroupState,
  by: Account,
  change: { add: Account } | { remove: Account } | { subject: string },
): void {
  const concerned = new Set(group.members);
  const t = toSeconds(new Date());
  let told: Stanza;
  if ("subject" in change) {
    group.subject = change.subject;
    told = element("subject", { subject: change.subject, s_t: t, s_o: addressOf(by, group.addressing) });
  } else if ("add" in change) {
    if (!concerned.has(change.add)) group.members.push(change.add);
    concerned.add(change.add);
    told = element("add", {}, [participantElement(group, change.add)]);
  } else {
    told = element("remove", {}, [participantElement(group, change.remove)]);
    group.members = group.members.filter((member) => member !== change.remove);
    group.admins.delete(change.remove);
  }
  const author = authorAttributes(by, { addressing: group.addressing, groupId: group.id });
  const notification = element("notification", { ...author, type: "w:gp2", id: createId(), t, notify: by.name }, [
    told,
  ]);
  for (const member of concerned) {
    for (const companion of member.companions.values()) deliver(server, companion, notification);
  }
}
