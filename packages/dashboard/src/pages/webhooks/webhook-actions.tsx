import { useId, useState } from "react";
import { Button, IconButton } from "../../components/button.js";
import { ConfirmDialog } from "../../components/confirm-dialog.js";
import { Dialog } from "../../components/dialog.js";
import { Menu } from "../../components/menu.js";
import { showDone } from "../../components/toast.js";
import type { Webhook } from "../../generated/resources.js";
import { RotateDialog } from "./rotate-dialog.js";
import { useWebhookChanges } from "./webhook-changes.js";
import { WebhookForm } from "./webhook-form.js";

type Open = "edit" | "rotate" | "remove" | undefined;

/** The menu of a webhook, with what it asks before something is lost. */
export function WebhookActions({ webhook, onRemoved }: { webhook: Webhook; onRemoved?: () => void }) {
  const [open, setOpen] = useState<Open>(undefined);
  const form = useId();
  const { edit, setActive, remove } = useWebhookChanges();
  const { id, url, is_active } = webhook;
  const close = () => {
    setOpen(undefined);
    for (const each of [edit, remove]) each.reset();
  };
  const turn = () =>
    setActive.isPending ||
    setActive.mutate(
      { id, is_active: !is_active },
      { onSuccess: () => showDone(is_active ? "The webhook is paused" : "The webhook is active again") },
    );
  return (
    <>
      <Menu
        trigger={<IconButton icon="more" label={`Actions for ${url}`} />}
        items={[
          { label: "Edit", icon: "edit", onSelect: () => setOpen("edit") },
          { label: is_active ? "Pause" : "Resume", icon: is_active ? "lock" : "refresh", onSelect: turn },
          { label: "Rotate the secret", icon: "key", onSelect: () => setOpen("rotate") },
          "-",
          { label: "Delete", icon: "trash", isDangerous: true, onSelect: () => setOpen("remove") },
        ]}
      />
      <Dialog
        isOpen={open === "edit"}
        onClose={close}
        isStubborn
        size="l"
        title="Edit the webhook"
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button type="submit" form={form} kind="primary" isBusy={edit.isPending}>
              Save
            </Button>
          </>
        }
      >
        <WebhookForm
          id={form}
          webhook={webhook}
          error={edit.error}
          onSubmit={(value) =>
            edit.isPending ||
            edit.mutate(
              { id, ...value },
              {
                onSuccess: () => {
                  close();
                  showDone("The webhook is changed");
                },
              },
            )
          }
        />
      </Dialog>
      <RotateDialog webhook={webhook} isOpen={open === "rotate"} onClose={close} />
      <ConfirmDialog
        isOpen={open === "remove"}
        onClose={close}
        title="Delete this webhook?"
        action="Delete webhook"
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          // Not a callback of the mutation: with the webhook this menu goes, too, and its callbacks with it.
          void remove.mutateAsync(id).then(
            () => {
              close();
              showDone("The webhook was deleted");
              onRemoved?.();
            },
            () => undefined, // Shown in the dialog.
          )
        }
      >
        <p>
          Nothing more is sent to <code>{url}</code>. What still waits for it is lost, and so is the log of its
          deliveries. To stop it for a while, pause it.
        </p>
      </ConfirmDialog>
    </>
  );
}
