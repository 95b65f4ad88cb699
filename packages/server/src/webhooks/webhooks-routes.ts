import { type Clock, toTimestamp, toTimestampOrNull } from "../clock.js";
import type { components } from "../generated/openapi.js";
import { EVENT_NAMES, type EventName } from "../generated/operations.js";
import type { Handlers } from "../http/contract.js";
import { toPagination } from "../paging.js";
import { namesIn } from "../storage/names.js";
import type { SecretBox } from "../storage/secret-box.js";
import type { Store } from "../storage/store.js";
import type { WebhookAllow } from "./address-guard.js";
import {
  createWebhook,
  type Delivery,
  deleteLog,
  deleteWebhook,
  getWebhook,
  listDeliveries,
  listWebhooks,
  queueTest,
  updateWebhook,
  type Webhook,
} from "./webhooks.js";

export interface WebhookRouteDeps {
  store: Store;
  clock: Clock;
  secretBox: SecretBox;
  allow: WebhookAllow;
}

type WebhookHandlers = Pick<
  Handlers,
  | "listWebhooks"
  | "createWebhook"
  | "getWebhook"
  | "updateWebhook"
  | "deleteWebhook"
  | "testWebhook"
  | "listWebhookDeliveries"
>;

export function webhookRoutes(deps: WebhookRouteDeps): WebhookHandlers {
  const { store, clock } = deps;
  return {
    async listWebhooks({ caller, reply }) {
      const rows = await listWebhooks(store.read, caller.space, caller.deviceIds);
      return reply(200, { success: true, data: rows.map(toWebhook) });
    },

    createWebhook({ caller, body, reply, write }) {
      const { url, events, description = null, is_active: isActive } = body;
      const now = clock.now();
      return write(async (tx) => {
        const input = { url, events, description, isActive };
        const { row, secret } = await createWebhook(tx, deps, caller.space, caller.deviceIds, input, now);
        const message = "Webhook created successfully. Save the secret - it will not be shown again.";
        return reply(201, { success: true, data: { ...toWebhook(row), secret }, message });
      });
    },

    async getWebhook({ caller, params, reply }) {
      const row = await getWebhook(store.read, caller.space, caller.deviceIds, params.id);
      return reply(200, { success: true, data: toWebhook(row) });
    },

    updateWebhook({ caller, params, body, reply, write }) {
      const { url, events, description, is_active: isActive } = body;
      const now = clock.now();
      return write(async (tx) => {
        const change = { url, events, description, isActive };
        const row = await updateWebhook(tx, deps, caller.space, caller.deviceIds, params.id, change, now);
        return reply(200, { success: true, data: toWebhook(row) });
      });
    },

    async deleteWebhook({ caller, params, reply, write }) {
      await deleteLog(store, await getWebhook(store.read, caller.space, caller.deviceIds, params.id));
      return write(async (tx) => {
        await deleteWebhook(tx, caller.space, caller.deviceIds, params.id);
        return reply(200, { success: true, message: "Webhook deleted successfully" });
      });
    },

    testWebhook({ caller, params, reply, write }) {
      const now = clock.now();
      return write(async (tx) => {
        await queueTest(tx, caller.space, caller.deviceIds, params.id, now);
        return reply(200, { success: true, message: "Test webhook queued for delivery" });
      });
    },

    async listWebhookDeliveries({ caller, params, query, reply }) {
      const page = await listDeliveries(store.read, caller.space, caller.deviceIds, params.id, query);
      return reply(200, {
        success: true,
        data: page.rows.map(toDelivery),
        pagination: toPagination(page, query.limit),
      });
    },
  };
}

type Schemas = components["schemas"];

function toWebhook(row: Webhook): Schemas["Webhook"] {
  return {
    id: row.id,
    url: row.url,
    insecure: URL.parse(row.url)?.protocol === "http:",
    events: namesIn(row.events).filter(isEventName),
    description: row.description,
    device_ids: row.device_ids === null ? null : namesIn(row.device_ids),
    is_active: row.is_active === 1,
    disabled_reason: row.disabled_reason,
    success_count: row.success_count,
    failure_count: row.failure_count,
    last_triggered_at: toTimestampOrNull(row.last_triggered_at),
    created_at: toTimestamp(row.created_at),
    updated_at: toTimestamp(row.updated_at),
  };
}

const isEventName = (name: string): name is EventName => (EVENT_NAMES as readonly string[]).includes(name);

function toDelivery(row: Delivery): Schemas["Delivery"] {
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
    created_at: toTimestamp(row.created_at),
    attempts: row.attempts.map((attempt) => ({
      attempt_number: attempt.attempt_number,
      attempted_at: toTimestamp(attempt.attempted_at),
      duration_ms: attempt.duration_ms,
      response_status: attempt.response_status,
      error: attempt.error,
    })),
  };
}
