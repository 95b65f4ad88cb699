export type * from "../generated/events.js";
export { EVENT_NAMES, type EventName } from "../generated/names.js";
export { WebhookVerificationError, type WebhookVerificationErrorCode } from "./errors.js";
export type { UnknownWebhookEvent, WebhookEvent } from "./event.js";
export { type SignOptions, signWebhook } from "./sign-webhook.js";
export { type VerifyOptions, verifyWebhook, type WebhookHeaders } from "./verify-webhook.js";
