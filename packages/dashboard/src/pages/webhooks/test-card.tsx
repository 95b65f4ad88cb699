import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { deliveryQuery } from "../../api/queries.js";
import { keys } from "../../api/query-keys.js";
import { useClient } from "../../api/use-client.js";
import { Button } from "../../components/button.js";
import { Notice, ProblemNotice } from "../../components/notice.js";
import { Card } from "../../components/page.js";
import type { Delivery, Webhook } from "../../generated/resources.js";
import { useWebhookChanges } from "./webhook-changes.js";
import styles from "./webhooks.module.css";

const POLL_MS = 1_000;
const isUnderWay = ({ status, verification, attempts }: Delivery): boolean =>
  verification === "pending" || (status === "pending" && attempts.length === 0);

/** Sends a test, and says how it went. */
export function TestCard({ webhook }: { webhook: Webhook }) {
  const client = useClient();
  const { test } = useWebhookChanges();
  const id = test.data?.delivery_id;
  const query = useQuery({
    ...deliveryQuery(client, webhook.id, id ?? ""),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  });
  const delivery = id === undefined ? undefined : query.data;
  const isBusy = test.isPending || (id !== undefined && (!delivery || isUnderWay(delivery)) && !query.error);
  const isDone = delivery !== undefined && !isUnderWay(delivery);
  const { mode } = client;
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!isDone) return;
    // The list below and the counters tell of it, too.
    void queryClient.invalidateQueries({ queryKey: [...keys.deliveries(mode, webhook.id), "list"] });
    void queryClient.invalidateQueries({ queryKey: keys.webhooks(mode) });
  }, [isDone, queryClient, mode, webhook.id]);
  const send = (verify: boolean) => test.mutate({ id: webhook.id, verify });
  return (
    <Card title="Test">
      <p className={styles.quiet}>
        A test sends a <code>webhook.test</code> event, also while the webhook is paused. With the check of signatures,
        a copy that somebody might have forged follows: a receiver that verifies takes the first and refuses the second.
      </p>
      <div className={styles.presets}>
        <Button isBusy={isBusy && !test.variables?.verify} onClick={() => isBusy || send(false)}>
          Send a test
        </Button>
        <Button isBusy={isBusy && test.variables?.verify === true} onClick={() => isBusy || send(true)}>
          Test, and check that it verifies
        </Button>
      </div>
      <div role="status" className={styles.outcome}>
        {isBusy && <p className={styles.quiet}>Waiting for the receiver's answer…</p>}
        {!isBusy && delivery && <Outcome delivery={delivery} />}
      </div>
      {query.error && <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />}
    </Card>
  );
}

function Outcome({ delivery }: { delivery: Delivery }) {
  const { verification, attempts } = delivery;
  const genuine = attempts.findLast(({ tampered }) => !tampered);
  const forged = attempts.findLast(({ tampered }) => tampered);
  const wasTaken = genuine?.error === null;
  if (verification === "passed")
    return (
      <Notice tone="ok" title="Passed: the receiver verifies signatures">
        It took the test, and refused the forged copy with {forged?.response_status}. Nobody without the secret can make
        it believe anything.
      </Notice>
    );
  if (verification === "failed" && wasTaken)
    return (
      <Notice tone="danger" title="Failed: the receiver does not verify signatures">
        It took the test, but answered the forged copy with {forged?.response_status ?? "nothing"} instead of a 401.
        Whoever knows the address can send it false messages. Use the code below.
      </Notice>
    );
  if (!wasTaken)
    return (
      <Notice tone="danger" title="The receiver did not take the test">
        {genuine?.response_status ? `It ${genuine.error}.` : `The attempt failed: ${genuine?.error ?? "no answer"}.`}{" "}
        Mend the receiver, then test again.
      </Notice>
    );
  return (
    <Notice tone="ok" title="The receiver took the test">
      It answered {genuine?.response_status}. Whether it also verifies signatures, the other test finds out.
    </Notice>
  );
}
