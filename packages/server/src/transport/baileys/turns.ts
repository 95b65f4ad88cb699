import type { Clock } from "../../clock.js";

/** Lets a few at a time begin: fifty devices that connect at once hold each other up for seconds. */
export interface Turns {
  /** Resolves when it is one's turn, with how to end it; it ends by itself after a while. */
  take(): Promise<() => void>;
}

export function createTurns({ clock, most, longestMs }: { clock: Clock; most: number; longestMs: number }): Turns {
  let taken = 0;
  const waiting: (() => void)[] = [];

  function begin(): () => void {
    taken += 1;
    let ended = false;
    const end = () => {
      if (ended) return;
      ended = true;
      cancel();
      taken -= 1;
      waiting.shift()?.();
    };
    const cancel = clock.after(longestMs, end);
    return end;
  }

  return {
    take() {
      if (taken < most) return Promise.resolve(begin());
      return new Promise((resolve) => waiting.push(() => resolve(begin())));
    },
  };
}
