// Generated from openapi.yaml by `npm run generate`. Do not edit.

import type { ApiPromise, Call, PagePromise, RequestOptions } from "../call.js";
import type { StreamedEvent, StreamOptions } from "../event-stream.js";
import type { components, operations } from "./openapi.js";

export type Scope = components["schemas"]["Scope"];
export type Mode = components["schemas"]["Mode"];
export type EventName = components["schemas"]["EventName"];
export type MessageDirection = components["schemas"]["MessageDirection"];
export type MessageStatus = components["schemas"]["MessageStatus"];
export type MessageType = components["schemas"]["MessageType"];
export type MessageOrigin = components["schemas"]["MessageOrigin"];
export type FailureCode = components["schemas"]["FailureCode"];
export type MessageFailure = components["schemas"]["MessageFailure"];
export type SendMessageRequest = components["schemas"]["SendMessageRequest"];
export type SentMessage = components["schemas"]["SentMessage"];
export type Message = components["schemas"]["Message"];
export type Pagination = components["schemas"]["Pagination"];
export type CursorPagination = components["schemas"]["CursorPagination"];
export type DeviceStatus = components["schemas"]["DeviceStatus"];
export type DisconnectReason = components["schemas"]["DisconnectReason"];
export type Device = components["schemas"]["Device"];
export type DeviceName = components["schemas"]["DeviceName"];
export type CreateDeviceRequest = components["schemas"]["CreateDeviceRequest"];
export type UpdateDeviceRequest = components["schemas"]["UpdateDeviceRequest"];
export type DeviceQr = components["schemas"]["DeviceQr"];
export type PairingCodeRequest = components["schemas"]["PairingCodeRequest"];
export type PairingCode = components["schemas"]["PairingCode"];
export type Contact = components["schemas"]["Contact"];
export type UpdateContactRequest = components["schemas"]["UpdateContactRequest"];
export type ContactName = components["schemas"]["ContactName"];
export type VerifyContactsRequest = components["schemas"]["VerifyContactsRequest"];
export type VerifiedNumber = components["schemas"]["VerifiedNumber"];
export type Webhook = components["schemas"]["Webhook"];
export type WebhookDisabledReason = components["schemas"]["WebhookDisabledReason"];
export type CreateWebhookRequest = components["schemas"]["CreateWebhookRequest"];
export type UpdateWebhookRequest = components["schemas"]["UpdateWebhookRequest"];
export type WebhookUrl = components["schemas"]["WebhookUrl"];
export type EventNames = components["schemas"]["EventNames"];
export type WebhookDescription = components["schemas"]["WebhookDescription"];
export type CreatedWebhook = components["schemas"]["CreatedWebhook"];
export type RotateSecretRequest = components["schemas"]["RotateSecretRequest"];
export type RotatedSecret = components["schemas"]["RotatedSecret"];
export type TestWebhookRequest = components["schemas"]["TestWebhookRequest"];
export type TestedWebhook = components["schemas"]["TestedWebhook"];
export type EventPosition = components["schemas"]["EventPosition"];
export type TriggerEventRequest = components["schemas"]["TriggerEventRequest"];
export type TriggeredEvent = components["schemas"]["TriggeredEvent"];
export type RecoverRequest = components["schemas"]["RecoverRequest"];
export type RecoveredDeliveries = components["schemas"]["RecoveredDeliveries"];
export type Delivery = components["schemas"]["Delivery"];
export type DeliveryStatus = components["schemas"]["DeliveryStatus"];
export type WebhookVerification = components["schemas"]["WebhookVerification"];
export type DeliveryWithPayload = components["schemas"]["DeliveryWithPayload"];
export type DeliveryAttempt = components["schemas"]["DeliveryAttempt"];
export type KeyName = components["schemas"]["KeyName"];
export type ApiKey = components["schemas"]["ApiKey"];
export type CreatedApiKey = components["schemas"]["CreatedApiKey"];
export type CreateApiKeyRequest = components["schemas"]["CreateApiKeyRequest"];
export type UsageWindow = components["schemas"]["UsageWindow"];
export type UsageQuota = components["schemas"]["UsageQuota"];
export type Plan = components["schemas"]["Plan"];
export type Usage = components["schemas"]["Usage"];
export type UserName = components["schemas"]["UserName"];
export type NewPassword = components["schemas"]["NewPassword"];
export type SignInRequest = components["schemas"]["SignInRequest"];
export type ChangePasswordRequest = components["schemas"]["ChangePasswordRequest"];
export type AcceptInvitationRequest = components["schemas"]["AcceptInvitationRequest"];
export type User = components["schemas"]["User"];
export type Session = components["schemas"]["Session"];
export type SessionAccount = components["schemas"]["SessionAccount"];
export type ListedSession = components["schemas"]["ListedSession"];
export type Invitation = components["schemas"]["Invitation"];
export type NamedUser = components["schemas"]["NamedUser"];
export type ListedInvitation = components["schemas"]["ListedInvitation"];
export type AuditActor = components["schemas"]["AuditActor"];
export type AuditEntry = components["schemas"]["AuditEntry"];
export type MessageCounts = components["schemas"]["MessageCounts"];
export type HourOfMessages = components["schemas"]["HourOfMessages"];
export type OverviewMessages = components["schemas"]["OverviewMessages"];
export type OverviewDevices = components["schemas"]["OverviewDevices"];
export type OverviewWebhooks = components["schemas"]["OverviewWebhooks"];
export type AttentionKind = components["schemas"]["AttentionKind"];
export type Attention = components["schemas"]["Attention"];
export type Overview = components["schemas"]["Overview"];
export type Conversation = components["schemas"]["Conversation"];
export type MessageMedia = components["schemas"]["MessageMedia"];
export type ListMessagesQuery = NonNullable<operations["listMessages"]["parameters"]["query"]>;
export type ListContactsQuery = NonNullable<operations["listContacts"]["parameters"]["query"]>;
export type ListWebhookDeliveriesQuery = NonNullable<operations["listWebhookDeliveries"]["parameters"]["query"]>;
export type StreamEventsQuery = NonNullable<operations["streamEvents"]["parameters"]["query"]>;
export type ListAuditLogQuery = NonNullable<operations["listAuditLog"]["parameters"]["query"]>;
export type GetOverviewQuery = NonNullable<operations["getOverview"]["parameters"]["query"]>;
export type ListConversationsQuery = NonNullable<operations["listConversations"]["parameters"]["query"]>;

