import { useQuery } from "@tanstack/react-query";
import { Fragment, type ReactNode, useState } from "react";
import { Link } from "wouter";
import { webhooksQuery } from "../../api/queries.js";
import { useClient } from "../../api/use-client.js";
import { Badge } from "../../components/badge.js";
import { Button } from "../../components/button.js";
import { EmptyState } from "../../components/empty-state.js";
import { Page } from "../../components/page.js";
import { QueryView } from "../../components/query-view.js";
import { RelativeTime } from "../../components/relative-time.js";
import { type Column, Table } from "../../components/table.js";
import type { Webhook } from "../../generated/resources.js";
import { CreateWebhookDialog } from "./create-webhook-dialog.js";
import { EVENTS, stateOf } from "./event-words.js";
import { WebhookActions } from "./webhook-actions.js";
import { canBeReadOnTheWay } from "./webhook-address.js";
import styles from "./webhooks.module.css";

/** Where events are sent. */
export function WebhooksPage() {
  const client = useClient();
  // Counters move without an event of the stream.
  const query = useQuery({ ...webhooksQuery(client), refetchInterval: 15_000 });
  const [isCreating, setCreating] = useState(false);
  const create = (
    <Button kind="primary" icon="plus" onClick={() => setCreating(true)}>
      Add a webhook
    </Button>
  );
  return (
    <Page
      title="Webhooks"
      description={
        client.mode === "live"
          ? "Addresses of yours that are told what happens, as it happens."
          : "Addresses of yours that are told what happens in the sandbox. Live events go to the live webhooks."
      }
      actions={query.data && query.data.length > 0 && create}
    >
      <QueryView query={query}>
        {(webhooks) =>
          webhooks.length === 0 ? (
            <EmptyState icon="webhooks" title="No webhook yet" action={create}>
              Give the address of a program of yours. It gets a signed request for each message that comes in, and for
              whatever else you choose.
            </EmptyState>
          ) : (
            <Table label="Webhooks" columns={COLUMNS} rows={webhooks} rowKey={({ id }) => id} />
          )
        }
      </QueryView>
      <CreateWebhookDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </Page>
  );
}

/** Long addresses break after a slash, not wherever the line ends. */
const breakable = (url: string): ReactNode[] =>
  Array.from(url.matchAll(/[^/]+\/*/g), ({ index, 0: part }) => (
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));

const COLUMNS: Column<Webhook>[] = [
  {
    head: "Address",
    isTitle: true,
    cell: ({ id, url, description }) => (
      <span className={styles.name}>
        <Link href={`/settings/webhooks/${id}`}>{breakable(url)}</Link>
        {canBeReadOnTheWay(url) && <Badge tone="warn">Not encrypted</Badge>}
        {description && <span className={styles.quiet}>{description}</span>}
      </span>
    ),
  },
  {
    head: "Events",
    cell: ({ events }) => (
      <span className={styles.oneLine} title={events.join(", ")}>
        {events.length === EVENTS.length ? "all" : events.length === 1 ? events[0] : `${events.length} events`}
      </span>
    ),
  },
  {
    head: "State",
    cell: (webhook) => {
      const { label, tone } = stateOf(webhook);
      return <Badge tone={tone}>{label}</Badge>;
    },
  },
  {
    head: "Attempts",
    cell: ({ success_count, failure_count }) => (
      <span className={styles.counts}>
        {success_count} succeeded
        <span data-bad={failure_count > 0 || undefined}>{failure_count} failed</span>
      </span>
    ),
  },
  { head: "Last attempt", cell: ({ last_triggered_at }) => <RelativeTime at={last_triggered_at} /> },
  { head: "Actions", isActions: true, cell: (webhook) => <WebhookActions webhook={webhook} /> },
];
