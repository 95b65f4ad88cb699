import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type DeliveryFilter, deliveriesQuery } from "../../api/queries.js";
import { useClient } from "../../api/use-client.js";
import { Badge } from "../../components/badge.js";
import { Button } from "../../components/button.js";
import { Select } from "../../components/field.js";
import { MorePages } from "../../components/more-pages.js";
import { QueryView } from "../../components/query-view.js";
import { RelativeTime } from "../../components/relative-time.js";
import { type Column, Table } from "../../components/table.js";
import type { Delivery, DeliveryStatus, EventName, Webhook } from "../../generated/resources.js";
import { DeliveryDialog } from "./delivery-dialog.js";
import { DELIVERY_STATUSES, EVENTS } from "./event-words.js";
import { RecoverDialog } from "./recover-dialog.js";
import styles from "./webhooks.module.css";

const ANY = { value: "", label: "Any" } as const;
const STATUS_OPTIONS = [
  ANY,
  { value: "pending", label: "Waiting" },
  { value: "succeeded", label: "Received" },
  { value: "failed", label: "Failed" },
  { value: "skipped", label: "Skipped" },
] as const;
const EVENT_OPTIONS = [ANY, ...EVENTS.map(({ event }) => ({ value: event, label: event }))];
const PERIODS = [
  { value: "", label: "Any time" },
  { value: "1", label: "The last hour" },
  { value: "24", label: "The last day" },
  { value: "168", label: "The last 7 days" },
] as const;
type Period = (typeof PERIODS)[number]["value"];
const HOUR_MS = 60 * 60 * 1_000;

/** What was sent to a webhook, the newest first. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const [status, setStatus] = useState<DeliveryStatus | "">("");
  const [event, setEvent] = useState<EventName | "">("");
  const [period, setPeriod] = useState<{ value: Period; since?: string }>({ value: "" });
  const [open, setOpen] = useState<string | undefined>(undefined);
  const [isRecovering, setRecovering] = useState(false);
  const filter: DeliveryFilter = {
    ...(status !== "" && { status }),
    ...(event !== "" && { event_type: event }),
    ...(period.since !== undefined && { since: period.since }),
  };
  const query = useInfiniteQuery({
    ...deliveriesQuery(useClient(), webhook.id, filter),
    // No event tells of them. Who has read far back looks at what was, not at what comes.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) <= 1 ? 5_000 : false),
  });
  const columns: Column<Delivery>[] = [
    ...COLUMNS,
    {
      head: "Actions",
      isActions: true,
      cell: ({ id, event_type }) => (
        <Button size="s" aria-label={`Details of the delivery of ${event_type}`} onClick={() => setOpen(id)}>
          Details
        </Button>
      ),
    },
  ];
  return (
    <section className={styles.form} aria-label="Deliveries">
      <header className={styles.sectionHeader}>
        <h2>Deliveries</h2>
        <Button size="s" icon="refresh" onClick={() => setRecovering(true)}>
          Recover what failed
        </Button>
      </header>
      <div className={styles.filters}>
        <Select<DeliveryStatus | ""> label="State" options={STATUS_OPTIONS} value={status} onChange={setStatus} />
        <Select<EventName | ""> label="Event" options={EVENT_OPTIONS} value={event} onChange={setEvent} />
        <Select<Period>
          label="Time"
          options={PERIODS}
          value={period.value}
          onChange={(value) =>
            setPeriod(
              value === "" ? { value } : { value, since: new Date(Date.now() - Number(value) * HOUR_MS).toISOString() },
            )
          }
        />
      </div>
      <QueryView query={query}>
        {({ pages }) => {
          const deliveries = pages.flatMap(({ items }) => items);
          return (
            <>
              {deliveries.length > 0 ? (
                <Table label="Deliveries" columns={columns} rows={deliveries} rowKey={({ id }) => id} />
              ) : (
                <p className={styles.quiet}>
                  {Object.keys(filter).length > 0
                    ? "None of these. Choose a wider filter."
                    : "Nothing was sent yet. Send a test, or wait for the first event."}
                </p>
              )}
              <MorePages query={query} label="Show older deliveries" />
            </>
          );
        }}
      </QueryView>
      <DeliveryDialog webhook={webhook} id={open} onClose={() => setOpen(undefined)} />
      <RecoverDialog webhook={webhook} isOpen={isRecovering} onClose={() => setRecovering(false)} />
    </section>
  );
}

const COLUMNS: Column<Delivery>[] = [
  { head: "Event", isTitle: true, cell: ({ event_type }) => <code>{event_type}</code> },
  {
    head: "State",
    cell: ({ status, attempts }) => {
      const { label, tone } = DELIVERY_STATUSES[status];
      // It was not received yet, and is tried again.
      const isRetried = status === "pending" && attempts.length > 0;
      return <Badge tone={isRetried ? "warn" : tone}>{label}</Badge>;
    },
  },
  {
    head: "Answer",
    cell: ({ response_status, attempts }) => response_status ?? (attempts.length > 0 ? "none" : "not tried yet"),
  },
  {
    head: "Attempts",
    cell: ({ attempt_number, next_attempt_at }) => (
      <>
        {attempt_number}
        {next_attempt_at && (
          <>
            , next <RelativeTime at={next_attempt_at} near="now" />
          </>
        )}
      </>
    ),
  },
  { head: "When", cell: ({ created_at }) => <RelativeTime at={created_at} /> },
];