/** Send messages and read what was sent and received. */
export interface MessagesResource {
  /**
   * Send a message.
   *
   * Sends one text message, to a phone number or to a contact, and waits for WhatsApp's acknowledgement.
   *
   * The message is stored first. When WhatsApp's server acknowledges it, the answer's status is `sent`; when no
   * acknowledgement comes within 15 seconds it is `pending`, and the `message.sent` or `message.failed` event tells how it ended.
   * A message still pending after `ttl_seconds` fails with the code `expired`.
   *
   * Give exactly one of `phone_number` and `contact_id`. Without `device_id` the primary device sends, or else the only connected one.
   *
   * With a test key, magic numbers play the rarer cases: `+12025550100` is not on WhatsApp, `+12025550101` is restricted,
   * `+12025550102` is delivered after five seconds and never read, `+12025550103` is never acknowledged (answered at once as
   * `pending`), `+12025550104` answers with an inbound `echo: <text>`.
   *
   * @example
   * ```ts
   * await client.messages.send({
   *   phone_number: "+94771234567",
   *   message: "Hello! How can we help you today?"
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type; 422 idempotency_key_reused
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {ConflictError} 409 idempotency_in_flight
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error, device_not_connected, not_on_whatsapp, restricted, rejected
   */
  send(body: SendMessageRequest, options?: RequestOptions): ApiPromise<SentMessage>;
  /**
   * List messages.
   *
   * Messages of both directions, newest first. Without filters, or with `contact_id` alone, the list can be read by `page`
   * and has a `total`; with any other filter it is read by `cursor`. A filter that names something unknown matches nothing.
   *
   * @example
   * ```ts
   * for await (const item of client.messages.list()) console.log(item);
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  list(query?: ListMessagesQuery, options?: RequestOptions): PagePromise<Message>;
  /**
   * Get message status.
   *
   * One message, with how far it got. Texts that were cut in a webhook are whole here.
   *
   * @example
   * ```ts
   * await client.messages.get("msg_0mh9x0f2k3v8q1w7z5c4b6n");
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  get(id: string, options?: RequestOptions): ApiPromise<Message>;
}

/** The WhatsApp accounts (phones) that send and receive for you. */
export interface DevicesResource {
  /**
   * List devices.
   *
   * All devices of the space, at most 100, in the order in which they were created. A test key has one, the sandbox, always `connected`.
   *
   * @example
   * ```ts
   * await client.devices.list();
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  list(options?: RequestOptions): ApiPromise<Device[]>;
  /**
   * Create a device.
   *
   * Makes a device and starts to pair it: scan its QR code (`GET /devices/{id}/qr`) in WhatsApp on the phone, under *Linked devices*, or
   * ask for a pairing code. The first device of a space becomes its primary one. At most 100 devices per space.
   *
   * Only for live keys: a test key has its sandbox (`mode_not_allowed`). A key that is limited to some devices makes no others (`key_limited`).
   *
   * @example
   * ```ts
   * await client.devices.create({
   *   device_name: "Sales Line"
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type; 422 idempotency_key_reused
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {ConflictError} 409 idempotency_in_flight
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  create(body: CreateDeviceRequest, options?: RequestOptions): ApiPromise<Device>;
  /**
   * Delete a device.
   *
   * Unlinks a device from its phone where it can be reached, forgets its credentials and removes it. Its messages stay readable.
   * When it was the primary device, the oldest one that is left becomes primary. The sandbox of a test key cannot be deleted.
   *
   * @example
   * ```ts
   * await client.devices.delete("device_0mh9x0f2k3v8q1w7z5c4b6n");
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  delete(id: string, options?: RequestOptions): ApiPromise<string>;
  /**
   * Update a device.
   *
   * Renames a device, or makes it the primary one; the one that was primary is so no more. Absent fields keep their value. Read-only
   * fields are ignored, so the answer of a get can be changed and sent back. The primary device cannot be made secondary: make
   * another one primary.
   *
   * @example
   * ```ts
   * await client.devices.update("device_0mh9x0f2k3v8q1w7z5c4b6n", {
   *   device_name: "Sales Line",
   *   is_primary: true
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  update(id: string, body: UpdateDeviceRequest, options?: RequestOptions): ApiPromise<Device>;
  /**
   * Get device status.
   *
   * One device and the state of its connection.
   *
   * @example
   * ```ts
   * await client.devices.status("device_0mh9x0f2k3v8q1w7z5c4b6n");
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  status(id: string, options?: RequestOptions): ApiPromise<Device>;
  /**
   * Get a device's QR code.
   *
   * The QR code that is to be scanned now, as its text, or as an image where `Accept` prefers `image/png` or `image/svg+xml`. WhatsApp
   * replaces it after some seconds: ask again after `expires_at`, or follow the `device.qr_updated` event. Right after a device was
   * created the answer waits up to ten seconds for the first code.
   *
   * A device that is connected has none (`device_already_connected`). Where none comes (`qr_not_available`) the pairing is over or the
   * device is paired already: `POST /devices/{id}/reconnect`, and for another phone `POST /devices/{id}/logout` before it.
   *
   * @example
   * ```ts
   * await client.devices.qr("device_0mh9x0f2k3v8q1w7z5c4b6n");
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {ConflictError} 409 device_already_connected, qr_not_available
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  qr(id: string, options?: RequestOptions): ApiPromise<DeviceQr>;
  /**
   * Pair by code.
   *
   * Starts pairing with a code instead of the QR code, for a phone that cannot scan: in WhatsApp on the phone, under *Linked
   * devices*, choose *Link with phone number instead* and type the code in. `phone_number` is that phone's own number.
   *
   * @example
   * ```ts
   * await client.devices.pairingCode("device_0mh9x0f2k3v8q1w7z5c4b6n", {
   *   phone_number: "+94771234567"
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type; 422 idempotency_key_reused
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {ConflictError} 409 device_already_connected, idempotency_in_flight
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  pairingCode(id: string, body: PairingCodeRequest, options?: RequestOptions): ApiPromise<PairingCode>;
  /**
   * Reconnect a device.
   *
   * Connects a device that is disconnected; one that is not paired (any more) shows QR codes first. Devices whose connection was merely
   * lost reconnect by themselves. A device that is connected stays so.
   *
   * @example
   * ```ts
   * await client.devices.reconnect("device_0mh9x0f2k3v8q1w7z5c4b6n");
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 422 idempotency_key_reused
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {ConflictError} 409 idempotency_in_flight
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  reconnect(id: string, options?: RequestOptions): ApiPromise<Device>;
  /**
   * Log a device out.
   *
   * Unlinks a device from its phone where it can be reached, and forgets its credentials in any case. The device stays, disconnected
   * (`logged_out`), and can be paired again with `POST /devices/{id}/reconnect`. The sandbox of a test key cannot be logged out.
   *
   * @example
   * ```ts
   * await client.devices.logout("device_0mh9x0f2k3v8q1w7z5c4b6n");
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 422 idempotency_key_reused
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {ConflictError} 409 idempotency_in_flight
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  logout(id: string, options?: RequestOptions): ApiPromise<Device>;
}

/** The people you exchanged messages with. */
export interface ContactsResource {
  /**
   * List contacts.
   *
   * Everyone you exchanged a message with, the newest contact first. Here `pagination` stands inside `data`.
   *
   * @example
   * ```ts
   * for await (const item of client.contacts.list()) console.log(item);
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  list(query?: ListContactsQuery, options?: RequestOptions): PagePromise<Contact>;
  /**
   * Check numbers.
   *
   * Tells of each number whether it has a WhatsApp account, in the order asked. What WhatsApp said is kept, for a week when there
   * is an account and for an hour when there is none; only what is not known is asked, through a connected device.
   * Makes no contacts. Checking long lists of strangers is a way to get restricted.
   *
   * Without a connected device, when something has to be asked: 500 with the code `device_not_connected`.
   *
   * @example
   * ```ts
   * await client.contacts.verify({
   *   phone_numbers: [
   *     "+94771234567",
   *     "+12025550100"
   *   ]
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type; 422 idempotency_key_reused
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {ConflictError} 409 idempotency_in_flight
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error, device_not_connected
   */
  verify(body: VerifyContactsRequest, options?: RequestOptions): ApiPromise<VerifiedNumber[]>;
  /**
   * Get a contact.
   *
   * One contact.
   *
   * @example
   * ```ts
   * await client.contacts.get("contact_0mh9x0f2k3v8q1w7z5c4b6n");
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  get(id: string, options?: RequestOptions): ApiPromise<Contact>;
  /**
   * Update a contact.
   *
   * Names a contact. Your name stays, whatever the contact calls itself on WhatsApp; with null, WhatsApp's name comes back with the
   * contact's next message. Read-only fields are ignored.
   *
   * @example
   * ```ts
   * await client.contacts.update("contact_0mh9x0f2k3v8q1w7z5c4b6n", {
   *   name: "John Doe"
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  update(id: string, body: UpdateContactRequest, options?: RequestOptions): ApiPromise<Contact>;
}

/** Your own addresses that are told of every event, signed and retried. */
export interface WebhooksResource {
  /**
   * List webhooks.
   *
   * All webhooks of the space, at most 100, in the order in which they were created. Secrets are never shown again.
   *
   * @example
   * ```ts
   * await client.webhooks.list();
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  list(options?: RequestOptions): ApiPromise<Webhook[]>;
  /**
   * Create a webhook.
   *
   * Registers an address that is told of events by signed POST requests, and answers its signing secret: save it, it is not
   * shown again. At most 100 webhooks per space.
   *
   * The address must be `http` or `https`, without credentials, and public: private, loopback, link-local and cloud metadata
   * addresses are refused unless the operator allows them.
   *
   * @example
   * ```ts
   * await client.webhooks.create({
   *   url: "https://your-domain.com/webhooks/whatsflow",
   *   events: [
   *     "message.received",
   *     "message.sent",
   *     "device.disconnected"
   *   ],
   *   description: "Production webhook for CRM integration"
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type; 422 idempotency_key_reused
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {ConflictError} 409 idempotency_in_flight
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  create(body: CreateWebhookRequest, options?: RequestOptions): ApiPromise<CreatedWebhook>;
  /**
   * Get a webhook.
   *
   * One webhook, without its secret.
   *
   * @example
   * ```ts
   * await client.webhooks.get("webhook_0mh9x0f2k3v8q1w7z5c4b6n");
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  get(id: string, options?: RequestOptions): ApiPromise<Webhook>;
  /**
   * Update a webhook.
   *
   * Changes the fields that are given; absent fields keep their value. Read-only fields are ignored, so the answer of a get can
   * be changed and put back. Setting `is_active` to true starts a disabled webhook again.
   *
   * @example
   * ```ts
   * await client.webhooks.update("webhook_0mh9x0f2k3v8q1w7z5c4b6n", {
   *   url: "https://new-domain.com/webhooks",
   *   events: [
   *     "message.received"
   *   ],
   *   is_active: true
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  update(id: string, body: UpdateWebhookRequest, options?: RequestOptions): ApiPromise<Webhook>;
  /**
   * Delete a webhook.
   *
   * Removes a webhook with its delivery log. What was still to be delivered to it is dropped.
   *
   * @example
   * ```ts
   * await client.webhooks.delete("webhook_0mh9x0f2k3v8q1w7z5c4b6n");
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  delete(id: string, options?: RequestOptions): ApiPromise<string>;
  /**
   * Rotate a webhook's secret.
   *
   * Makes a new secret, shown this once. Until the overlap ends every request carries the signatures of both secrets in
   * `webhook-signature`, and `X-Webhook-Signature` is still made with the old one; so the receiver can be changed at any time in
   * between. With an overlap of 0 the old secret is worth nothing at once. Rotated again within an overlap, the secret before the last
   * is dropped.
   *
   * @example
   * ```ts
   * await client.webhooks.rotateSecret("webhook_0mh9x0f2k3v8q1w7z5c4b6n", {
   *   overlap_seconds: 86400
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type; 422 idempotency_key_reused
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {ConflictError} 409 idempotency_in_flight
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  rotateSecret(id: string, body?: RotateSecretRequest, options?: RequestOptions): ApiPromise<RotatedSecret>;
  /**
   * Test a webhook.
   *
   * Queues one `webhook.test` event for this webhook, whatever events it is registered for and whether or not it is active. With
   * `verify` it is followed by a copy whose signatures are wrong, and the delivery tells whether the receiver refused that.
   *
   * @example
   * ```ts
   * await client.webhooks.test("webhook_0mh9x0f2k3v8q1w7z5c4b6n", {
   *   verify: true
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type; 422 idempotency_key_reused
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {ConflictError} 409 idempotency_in_flight
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  test(id: string, body?: TestWebhookRequest, options?: RequestOptions): ApiPromise<TestedWebhook>;
  /**
   * Get webhook deliveries.
   *
   * The delivery log of a webhook, newest first. A delivery is one event for one webhook; `attempts` lists each try. With a filter
   * a page may hold fewer than `limit`, even none, although others follow: go on while there is a `next_cursor`.
   *
   * @example
   * ```ts
   * for await (const item of client.webhooks.deliveries("webhook_0mh9x0f2k3v8q1w7z5c4b6n")) console.log(item);
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  deliveries(id: string, query?: ListWebhookDeliveriesQuery, options?: RequestOptions): PagePromise<Delivery>;
  /**
   * Get a webhook delivery.
   *
   * One delivery with its attempts and the body that is sent.
   *
   * @example
   * ```ts
   * await client.webhooks.delivery("webhook_0mh9x0f2k3v8q1w7z5c4b6n", "delivery_0mh9x0f2k3v8q1w7z5c4b6n");
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  delivery(id: string, deliveryId: string, options?: RequestOptions): ApiPromise<DeliveryWithPayload>;
  /**
   * Replay a webhook delivery.
   *
   * Sends a delivery again, whatever its status, under the same id and with the same body: a receiver that remembers what it has
   * processed does nothing twice. Its retries begin anew; while the webhook is not active there is one attempt. A delivery with an
   * attempt under way is left as it is.
   *
   * @example
   * ```ts
   * await client.webhooks.replay("webhook_0mh9x0f2k3v8q1w7z5c4b6n", "delivery_0mh9x0f2k3v8q1w7z5c4b6n");
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 422 idempotency_key_reused
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {ConflictError} 409 idempotency_in_flight
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  replay(id: string, deliveryId: string, options?: RequestOptions): ApiPromise<Delivery>;
  /**
   * Recover failed deliveries.
   *
   * Sends all deliveries since a time again that failed or were skipped, for example after the receiver was down for days; tests are
   * left out. The webhook has to be active. Asked for again, what was received meanwhile is left alone.
   *
   * @example
   * ```ts
   * await client.webhooks.recover("webhook_0mh9x0f2k3v8q1w7z5c4b6n", {
   *   since: "2025-10-11T00:00:00.000Z"
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type; 422 idempotency_key_reused
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {ConflictError} 409 idempotency_in_flight
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  recover(id: string, body: RecoverRequest, options?: RequestOptions): ApiPromise<RecoveredDeliveries>;
}

/** What happens, as a stream that you read; and samples of it, for development. */
export interface EventsResource {
  /**
   * Stream events.
   *
   * The events of the space as they happen, as server-sent events (`text/event-stream`), for programs that no webhook can reach. `data` is
   * the very body that a webhook gets, `event` its name, `id` its place in the stream:
   *
   * ```text
   * retry: 2000
   * id: 41
   *
   * id: 42
   * event: message.received
   * data: {"event":"message.received","timestamp":"2025-10-11T10:30:00.000Z","data":{…}}
   * ```
   *
   * The stream begins now, or after the event that `Last-Event-ID` names; it is read from storage, so a client that reconnects with the
   * last id that it saw misses nothing and gets nothing twice. The first block has an `id` already, so this also holds before
   * the first event. Now and then an `id` comes alone: events passed that the client did not ask for.
   *
   * Where events after that id are no longer kept, an event named `gap` comes first, with a `StreamGap` as its `data`, and the stream goes on
   * with what is left. A comment line comes every 15 seconds: a client that hears nothing for 45 seconds should reconnect.
   *
   * A key that is limited to devices (`device_ids`) is told of these devices alone. The stream ends when the key is revoked or expires, and when the
   * server stops: reconnect. A space has at most 200 streams open; one more is a 429.
   *
   * It counts as one request. The answer has `Cache-Control: no-store`, and `X-Accel-Buffering: no` for proxies.
   *
   * @example
   * ```ts
   * for await (const item of client.events.stream()) console.log(item);
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  stream(query?: StreamEventsQuery, options?: StreamOptions): AsyncIterable<StreamedEvent>;
  /**
   * Trigger an event.
   *
   * Makes an event of your choice happen, with sample data, so that you can see what your program does with it. Webhooks and streams get
   * it like any other. Nothing else happens: the ids in it, but the device's, lead nowhere.
   *
   * Only for test keys (`mode_not_allowed`). A key that is limited to devices triggers what is about one of them (`key_limited`).
   *
   * @example
   * ```ts
   * await client.events.trigger({
   *   event: "device.disconnected"
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type; 422 idempotency_key_reused
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {ConflictError} 409 idempotency_in_flight
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  trigger(body: TriggerEventRequest, options?: RequestOptions): ApiPromise<TriggeredEvent>;
}

/** Keys for this API, each with its own scopes. */
export interface ApiKeysResource {
  /**
   * List API keys.
   *
   * The keys of this space that are not revoked, at most 100, in the order in which they were created. The keys themselves are never shown again.
   *
   * @example
   * ```ts
   * await client.apiKeys.list();
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  list(options?: RequestOptions): ApiPromise<ApiKey[]>;
  /**
   * Create an API key.
   *
   * Makes a key for this space. It never exceeds the key that makes it: not in scopes, not in mode, not in devices, and not in
   * time: made by a key that expires, it expires with it at the latest.
   * The key is shown this once.
   *
   * @example
   * ```ts
   * await client.apiKeys.create({
   *   name: "Accounting",
   *   scopes: [
   *     "messages:send",
   *     "messages:read"
   *   ]
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type; 422 idempotency_key_reused
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {ConflictError} 409 idempotency_in_flight
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  create(body: CreateApiKeyRequest, options?: RequestOptions): ApiPromise<CreatedApiKey>;
  /**
   * Revoke an API key.
   *
   * The key stops working with the answer to this request. A key may revoke itself.
   *
   * @example
   * ```ts
   * await client.apiKeys.revoke("key_0mh9x0f2k3v8q1w7z5c4b6n");
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 missing_scope, mode_not_allowed, quota_exceeded, limit_reached, key_limited
   * @throws {NotFoundError} 404 not_found
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  revoke(id: string, options?: RequestOptions): ApiPromise<string>;
}

/** What is used of the plan. */
export interface UsageResource {
  /**
   * Get usage.
   *
   * What is used of the rate limits (per space) and of the monthly message quota (per account). Any key may ask.
   *
   * @example
   * ```ts
   * await client.usage.get();
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  get(options?: RequestOptions): ApiPromise<Usage>;
}

/**
 * How people sign in to the dashboard. A session is a cookie that counts only together with the header `WhatsFlow-Mode: live` or
 * `WhatsFlow-Mode: test`, which no page of another site can send; it opens the space of that mode, and every operation of this contract.
 * These operations are for signed-in users: an API key is refused with `operator_only`. They take no `Idempotency-Key`.
 */
export interface SessionResource {
  /**
   * Get the session.
   *
   * Who is signed in, to which account, on which version of the server. A 401 says that nobody is.
   *
   * @example
   * ```ts
   * await client.session.get();
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  get(options?: RequestOptions): ApiPromise<Session>;
  /**
   * Sign in.
   *
   * Begins a session and sets its cookie: `__Host-whatsflow` over TLS, `whatsflow` over plain HTTP on this machine. Anywhere else plain HTTP is refused
   * (`insecure_connection`). A wrong name and a wrong password are answered alike (`wrong_password`), and after several of them the next
   * try has to wait (`rate_limited`).
   *
   * @example
   * ```ts
   * await client.session.signIn({
   *   name: "anna@example.com",
   *   password: "correct horse battery"
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  signIn(body: SignInRequest, options?: RequestOptions): ApiPromise<Session>;
  /**
   * Sign out.
   *
   * Ends this session, and its open streams. The cookie is removed.
   *
   * @example
   * ```ts
   * await client.session.signOut();
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  signOut(options?: RequestOptions): ApiPromise<string>;
  /**
   * Change the password.
   *
   * Sets a new password for the signed-in user, and signs all other sessions of this user out. This session goes on under a new cookie.
   *
   * @example
   * ```ts
   * await client.session.changePassword({
   *   current_password: "correct horse battery",
   *   new_password: "staple correct horse"
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  changePassword(body: ChangePasswordRequest, options?: RequestOptions): ApiPromise<string>;
  /**
   * List your sessions.
   *
   * Where the signed-in user is signed in, at most 100 sessions, the one that was used last first.
   *
   * @example
   * ```ts
   * await client.session.list();
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  list(options?: RequestOptions): ApiPromise<ListedSession[]>;
  /**
   * Sign out everywhere.
   *
   * Ends all sessions of the signed-in user, this one too, and their open streams.
   *
   * @example
   * ```ts
   * await client.session.signOutEverywhere();
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  signOutEverywhere(options?: RequestOptions): ApiPromise<string>;
}

/** The people who may sign in to the dashboard, and what was done by whom. */
export interface UsersResource {
  /**
   * List open invitations.
   *
   * The links of this account that nobody has used yet and that have not expired, without their tokens, the oldest first. There are at most 20, and one for each user whose password is to be set anew.
   *
   * @example
   * ```ts
   * await client.users.invitations();
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  invitations(options?: RequestOptions): ApiPromise<ListedInvitation[]>;
  /**
   * Invite a colleague.
   *
   * Makes a link by which one person can become a user of this account. It works once, for 24 hours, and is shown this once: hand it on by a way
   * that you trust. Put the server's own address before `path`. It ends with the user who made it, and when that user signs out everywhere or
   * changes the password.
   *
   * @example
   * ```ts
   * await client.users.invite();
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  invite(options?: RequestOptions): ApiPromise<Invitation>;
  /**
   * Void an invitation.
   *
   * Voids a link of this account, whoever made it. One that was used or has expired is a 404.
   *
   * @example
   * ```ts
   * await client.users.deleteInvitation("invite_0mh9x0f2k3v8q1w7z5c4b6n");
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {NotFoundError} 404 not_found
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  deleteInvitation(id: string, options?: RequestOptions): ApiPromise<string>;
  /**
   * Use a one-time link.
   *
   * Makes the user whom a link invites, or sets the password of the user whose link it is anew (which signs that user out everywhere), and signs in.
   * A link that was used, has expired or never was is a 404. The connection must be as for signing in.
   *
   * @example
   * ```ts
   * await client.users.acceptInvitation({
   *   token: "Jx0pV5dYk2uQ8sTn3bWz7rLc1mFh6gEa9iKo4yUeRtS",
   *   name: "anna@example.com",
   *   password: "correct horse battery"
   * });
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request; 413 payload_too_large; 415 unsupported_media_type
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {NotFoundError} 404 not_found
   * @throws {ConflictError} 409 name_taken, last_user
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  acceptInvitation(body: AcceptInvitationRequest, options?: RequestOptions): ApiPromise<Session>;
  /**
   * List users.
   *
   * The people who may sign in to this account, at most 100, in the order in which they came.
   *
   * @example
   * ```ts
   * await client.users.list();
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  list(options?: RequestOptions): ApiPromise<User[]>;
  /**
   * Remove a user.
   *
   * Removes a user of this account, and ends all sessions of that user. The last user of an account cannot be removed (`last_user`).
   *
   * @example
   * ```ts
   * await client.users.delete("user_0mh9x0f2k3v8q1w7z5c4b6n");
   * ```
   *
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {NotFoundError} 404 not_found
   * @throws {ConflictError} 409 name_taken, last_user
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  delete(id: string, options?: RequestOptions): ApiPromise<string>;
}

/** The people who may sign in to the dashboard, and what was done by whom. */
export interface AuditLogResource {
  /**
   * List the audit log.
   *
   * Who did what in this account, in both modes, newest first; kept for a year. It holds no secrets and no texts of messages.
   *
   * @example
   * ```ts
   * for await (const item of client.auditLog.list()) console.log(item);
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  list(query?: ListAuditLogQuery, options?: RequestOptions): PagePromise<AuditEntry>;
}

/** What the dashboard shows at one glance. */
export interface OverviewResource {
  /**
   * Get the overview.
   *
   * Devices, messages, webhooks and usage of the space, and what of them needs attention.
   *
   * @example
   * ```ts
   * await client.overview.get();
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  get(query?: GetOverviewQuery, options?: RequestOptions): ApiPromise<Overview>;
}

/** What the dashboard shows at one glance. */
export interface ConversationsResource {
  /**
   * List conversations.
   *
   * Contacts with their last message, the one that was written last first. With `search`, a page looks at a limited number of
   * conversations: it may hold fewer than `limit`, or none, and still have a `next_cursor` to search on from.
   *
   * @example
   * ```ts
   * for await (const item of client.conversations.list()) console.log(item);
   * ```
   *
   * @throws {BadRequestError} 400 invalid_json, invalid_request
   * @throws {AuthenticationError} 401 unauthorized
   * @throws {PermissionError} 403 operator_only, wrong_password, insecure_connection, limit_reached
   * @throws {RateLimitError} 429 rate_limited
   * @throws {ServerError} 500 internal_error
   */
  list(query?: ListConversationsQuery, options?: RequestOptions): PagePromise<Conversation>;
}

/** Every resource of the API; the client extends it. */
export class Resources {
  readonly messages: MessagesResource;
  readonly devices: DevicesResource;
  readonly contacts: ContactsResource;
  readonly webhooks: WebhooksResource;
  readonly events: EventsResource;
  readonly apiKeys: ApiKeysResource;
  readonly usage: UsageResource;
  readonly session: SessionResource;
  readonly users: UsersResource;
  readonly auditLog: AuditLogResource;
  readonly overview: OverviewResource;
  readonly conversations: ConversationsResource;

