import { useState } from "react";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { Field } from "../../components/field.js";
import { Notice, ProblemNotice } from "../../components/notice.js";
import { showDone } from "../../components/toast.js";
import type { Webhook } from "../../generated/resources.js";
import { useWebhookChanges } from "./webhook-changes.js";

type Props = { webhook: Webhook; isOpen: boolean; onClose(): void };

/** Sends again what failed or was skipped since a time. */
export function RecoverDialog({ webhook, isOpen, onClose }: Props) {
  const [since, setSince] = useState(() => asTyped(new Date(Date.now() - 24 * 60 * 60 * 1_000)));
  const { recover } = useWebhookChanges();
  const time = Date.parse(since);
  const close = () => {
    recover.reset();
    onClose();
  };
  const send = () =>
    recover.mutate(
      { id: webhook.id, since: new Date(time).toISOString() },
      {
        onSuccess: ({ count }) => {
          close();
          showDone(count === 0 ? "Nothing had failed since then" : `${count} ${count === 1 ? "is" : "are"} sent again`);
        },
      },
    );
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title="Recover what failed"
      description="Everything that failed or was skipped since this time is sent again, each under its own id, so that a receiver which knows it ignores it."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" isBusy={recover.isPending} onClick={() => Number.isNaN(time) || send()}>
            Send again
          </Button>
        </>
      }
    >
      {recover.error != null && <ProblemNotice error={recover.error} />}
      {!webhook.is_active && (
        <Notice tone="warn" title="The webhook is not active">
          Resume it first.
        </Notice>
      )}
      <Field
        label="Since"
        type="datetime-local"
        value={since}
        error={Number.isNaN(time) ? "Give a day and a time." : undefined}
        onChange={(event) => setSince(event.target.value)}
      />
    </Dialog>
  );
}

/** As the browser's field takes it: the reader's own time, without a zone. */
const asTyped = (at: Date): string =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
