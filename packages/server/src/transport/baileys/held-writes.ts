import type { WASocket } from "baileys";
import { noteFrame } from "./departures.js";

type Written = (error?: Error) => void;

/**
 * Holds back what leaves a socket until what came before is on disk.
 *
 * Baileys acknowledges a receipt whether or not we have stored what it says, and an acknowledged one never comes again. So each
 * frame waits for the commits that were under way when it was written. Baileys itself does not wait: to it a held frame is
 * written, and its order on the wire stays.
 */
export interface HeldWrites {
  /** What leaves from now on waits for this. */
  hold(commit: Promise<unknown>): void;
}

export function holdWrites({ ws }: WASocket): HeldWrites {
  const commits = new Set<Promise<unknown>>();
  let held = 0;
  let last: Promise<unknown> = Promise.resolve();
  const raw: unknown = Reflect.get(ws, "socket");
  if (!isSocket(raw)) throw new Error("Baileys' socket is not as expected");
  const write = raw.send.bind(raw);

  raw.send = (data: unknown, written?: Written) => {
    noteFrame();
    if (held === 0 && commits.size === 0) {
      write(data, written);
      return;
    }
    held += 1;
    const before = last;
    last = Promise.allSettled([before, ...commits]).then(() => {
      held -= 1;
      // A socket that broke meanwhile says so by itself.
      write(data, () => {});
    });
    written?.();
  };

  return {
    hold(commit) {
      commits.add(commit);
      const end = () => commits.delete(commit);
      commit.then(end, end);
    },
  };
}

interface RawSocket {
  send(data: unknown, written?: Written): void;
}

const isSocket = (raw: unknown): raw is RawSocket =>
  typeof raw === "object" && raw !== null && "send" in raw && typeof raw.send === "function";