  constructor(protected readonly call: Call) {
    this.messages = {
      send: (body, options) => call.one("POST", "/messages/send", "data", { body }, options),
      list: (query, options) => call.page("/messages", "data", "pagination", { query }, options),
      get: (id, options) => call.one("GET", "/messages/{id}", "data", { params: { id } }, options),
    };
    this.devices = {
      list: (options) => call.one("GET", "/devices", "data", {}, options),
      create: (body, options) => call.one("POST", "/devices", "data", { body }, options),
      delete: (id, options) => call.one("DELETE", "/devices/{id}", "message", { params: { id } }, options),
      update: (id, body, options) => call.one("PATCH", "/devices/{id}", "data", { params: { id }, body }, options),
      status: (id, options) => call.one("GET", "/devices/{id}/status", "data", { params: { id } }, options),
      qr: (id, options) => call.one("GET", "/devices/{id}/qr", "data", { params: { id } }, options),
      pairingCode: (id, body, options) =>
        call.one("POST", "/devices/{id}/pairing-code", "data", { params: { id }, body }, options),
      reconnect: (id, options) => call.one("POST", "/devices/{id}/reconnect", "data", { params: { id } }, options),
      logout: (id, options) => call.one("POST", "/devices/{id}/logout", "data", { params: { id } }, options),
    };
    this.contacts = {
      list: (query, options) => call.page("/contacts", "data.contacts", "data.pagination", { query }, options),
      verify: (body, options) => call.one("POST", "/contacts/verify", "data", { body }, options),
      get: (id, options) => call.one("GET", "/contacts/{id}", "data", { params: { id } }, options),
      update: (id, body, options) => call.one("PATCH", "/contacts/{id}", "data", { params: { id }, body }, options),
    };
    this.webhooks = {
      list: (options) => call.one("GET", "/webhooks", "data", {}, options),
      create: (body, options) => call.one("POST", "/webhooks", "data", { body }, options),
      get: (id, options) => call.one("GET", "/webhooks/{id}", "data", { params: { id } }, options),
      update: (id, body, options) => call.one("PUT", "/webhooks/{id}", "data", { params: { id }, body }, options),
      delete: (id, options) => call.one("DELETE", "/webhooks/{id}", "message", { params: { id } }, options),
      rotateSecret: (id, body, options) =>
        call.one("POST", "/webhooks/{id}/rotate-secret", "data", { params: { id }, body }, options),
      test: (id, body, options) => call.one("POST", "/webhooks/{id}/test", "data", { params: { id }, body }, options),
      deliveries: (id, query, options) =>
        call.page("/webhooks/{id}/deliveries", "data", "pagination", { params: { id }, query }, options),
      delivery: (id, deliveryId, options) =>
        call.one(
          "GET",
          "/webhooks/{id}/deliveries/{delivery_id}",
          "data",
          { params: { id, delivery_id: deliveryId } },
          options,
        ),
      replay: (id, deliveryId, options) =>
        call.one(
          "POST",
          "/webhooks/{id}/deliveries/{delivery_id}/replay",
          "data",
          { params: { id, delivery_id: deliveryId } },
          options,
        ),
      recover: (id, body, options) =>
        call.one("POST", "/webhooks/{id}/recover", "data", { params: { id }, body }, options),
    };
    this.events = {
      stream: (query, options) => call.stream("/events", { query }, options),
      trigger: (body, options) => call.one("POST", "/events/trigger", "data", { body }, options),
    };
    this.apiKeys = {
      list: (options) => call.one("GET", "/api-keys", "data", {}, options),
      create: (body, options) => call.one("POST", "/api-keys", "data", { body }, options),
      revoke: (id, options) => call.one("DELETE", "/api-keys/{id}", "message", { params: { id } }, options),
    };
    this.usage = { get: (options) => call.one("GET", "/usage", "data", {}, options) };
    this.session = {
      get: (options) => call.one("GET", "/session", "data", {}, options),
      signIn: (body, options) => call.one("POST", "/session", "data", { body }, options),
      signOut: (options) => call.one("DELETE", "/session", "message", {}, options),
      changePassword: (body, options) => call.one("PUT", "/session/password", "message", { body }, options),
      list: (options) => call.one("GET", "/sessions", "data", {}, options),
      signOutEverywhere: (options) => call.one("DELETE", "/sessions", "message", {}, options),
    };
    this.users = {
      invitations: (options) => call.one("GET", "/invitations", "data", {}, options),
      invite: (options) => call.one("POST", "/invitations", "data", {}, options),
      deleteInvitation: (id, options) =>
        call.one("DELETE", "/invitations/{id}", "message", { params: { id } }, options),
      acceptInvitation: (body, options) => call.one("POST", "/invitations/accept", "data", { body }, options),
      list: (options) => call.one("GET", "/users", "data", {}, options),
      delete: (id, options) => call.one("DELETE", "/users/{id}", "message", { params: { id } }, options),
    };
    this.auditLog = { list: (query, options) => call.page("/audit-log", "data", "pagination", { query }, options) };
    this.overview = { get: (query, options) => call.one("GET", "/overview", "data", { query }, options) };
    this.conversations = {
      list: (query, options) => call.page("/conversations", "data", "pagination", { query }, options),
    };
  }
}
