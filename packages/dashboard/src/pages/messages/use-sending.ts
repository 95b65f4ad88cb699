/** Sends to one contact, and tells what is under way to them. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { tellMessage } from "../../api/live-messages.js";
import { keys } from "../../api/query-keys.js";
import { useClient } from "../../api/use-client.js";
import type { Contact } from "../../generated/resources.js";
import { type Deliver, outbox, type Result } from "./outbox.js";

export function useSending(contact: Contact) {
  const client = useClient();
  const queryClient = useQueryClient();
  const { mode } = client;
  const { id } = contact;
  const to = `${mode} ${id}`;
  const all = useSyncExternalStore(outbox.subscribe, outbox.all);
  const outgoing = useMemo(() => all.filter((each) => each.to === to), [all, to]);

  const deliver: Deliver = useCallback(
    ({ key, text, deviceId }, signal) =>
      client.messages.send(
        { contact_id: id, message: text, ...(deviceId !== undefined && { device_id: deviceId }) },
        { idempotencyKey: key, signal },
      ),
    [client, id],
  );
  const show = useCallback(
    async (sending: Promise<Result>, deviceId: string | undefined) => {
      const result = await sending;
      if (result === "not sent") return;
      void queryClient.invalidateQueries({ queryKey: keys.conversations(mode) });
      if (result === "stored as failed")
        return void queryClient.invalidateQueries({ queryKey: keys.messages(mode, id) });
      tellMessage(queryClient, mode, {
        id: result.message_id,
        contact_id: id,
        device_id: deviceId ?? "",
        phone_number: result.phone_number,
        contact_name: contact.name,
        direction: "outbound",
        message_type: "text",
        content: result.message,
        status: result.status,
        origin: "api",
        created_at: result.timestamp,
      });
    },
    [queryClient, mode, id, contact.name],
  );

  return {
    outgoing,
    send: useCallback(
      (text: string, deviceId: string | undefined, key?: string) =>
        show(outbox.send(to, text, deviceId, deliver, key), deviceId),
      [show, to, deliver],
    ),
    tryAgain: useCallback(
      (key: string, deviceId: string | undefined) => show(outbox.tryAgain(key, deliver), deviceId),
      [show, deliver],
    ),
    discard: outbox.discard,
  };
}
