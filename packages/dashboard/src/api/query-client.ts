/** How the page reads and writes: TanStack Query over the SDK, which repeats failed requests by itself. */
import { MutationCache, notifyManager, QueryCache, QueryClient } from "@tanstack/react-query";
import { showProblem } from "../components/toast.js";
import { AuthenticationError } from "./errors.js";
import { changeSession } from "./session.js";

declare module "@tanstack/react-query" {
  interface Register {
    mutationMeta: {
      /** The form shows the error itself; no toast. */
      isShownInPlace?: boolean;
    };
  }
}

/**
 * By itself it tells components in a task of its own, and the second click of a double click may come before: whatever is not to
 * happen twice then would. Microtasks end before the next event, so a button is busy by then.
 */
notifyManager.setScheduler((tell) => queueMicrotask(tell));

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof AuthenticationError) changeSession(queryClient, null);
    },
  }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, mutation) => {
      if (error instanceof AuthenticationError) changeSession(queryClient, null);
      else if (!mutation.meta?.isShownInPlace) showProblem(error);
    },
  }),
  defaultOptions: {
    // "always": a server on this machine answers also where there is no network.
    queries: { retry: false, networkMode: "always", staleTime: 10_000, refetchOnWindowFocus: true },
    mutations: { retry: false, networkMode: "always" },
  },
});
