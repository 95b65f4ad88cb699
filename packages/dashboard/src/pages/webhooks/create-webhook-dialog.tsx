import { useId } from "react";
import { useLocation } from "wouter";
import { useMode } from "../../api/use-client.js";
import { Button } from "../../components/button.js";
import { OnceDialog } from "../../components/once-dialog.js";
import { Secret } from "./secret.js";
import { useWebhookChanges } from "./webhook-changes.js";
import { WebhookForm } from "./webhook-form.js";

/** Asks for a new webhook; then shows its secret, this once. */
export function CreateWebhookDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const form = useId();
  const mode = useMode();
  const [, navigate] = useLocation();
  const { create } = useWebhookChanges();
  const created = create.data;
  const close = () => {
    create.reset();
    onClose();
  };
  return (
    <OnceDialog
      isOpen={isOpen}
      onClose={close}
      isBusy={create.isPending}
      isMade={created !== undefined}
      size="l"
      title={created ? "The webhook's secret, shown this once" : `Add a ${mode} webhook`}
      action={
        <Button type="submit" form={form} kind="primary" isBusy={create.isPending}>
          Add webhook
        </Button>
      }
      onSaved={() => {
        close();
        if (created) navigate(`/settings/webhooks/${created.id}`);
      }}
    >
      {created ? (
        <Secret secret={created.secret} />
      ) : (
        <WebhookForm
          id={form}
          error={create.error}
          onSubmit={({ description, ...value }) =>
            create.isPending || create.mutate({ ...value, ...(description !== "" && { description }) })
          }
        />
      )}
    </OnceDialog>
  );
}
