import { useState } from "react";
import { Button } from "../../components/button.js";
import { Select } from "../../components/field.js";
import { Notice, ProblemNotice } from "../../components/notice.js";
import { OnceDialog } from "../../components/once-dialog.js";
import { RelativeTime } from "../../components/relative-time.js";
import type { Webhook } from "../../generated/resources.js";
import { Secret } from "./secret.js";
import { useWebhookChanges } from "./webhook-changes.js";
import styles from "./webhooks.module.css";

const OVERLAPS = [
  { value: "0", label: "Not at all: the old one was disclosed" },
  { value: "3600", label: "An hour" },
  { value: "86400", label: "A day" },
  { value: "604800", label: "A week" },
] as const;
type Overlap = (typeof OVERLAPS)[number]["value"];

/** A new secret, and for how long the old one is used beside it. */
export function RotateDialog({ webhook, isOpen, onClose }: { webhook: Webhook; isOpen: boolean; onClose(): void }) {
  const [overlap, setOverlap] = useState<Overlap>("86400");
  const { rotate } = useWebhookChanges();
  const rotated = rotate.data;
  const close = () => {
    rotate.reset();
    onClose();
  };
  return (
    <OnceDialog
      isOpen={isOpen}
      onClose={close}
      isBusy={rotate.isPending}
      isMade={rotated !== undefined}
      title={rotated ? "The new secret, shown this once" : "Rotate the secret"}
      action={
        <Button
          kind="primary"
          isBusy={rotate.isPending}
          onClick={() => rotate.mutate({ id: webhook.id, overlap_seconds: Number(overlap) })}
        >
          Make a new secret
        </Button>
      }
    >
      {rotated ? (
        <>
          <Secret secret={rotated.secret} />
          <p className={styles.quiet}>
            {rotated.previous_secret_expires_at ? (
              <>
                Requests are signed with both; the old one ends <RelativeTime at={rotated.previous_secret_expires_at} />
                .
              </>
            ) : (
              "The old one is worth nothing any more."
            )}
          </p>
        </>
      ) : (
        <>
          {rotate.error != null && <ProblemNotice error={rotate.error} />}
          <Select<Overlap>
            label="Use the old one beside it for"
            options={OVERLAPS}
            value={overlap}
            onChange={setOverlap}
            hint={
              overlap === "0"
                ? "Requests are refused by your receiver until it has the new one. They are tried again, so nothing is lost."
                : "Give your receiver the new secret within that time. It then misses nothing."
            }
          />
          {webhook.previous_secret_expires_at && (
            <Notice tone="warn" title="The last rotation is not over">
              The secret before this one ends at once when you go on: there is room for two.
            </Notice>
          )}
        </>
      )}
    </OnceDialog>
  );
}
