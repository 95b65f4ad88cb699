/** What an event of the stream changes in what the page has read. */
import type { QueryClient } from "@tanstack/react-query";
import type { StreamedEvent } from "../event-stream.js";
import type { Device, Mode } from "../generated/resources.js";
import { isWholeMessage, messageOf, tellMessage } from "./live-messages.js";
import { newMessages } from "./new-messages.js";
import { keys } from "./query-keys.js";

type Key = readonly unknown[];

/** The keys whose data an event makes old. Without entries: nothing is shown that it changes. */
export function keysChangedBy(event: StreamedEvent, mode: Mode): Key[] {
  switch (event.event) {
    // Events were missed: all may have changed.
    case "$gap":
      return [keys.all(mode)];
    case "message.received":
    case "message.sent":
    case "message.delivered":
    case "message.read":
    case "message.failed":
    case "group.message.received":
      return [
        keys.overview(mode),
        keys.conversations(mode),
        // What the event tells wholly is shown already, and a long conversation is many questions.
        ...(isWholeMessage(event.event.endsWith(".received"), event.data)
          ? []
          : [keys.messages(mode, event.data.contact_id)]),
        keys.contacts(mode),
        keys.usage(mode),
      ];
    case "device.connected":
    case "device.disconnected":
    case "device.restricted":
    // With its first drawing a device begins to wait for a phone.
    case "device.qr_updated":
      return [keys.overview(mode), keys.devices(mode)];
    case "webhook.disabled":
      return [keys.overview(mode), keys.webhooks(mode)];
    default:
      return [];
  }
}

/** Shows at once what the event itself says, without asking the server. */
export function applyEvent(queryClient: QueryClient, mode: Mode, event: StreamedEvent): void {
  const message = messageOf(event);
  if (message) {
    tellMessage(queryClient, mode, message);
    newMessages.tell(mode, message);
  }
  switch (event.event) {
    case "device.qr_updated": {
      const { device_id, qr, expires_at } = event.data;
      const queryKey = keys.deviceQr(mode, device_id);
      // Kept only while it is shown: whoever has it can link a phone.
      if (queryClient.getQueryCache().find({ queryKey })) queryClient.setQueryData(queryKey, { qr, expires_at });
      break;
    }
    case "device.connected":
    case "device.disconnected":
    case "device.restricted": {
      const { device_id, ...told } = event.data;
      queryClient.setQueryData<Device[]>(keys.devices(mode), (devices) =>
        devices?.map((device) => (device.id === device_id ? { ...device, ...told } : device)),
      );
      break;
    }
  }
}

/** Between asking twice, for each request that it takes. */
const ASK_EVERY_MS = 1_000;

export interface Refreshing {
  /** Whether its answer is under way. Asked anew each time that something happens, a long list would never be read to its end. */
  isUnderWay(key: Key): boolean;
  /** Asks again for all that is shown of it. Resolves to how many requests one after the other that took. */
  refresh(key: Key): Promise<number>;
}

/** Asks again for what became old: the first at once, those that follow together, at most so often. */
export function createInvalidator({ isUnderWay, refresh }: Refreshing, everyMs = ASK_EVERY_MS) {
  const waiting = new Map<string, Key>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAtWork = false;
  let isStopped = false;

  async function work(): Promise<void> {
    const due = [...waiting].filter(([, key]) => !isUnderWay(key));
    for (const [name] of due) waiting.delete(name);
    const requests = await Promise.all(due.map(([, key]) => refresh(key)));
    if (isStopped) return;
    timer = setTimeout(
      () => {
        isAtWork = waiting.size > 0;
        if (isAtWork) void work();
      },
      everyMs * Math.max(1, ...requests),
    );
  }

  return {
    add(changed: readonly Key[]): void {
      for (const key of changed) waiting.set(JSON.stringify(key), key);
      if (isAtWork || waiting.size === 0) return;
      isAtWork = true;
      void work();
    },
    stop(): void {
      isStopped = true;
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
