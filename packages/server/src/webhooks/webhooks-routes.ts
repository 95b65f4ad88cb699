import { type Clock, toTimestamp, toTimestampOrNull } from "../clock.js";
import type { components } from "../generated/openapi.js";
import { EVENT_NAMES, type EventName } from "../generated/operations.js";
import type { Handlers } from "../http/contract.js";
import { namesIn } from "../storage/names.js";
import type { SecretBox } from "../storage/secret-box.js";
import type { Store } from "../storage/store.js";
import type { WebhookAllow } from "./address-guard.js";
import {
  createWebhook,
  deleteLog,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  queueTest,
  rotateSecret,
  skipLeft,
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
  | "rotateWebhookSecret"
  | "testWebhook"
>;

export function webhookRoutes(deps: WebhookRouteDeps): WebhookHandlers {
  const { store, clock } = deps;
  const toWebhook = (row: Webhook) => toWebhookAt(row, clock.now());
  return {
    async listWebhooks({ caller, reply }) {
      const rows = await listWebhooks(store.read, caller.space, caller.deviceIds);
      return reply(200, { success: true, data: rows.map(toWebhook) });
    },

    createWebhook({ caller, body, reply, write }) {
      const { url, events, description = null, ordered, is_active: isActive } = body;
      const now = clock.now();
      return write(async (tx) => {
        const input = { url, events, description, ordered, isActive };
        const { row, secret } = await createWebhook(tx, deps, caller.space, caller.deviceIds, input, now);
        const message = "Webhook created successfully. Save the secret - it will not be shown again.";
        return reply(201, { success: true, data: { ...toWebhook(row), secret }, message });
      });
    },

    async getWebhook({ caller, params, reply }) {
      const row = await getWebhook(store.read, caller.space, caller.deviceIds, params.id);
      return reply(200, { success: true, data: toWebhook(row) });
    },

    async updateWebhook({ caller, params, body, reply, write }) {
      const { url, events, description, ordered, is_active: isActive } = body;
      if (isActive) await skipLeft(store, await getWebhook(store.read, caller.space, caller.deviceIds, params.id));
      const now = clock.now();
      return write(async (tx) => {
        const change = { url, events, description, ordered, isActive };
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

    rotateWebhookSecret({ caller, params, body, reply, write }) {
      const now = clock.now();
      const overlapMs = body.overlap_seconds * 1_000;
      return write(async (tx) => {
        const rotated = await rotateSecret(tx, deps, caller.space, caller.deviceIds, params.id, overlapMs, now);
        const { secret, previousExpiresAt } = rotated;
        const data = { secret, previous_secret_expires_at: toTimestampOrNull(previousExpiresAt) };
        const message = "Secret rotated successfully. Save the secret - it will not be shown again.";
        return reply(200, { success: true, data, message });
      });
    },

    testWebhook({ caller, params, body, reply, write }) {
      const now = clock.now();
      return write(async (tx) => {
        const id = await queueTest(tx, caller.space, caller.deviceIds, params.id, body, now);
        return reply(200, { success: true, data: { delivery_id: id }, message: "Test webhook queued for delivery" });
      });
    },
  };
}

type Schemas = components["schemas"];

function toWebhookAt(row: Webhook, now: number): Schemas["Webhook"] {
  const previousEnd = row.previous_secret_expires_at ?? 0;
  return {
    id: row.id,
    url: row.url,
    insecure: URL.parse(row.url)?.protocol === "http:",
    events: namesIn(row.events).filter(isEventName),
    description: row.description,
    device_ids: row.device_ids === null ? null : namesIn(row.device_ids),
    ordered: row.ordered === 1,
    is_active: row.is_active === 1,
    disabled_reason: row.disabled_reason,
    failing_since: toTimestampOrNull(row.failing_since),
    success_count: row.success_count,
    failure_count: row.failure_count,
    last_triggered_at: toTimestampOrNull(row.last_triggered_at),
    previous_secret_expires_at: toTimestampOrNull(previousEnd > now ? previousEnd : null),
    created_at: toTimestamp(row.created_at),
    updated_at: toTimestamp(row.updated_at),
  };
}

const isEventName = (name: string): name is EventName => (EVENT_NAMES as readonly string[]).includes(name);
