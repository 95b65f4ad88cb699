import type { WASocket } from "baileys";
import type { Clock } from "../../clock.js";
import type { Address } from "../transport.js";
import { digitsOf, jidOfLid, jidOfNumber } from "./addresses.js";

/** WhatsApp's addresses of pictures expire after some days. */
const ASK_AGAIN_AFTER_MS = 24 * 3_600_000;
const MOST_REMEMBERED = 10_000;

/** Profile pictures of those who write, asked for in the background, one after the other. */
export interface Pictures {
  /** Somebody wrote. `tell` is called when WhatsApp says where the picture is. */
  want(socket: WASocket | undefined, contact: Address, tell: (url: string) => void): void;
}

export function createPictures({ clock }: { clock: Clock }): Pictures {
  const askedAt = new Map<string, number>();
  let last: Promise<unknown> = Promise.resolve();

  return {
    want(socket, { phoneNumber, lid }, tell) {
      if (!socket) return;
      const jid = phoneNumber === null ? jidOfLid(lid ?? "") : jidOfNumber(digitsOf(phoneNumber));
      const before = askedAt.get(jid);
      if (before !== undefined && clock.now() - before < ASK_AGAIN_AFTER_MS) return;
      if (askedAt.size >= MOST_REMEMBERED) askedAt.clear();
      askedAt.set(jid, clock.now());
      last = last.then(async () => {
        // Whoever shows none, or not to us, is an error to Baileys.
        const url = await socket.profilePictureUrl(jid, "image").catch(() => undefined);
        if (url) tell(url);
      });
    },
  };
}
