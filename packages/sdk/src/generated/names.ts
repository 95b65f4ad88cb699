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
  "operator_only",
  "wrong_password",
  "insecure_connection",
  "not_found",
  "method_not_allowed",
  "idempotency_in_flight",
  "name_taken",
  "last_user",
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
