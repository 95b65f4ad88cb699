/** Live or test: the first part of every address, so that a link says which. */
import { useEffect } from "react";
import type { Mode } from "./generated/resources.js";

const MODES: readonly Mode[] = ["live", "test"];
const STORED_AS = "whatsflow.mode";

export const modeOf = (path: string): Mode | undefined => MODES.find((mode) => mode === path.split("/")[1]);

/** The colours follow it, and the next visit begins with it. */
export function useModeOnPage(mode: Mode | undefined): void {
  useEffect(() => {
    if (mode === undefined) return;
    document.documentElement.dataset.mode = mode;
    try {
      localStorage.setItem(STORED_AS, mode);
    } catch {}
    return () => {
      delete document.documentElement.dataset.mode;
    };
  }, [mode]);
}

export function firstMode(): Mode {
  try {
    return MODES.find((mode) => mode === localStorage.getItem(STORED_AS)) ?? "live";
  } catch {
    return "live";
  }
}

/**
 * The same page in the other mode. Ids of one mode are unknown in the other: of a page about one thing, the list is shown.
 *
 * @param path with the mode, as in `/live/devices/device_1`
 */
export function inMode(mode: Mode, path: string): string {
  const parts = path.split("/").slice(2);
  const isAnId = (part: string) => part.includes("_");
  const id = parts.findIndex(isAnId);
  return `/${[mode, ...(id < 0 ? parts : parts.slice(0, id))].join("/")}`;
}
