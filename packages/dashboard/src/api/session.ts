/** Who is signed in, in all tabs of the browser. Nothing that one of them read or wrote is left in memory for the next. */
import { hashKey, type QueryClient } from "@tanstack/react-query";
import type { Session } from "../generated/resources.js";
import { SESSION_KEY } from "./query-keys.js";

const LEAVING = "leaving";

const forgetting: (() => void)[] = [];
/** The id of the user; null for nobody, undefined before it is known. */
let current: string | null | undefined;
let otherTabs: BroadcastChannel | undefined;
/** Whether whoever was signed in is about to leave, here or in another tab. */
let isLeaving = false;
let hasEnded = false;

/** For what is kept besides the cache of queries, once for each module that does. */
export function onForget(forget: () => void): void {
  forgetting.push(forget);
}

/** Forgets what belongs to whoever was signed in before. For whatever learns who is, as another tab may have changed it. */
export function forgetOthers(queryClient: QueryClient, session: Session | null): void {
  const next = session?.user.id ?? null;
  if (current !== undefined && current !== next) {
    queryClient.removeQueries({ predicate: ({ queryHash }) => queryHash !== hashKey(SESSION_KEY) });
    queryClient.getMutationCache().clear();
    for (const forget of forgetting) forget();
    hasEnded = next === null && !isLeaving;
    isLeaving = false;
  }
  current = next;
}

/** Around one's own signing out: nobody needs to be told of it afterwards. */
export const beginLeaving = (): void => {
  isLeaving = true;
};
export const stayHere = (): void => {
  isLeaving = false;
};

/** Whether the session in this tab ended by itself: its user was removed, or signed out from elsewhere. */
export const sessionHasEnded = (): boolean => hasEnded;

/** After signing in or out, or when a session was found to have ended. */
export function changeSession(queryClient: QueryClient, session: Session | null): void {
  const message = isLeaving ? LEAVING : "changed";
  forgetOthers(queryClient, session);
  queryClient.setQueryData(SESSION_KEY, session);
  otherTabs?.postMessage(message);
}

/** A tab shares its cookie with the others: it asks who is signed in when one of them has changed that. */
export function followOtherTabs(queryClient: QueryClient): void {
  otherTabs = new BroadcastChannel("whatsflow.session");
  otherTabs.onmessage = ({ data }) => {
    if (data === LEAVING) beginLeaving();
    void queryClient.invalidateQueries({ queryKey: SESSION_KEY });
  };
}
