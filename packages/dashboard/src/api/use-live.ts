/** One stream of events for the mode that is shown. It ends while the page is hidden: browsers grant few connections to one server. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Client } from "./client.js";
import { isReachable, onReachableChange } from "./connection.js";
import { AuthenticationError } from "./errors.js";
import { applyEvent, createInvalidator, keysChangedBy } from "./live.js";
import { keys } from "./query-keys.js";
import { changeSession } from "./session.js";

const HIDDEN_FOR_MS = 30_000;
const TRY_AGAIN_MS = 5_000;

/** Of a list that is read in pages, each is a request. */
const countPages = (data: unknown): number => {
  const pages: unknown = Object(data).pages;
  return Array.isArray(pages) ? pages.length : 1;
};

/** Keeps what the page shows up to date for as long as it is mounted. */
export function useLive(client: Client): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const { mode } = client;
    const invalidator = createInvalidator({
      isUnderWay: (queryKey) => queryClient.isFetching({ queryKey }) > 0,
      async refresh(queryKey) {
        const active = queryClient.getQueryCache().findAll({ queryKey, type: "active" });
        await queryClient.invalidateQueries({ queryKey });
        return Math.max(0, ...active.map(({ state }) => countPages(state.data)));
      },
    });
    let controller: AbortController | undefined;
    let hiding: ReturnType<typeof setTimeout> | undefined;
    let retrying: ReturnType<typeof setTimeout> | undefined;
    let position: string | undefined;

    async function follow(signal: AbortSignal): Promise<void> {
      const onPosition = (id: string) => {
        // Nobody told what happened between what was read until now and here.
        if (position === undefined) invalidator.add([keys.all(mode)]);
        position = id;
      };
      const after = position === undefined ? {} : { last_event_id: position };
      for await (const event of client.events.stream(after, { signal, onPosition })) {
        applyEvent(queryClient, mode, event);
        invalidator.add(keysChangedBy(event, mode));
      }
    }
    function begin(): void {
      clearTimeout(hiding);
      if (controller) return;
      const mine = new AbortController();
      controller = mine;
      follow(mine.signal).catch((error: unknown) => {
        if (mine.signal.aborted) return;
        controller = undefined;
        // The session has ended: what shows the page leads to the sign-in.
        if (error instanceof AuthenticationError) return changeSession(queryClient, null);
        // Refused, or never reached. The queries say why; meanwhile, try on.
        console.warn("The stream of events ended", error);
        retrying = setTimeout(begin, TRY_AGAIN_MS);
      });
    }
    function end(): void {
      clearTimeout(hiding);
      clearTimeout(retrying);
      controller?.abort();
      controller = undefined;
    }
    function onVisibility(): void {
      if (document.visibilityState === "visible") begin();
      else hiding = setTimeout(end, HIDDEN_FOR_MS);
    }
    // The stream goes on where it was, but what changed besides events was not told.
    const stopWatching = onReachableChange(() => {
      if (isReachable()) invalidator.add([keys.all(mode), ["account"]]);
    });
    document.addEventListener("visibilitychange", onVisibility);
    if (document.visibilityState === "visible") begin();
    return () => {
      stopWatching();
      document.removeEventListener("visibilitychange", onVisibility);
      end();
      invalidator.stop();
    };
  }, [client, queryClient]);
}
