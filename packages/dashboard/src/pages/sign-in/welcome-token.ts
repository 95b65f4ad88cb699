/** What a one-time link says, `/#/welcome?token=…&name=…`: behind the `#`, so that no server's log ever has the token. */
import { useLocationProperty } from "wouter/use-browser-location";

function said(parameter: string): string | undefined {
  const [path, query = ""] = location.hash.split("?");
  return path === "#/welcome" ? (new URLSearchParams(query).get(parameter) ?? "") : undefined;
}

/** Undefined on every other address; empty where the link is cut off. */
export const useWelcomeToken = (): string | undefined => useLocationProperty(() => said("token"));

/** Whose password the link sets anew; empty where it is for a new user. */
export const useWelcomeName = (): string => useLocationProperty(() => said("name") ?? "");
