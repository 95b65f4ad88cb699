import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { apiKeysQuery, devicesQuery } from "../../api/queries.js";
import { keys } from "../../api/query-keys.js";
import { useClient } from "../../api/use-client.js";
import { Badge } from "../../components/badge.js";
import { Button, IconButton } from "../../components/button.js";
import { ConfirmDialog } from "../../components/confirm-dialog.js";
import { EmptyState } from "../../components/empty-state.js";
import { Menu } from "../../components/menu.js";
import { Page } from "../../components/page.js";
import { QueryView } from "../../components/query-view.js";
import { RelativeTime, useNow } from "../../components/relative-time.js";
import { type Column, Table } from "../../components/table.js";
import { dayOf } from "../../components/times.js";
import { showDone } from "../../components/toast.js";
import type { ApiKey, Device } from "../../generated/resources.js";
import styles from "./api-keys.module.css";
import { CreateKeyDialog } from "./create-key-dialog.js";
import { scopesInWords } from "./scopes.js";

/** With what programs sign in to the API. */
export function ApiKeysPage() {
  const client = useClient();
  const query = useQuery(apiKeysQuery(client));
  const { data: devices } = useQuery(devicesQuery(client));
  const [isCreating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | undefined>(undefined);
  const create = (
    <Button kind="primary" icon="plus" onClick={() => setCreating(true)}>
      Create a {client.mode} key
    </Button>
  );
  return (
    <Page
      title="API keys"
      description={
        client.mode === "live"
          ? "Live keys: with them programs send real messages. Give each program a key of its own, with as few scopes as it needs."
          : "Test keys: with them programs reach the sandbox only, and nobody's phone."
      }
      actions={query.data && query.data.length > 0 && create}
    >
      <QueryView query={query}>
        {(apiKeys) =>
          apiKeys.length === 0 ? (
            <EmptyState icon="key" title={`No ${client.mode} key yet`} action={create}>
              A program needs one to call the API: it says who asks, and what it may do.
            </EmptyState>
          ) : (
            <Table
              label="API keys"
              rows={apiKeys}
              rowKey={({ id }) => id}
              columns={columns(devices ?? [], (key) => setRevoking(key))}
            />
          )
        }
      </QueryView>
      <CreateKeyDialog isOpen={isCreating} onClose={() => setCreating(false)} />
      <RevokeDialog apiKey={revoking} onClose={() => setRevoking(undefined)} />
    </Page>
  );
}

const columns = (devices: readonly Device[], onRevoke: (key: ApiKey) => void): Column<ApiKey>[] => [
  {
    head: "Name",
    isTitle: true,
    cell: ({ name, key_hint }) => (
      <span className={styles.name}>
        {name}
        <code className={styles.quiet}>{key_hint}</code>
      </span>
    ),
  },
  {
    head: "May",
    cell: ({ scopes, device_ids }) => (
      <span className={styles.may}>
        <span title={scopes.join(", ")}>{scopesInWords(scopes)}</span>
        {device_ids && (
          <span className={styles.quiet}>
            only {device_ids.map((id) => devices.find((device) => device.id === id)?.device_name ?? id).join(", ")}
          </span>
        )}
      </span>
    ),
  },
  { head: "Last used", cell: ({ last_used_at }) => <RelativeTime at={last_used_at} /> },
  { head: "Expires", cell: ({ expires_at }) => <Expires at={expires_at} /> },
  { head: "Created", cell: ({ created_at }) => dayOf(created_at) },
  {
    head: "Actions",
    isActions: true,
    cell: (key) => (
      <Menu
        trigger={<IconButton icon="more" label={`Actions for ${key.name}`} />}
        items={[{ label: "Revoke", icon: "trash", isDangerous: true, onSelect: () => onRevoke(key) }]}
      />
    ),
  },
];

function Expires({ at }: { at: string | null }) {
  const now = useNow();
  if (at !== null && Date.parse(at) <= now) return <Badge tone="danger">Expired</Badge>;
  return <RelativeTime at={at} />;
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey | undefined; onClose(): void }) {
  const client = useClient();
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: (id: string) => client.apiKeys.revoke(id),
    meta: { isShownInPlace: true },
    onSuccess: () => {
      showDone(`${apiKey?.name ?? "The key"} was revoked`);
      close();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.apiKeys(client.mode) }),
  });
  const close = () => {
    revoke.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={apiKey !== undefined}
      onClose={close}
      title={`Revoke ${apiKey?.name ?? "this key"}?`}
      action="Revoke key"
      isBusy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => apiKey && revoke.mutate(apiKey.id)}
    >
      <p>
        Programs that use <code>{apiKey?.key_hint}</code> are refused from their next request on. It cannot be brought
        back; messages and webhooks that were made with it stay.
      </p>
    </ConfirmDialog>
  );
}
