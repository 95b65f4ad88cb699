import { useSyncExternalStore } from "react";
import { absoluteTime, relativeTime } from "./times.js";

const TICK_MS = 15_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** One clock for the whole page, which stands still where nobody looks. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // What was first shown a while ago is not measured by an old clock.
  if (timer === undefined) now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time of the page's clock, which moves every 15 seconds. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

/** "3 minutes ago", with the exact time for who points at it. */
export function RelativeTime(props: {
  at: string | null | undefined;
  absent?: string;
  /** What is less than a minute away. */
  near?: string;
}) {
  const { at, absent = "never", near } = props;
  const current = useNow();
  if (!at) return <span>{absent}</span>;
  return (
    <time dateTime={at} title={absoluteTime(at)}>
      {relativeTime(Date.parse(at), current, near)}
    </time>
  );
}
