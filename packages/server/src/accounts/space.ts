import type { Mode } from "../storage/schema.js";

/** An account in one mode: what a key resolves to, and what every row belongs to. */
export interface Space {
  id: number;
  accountId: string;
  mode: Mode;
}
