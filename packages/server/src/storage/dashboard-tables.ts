import type { Generated } from "kysely";
import type { Flag, Mode } from "./schema.js";

/** Who signs in, what was done, and the counts: the tables that are there for the dashboard. */
export interface DashboardTables {
  users: UsersTable;
  sessions: SessionsTable;
  invitations: InvitationsTable;
  audit_log: AuditLogTable;
  message_counts: MessageCountsTable;
}

/** People who sign in. */
interface UsersTable {
  seq: Generated<number>;
  id: string;
  account_id: string;
  name: string;
  /** The name in the form in which names are compared. */
  name_key: string;
  password_hash: string;
  created_at: number;
  last_signed_in_at: number | null;
}

interface SessionsTable {
  id: string;
  /** SHA-256 of the cookie's value. */
  token_hash: Buffer;
  user_id: string;
  user_agent: string | null;
  created_at: number;
  last_used_at: number;
  expires_at: number;
}

/** One-time links; gone when they were used. */
interface InvitationsTable {
  id: string;
  /** SHA-256 of the link's token. */
  token_hash: Buffer;
  account_id: string;
  /** Whose password it sets; null where it makes a new user. */
  user_id: string | null;
  /** The user who made it, and without whom it ends; null where a command did. */
  created_by: string | null;
  /** Printed by a server that has no users yet; the next start makes another one. */
  made_at_start: Flag;
  created_at: number;
  expires_at: number;
}

interface AuditLogTable {
  seq: Generated<number>;
  account_id: string;
  /** Null for what concerns the whole account. */
  mode: Mode | null;
  at: number;
  actor_kind: "user" | "key" | "command_line";
  actor_id: string | null;
  actor_name: string;
  action: string;
  subject_id: string | null;
  summary: string;
}

/** `quarter` is a time in quarters of an hour since 1970; `failed` are some of `outbound`. */
interface MessageCountsTable {
  space_id: number;
  quarter: number;
  inbound: Generated<number>;
  outbound: Generated<number>;
  failed: Generated<number>;
}
