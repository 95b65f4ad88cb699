import { randomBytes } from "node:crypto";
import type { Account, Directory } from "./account.js";
import type { Connection } from "./connection.js";
import type { AcknowledgeRules } from "./faults.js";
import type { GroupState } from "./group.js";
import type { PastChat } from "./history.js";
import type { MediaServer } from "./media-server.js";
import type { NoiseIdentity } from "./noise.js";
import type { Stanza } from "./stanza.js";
import type { Waiting } from "./waiting.js";

/** A stanza on the wire, as the server sees it. */
export interface Observed {
  readonly direction: "from client" | "to client";
  /** Of the account, once the client has logged in. */
  readonly phoneNumber: string | undefined;
  readonly deviceId: number | undefined;
  readonly stanza: Stanza;
}

export type Observer = (observed: Observed) => void;

/** Everything that WhatsApp's side knows; handed to the functions that play it. */
export interface Server {
  readonly noise: NoiseIdentity;
  readonly waiting: Waiting;
  readonly directory: Directory;
  readonly connections: Set<Connection>;
  readonly groups: Map<string, GroupState>;
  readonly media: MediaServer;
  readonly acknowledgements: AcknowledgeRules;
  readonly observers: Set<Observer>;
  /** The chats that a phone passes on to a new companion. */
  readonly historyOf: (account: Account) => PastChat[];
  /** Descriptions of what clients sent and the simulator does not speak, or failed to read. */
  readonly notUnderstood: string[];
}

/** An id for a stanza or message of the simulator's own. */
export function createId(): string {
  return `3EB0${randomBytes(9).toString("hex").toUpperCase()}`;
}
