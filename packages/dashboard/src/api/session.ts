/** Who is signed in. Nothing that one of them read or wrote is left in memory for the next. */
import type { QueryClient } from "@tanstack/react-query";
import type { Session } from "../generated/resources.js";
import { SESSION_KEY } from "./query-keys.js";

const forgetting: (() => void)[] = [];

/** For what is kept besides the cache of queries, once for each module that does. */
export function onForget(forget: () => void): void {
  forgetting.push(forget);
}

/** After signing in or out: whoever was signed in before may be somebody else. */
export function changeSession(queryClient: QueryClient, session: Session | null): void {
  queryClient.clear();
  for (const forget of forgetting) forget();
  queryClient.setQueryData(SESSION_KEY, session);
}
