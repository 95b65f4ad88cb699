import { toTimestamp } from "../clock.js";
import type { components } from "../generated/openapi.js";
import type { Handlers } from "../http/contract.js";
import { toPagination } from "../paging.js";
import type { Store } from "../storage/store.js";
import { type AuditEntry, listAudit } from "./audit-log.js";

export function auditRoutes({ store }: { store: Store }): Pick<Handlers, "listAuditLog"> {
  return {
    async listAuditLog({ caller, query, reply }) {
      const page = await listAudit(store.read, caller.space.accountId, query);
      return reply(200, { success: true, data: page.rows.map(toEntry), pagination: toPagination(page, query.limit) });
    },
  };
}

const toEntry = (entry: AuditEntry): components["schemas"]["AuditEntry"] => ({
  id: `audit_${entry.seq}`,
  created_at: toTimestamp(entry.at),
  mode: entry.mode,
  actor: { kind: entry.actor_kind, id: entry.actor_id, name: entry.actor_name },
  action: entry.action,
  subject_id: entry.subject_id,
  summary: entry.summary,
});
