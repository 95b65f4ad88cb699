import { AsyncLocalStorage } from "node:async_hooks";

/** A message on its way out: its frame leaves, then Baileys sets the keys that it went out with. */
interface Departure {
  hasLeft: boolean;
  keysAreQueued(): void;
}

const departures = new AsyncLocalStorage<Departure>();

/**
 * Hands a message to Baileys. `keysQueued` resolves when the keys that it went out with are on their way to disk: whatever is
 * written from then on is committed with them or after them, unless their commit fails. `done` resolves when they are on disk.
 */
export function depart(relay: () => Promise<unknown>): { done: Promise<unknown>; keysQueued: Promise<void> } {
  let keysAreQueued = () => {};
  const keysQueued = new Promise<void>((resolve) => {
    keysAreQueued = resolve;
  });
  return { done: departures.run({ hasLeft: false, keysAreQueued }, relay), keysQueued };
}

/** A frame was handed to the socket. */
export function noteFrame(): void {
  const departure = departures.getStore();
  if (departure) departure.hasLeft = true;
}

/** Keys were handed to the database. */
export function noteKeys(): void {
  const departure = departures.getStore();
  if (departure?.hasLeft) departure.keysAreQueued();
}
