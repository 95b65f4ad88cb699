import { jidDecode, jidEncode } from "baileys";

/**
 * How somebody is addressed: by phone number (`15550001111@s.whatsapp.net`) or by LID (`123@lid`), the identity that
 * hides the number. Both name the same person and the same Signal sessions.
 */
export type Addressing = "phone" | "lid";

export interface Address {
  readonly user: string;
  readonly server: string;
  /** 0 is the phone itself; companions count from 1. */
  readonly device: number;
}

export function parseAddress(jid: string): Address {
  const decoded = jidDecode(jid);
  if (!decoded) throw new Error(`not an address: "${jid}"`);
  return { user: decoded.user, server: decoded.server, device: decoded.device ?? 0 };
}

export function phoneAddress(phoneNumber: string, device = 0): string {
  return jidEncode(phoneNumber, "s.whatsapp.net", device);
}

export function lidAddress(lid: string, device = 0): string {
  return jidEncode(lid, "lid", device);
}

export function addressOf(party: { phoneNumber: string; lid: string }, addressing: Addressing, device = 0): string {
  return addressing === "lid" ? lidAddress(party.lid, device) : phoneAddress(party.phoneNumber, device);
}

export function addressingOf(jid: string): Addressing {
  return parseAddress(jid).server === "lid" ? "lid" : "phone";
}

export function isGroupAddress(jid: string): boolean {
  return parseAddress(jid).server === "g.us";
}

/**
 * The attributes that say who wrote a message: its address, and the other kind of address beside it unless the number
 * stays hidden. In a group the author is the participant.
 */
export function authorAttributes(
  author: { phoneNumber: string; lid: string },
  options: { device?: number; addressing: Addressing; groupId?: string | undefined; hideNumber?: boolean | undefined },
): Record<string, string> {
  const { addressing, groupId, hideNumber = false } = options;
  const address = addressOf(author, addressing, options.device);
  const other = addressOf(author, addressing === "lid" ? "phone" : "lid");
  const role = groupId === undefined ? "sender" : "participant";
  return {
    ...(groupId === undefined ? { from: address } : { from: groupId, participant: address }),
    ...(hideNumber && addressing === "lid" ? {} : { [`${role}_${addressing === "lid" ? "pn" : "lid"}`]: other }),
    addressing_mode: addressing === "lid" ? "lid" : "pn",
  };
}
