/** The token of a one-time link, `/#/welcome?token=…`: behind the `#`, so that no server's log ever has it. */
import { useSyncExternalStore } from "react";

function tokenOf(hash: string): string | undefined {
  const [path, query = ""] = hash.split("?");
  return path === "#/welcome" ? (new URLSearchParams(query).get("token") ?? "") : undefined;
}

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}

/** Undefined on every other address; empty where the link is cut off. */
export const useWelcomeToken = (): string | undefined => useSyncExternalStore(subscribe, () => tokenOf(location.hash));

/** Takes the link out of the address and the history, once it was used. */
export function forgetWelcome(): void {
  history.replaceState(null, "", "/");
  dispatchEvent(new HashChangeEvent("hashchange"));
}
