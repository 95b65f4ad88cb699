/** Whether the server answers, as the last request found out: the stream of events asks again by itself, so it is known soon. */
import { useSyncExternalStore } from "react";

let reachable = true;
const listeners = new Set<() => void>();

function set(now: boolean): void {
  if (now === reachable) return;
  reachable = now;
  for (const listener of listeners) listener();
}

/** A proxy answers for a server that is down. */
const BY_PROXY = [502, 503, 504];

export const reportAnswer = (status: number): void => set(!BY_PROXY.includes(status));
export const reportSilence = (): void => set(false);
export const isReachable = (): boolean => reachable;

export function onReachableChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useReachable = (): boolean => useSyncExternalStore(onReachableChange, isReachable);
