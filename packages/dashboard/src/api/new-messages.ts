/** Which conversations have something that nobody has looked at. In memory alone: what came in since the page was loaded. */
import { useEffect, useSyncExternalStore } from "react";
import type { Message, Mode } from "../generated/resources.js";
import { onForget } from "./session.js";

/** Contacts by their ids. */
type Contacts = ReadonlySet<string>;
const NOBODY: Contacts = new Set();

export function createNewMessages() {
  const unseen = new Map<Mode, Contacts>();
  /** The conversation that is looked at: its mode and its contact. */
  let open: { mode: Mode; contactId: string } | undefined;
  const listeners = new Set<() => void>();
  const change = (mode: Mode, next: Contacts) => {
    unseen.set(mode, next);
    for (const listener of listeners) listener();
  };
  const of = (mode: Mode): Contacts => unseen.get(mode) ?? NOBODY;

  function see(mode: Mode, contactId: string): void {
    if (!of(mode).has(contactId)) return;
    change(mode, new Set([...of(mode)].filter((id) => id !== contactId)));
  }

  return {
    of,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** What an event tells. */
    tell(mode: Mode, { direction, contact_id, origin }: Pick<Message, "direction" | "contact_id" | "origin">): void {
      // Whoever answers on the phone has read what came.
      if (direction === "outbound" && origin === "phone") see(mode, contact_id);
      const isOpen = open?.mode === mode && open.contactId === contact_id;
      if (direction === "inbound" && !isOpen && !of(mode).has(contact_id))
        change(mode, new Set([...of(mode), contact_id]));
    },
    /** From now on it is looked at, until the function that it gives is called. */
    open(mode: Mode, contactId: string): () => void {
      const mine = { mode, contactId };
      open = mine;
      see(mode, contactId);
      return () => {
        if (open === mine) open = undefined;
      };
    },
    clear(): void {
      for (const mode of unseen.keys()) change(mode, NOBODY);
    },
  };
}

export const newMessages = createNewMessages();
onForget(newMessages.clear);

export const useNewMessages = (mode: Mode): Contacts =>
  useSyncExternalStore(newMessages.subscribe, () => newMessages.of(mode));

/** For as long as the conversation is shown to somebody: a page in a hidden tab is not. */
export function useLookingAt(mode: Mode, contactId: string): void {
  useEffect(() => {
    let close: (() => void) | undefined;
    const look = () => {
      close?.();
      close = document.visibilityState === "visible" ? newMessages.open(mode, contactId) : undefined;
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      close?.();
    };
  }, [mode, contactId]);
}
