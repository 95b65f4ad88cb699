import { useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { webhooksQuery } from "../../api/queries.js";
import { useClient } from "../../api/use-client.js";
import { Badge } from "../../components/badge.js";
import { Button, ButtonLink } from "../../components/button.js";
import { EmptyState } from "../../components/empty-state.js";
import { Notice } from "../../components/notice.js";
import { Card, Page } from "../../components/page.js";
import { QueryView } from "../../components/query-view.js";
import { RelativeTime } from "../../components/relative-time.js";
import { dayOf } from "../../components/times.js";
import type { Webhook } from "../../generated/resources.js";
import { Deliveries } from "./deliveries.js";
import { stateOf } from "./event-words.js";
import { TestCard } from "./test-card.js";
import { VerifierSnippets } from "./verifier-snippets.js";
import { WebhookActions } from "./webhook-actions.js";
import { canBeReadOnTheWay } from "./webhook-address.js";
import { useWebhookChanges } from "./webhook-changes.js";
import styles from "./webhooks.module.css";

/** One webhook: how it does, what was sent to it, and how to receive it. */
export function WebhookPage({ params }: { params: Record<string, string | undefined> }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const query = useQuery({ ...webhooksQuery(client), refetchInterval: 15_000 });
  const webhook = query.data?.find(({ id }) => id === params.id);
  return (
    <Page
      title={webhook ? hostOf(webhook.url) : "Webhook"}
      back={{ href: "/settings/webhooks", label: "All webhooks" }}
      description={webhook?.description}
      actions={
        webhook && (
          <WebhookActions webhook={webhook} onRemoved={() => navigate("/settings/webhooks", { replace: true })} />
        )
      }
    >
      <QueryView query={query}>
        {() =>
          webhook ? (
            <>
              <State webhook={webhook} />
              <Facts webhook={webhook} />
              <TestCard webhook={webhook} />
              <Deliveries webhook={webhook} />
              <VerifierSnippets />
            </>
          ) : (
            <EmptyState
              icon="webhooks"
              title="There is no such webhook"
              action={
                <ButtonLink href="/settings/webhooks" kind="primary">
                  Show all webhooks
                </ButtonLink>
              }
            >
              It was deleted, or belongs to the other mode.
            </EmptyState>
          )
        }
      </QueryView>
    </Page>
  );
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

/** Why nothing is sent to it, or what to take care of. */
function State({ webhook }: { webhook: Webhook }) {
  const { setActive } = useWebhookChanges();
  const { label, tone, cure } = stateOf(webhook);
  return (
    <div role="status" className={styles.form}>
      {cure && (
        <Notice
          tone={tone === "danger" || tone === "warn" ? tone : "info"}
          title={label}
          action={
            !webhook.is_active && (
              <Button
                size="s"
                icon="refresh"
                isBusy={setActive.isPending}
                onClick={() => setActive.mutate({ id: webhook.id, is_active: true })}
              >
                Resume
              </Button>
            )
          }
        >
          {cure} {!webhook.is_active && "What was skipped meanwhile can be recovered under deliveries."}
        </Notice>
      )}
      {canBeReadOnTheWay(webhook.url) && (
        <Notice tone="warn" title="Not encrypted">
          What is sent to it over plain http can be read on the way.
        </Notice>
      )}
    </div>
  );
}

function Facts({ webhook }: { webhook: Webhook }) {
  const { label, tone } = stateOf(webhook);
  const { url, events, ordered, is_active, failing_since, previous_secret_expires_at } = webhook;
  const { success_count, failure_count, last_triggered_at } = webhook;
  return (
    <Card title="Details">
      <dl className={styles.facts}>
        <dt>Address</dt>
        <dd>
          <code>{url}</code>
        </dd>
        <dt>State</dt>
        <dd>
          <Badge tone={tone}>{label}</Badge>
          {is_active && failing_since && (
            <>
              {" "}
              began <RelativeTime at={failing_since} />
            </>
          )}
        </dd>
        <dt>Events</dt>
        <dd>{events.join(", ")}</dd>
        <dt>In order</dt>
        <dd>{ordered ? "yes: one delivery at a time" : "no: deliveries may overtake each other"}</dd>
        <dt>Attempts</dt>
        <dd>
          {success_count} succeeded, {failure_count} failed; the last <RelativeTime at={last_triggered_at} />
        </dd>
        {previous_secret_expires_at && (
          <>
            <dt>Old secret</dt>
            <dd>
              used beside the new one, ends <RelativeTime at={previous_secret_expires_at} />
            </dd>
          </>
        )}
        <dt>Added</dt>
        <dd>{dayOf(webhook.created_at)}</dd>
        <dt>Id</dt>
        <dd>
          <code>{webhook.id}</code>
        </dd>
      </dl>
    </Card>
  );
}
