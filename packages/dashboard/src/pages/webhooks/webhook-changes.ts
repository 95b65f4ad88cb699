/** What can be done to a webhook. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { keys } from "../../api/query-keys.js";
import { useClient } from "../../api/use-client.js";
import type { CreateWebhookRequest, UpdateWebhookRequest, Webhook } from "../../generated/resources.js";

export function useWebhookChanges() {
  const client = useClient();
  const queryClient = useQueryClient();
  const { mode } = client;
  const listKey = keys.webhooks(mode);
  const onSettled = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: listKey }),
      queryClient.invalidateQueries({ queryKey: keys.overview(mode) }),
    ]);
  const onSuccess = (changed: Webhook) => {
    queryClient.setQueryData<Webhook[]>(listKey, (webhooks) =>
      webhooks?.map((webhook) => (webhook.id === changed.id ? changed : webhook)),
    );
  };
  const meta = { isShownInPlace: true };
  const readDeliveries = (id: string) => queryClient.invalidateQueries({ queryKey: keys.deliveries(mode, id) });

  return {
    create: useMutation({
      mutationFn: (body: CreateWebhookRequest) => client.webhooks.create(body),
      meta,
      // The secret is not kept for longer than its dialog.
      gcTime: 0,
      onSettled,
    }),
    edit: useMutation({
      mutationFn: ({ id, ...change }: UpdateWebhookRequest & { id: string }) => client.webhooks.update(id, change),
      meta,
      onSuccess,
      onSettled,
    }),
    setActive: useMutation({
      mutationFn: ({ id, is_active }: { id: string; is_active: boolean }) => client.webhooks.update(id, { is_active }),
      onSuccess,
      onSettled,
    }),
    remove: useMutation({
      mutationFn: (id: string) => client.webhooks.delete(id),
      meta,
      onSuccess: (_message, id) =>
        queryClient.setQueryData<Webhook[]>(listKey, (webhooks) => webhooks?.filter((webhook) => webhook.id !== id)),
      onSettled,
    }),
    rotate: useMutation({
      mutationFn: ({ id, overlap_seconds }: { id: string; overlap_seconds: number }) =>
        client.webhooks.rotateSecret(id, { overlap_seconds }),
      meta,
      gcTime: 0,
      onSettled,
    }),
    test: useMutation({
      mutationFn: ({ id, verify }: { id: string; verify: boolean }) => client.webhooks.test(id, { verify }),
      onSettled: (_tested, _error, { id }) => readDeliveries(id),
    }),
    replay: useMutation({
      mutationFn: ({ id, deliveryId }: { id: string; deliveryId: string }) => client.webhooks.replay(id, deliveryId),
      onSettled: (_delivery, _error, { id }) => readDeliveries(id),
    }),
    recover: useMutation({
      mutationFn: ({ id, since }: { id: string; since: string }) => client.webhooks.recover(id, { since }),
      meta,
      onSettled: (_count, _error, { id }) => readDeliveries(id),
    }),
  };
}
