import { useId } from "react";
import { useLocation } from "wouter";
import { useMode } from "../../api/use-client.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
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
    <Dialog
      isOpen={isOpen}
      onClose={close}
      isStubborn
      isBusy={create.isPending}
      size={created ? "m" : "l"}
      title={created ? "The webhook's secret, shown this once" : `Add a ${mode} webhook`}
      footer={
        created ? (
          <Button
            kind="primary"
            onClick={() => {
              close();
              navigate(`/settings/webhooks/${created.id}`);
            }}
          >
            I have saved it
          </Button>
        ) : (
          <>
            <Button disabled={create.isPending} onClick={close}>
              Cancel
            </Button>
            <Button type="submit" form={form} kind="primary" isBusy={create.isPending}>
              Add webhook
            </Button>
          </>
        )
      }
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
    </Dialog>
  );
}
