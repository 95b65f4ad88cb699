import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { clientOf } from "../../api/client.js";
import { keys } from "../../api/query-keys.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { Field } from "../../components/field.js";
import { Notice, ProblemNotice } from "../../components/notice.js";
import { Card } from "../../components/page.js";
import { ALL_SCOPES } from "../api-keys/scopes.js";
import styles from "./api-docs.module.css";

const KEY_NAME = "API Docs";
const LIFE_MS = 24 * 60 * 60_000;

/** The key that the samples are tried with. It is held by the open page alone. */
export function ApiKeyPanel({ value, onChange }: { value: string; onChange(key: string): void }) {
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const create = useMutation({
    mutationFn: () =>
      clientOf("test").apiKeys.create({
        name: KEY_NAME,
        // A test key reaches nobody.
        scopes: [...ALL_SCOPES],
        expires_at: new Date(Date.now() + LIFE_MS).toISOString(),
      }),
    meta: { isShownInPlace: true },
    // Only the page holds the key.
    gcTime: 0,
    onSuccess: ({ key }) => {
      onChange(key);
      setAsking(false);
      return queryClient.invalidateQueries({ queryKey: keys.apiKeys("test") });
    },
  });
  const close = () => {
    create.reset();
    setAsking(false);
  };
  return (
    <Card title="Your key">
      <div className={styles.keys}>
        <div>
          <Field
            label="API key"
            autoComplete="off"
            spellCheck={false}
            placeholder="wf_test_…"
            value={value}
            hint="Used by “Try it” below. Only this page holds it, until you leave it."
            onChange={(event) => onChange(event.target.value.trim())}
          />
        </div>
        <Button icon="key" onClick={() => setAsking(true)}>
          Create a test key
        </Button>
      </div>
      {value.startsWith("wf_live_") && (
        <Notice tone="warn" title="This is a live key">
          What you try with it really happens: messages reach people, and what is deleted is gone.
        </Notice>
      )}
      <Dialog
        isOpen={isAsking}
        onClose={close}
        isBusy={create.isPending}
        title="Create a test key?"
        description={`It is called “${KEY_NAME}”, may do everything in test mode, where nothing reaches anybody, and ends after 24 hours.`}
        footer={
          <>
            <Button disabled={create.isPending} onClick={close}>
              Cancel
            </Button>
            <Button kind="primary" isBusy={create.isPending} onClick={() => create.mutate()}>
              Create test key
            </Button>
          </>
        }
      >
        {create.error && <ProblemNotice error={create.error} />}
      </Dialog>
    </Card>
  );
}
