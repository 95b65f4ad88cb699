// Generated from openapi.yaml by `npm run generate`. Do not edit.

/** The stable, programmable kinds of an error. */
export const ERROR_CODES = [
  "invalid_json",
  "invalid_request",
  "unauthorized",
  "missing_scope",
  "mode_not_allowed",
  "quota_exceeded",
  "limit_reached",
  "key_limited",
  "not_found",
  "method_not_allowed",
  "idempotency_in_flight",
  "device_already_connected",
  "qr_not_available",
  "payload_too_large",
  "unsupported_media_type",
  "idempotency_key_reused",
  "rate_limited",
  "device_not_connected",
  "not_on_whatsapp",
  "restricted",
  "rejected",
  "internal_error",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The events that a webhook can be told of. */
export const EVENT_NAMES = [
  "message.received",
  "message.sent",
  "message.delivered",
  "message.read",
  "message.failed",
  "group.message.received",
  "device.connected",
  "device.disconnected",
  "device.qr_updated",
  "device.restricted",
  "webhook.disabled",
  "webhook.test",
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** What a key may do. */
export const SCOPES = [
  "messages:send",
  "messages:read",
  "devices:read",
  "devices:manage",
  "contacts:read",
  "contacts:write",
  "webhooks:manage",
  "keys:manage",
  "events:read",
] as const;
export type Scope = (typeof SCOPES)[number];

/** One operation of the contract, as the server's middleware needs to know it. */
export type Operation = {
  readonly method: "get" | "put" | "post" | "delete" | "patch";
  /** Below the base path, parameters in braces. */
  readonly path: string;
  readonly tag: string;
  /** The scopes that the key must have; null where no API key is asked for. */
  readonly scopes: readonly Scope[] | null;
  readonly pagination: {
    readonly style: "page" | "cursor";
    readonly items: string;
    readonly pagination: string;
  } | null;
  /** `operator`: only for an operator who is signed in. */
  readonly audience: "operator" | null;
};

/** Every operation, by its operationId. */
export const operations = {
  sendMessage: {
    method: "post",
    path: "/messages/send",
    tag: "Messages",
    scopes: ["messages:send"],
    pagination: null,
    audience: null,
  },
  listMessages: {
    method: "get",
    path: "/messages",
    tag: "Messages",
    scopes: ["messages:read"],
    pagination: { style: "page", items: "data", pagination: "pagination" },
    audience: null,
  },
  getMessage: {
    method: "get",
    path: "/messages/{id}",
    tag: "Messages",
    scopes: ["messages:read"],
    pagination: null,
    audience: null,
  },
  listDevices: {
    method: "get",
    path: "/devices",
    tag: "Devices",
    scopes: ["devices:read"],
    pagination: null,
    audience: null,
  },
  createDevice: {
    method: "post",
    path: "/devices",
    tag: "Devices",
    scopes: ["devices:manage"],
    pagination: null,
    audience: null,
  },
  deleteDevice: {
    method: "delete",
    path: "/devices/{id}",
    tag: "Devices",
    scopes: ["devices:manage"],
    pagination: null,
    audience: null,
  },
  updateDevice: {
    method: "patch",
    path: "/devices/{id}",
    tag: "Devices",
    scopes: ["devices:manage"],
    pagination: null,
    audience: null,
  },
  getDeviceStatus: {
    method: "get",
    path: "/devices/{id}/status",
    tag: "Devices",
    scopes: ["devices:read"],
    pagination: null,
    audience: null,
  },
  getDeviceQr: {
    method: "get",
    path: "/devices/{id}/qr",
    tag: "Devices",
    scopes: ["devices:manage"],
    pagination: null,
    audience: null,
  },
  createPairingCode: {
    method: "post",
    path: "/devices/{id}/pairing-code",
    tag: "Devices",
    scopes: ["devices:manage"],
    pagination: null,
    audience: null,
  },
  reconnectDevice: {
    method: "post",
    path: "/devices/{id}/reconnect",
    tag: "Devices",
    scopes: ["devices:manage"],
    pagination: null,
    audience: null,
  },
  logoutDevice: {
    method: "post",
    path: "/devices/{id}/logout",
    tag: "Devices",
    scopes: ["devices:manage"],
    pagination: null,
    audience: null,
  },
  listContacts: {
    method: "get",
    path: "/contacts",
    tag: "Contacts",
    scopes: ["contacts:read"],
    pagination: { style: "page", items: "data.contacts", pagination: "data.pagination" },
    audience: null,
  },
  verifyContacts: {
    method: "post",
    path: "/contacts/verify",
    tag: "Contacts",
    scopes: ["contacts:read"],
    pagination: null,
    audience: null,
  },
  getContact: {
    method: "get",
    path: "/contacts/{id}",
    tag: "Contacts",
    scopes: ["contacts:read"],
    pagination: null,
    audience: null,
  },
  updateContact: {
    method: "patch",
    path: "/contacts/{id}",
    tag: "Contacts",
    scopes: ["contacts:write"],
    pagination: null,
    audience: null,
  },
  listWebhooks: {
    method: "get",
    path: "/webhooks",
    tag: "Webhooks",
    scopes: ["webhooks:manage"],
    pagination: null,
    audience: null,
  },
  createWebhook: {
    method: "post",
    path: "/webhooks",
    tag: "Webhooks",
    scopes: ["webhooks:manage"],
    pagination: null,
    audience: null,
  },
  getWebhook: {
    method: "get",
    path: "/webhooks/{id}",
    tag: "Webhooks",
    scopes: ["webhooks:manage"],
    pagination: null,
    audience: null,
  },
  updateWebhook: {
    method: "put",
    path: "/webhooks/{id}",
    tag: "Webhooks",
    scopes: ["webhooks:manage"],
    pagination: null,
    audience: null,
  },
  deleteWebhook: {
    method: "delete",
    path: "/webhooks/{id}",
    tag: "Webhooks",
    scopes: ["webhooks:manage"],
    pagination: null,
    audience: null,
  },
  rotateWebhookSecret: {
    method: "post",
    path: "/webhooks/{id}/rotate-secret",
    tag: "Webhooks",
    scopes: ["webhooks:manage"],
    pagination: null,
    audience: null,
  },
  testWebhook: {
    method: "post",
    path: "/webhooks/{id}/test",
    tag: "Webhooks",
    scopes: ["webhooks:manage"],
    pagination: null,
    audience: null,
  },
  listWebhookDeliveries: {
    method: "get",
    path: "/webhooks/{id}/deliveries",
    tag: "Webhooks",
    scopes: ["webhooks:manage"],
    pagination: { style: "cursor", items: "data", pagination: "pagination" },
    audience: null,
  },
  getWebhookDelivery: {
    method: "get",
    path: "/webhooks/{id}/deliveries/{delivery_id}",
    tag: "Webhooks",
    scopes: ["webhooks:manage"],
    pagination: null,
    audience: null,
  },
  replayWebhookDelivery: {
    method: "post",
    path: "/webhooks/{id}/deliveries/{delivery_id}/replay",
    tag: "Webhooks",
    scopes: ["webhooks:manage"],
    pagination: null,
    audience: null,
  },
  recoverWebhookDeliveries: {
    method: "post",
    path: "/webhooks/{id}/recover",
    tag: "Webhooks",
    scopes: ["webhooks:manage"],
    pagination: null,
    audience: null,
  },
  streamEvents: {
    method: "get",
    path: "/events",
    tag: "Events",
    scopes: ["events:read"],
    pagination: null,
    audience: null,
  },
  triggerEvent: {
    method: "post",
    path: "/events/trigger",
    tag: "Events",
    scopes: ["webhooks:manage"],
    pagination: null,
    audience: null,
  },
  listApiKeys: {
    method: "get",
    path: "/api-keys",
    tag: "API keys",
    scopes: ["keys:manage"],
    pagination: null,
    audience: null,
  },
  createApiKey: {
    method: "post",
    path: "/api-keys",
    tag: "API keys",
    scopes: ["keys:manage"],
    pagination: null,
    audience: null,
  },
  revokeApiKey: {
    method: "delete",
    path: "/api-keys/{id}",
    tag: "API keys",
    scopes: ["keys:manage"],
    pagination: null,
    audience: null,
  },
  getUsage: { method: "get", path: "/usage", tag: "Usage", scopes: [], pagination: null, audience: null },
} as const satisfies Record<string, Operation>;
export type OperationId = keyof typeof operations;
