import { ApiError } from "../errors.js";
import type { Messenger } from "../messages/sending.js";
import type { Mode } from "../storage/schema.js";
import type { InboundMessage, Transport, TransportEvent } from "../transport/transport.js";
import type { Metrics } from "./metrics.js";

/** A messenger whose sendings are counted by how they ended for who asked. */
export const countSends = (messenger: Messenger, metrics: Metrics): Messenger => ({
  ...messenger,
  async send(caller, input, onStored) {
    const { mode } = caller.space;
    try {
      const sent = await messenger.send(caller, input, onStored);
      const { outcome } = sent;
      if (outcome.status === "failed") metrics.send(mode, "failed", outcome.code);
      else metrics.send(mode, outcome.status === "pending" ? "pending" : "sent");
      return sent;
    } catch (error) {
      metrics.send(mode, "refused", error instanceof ApiError ? error.code : "internal_error");
      throw error;
    }
  },
});

/** A transport whose news are counted once they are on disk. */
export const countEvents = (mode: Mode, transport: Transport, metrics: Metrics): Transport => ({
  ...transport,
  start: (listener) =>
    transport.start(async (events) => {
      await listener(events);
      for (const event of events) countEvent(mode, event, metrics);
    }),
});

function countEvent(mode: Mode, event: TransportEvent, metrics: Metrics): void {
  if (event.type === "inbound") metrics.inboundMessage(mode, kindOf(event.message));
  if (event.type === "outcome" && event.outcome.status === "failed") metrics.messagesFailed(event.outcome.code);
  if (event.type === "device" && event.change.status === "disconnected")
    metrics.deviceDisconnected(event.change.reason);
}

function kindOf({ isHistory, direction, group }: InboundMessage) {
  if (isHistory) return "history";
  if (direction === "outbound") return "phone";
  return group ? "group" : "direct";
}
