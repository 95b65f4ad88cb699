import { type Clock, toTimestamp, toTimestampOrNull } from "../clock.js";
import { invalid } from "../errors.js";
import type { components } from "../generated/openapi.js";
import type { Handlers } from "../http/contract.js";
import { parseTime } from "../http/validation.js";
import { toPagination } from "../paging.js";
import type { Store, Tx } from "../storage/store.js";
import {
  type Delivery,
  getDelivery,
  getPayload,
  listDeliveries,
  recoverDeliveries,
  replayDelivery,
} from "./deliveries.js";
import { getWebhook } from "./webhooks.js";

type DeliveryHandlers = Pick<
  Handlers,
  "listWebhookDeliveries" | "getWebhookDelivery" | "replayWebhookDelivery" | "recoverWebhookDeliveries"
>;

export function deliveryRoutes({ store, clock }: { store: Store; clock: Clock }): DeliveryHandlers {
  return {
    async listWebhookDeliveries({ caller, params, query, reply }) {
      const { status, event_type: eventName, ...paging } = query;
      const filter = { status, eventName, since: time("since", query.since), until: time("until", query.until) };
      const webhook = await getWebhook(store.read, caller.space, caller.deviceIds, params.id);
      const page = await listDeliveries(store.read, webhook, filter, paging);
      return reply(200, {
        success: true,
        data: page.rows.map(toDelivery),
        pagination: toPagination(page, query.limit),
      });
    },

    async getWebhookDelivery({ caller, params, reply }) {
      const webhook = await getWebhook(store.read, caller.space, caller.deviceIds, params.id);
      const delivery = await getDelivery(store.read, webhook, params.delivery_id);
      const payload = await getPayload(store.read, delivery);
      return reply(200, { success: true, data: { ...toDelivery(delivery), payload } });
    },

    replayWebhookDelivery({ caller, params, reply, write }) {
      const now = clock.now();
      return write(async (tx) => {
        const webhook = await getWebhook(tx, caller.space, caller.deviceIds, params.id);
        const delivery = await replayDelivery(tx, webhook, params.delivery_id, now);
        return reply(200, { success: true, data: toDelivery(delivery) });
      });
    },

    async recoverWebhookDeliveries({ caller, params, body, reply, writeDone }) {
      const range = { since: parseTime("since", body.since), until: time("until", body.until) };
      if (range.until !== undefined && range.since > range.until)
        throw invalid("since", "must not be later than until");
      const webhookIn = (tx: Tx) => getWebhook(tx, caller.space, caller.deviceIds, params.id);
      const count = await recoverDeliveries(store, webhookIn, range, clock.now());
      return writeDone(async () => reply(200, { success: true, data: { count } }));
    },
  };
}

const time = (path: string, text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseTime(path, text);

function toDelivery(row: Delivery): components["schemas"]["Delivery"] {
  return {
    id: row.id,
    webhook_id: row.webhook_id,
    event_id: row.event_id,
    event_type: row.event_name,
    status: row.status,
    response_status: row.response_status,
    attempt_number: row.attempt_number,
    delivered_at: toTimestampOrNull(row.delivered_at),
    success: row.status === "succeeded",
    next_attempt_at: toTimestampOrNull(row.due_at),
    verification: row.verification,
    created_at: toTimestamp(row.created_at),
    attempts: row.attempts.map((attempt) => ({
      attempt_number: attempt.attempt_number,
      attempted_at: toTimestamp(attempt.attempted_at),
      duration_ms: attempt.duration_ms,
      response_status: attempt.response_status,
      response_body: attempt.response_body,
      error: attempt.error,
      tampered: attempt.tampered === 1,
    })),
  };
}
