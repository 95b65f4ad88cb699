import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { clientOf } from "../../api/client.js";
import { keys } from "../../api/query-keys.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { Field } from "../../components/field.js";
import { Notice, ProblemNotice } from "../../components/notice.js";
import { Card } from "../../components/page.js";
import type { Scope } from "../../generated/resources.js";
import styles from "./api-docs.module.css";

const KEY_NAME = "API Docs";
const LIFE_MS = 24 * 60 * 60_000;
/** All that there are: a test key reaches nobody. */
const SCOPES: Record<Scope, true> = {
  "messages:send": true,
  "messages:read": true,
  "devices:read": true,
  "devices:manage": true,
  "contacts:read": true,
  "contacts:write": true,
  "webhooks:manage": true,
  "keys:manage": true,
  "events:read": true,
};

/** The key that the samples are tried with. It is held by the open page alone. */
export function ApiKeyPanel({ value, onChange }: { value: string; onChange(key: string): void }) {
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const create = useMutation({
    mutationFn: () =>
      clientOf("test").apiKeys.create({
        name: KEY_NAME,
        scopes: Object.keys(SCOPES).filter((name): name is Scope => name in SCOPES),
        expires_at: new Date(Date.now() + LIFE_MS).toISOString(),
      }),
    meta: { isShownInPlace: true },
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
        title="Create a test key?"
        description={`It is called “${KEY_NAME}”, may do everything in test mode, where nothing reaches anybody, and ends after 24 hours.`}
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
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
