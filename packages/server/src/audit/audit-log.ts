import type { Kysely, Selectable } from "kysely";
import { decodeCursor, type ListPage, type ListRequest, toListPage } from "../paging.js";
import type { Database, Mode } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";

export type AuditEntry = Selectable<Database["audit_log"]>;

/** Who does something, under a name that is still told when it is gone. */
export interface Actor {
  kind: AuditEntry["actor_kind"];
  /** Null for the command line. */
  id: string | null;
  name: string;
}

/** Whoever may run commands on the server's machine. */
export const COMMAND_LINE: Actor = { kind: "command_line", id: null, name: "command line" };

export interface NewEntry {
  accountId: string;
  /** Null for what concerns the whole account. */
  mode: Mode | null;
  actor: Actor;
  /** An operationId, or the like. */
  action: string;
  subjectId: string | null;
  /** In words, without secrets and texts of messages. */
  summary: string;
}

const KEPT_FOR_MS = 366 * 24 * 3_600_000;
/** A program that changes something at every turn must not fill the disk, nor push out what people did: so many of each. */
const MOST_ENTRIES = 100_000;
const MOST_FORGOTTEN_AT_ONCE = 10_000;

/** Writes an entry, in the transaction of what it tells of. */
export async function appendAudit(tx: Tx, entry: NewEntry, now: number): Promise<void> {
  const { accountId, mode, actor, action, subjectId, summary } = entry;
  await tx
    .insertInto("audit_log")
    .values({
      account_id: accountId,
      mode,
      at: now,
      actor_kind: actor.kind,
      actor_id: actor.id,
      actor_name: actor.name,
      action,
      subject_id: subjectId,
      summary,
    })
    .execute();
}

/** The entries of an account, the newest first. */
export async function listAudit(
  db: Kysely<Database>,
  accountId: string,
  request: Omit<ListRequest, "page">,
): Promise<ListPage<AuditEntry>> {
  let rows = db
    .selectFrom("audit_log")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("seq", "desc")
    .limit(request.limit + 1);
  if (request.cursor !== undefined) rows = rows.where("seq", "<", decodeCursor(request.cursor, 1)[0] ?? 0);
  return toListPage(await rows.execute(), request.limit, ({ seq }) => [seq]);
}

/** Deletes what is older than a year, and of an account's very many entries the oldest, those of programs and of people apart; some of them each time. */
export async function forgetOldEntries(tx: Tx, now: number): Promise<void> {
  const old = tx
    .selectFrom("audit_log")
    .select("seq")
    .where("at", "<", now - KEPT_FOR_MS)
    .orderBy("at")
    .limit(MOST_FORGOTTEN_AT_ONCE);
  await tx.deleteFrom("audit_log").where("seq", "in", old).execute();
  for (const { id } of await tx.selectFrom("accounts").select("id").execute()) {
    const entries = tx.selectFrom("audit_log").select("seq").where("account_id", "=", id);
    for (const ofOneKind of [entries.where("actor_kind", "=", "key"), entries.where("actor_kind", "<>", "key")]) {
      const last = await ofOneKind.orderBy("seq", "desc").limit(1).offset(MOST_ENTRIES).executeTakeFirst();
      if (!last) continue;
      const surplus = ofOneKind.where("seq", "<=", last.seq).orderBy("seq").limit(MOST_FORGOTTEN_AT_ONCE);
      await tx.deleteFrom("audit_log").where("seq", "in", surplus).execute();
    }
  }
}
