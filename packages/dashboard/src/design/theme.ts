/** Light or dark: as the system wants it, unless the reader chose. */
import { useSyncExternalStore } from "react";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const STORED_AS = "whatsflow.theme";
const listeners = new Set<() => void>();
let theme = stored();

function stored(): Theme {
  try {
    const value = localStorage.getItem(STORED_AS);
    return THEMES.find((each) => each === value) ?? "system";
  } catch {
    // Storage may be forbidden; then the choice holds for this page.
    return "system";
  }
}

/** Call it before anything is drawn. */
export function applyTheme(): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function chooseTheme(chosen: Theme): void {
  theme = chosen;
  try {
    localStorage.setItem(STORED_AS, chosen);
  } catch {}
  applyTheme();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, () => theme);
