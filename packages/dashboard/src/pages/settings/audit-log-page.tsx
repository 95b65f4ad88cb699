import { useInfiniteQuery } from "@tanstack/react-query";
import { auditLogQuery } from "../../api/queries.js";
import { useClient } from "../../api/use-client.js";
import { Badge } from "../../components/badge.js";
import { EmptyState } from "../../components/empty-state.js";
import { MorePages } from "../../components/more-pages.js";
import { Page } from "../../components/page.js";
import { QueryView } from "../../components/query-view.js";
import { RelativeTime } from "../../components/relative-time.js";
import { type Column, Table } from "../../components/table.js";
import type { AuditActor, AuditEntry } from "../../generated/resources.js";
import styles from "./settings.module.css";

/** Who did what. */
export function AuditLogPage() {
  const client = useClient();
  const query = useInfiniteQuery(auditLogQuery(client));
  return (
    <Page
      title="Audit log"
      description="Who did what in this account, in both modes, the latest first. It is kept for a year, and holds no secrets and no texts of messages."
    >
      <QueryView query={query} lines={8}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items);
          if (entries.length === 0)
            return (
              <EmptyState icon="log" title="Nothing yet">
                Sign-ins, new keys, changed devices and webhooks will stand here.
              </EmptyState>
            );
          return (
            <>
              <Table label="Audit log" columns={COLUMNS} rows={entries} rowKey={({ id }) => id} />
              <MorePages query={query} label="Show older entries" />
            </>
          );
        }}
      </QueryView>
    </Page>
  );
}

const KINDS: Record<AuditActor["kind"], string | undefined> = {
  user: undefined,
  key: "API key",
  command_line: "on the server's machine",
};

const COLUMNS: Column<AuditEntry>[] = [
  {
    head: "What",
    isTitle: true,
    cell: ({ summary, subject_id }) => <span title={subject_id ?? undefined}>{summary}</span>,
  },
  {
    head: "Who",
    cell: ({ actor: { name, kind } }) => (
      <span className={styles.actor}>
        {name}
        {KINDS[kind] && <span className={styles.quiet}>{KINDS[kind]}</span>}
      </span>
    ),
  },
  {
    head: "Mode",
    cell: ({ mode }) => (mode === null ? <span className={styles.quiet}>account</span> : <Badge>{mode}</Badge>),
  },
  { head: "When", cell: ({ created_at }) => <RelativeTime at={created_at} /> },
];
