import { useQuery } from "@tanstack/react-query";
import { deliveryQuery } from "../../api/queries.js";
import { useClient } from "../../api/use-client.js";
import { Badge } from "../../components/badge.js";
import { Button } from "../../components/button.js";
import { Code } from "../../components/code.js";
import { Dialog } from "../../components/dialog.js";
import { QueryView } from "../../components/query-view.js";
import { absoluteTime } from "../../components/times.js";
import { showDone } from "../../components/toast.js";
import type { DeliveryAttempt, Webhook } from "../../generated/resources.js";
import { DELIVERY_STATUSES } from "./event-words.js";
import { useWebhookChanges } from "./webhook-changes.js";
import styles from "./webhooks.module.css";

type Props = { webhook: Webhook; id: string | undefined; onClose(): void };

/** One delivery: each attempt with its answer, and what was sent. */
export function DeliveryDialog({ webhook, id, onClose }: Props) {
  const { replay } = useWebhookChanges();
  return (
    <Dialog
      isOpen={id !== undefined}
      onClose={onClose}
      size="l"
      title="Delivery"
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            kind="primary"
            icon="refresh"
            isBusy={replay.isPending}
            onClick={() =>
              id !== undefined &&
              replay.mutate({ id: webhook.id, deliveryId: id }, { onSuccess: () => showDone("It is sent again") })
            }
          >
            Send again
          </Button>
        </>
      }
    >
      {id !== undefined && <Content webhookId={webhook.id} id={id} />}
    </Dialog>
  );
}

function Content({ webhookId, id }: { webhookId: string; id: string }) {
  const query = useQuery({
    ...deliveryQuery(useClient(), webhookId, id),
    refetchInterval: ({ state }) => (state.data?.status === "pending" ? 2_000 : false),
  });
  return (
    <QueryView query={query}>
      {({ event_type, status, attempts, payload, next_attempt_at }) => (
        <>
          <p className={styles.presets}>
            <code>{event_type}</code>
            <Badge tone={DELIVERY_STATUSES[status].tone}>{DELIVERY_STATUSES[status].label}</Badge>
            <code className={styles.quiet}>{id}</code>
          </p>
          <section className={styles.form} aria-label="Attempts">
            <h3>Attempts</h3>
            {attempts.length === 0 && <p className={styles.quiet}>None yet.</p>}
            <ol className={styles.attempts}>
              {attempts.map((attempt) => (
                <Attempt key={`${attempt.attempt_number} ${attempt.attempted_at}`} attempt={attempt} />
              ))}
            </ol>
            {next_attempt_at && <p className={styles.quiet}>The next one: {absoluteTime(next_attempt_at)}.</p>}
          </section>
          <section className={styles.form} aria-label="What was sent">
            <h3>What was sent</h3>
            <Code label="The body" text={indented(payload)} isWrapped />
          </section>
        </>
      )}
    </QueryView>
  );
}

function Attempt({ attempt }: { attempt: DeliveryAttempt }) {
  const { attempted_at, duration_ms, response_status, response_body, error, tampered } = attempt;
  const isRefusal = tampered && response_status !== null && response_status >= 400 && response_status < 500;
  return (
    <li>
      <p className={styles.presets}>
        <Badge tone={error === null || isRefusal ? "ok" : "danger"}>{response_status ?? "no answer"}</Badge>
        {tampered && <Badge tone="accent">forged copy</Badge>}
        <span>{absoluteTime(attempted_at)}</span>
        <span className={styles.quiet}>{duration_ms} ms</span>
      </p>
      {error && <p className={isRefusal ? styles.quiet : styles.error}>{error}</p>}
      {response_body && <Code label="Its answer" text={response_body} isWrapped />}
    </li>
  );
}

/** Easier to read than as it was sent. */
function indented(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
