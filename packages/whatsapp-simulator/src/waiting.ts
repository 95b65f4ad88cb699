/** For what never comes. A busy machine takes its time. */
const PATIENCE_MS = 60_000;

/**
 * Every wait and every timer of a simulator, so that `close()` can end them all and the process can exit. Waiting is
 * never polling: whoever changes something calls `changed()`, and the pending waits look again.
 */
export class Waiting {
  private readonly waits = new Set<{ look(): void; abandon(reason: Error): void }>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private closed = false;

  /** Resolves with the first value that `find` returns; rejects with `what` in the message after `timeoutMs`. */
  until<Value>(what: string, find: () => Value | undefined, timeoutMs = PATIENCE_MS): Promise<Value> {
    const already = find();
    if (already !== undefined) return Promise.resolve(already);
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.waits.delete(wait);
        clearTimeout(timer);
        this.timers.delete(timer);
      };
      const wait = {
        look: () => {
          const found = find();
          if (found === undefined) return;
          stop();
          resolve(found);
        },
        abandon: (reason: Error) => {
          stop();
          reject(reason);
        },
      };
      const timer = setTimeout(() => wait.abandon(new Error(`waited ${timeoutMs} ms for ${what}`)), timeoutMs);
      this.timers.add(timer);
      this.waits.add(wait);
      if (this.closed) wait.abandon(new Error(`the simulator was closed before ${what}`));
    });
  }

  changed(): void {
    for (const wait of [...this.waits]) wait.look();
  }

  /** Runs `work` later, unless the simulator is closed before. */
  after(delayMs: number, work: () => void): void {
    if (this.closed) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, delayMs);
    this.timers.add(timer);
  }

  close(): void {
    this.closed = true;
    for (const wait of [...this.waits]) wait.abandon(new Error("the simulator was closed"));
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
