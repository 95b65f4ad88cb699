import {
  isHostedLidUser,
  isHostedPnUser,
  isJidGroup,
  isLidUser,
  isPnUser,
  jidDecode,
  jidEncode,
  type SignalKeyStore,
} from "baileys";
import type { Address } from "../transport.js";

/** WhatsApp's addresses (JIDs) on one side, numbers in E.164 and LIDs on the other; this is the door between them. */

/** The digits of a number, as WhatsApp writes them. */
export const digitsOf = (phoneNumber: string): string => phoneNumber.replace(/\D/g, "");

export const jidOfNumber = (digits: string): string => jidEncode(digits, "s.whatsapp.net");
export const jidOfLid = (lid: string): string => jidEncode(lid, "lid");

/** A group's id without its server, as the contract shows it. */
export const groupIdOf = (jid: string): string => jidDecode(jid)?.user ?? jid;

export const isGroup = (jid: string | null | undefined): jid is string => Boolean(isJidGroup(jid ?? undefined));

/** What JIDs of one account tell of it; the device within them is left out. Undefined when none of them is a person's. */
export function addressOf(...jids: (string | null | undefined)[]): Address | undefined {
  const address: Address = { phoneNumber: null, lid: null };
  for (const jid of jids) {
    if (!jid) continue;
    const user = jidDecode(jid)?.user;
    if (!user || !/^\d+$/.test(user)) continue;
    if (isPnUser(jid) || isHostedPnUser(jid)) address.phoneNumber ??= `+${user}`;
    if (isLidUser(jid) || isHostedLidUser(jid)) address.lid ??= user;
  }
  return address.phoneNumber === null && address.lid === null ? undefined : address;
}

/** Adds the other one of number and LID where this device has heard of it. Asks nobody: WhatsApp tells when it wants to. */
export async function completed(address: Address, keys: SignalKeyStore): Promise<Address> {
  const { phoneNumber, lid } = address;
  if (phoneNumber !== null && lid === null) {
    const number = digitsOf(phoneNumber);
    const found = (await keys.get("lid-mapping", [number]))[number];
    return { phoneNumber, lid: found ?? null };
  }
  if (phoneNumber === null && lid !== null) {
    const reverse = `${lid}_reverse`;
    const found = (await keys.get("lid-mapping", [reverse]))[reverse];
    return { phoneNumber: found ? `+${found}` : null, lid };
  }
  return address;
}
