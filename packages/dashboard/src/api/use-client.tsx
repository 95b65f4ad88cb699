/** The mode that the address names, and its client. */
import { createContext, type ReactNode, useContext } from "react";
import type { Mode } from "../generated/resources.js";
import { type Client, clientOf } from "./client.js";

const ModeContext = createContext<Mode>("live");

export function ModeProvider({ mode, children }: { mode: Mode; children: ReactNode }) {
  return <ModeContext value={mode}>{children}</ModeContext>;
}

export const useMode = (): Mode => useContext(ModeContext);
export const useClient = (): Client => clientOf(useMode());
