// Generated from openapi.yaml by `npm run generate`. Do not edit.

import { createRoute, type RouteConfig, z } from "@hono/zod-openapi";
import {
  ScopeSchema,
  ModeSchema,
  EventNameSchema,
  ErrorCodeSchema,
  MessageDirectionSchema,
  MessageStatusSchema,
  MessageTypeSchema,
  MessageOriginSchema,
  FailureCodeSchema,
  MessageFailureSchema,
  SendMessageRequestSchema,
  SentMessageSchema,
  MessageSchema,
  PaginationSchema,
  CursorPaginationSchema,
  DeviceStatusSchema,
  DisconnectReasonSchema,
  DeviceSchema,
  DeviceNameSchema,
  CreateDeviceRequestSchema,
  UpdateDeviceRequestSchema,
  DeviceQrSchema,
  PairingCodeRequestSchema,
  PairingCodeSchema,
  ContactSchema,
  UpdateContactRequestSchema,
  ContactNameSchema,
  VerifyContactsRequestSchema,
  VerifiedNumberSchema,
  WebhookSchema,
  WebhookDisabledReasonSchema,
  CreateWebhookRequestSchema,
  UpdateWebhookRequestSchema,
  WebhookUrlSchema,
  EventNamesSchema,
  WebhookDescriptionSchema,
  CreatedWebhookSchema,
  RotateSecretRequestSchema,
  RotatedSecretSchema,
  TestWebhookRequestSchema,
  TestedWebhookSchema,
  EventPositionSchema,
  EventStreamSchema,
  StreamGapSchema,
  TriggerEventRequestSchema,
  TriggeredEventSchema,
  RecoverRequestSchema,
  RecoveredDeliveriesSchema,
  DeliverySchema,
  DeliveryStatusSchema,
  WebhookVerificationSchema,
  DeliveryWithPayloadSchema,
  DeliveryAttemptSchema,
  KeyNameSchema,
  ApiKeySchema,
  CreatedApiKeySchema,
  CreateApiKeyRequestSchema,
  UsageWindowSchema,
  UsageQuotaSchema,
  PlanSchema,
  UsageSchema,
  UserNameSchema,
  NewPasswordSchema,
  SignInRequestSchema,
  ChangePasswordRequestSchema,
  AcceptInvitationRequestSchema,
  UserSchema,
  SessionSchema,
  SessionAccountSchema,
  ListedSessionSchema,
  InvitationSchema,
  NamedUserSchema,
  ListedInvitationSchema,
  AuditActorSchema,
  AuditEntrySchema,
  MessageCountsSchema,
  HourOfMessagesSchema,
  OverviewMessagesSchema,
  OverviewDevicesSchema,
  OverviewWebhooksSchema,
  AttentionKindSchema,
  AttentionSchema,
  OverviewSchema,
  ConversationSchema,
  ReceivedMessageDataSchema,
  MessageReplySchema,
  MessageMediaSchema,
  GroupMessageDataSchema,
  OutboundMessageDataSchema,
  DeviceDataSchema,
  DeviceQrDataSchema,
  WebhookDisabledDataSchema,
  WebhookTestDataSchema,
  MessageReceivedEventSchema,
  MessageSentEventSchema,
  MessageDeliveredEventSchema,
  MessageReadEventSchema,
  MessageFailedEventSchema,
  GroupMessageReceivedEventSchema,
  DeviceConnectedEventSchema,
  DeviceDisconnectedEventSchema,
  DeviceQrUpdatedEventSchema,
  DeviceRestrictedEventSchema,
  WebhookDisabledEventSchema,
  WebhookTestEventSchema,
  WebhookEventSchema,
  ErrorSchema,
  ErrorDetailSchema,
  BadRequestErrorSchema,
  UnauthorizedErrorSchema,
  ForbiddenErrorSchema,
  UserForbiddenErrorSchema,
  UserConflictErrorSchema,
  NotFoundErrorSchema,
  IdempotencyConflictErrorSchema,
  DeviceConflictErrorSchema,
  QrNotAvailableErrorSchema,
  VerificationFailedErrorSchema,
  IdempotencyMismatchErrorSchema,
  PayloadTooLargeErrorSchema,
  UnsupportedMediaTypeErrorSchema,
  RateLimitErrorSchema,
  InternalErrorSchema,
  SendingFailedErrorSchema,
} from "./schemas.js";
import { fromText, present, text, uniqueItems } from "./zod-helpers.js";

type ResponseConfig = Exclude<RouteConfig["responses"][string], { $ref: string }>;
type HeadersObject = Exclude<ResponseConfig["headers"], z.ZodObject | undefined>;
const BadRequestResponse = {
  description:
    "Something in the request is not valid. Codes: `invalid_json`, `invalid_request`; `details` names each field and its cure.",
  headers: {
    "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
    "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
    "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
    RateLimit: { $ref: "#/components/headers/RateLimit" },
    "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
  },
  content: { "application/json": { schema: BadRequestErrorSchema } },
} satisfies ResponseConfig;
const UnauthorizedResponse = {
  description: "The API key is missing or not valid. Code: `unauthorized`.",
  headers: {
    "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    "WWW-Authenticate": { $ref: "#/components/headers/WWW-Authenticate" },
  },
  content: {
    "application/json": {
      schema: UnauthorizedErrorSchema,
      example: {
        success: false,
        error: "Unauthorized",
        message: "Invalid or missing API key",
        code: "unauthorized",
        request_id: "req_0mh9x0f2k3v8q1w7z5c4b6n",
        retryable: false,
      },
    },
  },
} satisfies ResponseConfig;
const ForbiddenResponse = {
  description:
    "The key may not do this. Codes: `missing_scope` (the message names the scope), `mode_not_allowed`, `quota_exceeded` (the\naccount's monthly messages are used up), `limit_reached` (the space holds as many of this kind as it may), `key_limited` (a key\nthat is limited to some devices makes no others).\n",
  headers: {
    "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
    "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
    "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
    RateLimit: { $ref: "#/components/headers/RateLimit" },
    "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
  },
  content: { "application/json": { schema: ForbiddenErrorSchema } },
} satisfies ResponseConfig;
const NotFoundResponse = {
  description: "Nothing in this space has that id. Code: `not_found`.",
  headers: {
    "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
    "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
    "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
    RateLimit: { $ref: "#/components/headers/RateLimit" },
    "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
  },
  content: { "application/json": { schema: NotFoundErrorSchema } },
} satisfies ResponseConfig;
const IdempotencyConflictResponse = {
  description: "A request with this Idempotency-Key is still in flight. Code: `idempotency_in_flight`.",
  headers: {
    "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
    "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
    "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
    RateLimit: { $ref: "#/components/headers/RateLimit" },
    "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
    "Retry-After": { $ref: "#/components/headers/Retry-After" },
  },
  content: { "application/json": { schema: IdempotencyConflictErrorSchema } },
} satisfies ResponseConfig;
const DeviceConflictResponse = {
  description:
    "The device is connected or at least paired already (`device_already_connected`; log it out first), or a request with this Idempotency-Key is\nstill in flight (`idempotency_in_flight`, then with `Retry-After`).\n",
  headers: {
    "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
    "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
    "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
    RateLimit: { $ref: "#/components/headers/RateLimit" },
    "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
    "Retry-After": { description: "Seconds to wait, where waiting helps.", schema: { type: "integer", examples: [1] } },
  },
  content: { "application/json": { schema: DeviceConflictErrorSchema } },
} satisfies ResponseConfig;
const QrNotAvailableResponse = {
  description: "There is no QR code to scan. Codes: `device_already_connected`, `qr_not_available`.",
  headers: {
    "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
    "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
    "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
    RateLimit: { $ref: "#/components/headers/RateLimit" },
    "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
  },
  content: { "application/json": { schema: QrNotAvailableErrorSchema } },
} satisfies ResponseConfig;
const IdempotencyMismatchResponse = {
  description: "This Idempotency-Key was used with another request. Code: `idempotency_key_reused`.",
  headers: {
    "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
    "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
    "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
    RateLimit: { $ref: "#/components/headers/RateLimit" },
    "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
  },
  content: { "application/json": { schema: IdempotencyMismatchErrorSchema } },
} satisfies ResponseConfig;
const PayloadTooLargeResponse = {
  description: "The body is larger than 1 MiB. Code: `payload_too_large`.",
  headers: {
    "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
    "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
    "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
    RateLimit: { $ref: "#/components/headers/RateLimit" },
    "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
  },
  content: { "application/json": { schema: PayloadTooLargeErrorSchema } },
} satisfies ResponseConfig;
const UnsupportedMediaTypeResponse = {
  description: "The body is not declared as JSON. Code: `unsupported_media_type`.",
  headers: {
    "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
    "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
    "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
    RateLimit: { $ref: "#/components/headers/RateLimit" },
    "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
  },
  content: { "application/json": { schema: UnsupportedMediaTypeErrorSchema } },
} satisfies ResponseConfig;
const RateLimitedResponse = {
  description:
    "The rate limit of the space is used up, or too many requests with an invalid key came from this address\n(then without the headers of a limit), or too many streams are open. Code: `rate_limited`.\n",
  headers: {
    "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    "X-RateLimit-Limit": {
      description: "Requests allowed in the window that is used up.",
      schema: { type: "integer", examples: [100] },
    },
    "X-RateLimit-Remaining": { description: "0.", schema: { type: "integer", examples: [0] } },
    "X-RateLimit-Reset": {
      description: "When that window starts anew, in Unix seconds.",
      schema: { type: "integer", examples: [1696852860] },
    },
    RateLimit: {
      description: "The same by the IETF draft.",
      schema: { type: "string", examples: ['"minute";r=0;t=45'] },
    },
    "RateLimit-Policy": {
      description: "Both windows by the IETF draft.",
      schema: { type: "string", examples: ['"minute";q=100;w=60, "hour";q=6000;w=3600'] },
    },
    "Retry-After": { $ref: "#/components/headers/Retry-After" },
  },
  content: {
    "application/json": {
      schema: RateLimitErrorSchema,
      example: {
        success: false,
        error: "Rate limit exceeded",
        message: "You have exceeded the rate limit of 100 requests per minute",
        code: "rate_limited",
        request_id: "req_0mh9x0f2k3v8q1w7z5c4b6n",
        retryable: true,
        retryAfter: 45,
      },
    },
  },
} satisfies ResponseConfig;
const InternalErrorResponse = {
  description: "Something failed on the server; nothing of its inside is told. Code: `internal_error`.",
  headers: {
    "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
    "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
    "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
    RateLimit: { $ref: "#/components/headers/RateLimit" },
    "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
  },
  content: { "application/json": { schema: InternalErrorSchema } },
} satisfies ResponseConfig;
const SendingFailedResponse = {
  description:
    "The message was not sent. Codes: `device_not_connected` (nothing was stored; try again when a device is connected),\n`not_on_whatsapp`, `restricted`, `rejected` (stored as `failed`, under `message_id`; do not try again), `internal_error`.\n",
  headers: {
    "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
    "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
    "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
    RateLimit: { $ref: "#/components/headers/RateLimit" },
    "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
    "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
  },
  content: {
    "application/json": {
      schema: SendingFailedErrorSchema,
      example: {
        success: false,
        error: "Message sending failed",
        message: "No WhatsApp device is connected. Connect a device, then try again.",
        code: "device_not_connected",
        request_id: "req_0mh9x0f2k3v8q1w7z5c4b6n",
        retryable: true,
      },
    },
  },
} satisfies ResponseConfig;
const VerificationFailedResponse = {
  description:
    "The numbers could not be checked. Codes: `device_not_connected` (try again when a device is connected), `internal_error`.\n",
  headers: {
    "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
    "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
    "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
    "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
    RateLimit: { $ref: "#/components/headers/RateLimit" },
    "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
    "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
  },
  content: { "application/json": { schema: VerificationFailedErrorSchema } },
} satisfies ResponseConfig;
const UserBadRequestResponse = {
  description:
    "Something in the request is not valid. Codes: `invalid_json`, `invalid_request`; `details` names each field and its cure.",
  headers: { "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" } },
  content: { "application/json": { schema: BadRequestErrorSchema } },
} satisfies ResponseConfig;
const UserForbiddenResponse = {
  description:
    "Codes: `operator_only` (an API key was sent; sign in instead), `wrong_password` (name or password are wrong), `insecure_connection` (signing in\nneeds TLS, or plain HTTP on this machine), `limit_reached` (the account has as many users or open invitations as it may).\n",
  headers: { "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" } },
  content: { "application/json": { schema: UserForbiddenErrorSchema } },
} satisfies ResponseConfig;
const UserNotFoundResponse = {
  description:
    "Nothing in this account has that id, or the link was used, has expired or never was. Code: `not_found`.",
  headers: { "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" } },
  content: { "application/json": { schema: NotFoundErrorSchema } },
} satisfies ResponseConfig;
const UserConflictResponse = {
  description:
    "Codes: `name_taken` (another user has this name), `last_user` (the last user of an account cannot be removed).",
  headers: { "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" } },
  content: { "application/json": { schema: UserConflictErrorSchema } },
} satisfies ResponseConfig;
const UserPayloadTooLargeResponse = {
  description: "The body is larger than 1 MiB, or before anybody is signed in than 8 KiB. Code: `payload_too_large`.",
  headers: { "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" } },
  content: { "application/json": { schema: PayloadTooLargeErrorSchema } },
} satisfies ResponseConfig;
const UserUnsupportedMediaTypeResponse = {
  description: "The body is not declared as JSON. Code: `unsupported_media_type`.",
  headers: { "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" } },
  content: { "application/json": { schema: UnsupportedMediaTypeErrorSchema } },
} satisfies ResponseConfig;
const UserInternalErrorResponse = {
  description: "Something failed on the server; nothing of its inside is told. Code: `internal_error`.",
  headers: { "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" } },
  content: { "application/json": { schema: InternalErrorSchema } },
} satisfies ResponseConfig;

/** Send a message */
export const sendMessage = createRoute({
  method: "post",
  path: "/messages/send",
  operationId: "sendMessage",
  summary: "Send a message",
  description:
    "Sends one text message, to a phone number or to a contact, and waits for WhatsApp's acknowledgement.\n\nThe message is stored first. When WhatsApp's server acknowledges it, the answer's status is `sent`; when no\nacknowledgement comes within 15 seconds it is `pending`, and the `message.sent` or `message.failed` event tells how it ended.\nA message still pending after `ttl_seconds` fails with the code `expired`.\n\nGive exactly one of `phone_number` and `contact_id`. Without `device_id` the primary device sends, or else the only connected one.\n\nWith a test key, magic numbers play the rarer cases: `+12025550100` is not on WhatsApp, `+12025550101` is restricted,\n`+12025550102` is delivered after five seconds and never read, `+12025550103` is never acknowledged (answered at once as\n`pending`), `+12025550104` answers with an inbound `echo: <text>`.\n",
  tags: ["Messages"],
  security: [{ bearerAuth: ["messages:send"] }],
  "x-sdk": { resource: "messages", method: "send" },
  request: {
    headers: z.object({
      "Idempotency-Key": text({ minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" })
        .openapi({ examples: ["order-1042-confirmation"] })
        .optional()
        .openapi({
          param: {
            name: "Idempotency-Key",
            in: "header",
            description:
              "Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours.",
          },
        }),
    }),
    body: {
      required: true,
      content: {
        "application/json": {
          schema: SendMessageRequestSchema,
          example: { phone_number: "+94771234567", message: "Hello! How can we help you today?" },
        },
      },
    },
  },
  responses: {
    200: {
      description: "The message was stored, and sent unless its status says `pending`.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
        "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: SentMessageSchema }) } },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    409: IdempotencyConflictResponse,
    413: PayloadTooLargeResponse,
    415: UnsupportedMediaTypeResponse,
    422: IdempotencyMismatchResponse,
    429: RateLimitedResponse,
    500: SendingFailedResponse,
  },
});
/** List messages */
export const listMessages = createRoute({
  method: "get",
  path: "/messages",
  operationId: "listMessages",
  summary: "List messages",
  description:
    "Messages of both directions, newest first. Without filters, or with `contact_id` alone, the list can be read by `page`\nand has a `total`; with any other filter it is read by `cursor`. A filter that names something unknown matches nothing.\n",
  tags: ["Messages"],
  security: [{ bearerAuth: ["messages:read"] }],
  "x-sdk": { resource: "messages", method: "list" },
  "x-pagination": { style: "page", items: "data", pagination: "pagination" },
  request: {
    query: z.object({
      page: fromText
        .integer(
          z
            .int()
            .min(1)
            .max(1000000)
            .openapi({ examples: [1] }),
        )
        .optional()
        .openapi({ param: { name: "page", in: "query", description: "The page number, from 1." } }),
      limit: fromText
        .integer(z.int().min(1).max(100))
        .default(50)
        .openapi({ param: { name: "limit", in: "query", description: "Items on a page." } }),
      cursor: z
        .string()
        .openapi({ examples: ["MTc2MDE3ODYwMDAwMC4xNDU"] })
        .optional()
        .openapi({
          param: {
            name: "cursor",
            in: "query",
            description: "Where to go on, from `pagination.next_cursor`. Not together with `page`.",
          },
        }),
      contact_id: z
        .string()
        .openapi({ examples: ["contact_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .optional()
        .openapi({
          param: { name: "contact_id", in: "query", description: "Only messages exchanged with this contact." },
        }),
      device_id: z
        .string()
        .openapi({ examples: ["device_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .optional()
        .openapi({
          param: { name: "device_id", in: "query", description: "Only messages of this device. Read by cursor only." },
        }),
      direction: MessageDirectionSchema.optional().openapi({
        param: {
          name: "direction",
          in: "query",
          description: "Only inbound or only outbound messages. Read by cursor only.",
        },
      }),
      status: MessageStatusSchema.optional().openapi({
        param: { name: "status", in: "query", description: "Only messages with this status. Read by cursor only." },
      }),
      since: text({ format: "date-time" })
        .openapi({ examples: ["2025-10-11T00:00:00.000Z"] })
        .optional()
        .openapi({
          param: {
            name: "since",
            in: "query",
            description: "Only messages created at or after this time. Read by cursor only.",
          },
        }),
      until: text({ format: "date-time" })
        .openapi({ examples: ["2025-10-12T00:00:00.000Z"] })
        .optional()
        .openapi({
          param: {
            name: "until",
            in: "query",
            description: "Only messages created before this time. Read by cursor only.",
          },
        }),
    }),
  },
  responses: {
    200: {
      description: "One page of messages.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: {
        "application/json": {
          schema: z.object({ success: z.literal(true), data: z.array(MessageSchema), pagination: PaginationSchema }),
        },
      },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Get message status */
export const getMessage = createRoute({
  method: "get",
  path: "/messages/{id}",
  operationId: "getMessage",
  summary: "Get message status",
  description: "One message, with how far it got. Texts that were cut in a webhook are whole here.",
  tags: ["Messages"],
  security: [{ bearerAuth: ["messages:read"] }],
  "x-sdk": { resource: "messages", method: "get" },
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["msg_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The message's id." } }),
    }),
  },
  responses: {
    200: {
      description: "The message.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: MessageSchema }) } },
    },
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** List devices */
export const listDevices = createRoute({
  method: "get",
  path: "/devices",
  operationId: "listDevices",
  summary: "List devices",
  description:
    "All devices of the space, at most 100, in the order in which they were created. A test key has one, the sandbox, always `connected`.",
  tags: ["Devices"],
  security: [{ bearerAuth: ["devices:read"] }],
  "x-sdk": { resource: "devices", method: "list" },
  responses: {
    200: {
      description: "The devices.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: z.array(DeviceSchema) }) } },
    },
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Create a device */
export const createDevice = createRoute({
  method: "post",
  path: "/devices",
  operationId: "createDevice",
  summary: "Create a device",
  description:
    "Makes a device and starts to pair it: scan its QR code (`GET /devices/{id}/qr`) in WhatsApp on the phone, under *Linked devices*, or\nask for a pairing code. The first device of a space becomes its primary one. At most 100 devices per space.\n\nOnly for live keys: a test key has its sandbox (`mode_not_allowed`). A key that is limited to some devices makes no others (`key_limited`).\n",
  tags: ["Devices"],
  security: [{ bearerAuth: ["devices:manage"] }],
  "x-sdk": { resource: "devices", method: "create" },
  "x-audit": true,
  request: {
    headers: z.object({
      "Idempotency-Key": text({ minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" })
        .openapi({ examples: ["order-1042-confirmation"] })
        .optional()
        .openapi({
          param: {
            name: "Idempotency-Key",
            in: "header",
            description:
              "Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours.",
          },
        }),
    }),
    body: {
      required: true,
      content: { "application/json": { schema: CreateDeviceRequestSchema, example: { device_name: "Sales Line" } } },
    },
  },
  responses: {
    201: {
      description: "The device was created and waits to be paired.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
        "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: DeviceSchema }) } },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    409: IdempotencyConflictResponse,
    413: PayloadTooLargeResponse,
    415: UnsupportedMediaTypeResponse,
    422: IdempotencyMismatchResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Delete a device */
export const deleteDevice = createRoute({
  method: "delete",
  path: "/devices/{id}",
  operationId: "deleteDevice",
  summary: "Delete a device",
  description:
    "Unlinks a device from its phone where it can be reached, forgets its credentials and removes it. Its messages stay readable.\nWhen it was the primary device, the oldest one that is left becomes primary. The sandbox of a test key cannot be deleted.\n",
  tags: ["Devices"],
  security: [{ bearerAuth: ["devices:manage"] }],
  "x-sdk": { resource: "devices", method: "delete" },
  "x-audit": true,
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["device_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The device's id." } }),
    }),
  },
  responses: {
    200: {
      description: "The device was deleted.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            message: z.string().openapi({ examples: ["Device deleted successfully"] }),
          }),
        },
      },
    },
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Update a device */
export const updateDevice = createRoute({
  method: "patch",
  path: "/devices/{id}",
  operationId: "updateDevice",
  summary: "Update a device",
  description:
    "Renames a device, or makes it the primary one; the one that was primary is so no more. Absent fields keep their value. Read-only\nfields are ignored, so the answer of a get can be changed and sent back. The primary device cannot be made secondary: make\nanother one primary.\n",
  tags: ["Devices"],
  security: [{ bearerAuth: ["devices:manage"] }],
  "x-sdk": { resource: "devices", method: "update" },
  "x-audit": true,
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["device_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The device's id." } }),
    }),
    body: {
      required: true,
      content: {
        "application/json": {
          schema: UpdateDeviceRequestSchema,
          example: { device_name: "Sales Line", is_primary: true },
        },
      },
    },
  },
  responses: {
    200: {
      description: "The updated device.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: DeviceSchema }) } },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    413: PayloadTooLargeResponse,
    415: UnsupportedMediaTypeResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Get device status */
export const getDeviceStatus = createRoute({
  method: "get",
  path: "/devices/{id}/status",
  operationId: "getDeviceStatus",
  summary: "Get device status",
  description: "One device and the state of its connection.",
  tags: ["Devices"],
  security: [{ bearerAuth: ["devices:read"] }],
  "x-sdk": { resource: "devices", method: "status" },
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["device_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The device's id." } }),
    }),
  },
  responses: {
    200: {
      description: "The device.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: DeviceSchema }) } },
    },
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Get a device's QR code */
export const getDeviceQr = createRoute({
  method: "get",
  path: "/devices/{id}/qr",
  operationId: "getDeviceQr",
  summary: "Get a device's QR code",
  description:
    "The QR code that is to be scanned now, as its text, or as an image where `Accept` prefers `image/png` or `image/svg+xml`. WhatsApp\nreplaces it after some seconds: ask again after `expires_at`, or follow the `device.qr_updated` event. Right after a device was\ncreated the answer waits up to ten seconds for the first code.\n\nA device that is connected has none (`device_already_connected`). Where none comes (`qr_not_available`) the pairing is over or the\ndevice is paired already: `POST /devices/{id}/reconnect`, and for another phone `POST /devices/{id}/logout` before it.\n",
  tags: ["Devices"],
  security: [{ bearerAuth: ["devices:manage"] }],
  "x-sdk": { resource: "devices", method: "qr" },
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["device_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The device's id." } }),
    }),
  },
  responses: {
    200: {
      description: "The QR code. Whoever scans it links the phone to this server; treat it as a secret.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: {
        "application/json": { schema: z.object({ success: z.literal(true), data: DeviceQrSchema }) },
        "image/png": { schema: z.string().openapi({ description: "The QR code as a picture, with its quiet zone." }) },
        "image/svg+xml": {
          schema: z.string().openapi({ description: "The QR code as a drawing, with its quiet zone." }),
        },
      },
    },
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    409: QrNotAvailableResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Pair by code */
export const createPairingCode = createRoute({
  method: "post",
  path: "/devices/{id}/pairing-code",
  operationId: "createPairingCode",
  summary: "Pair by code",
  description:
    "Starts pairing with a code instead of the QR code, for a phone that cannot scan: in WhatsApp on the phone, under *Linked\ndevices*, choose *Link with phone number instead* and type the code in. `phone_number` is that phone's own number.\n",
  tags: ["Devices"],
  security: [{ bearerAuth: ["devices:manage"] }],
  "x-sdk": { resource: "devices", method: "pairingCode" },
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["device_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The device's id." } }),
    }),
    headers: z.object({
      "Idempotency-Key": text({ minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" })
        .openapi({ examples: ["order-1042-confirmation"] })
        .optional()
        .openapi({
          param: {
            name: "Idempotency-Key",
            in: "header",
            description:
              "Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours.",
          },
        }),
    }),
    body: {
      required: true,
      content: { "application/json": { schema: PairingCodeRequestSchema, example: { phone_number: "+94771234567" } } },
    },
  },
  responses: {
    200: {
      description: "The code to type in on the phone.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
        "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: PairingCodeSchema }) } },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    409: DeviceConflictResponse,
    413: PayloadTooLargeResponse,
    415: UnsupportedMediaTypeResponse,
    422: IdempotencyMismatchResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Reconnect a device */
export const reconnectDevice = createRoute({
  method: "post",
  path: "/devices/{id}/reconnect",
  operationId: "reconnectDevice",
  summary: "Reconnect a device",
  description:
    "Connects a device that is disconnected; one that is not paired (any more) shows QR codes first. Devices whose connection was merely\nlost reconnect by themselves. A device that is connected stays so.\n",
  tags: ["Devices"],
  security: [{ bearerAuth: ["devices:manage"] }],
  "x-sdk": { resource: "devices", method: "reconnect" },
  "x-audit": true,
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["device_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The device's id." } }),
    }),
    headers: z.object({
      "Idempotency-Key": text({ minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" })
        .openapi({ examples: ["order-1042-confirmation"] })
        .optional()
        .openapi({
          param: {
            name: "Idempotency-Key",
            in: "header",
            description:
              "Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours.",
          },
        }),
    }),
  },
  responses: {
    200: {
      description: "Connecting has begun; events and the device's status tell how it goes on.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
        "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: DeviceSchema }) } },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    409: IdempotencyConflictResponse,
    422: IdempotencyMismatchResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Log a device out */
export const logoutDevice = createRoute({
  method: "post",
  path: "/devices/{id}/logout",
  operationId: "logoutDevice",
  summary: "Log a device out",
  description:
    "Unlinks a device from its phone where it can be reached, and forgets its credentials in any case. The device stays, disconnected\n(`logged_out`), and can be paired again with `POST /devices/{id}/reconnect`. The sandbox of a test key cannot be logged out.\n",
  tags: ["Devices"],
  security: [{ bearerAuth: ["devices:manage"] }],
  "x-sdk": { resource: "devices", method: "logout" },
  "x-audit": true,
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["device_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The device's id." } }),
    }),
    headers: z.object({
      "Idempotency-Key": text({ minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" })
        .openapi({ examples: ["order-1042-confirmation"] })
        .optional()
        .openapi({
          param: {
            name: "Idempotency-Key",
            in: "header",
            description:
              "Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours.",
          },
        }),
    }),
  },
  responses: {
    200: {
      description: "The device is logged out.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
        "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: DeviceSchema }) } },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    409: IdempotencyConflictResponse,
    422: IdempotencyMismatchResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** List contacts */
export const listContacts = createRoute({
  method: "get",
  path: "/contacts",
  operationId: "listContacts",
  summary: "List contacts",
  description:
    "Everyone you exchanged a message with, the newest contact first. Here `pagination` stands inside `data`.",
  tags: ["Contacts"],
  security: [{ bearerAuth: ["contacts:read"] }],
  "x-sdk": { resource: "contacts", method: "list" },
  "x-pagination": { style: "page", items: "data.contacts", pagination: "data.pagination" },
  request: {
    query: z.object({
      page: fromText
        .integer(
          z
            .int()
            .min(1)
            .max(1000000)
            .openapi({ examples: [1] }),
        )
        .optional()
        .openapi({ param: { name: "page", in: "query", description: "The page number, from 1." } }),
      limit: fromText
        .integer(z.int().min(1).max(100))
        .default(50)
        .openapi({ param: { name: "limit", in: "query", description: "Items on a page." } }),
      cursor: z
        .string()
        .openapi({ examples: ["MTc2MDE3ODYwMDAwMC4xNDU"] })
        .optional()
        .openapi({
          param: {
            name: "cursor",
            in: "query",
            description: "Where to go on, from `pagination.next_cursor`. Not together with `page`.",
          },
        }),
    }),
  },
  responses: {
    200: {
      description: "One page of contacts.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            data: z.object({ contacts: z.array(ContactSchema), pagination: PaginationSchema }),
          }),
        },
      },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Check numbers */
export const verifyContacts = createRoute({
  method: "post",
  path: "/contacts/verify",
  operationId: "verifyContacts",
  summary: "Check numbers",
  description:
    "Tells of each number whether it has a WhatsApp account, in the order asked. What WhatsApp said is kept, for a week when there\nis an account and for an hour when there is none; only what is not known is asked, through a connected device.\nMakes no contacts. Checking long lists of strangers is a way to get restricted.\n\nWithout a connected device, when something has to be asked: 500 with the code `device_not_connected`.\n",
  tags: ["Contacts"],
  security: [{ bearerAuth: ["contacts:read"] }],
  "x-sdk": { resource: "contacts", method: "verify" },
  request: {
    headers: z.object({
      "Idempotency-Key": text({ minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" })
        .openapi({ examples: ["order-1042-confirmation"] })
        .optional()
        .openapi({
          param: {
            name: "Idempotency-Key",
            in: "header",
            description:
              "Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours.",
          },
        }),
    }),
    body: {
      required: true,
      content: {
        "application/json": {
          schema: VerifyContactsRequestSchema,
          example: { phone_numbers: ["+94771234567", "+12025550100"] },
        },
      },
    },
  },
  responses: {
    200: {
      description: "What is known of each number.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
        "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
      },
      content: {
        "application/json": { schema: z.object({ success: z.literal(true), data: z.array(VerifiedNumberSchema) }) },
      },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    409: IdempotencyConflictResponse,
    413: PayloadTooLargeResponse,
    415: UnsupportedMediaTypeResponse,
    422: IdempotencyMismatchResponse,
    429: RateLimitedResponse,
    500: VerificationFailedResponse,
  },
});
/** Get a contact */
export const getContact = createRoute({
  method: "get",
  path: "/contacts/{id}",
  operationId: "getContact",
  summary: "Get a contact",
  description: "One contact.",
  tags: ["Contacts"],
  security: [{ bearerAuth: ["contacts:read"] }],
  "x-sdk": { resource: "contacts", method: "get" },
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["contact_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The contact's id." } }),
    }),
  },
  responses: {
    200: {
      description: "The contact.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: ContactSchema }) } },
    },
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Update a contact */
export const updateContact = createRoute({
  method: "patch",
  path: "/contacts/{id}",
  operationId: "updateContact",
  summary: "Update a contact",
  description:
    "Names a contact. Your name stays, whatever the contact calls itself on WhatsApp; with null, WhatsApp's name comes back with the\ncontact's next message. Read-only fields are ignored.\n",
  tags: ["Contacts"],
  security: [{ bearerAuth: ["contacts:write"] }],
  "x-sdk": { resource: "contacts", method: "update" },
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["contact_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The contact's id." } }),
    }),
    body: {
      required: true,
      content: { "application/json": { schema: UpdateContactRequestSchema, example: { name: "John Doe" } } },
    },
  },
  responses: {
    200: {
      description: "The updated contact.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: ContactSchema }) } },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    413: PayloadTooLargeResponse,
    415: UnsupportedMediaTypeResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** List webhooks */
export const listWebhooks = createRoute({
  method: "get",
  path: "/webhooks",
  operationId: "listWebhooks",
  summary: "List webhooks",
  description:
    "All webhooks of the space, at most 100, in the order in which they were created. Secrets are never shown again.",
  tags: ["Webhooks"],
  security: [{ bearerAuth: ["webhooks:manage"] }],
  "x-sdk": { resource: "webhooks", method: "list" },
  responses: {
    200: {
      description: "The webhooks.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: z.array(WebhookSchema) }) } },
    },
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Create a webhook */
export const createWebhook = createRoute({
  method: "post",
  path: "/webhooks",
  operationId: "createWebhook",
  summary: "Create a webhook",
  description:
    "Registers an address that is told of events by signed POST requests, and answers its signing secret: save it, it is not\nshown again. At most 100 webhooks per space.\n\nThe address must be `http` or `https`, without credentials, and public: private, loopback, link-local and cloud metadata\naddresses are refused unless the operator allows them.\n",
  tags: ["Webhooks"],
  security: [{ bearerAuth: ["webhooks:manage"] }],
  "x-sdk": { resource: "webhooks", method: "create" },
  "x-audit": true,
  request: {
    headers: z.object({
      "Idempotency-Key": text({ minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" })
        .openapi({ examples: ["order-1042-confirmation"] })
        .optional()
        .openapi({
          param: {
            name: "Idempotency-Key",
            in: "header",
            description:
              "Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours.",
          },
        }),
    }),
    body: {
      required: true,
      content: {
        "application/json": {
          schema: CreateWebhookRequestSchema,
          example: {
            url: "https://your-domain.com/webhooks/whatsflow",
            events: ["message.received", "message.sent", "device.disconnected"],
            description: "Production webhook for CRM integration",
          },
        },
      },
    },
  },
  responses: {
    201: {
      description: "The webhook was created. Its secret is shown this once.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
        "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            data: CreatedWebhookSchema,
            message: z
              .string()
              .openapi({ examples: ["Webhook created successfully. Save the secret - it will not be shown again."] }),
          }),
        },
      },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    409: IdempotencyConflictResponse,
    413: PayloadTooLargeResponse,
    415: UnsupportedMediaTypeResponse,
    422: IdempotencyMismatchResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Get a webhook */
export const getWebhook = createRoute({
  method: "get",
  path: "/webhooks/{id}",
  operationId: "getWebhook",
  summary: "Get a webhook",
  description: "One webhook, without its secret.",
  tags: ["Webhooks"],
  security: [{ bearerAuth: ["webhooks:manage"] }],
  "x-sdk": { resource: "webhooks", method: "get" },
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["webhook_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The webhook's id." } }),
    }),
  },
  responses: {
    200: {
      description: "The webhook.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: WebhookSchema }) } },
    },
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Update a webhook */
export const updateWebhook = createRoute({
  method: "put",
  path: "/webhooks/{id}",
  operationId: "updateWebhook",
  summary: "Update a webhook",
  description:
    "Changes the fields that are given; absent fields keep their value. Read-only fields are ignored, so the answer of a get can\nbe changed and put back. Setting `is_active` to true starts a disabled webhook again.\n",
  tags: ["Webhooks"],
  security: [{ bearerAuth: ["webhooks:manage"] }],
  "x-sdk": { resource: "webhooks", method: "update" },
  "x-audit": true,
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["webhook_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The webhook's id." } }),
    }),
    body: {
      required: true,
      content: {
        "application/json": {
          schema: UpdateWebhookRequestSchema,
          example: { url: "https://new-domain.com/webhooks", events: ["message.received"], is_active: true },
        },
      },
    },
  },
  responses: {
    200: {
      description: "The updated webhook.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: WebhookSchema }) } },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    413: PayloadTooLargeResponse,
    415: UnsupportedMediaTypeResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Delete a webhook */
export const deleteWebhook = createRoute({
  method: "delete",
  path: "/webhooks/{id}",
  operationId: "deleteWebhook",
  summary: "Delete a webhook",
  description: "Removes a webhook with its delivery log. What was still to be delivered to it is dropped.",
  tags: ["Webhooks"],
  security: [{ bearerAuth: ["webhooks:manage"] }],
  "x-sdk": { resource: "webhooks", method: "delete" },
  "x-audit": true,
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["webhook_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The webhook's id." } }),
    }),
  },
  responses: {
    200: {
      description: "The webhook was deleted.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            message: z.string().openapi({ examples: ["Webhook deleted successfully"] }),
          }),
        },
      },
    },
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Rotate a webhook's secret */
export const rotateWebhookSecret = createRoute({
  method: "post",
  path: "/webhooks/{id}/rotate-secret",
  operationId: "rotateWebhookSecret",
  summary: "Rotate a webhook's secret",
  description:
    "Makes a new secret, shown this once. Until the overlap ends every request carries the signatures of both secrets in\n`webhook-signature`, and `X-Webhook-Signature` is still made with the old one; so the receiver can be changed at any time in\nbetween. With an overlap of 0 the old secret is worth nothing at once. Rotated again within an overlap, the secret before the last\nis dropped.\n",
  tags: ["Webhooks"],
  security: [{ bearerAuth: ["webhooks:manage"] }],
  "x-sdk": { resource: "webhooks", method: "rotateSecret" },
  "x-audit": true,
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["webhook_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The webhook's id." } }),
    }),
    headers: z.object({
      "Idempotency-Key": text({ minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" })
        .openapi({ examples: ["order-1042-confirmation"] })
        .optional()
        .openapi({
          param: {
            name: "Idempotency-Key",
            in: "header",
            description:
              "Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours.",
          },
        }),
    }),
    body: {
      required: false,
      content: { "application/json": { schema: RotateSecretRequestSchema, example: { overlap_seconds: 86400 } } },
    },
  },
  responses: {
    200: {
      description: "The new secret.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
        "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            data: RotatedSecretSchema,
            message: z
              .string()
              .openapi({ examples: ["Secret rotated successfully. Save the secret - it will not be shown again."] }),
          }),
        },
      },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    409: IdempotencyConflictResponse,
    413: PayloadTooLargeResponse,
    415: UnsupportedMediaTypeResponse,
    422: IdempotencyMismatchResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Test a webhook */
export const testWebhook = createRoute({
  method: "post",
  path: "/webhooks/{id}/test",
  operationId: "testWebhook",
  summary: "Test a webhook",
  description:
    "Queues one `webhook.test` event for this webhook, whatever events it is registered for and whether or not it is active. With\n`verify` it is followed by a copy whose signatures are wrong, and the delivery tells whether the receiver refused that.\n",
  tags: ["Webhooks"],
  security: [{ bearerAuth: ["webhooks:manage"] }],
  "x-sdk": { resource: "webhooks", method: "test" },
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["webhook_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The webhook's id." } }),
    }),
    headers: z.object({
      "Idempotency-Key": text({ minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" })
        .openapi({ examples: ["order-1042-confirmation"] })
        .optional()
        .openapi({
          param: {
            name: "Idempotency-Key",
            in: "header",
            description:
              "Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours.",
          },
        }),
    }),
    body: {
      required: false,
      content: { "application/json": { schema: TestWebhookRequestSchema, example: { verify: true } } },
    },
  },
  responses: {
    200: {
      description: "The test event was queued; the delivery log tells how it went.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
        "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            data: TestedWebhookSchema,
            message: z.string().openapi({ examples: ["Test webhook queued for delivery"] }),
          }),
        },
      },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    409: IdempotencyConflictResponse,
    413: PayloadTooLargeResponse,
    415: UnsupportedMediaTypeResponse,
    422: IdempotencyMismatchResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Get webhook deliveries */
export const listWebhookDeliveries = createRoute({
  method: "get",
  path: "/webhooks/{id}/deliveries",
  operationId: "listWebhookDeliveries",
  summary: "Get webhook deliveries",
  description:
    "The delivery log of a webhook, newest first. A delivery is one event for one webhook; `attempts` lists each try. With a filter\na page may hold fewer than `limit`, even none, although others follow: go on while there is a `next_cursor`.\n",
  tags: ["Webhooks"],
  security: [{ bearerAuth: ["webhooks:manage"] }],
  "x-sdk": { resource: "webhooks", method: "deliveries" },
  "x-pagination": { style: "cursor", items: "data", pagination: "pagination" },
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["webhook_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The webhook's id." } }),
    }),
    query: z.object({
      limit: fromText
        .integer(z.int().min(1).max(100))
        .default(50)
        .openapi({ param: { name: "limit", in: "query", description: "Items on a page." } }),
      cursor: z
        .string()
        .openapi({ examples: ["MTc2MDE3ODYwMDAwMC4xNDU"] })
        .optional()
        .openapi({
          param: {
            name: "cursor",
            in: "query",
            description: "Where to go on, from `pagination.next_cursor`. Not together with `page`.",
          },
        }),
      status: DeliveryStatusSchema.optional().openapi({
        param: { name: "status", in: "query", description: "Only deliveries with this status." },
      }),
      event_type: EventNameSchema.optional().openapi({
        param: { name: "event_type", in: "query", description: "Only deliveries of this event." },
      }),
      since: text({ format: "date-time" })
        .openapi({ examples: ["2025-10-11T00:00:00.000Z"] })
        .optional()
        .openapi({
          param: { name: "since", in: "query", description: "Only deliveries of events at or after this time." },
        }),
      until: text({ format: "date-time" })
        .openapi({ examples: ["2025-10-12T00:00:00.000Z"] })
        .optional()
        .openapi({ param: { name: "until", in: "query", description: "Only deliveries of events before this time." } }),
    }),
  },
  responses: {
    200: {
      description: "One page of deliveries.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            data: z.array(DeliverySchema),
            pagination: CursorPaginationSchema,
          }),
        },
      },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Get a webhook delivery */
export const getWebhookDelivery = createRoute({
  method: "get",
  path: "/webhooks/{id}/deliveries/{delivery_id}",
  operationId: "getWebhookDelivery",
  summary: "Get a webhook delivery",
  description: "One delivery with its attempts and the body that is sent.",
  tags: ["Webhooks"],
  security: [{ bearerAuth: ["webhooks:manage"] }],
  "x-sdk": { resource: "webhooks", method: "delivery" },
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["webhook_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The webhook's id." } }),
      delivery_id: z
        .string()
        .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "delivery_id", in: "path", description: "The delivery's id." } }),
    }),
  },
  responses: {
    200: {
      description: "The delivery.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: {
        "application/json": { schema: z.object({ success: z.literal(true), data: DeliveryWithPayloadSchema }) },
      },
    },
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Replay a webhook delivery */
export const replayWebhookDelivery = createRoute({
  method: "post",
  path: "/webhooks/{id}/deliveries/{delivery_id}/replay",
  operationId: "replayWebhookDelivery",
  summary: "Replay a webhook delivery",
  description:
    "Sends a delivery again, whatever its status, under the same id and with the same body: a receiver that remembers what it has\nprocessed does nothing twice. Its retries begin anew; while the webhook is not active there is one attempt. A delivery with an\nattempt under way is left as it is.\n",
  tags: ["Webhooks"],
  security: [{ bearerAuth: ["webhooks:manage"] }],
  "x-sdk": { resource: "webhooks", method: "replay" },
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["webhook_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The webhook's id." } }),
      delivery_id: z
        .string()
        .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "delivery_id", in: "path", description: "The delivery's id." } }),
    }),
    headers: z.object({
      "Idempotency-Key": text({ minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" })
        .openapi({ examples: ["order-1042-confirmation"] })
        .optional()
        .openapi({
          param: {
            name: "Idempotency-Key",
            in: "header",
            description:
              "Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours.",
          },
        }),
    }),
  },
  responses: {
    200: {
      description: "The delivery, which is due now.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
        "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: DeliverySchema }) } },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    409: IdempotencyConflictResponse,
    422: IdempotencyMismatchResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Recover failed deliveries */
export const recoverWebhookDeliveries = createRoute({
  method: "post",
  path: "/webhooks/{id}/recover",
  operationId: "recoverWebhookDeliveries",
  summary: "Recover failed deliveries",
  description:
    "Sends all deliveries since a time again that failed or were skipped, for example after the receiver was down for days; tests are\nleft out. The webhook has to be active. Asked for again, what was received meanwhile is left alone.\n",
  tags: ["Webhooks"],
  security: [{ bearerAuth: ["webhooks:manage"] }],
  "x-sdk": { resource: "webhooks", method: "recover" },
  "x-audit": true,
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["webhook_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The webhook's id." } }),
    }),
    headers: z.object({
      "Idempotency-Key": text({ minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" })
        .openapi({ examples: ["order-1042-confirmation"] })
        .optional()
        .openapi({
          param: {
            name: "Idempotency-Key",
            in: "header",
            description:
              "Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours.",
          },
        }),
    }),
    body: {
      required: true,
      content: { "application/json": { schema: RecoverRequestSchema, example: { since: "2025-10-11T00:00:00.000Z" } } },
    },
  },
  responses: {
    200: {
      description: "How many are sent again.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
        "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
      },
      content: {
        "application/json": { schema: z.object({ success: z.literal(true), data: RecoveredDeliveriesSchema }) },
      },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    409: IdempotencyConflictResponse,
    413: PayloadTooLargeResponse,
    415: UnsupportedMediaTypeResponse,
    422: IdempotencyMismatchResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Stream events */
export const streamEvents = createRoute({
  method: "get",
  path: "/events",
  operationId: "streamEvents",
  summary: "Stream events",
  description:
    'The events of the space as they happen, as server-sent events (`text/event-stream`), for programs that no webhook can reach. `data` is\nthe very body that a webhook gets, `event` its name, `id` its place in the stream:\n\n```text\nretry: 2000\nid: 41\n\nid: 42\nevent: message.received\ndata: {"event":"message.received","timestamp":"2025-10-11T10:30:00.000Z","data":{…}}\n```\n\nThe stream begins now, or after the event that `Last-Event-ID` names; it is read from storage, so a client that reconnects with the\nlast id that it saw misses nothing and gets nothing twice. The first block has an `id` already, so this also holds before\nthe first event. Now and then an `id` comes alone: events passed that the client did not ask for.\n\nWhere events after that id are no longer kept, an event named `gap` comes first, with a `StreamGap` as its `data`, and the stream goes on\nwith what is left. A comment line comes every 15 seconds: a client that hears nothing for 45 seconds should reconnect.\n\nA key that is limited to devices (`device_ids`) is told of these devices alone. The stream ends when the key is revoked or expires, and when the\nserver stops: reconnect. A space has at most 200 streams open; one more is a 429.\n\nIt counts as one request. The answer has `Cache-Control: no-store`, and `X-Accel-Buffering: no` for proxies.\n',
  tags: ["Events"],
  security: [{ bearerAuth: ["events:read"] }],
  "x-sdk": { resource: "events", method: "stream" },
  request: {
    query: z.object({
      events: z
        .string()
        .openapi({ examples: ["message.received,message.failed"] })
        .optional()
        .openapi({
          param: {
            name: "events",
            in: "query",
            description: "Only these events, by their names, separated by commas.",
          },
        }),
      last_event_id: EventPositionSchema.optional().openapi({
        param: {
          name: "last_event_id",
          in: "query",
          description:
            "The same as the header `Last-Event-ID`, for clients that cannot set it. The header goes before it.",
        },
      }),
    }),
    headers: z.object({
      "Last-Event-ID": EventPositionSchema.optional().openapi({
        param: {
          name: "Last-Event-ID",
          in: "header",
          description: "The `id` that was read last. Without it the stream begins now.",
        },
      }),
    }),
  },
  responses: {
    200: {
      description: "The stream. It does not end by itself.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "text/event-stream": { schema: EventStreamSchema } },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Trigger an event */
export const triggerEvent = createRoute({
  method: "post",
  path: "/events/trigger",
  operationId: "triggerEvent",
  summary: "Trigger an event",
  description:
    "Makes an event of your choice happen, with sample data, so that you can see what your program does with it. Webhooks and streams get\nit like any other. Nothing else happens: the ids in it, but the device's, lead nowhere.\n\nOnly for test keys (`mode_not_allowed`). A key that is limited to devices triggers what is about one of them (`key_limited`).\n",
  tags: ["Events"],
  security: [{ bearerAuth: ["webhooks:manage"] }],
  "x-sdk": { resource: "events", method: "trigger" },
  request: {
    headers: z.object({
      "Idempotency-Key": text({ minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" })
        .openapi({ examples: ["order-1042-confirmation"] })
        .optional()
        .openapi({
          param: {
            name: "Idempotency-Key",
            in: "header",
            description:
              "Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours.",
          },
        }),
    }),
    body: {
      required: true,
      content: { "application/json": { schema: TriggerEventRequestSchema, example: { event: "device.disconnected" } } },
    },
  },
  responses: {
    200: {
      description: "The event happened.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
        "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: TriggeredEventSchema }) } },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    409: IdempotencyConflictResponse,
    413: PayloadTooLargeResponse,
    415: UnsupportedMediaTypeResponse,
    422: IdempotencyMismatchResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** List API keys */
export const listApiKeys = createRoute({
  method: "get",
  path: "/api-keys",
  operationId: "listApiKeys",
  summary: "List API keys",
  description:
    "The keys of this space that are not revoked, at most 100, in the order in which they were created. The keys themselves are never shown again.",
  tags: ["API keys"],
  security: [{ bearerAuth: ["keys:manage"] }],
  "x-sdk": { resource: "apiKeys", method: "list" },
  responses: {
    200: {
      description: "The keys.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: z.array(ApiKeySchema) }) } },
    },
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Create an API key */
export const createApiKey = createRoute({
  method: "post",
  path: "/api-keys",
  operationId: "createApiKey",
  summary: "Create an API key",
  description:
    "Makes a key for this space. It never exceeds the key that makes it: not in scopes, not in mode, not in devices, and not in\ntime: made by a key that expires, it expires with it at the latest.\nThe key is shown this once.\n",
  tags: ["API keys"],
  security: [{ bearerAuth: ["keys:manage"] }],
  "x-sdk": { resource: "apiKeys", method: "create" },
  "x-audit": true,
  request: {
    headers: z.object({
      "Idempotency-Key": text({ minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" })
        .openapi({ examples: ["order-1042-confirmation"] })
        .optional()
        .openapi({
          param: {
            name: "Idempotency-Key",
            in: "header",
            description:
              "Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours.",
          },
        }),
    }),
    body: {
      required: true,
      content: {
        "application/json": {
          schema: CreateApiKeyRequestSchema,
          example: { name: "Accounting", scopes: ["messages:send", "messages:read"] },
        },
      },
    },
  },
  responses: {
    201: {
      description: "The key was created and is shown this once.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
        "Idempotent-Replayed": { $ref: "#/components/headers/Idempotent-Replayed" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            data: CreatedApiKeySchema,
            message: z
              .string()
              .openapi({ examples: ["API key created successfully. Save the key - it will not be shown again."] }),
          }),
        },
      },
    },
    400: BadRequestResponse,
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    409: IdempotencyConflictResponse,
    413: PayloadTooLargeResponse,
    415: UnsupportedMediaTypeResponse,
    422: IdempotencyMismatchResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Revoke an API key */
export const revokeApiKey = createRoute({
  method: "delete",
  path: "/api-keys/{id}",
  operationId: "revokeApiKey",
  summary: "Revoke an API key",
  description: "The key stops working with the answer to this request. A key may revoke itself.",
  tags: ["API keys"],
  security: [{ bearerAuth: ["keys:manage"] }],
  "x-sdk": { resource: "apiKeys", method: "revoke" },
  "x-audit": true,
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["key_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The key's id (not the key itself)." } }),
    }),
  },
  responses: {
    200: {
      description: "The key was revoked.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            message: z.string().openapi({ examples: ["API key revoked successfully"] }),
          }),
        },
      },
    },
    401: UnauthorizedResponse,
    403: ForbiddenResponse,
    404: NotFoundResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Get usage */
export const getUsage = createRoute({
  method: "get",
  path: "/usage",
  operationId: "getUsage",
  summary: "Get usage",
  description:
    "What is used of the rate limits (per space) and of the monthly message quota (per account). Any key may ask.",
  tags: ["Usage"],
  security: [{ bearerAuth: [] }],
  "x-sdk": { resource: "usage", method: "get" },
  responses: {
    200: {
      description: "The usage as it stands, this request included.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: UsageSchema }) } },
    },
    401: UnauthorizedResponse,
    429: RateLimitedResponse,
    500: InternalErrorResponse,
  },
});
/** Get the session */
export const getSession = createRoute({
  method: "get",
  path: "/session",
  operationId: "getSession",
  summary: "Get the session",
  description: "Who is signed in, to which account, on which version of the server. A 401 says that nobody is.",
  tags: ["Sessions"],
  security: [{ sessionCookie: [] }],
  "x-sdk": { resource: "session", method: "get" },
  "x-audience": "operator",
  responses: {
    200: {
      description: "The session.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: SessionSchema }) } },
    },
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});
/** Sign in */
export const signIn = createRoute({
  method: "post",
  path: "/session",
  operationId: "signIn",
  summary: "Sign in",
  description:
    "Begins a session and sets its cookie: `__Host-whatsflow` over TLS, `whatsflow` over plain HTTP on this machine. Anywhere else plain HTTP is refused\n(`insecure_connection`). A wrong name and a wrong password are answered alike (`wrong_password`), and after several of them the next\ntry has to wait (`rate_limited`).\n",
  tags: ["Sessions"],
  security: [],
  "x-sdk": { resource: "session", method: "signIn" },
  "x-audience": "operator",
  "x-audit": true,
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: SignInRequestSchema,
          example: { name: "anna@example.com", password: "correct horse battery" },
        },
      },
    },
  },
  responses: {
    200: {
      description: "You are signed in.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "Set-Cookie": { $ref: "#/components/headers/Set-Cookie" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: SessionSchema }) } },
    },
    400: UserBadRequestResponse,
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    413: UserPayloadTooLargeResponse,
    415: UserUnsupportedMediaTypeResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});
/** Sign out */
export const signOut = createRoute({
  method: "delete",
  path: "/session",
  operationId: "signOut",
  summary: "Sign out",
  description: "Ends this session, and its open streams. The cookie is removed.",
  tags: ["Sessions"],
  security: [{ sessionCookie: [] }],
  "x-sdk": { resource: "session", method: "signOut" },
  "x-audience": "operator",
  responses: {
    200: {
      description: "You are signed out.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "Set-Cookie": { $ref: "#/components/headers/Set-Cookie" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            message: z.string().openapi({ examples: ["Signed out successfully"] }),
          }),
        },
      },
    },
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});
/** Change the password */
export const changePassword = createRoute({
  method: "put",
  path: "/session/password",
  operationId: "changePassword",
  summary: "Change the password",
  description:
    "Sets a new password for the signed-in user, and signs all other sessions of this user out. This session goes on under a new cookie.",
  tags: ["Sessions"],
  security: [{ sessionCookie: [] }],
  "x-sdk": { resource: "session", method: "changePassword" },
  "x-audience": "operator",
  "x-audit": true,
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: ChangePasswordRequestSchema,
          example: { current_password: "correct horse battery", new_password: "staple correct horse" },
        },
      },
    },
  },
  responses: {
    200: {
      description: "The password was changed.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "Set-Cookie": { $ref: "#/components/headers/Set-Cookie" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            message: z.string().openapi({ examples: ["Password changed successfully"] }),
          }),
        },
      },
    },
    400: UserBadRequestResponse,
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    413: UserPayloadTooLargeResponse,
    415: UserUnsupportedMediaTypeResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});
/** List your sessions */
export const listSessions = createRoute({
  method: "get",
  path: "/sessions",
  operationId: "listSessions",
  summary: "List your sessions",
  description: "Where the signed-in user is signed in, at most 100 sessions, the one that was used last first.",
  tags: ["Sessions"],
  security: [{ sessionCookie: [] }],
  "x-sdk": { resource: "session", method: "list" },
  "x-audience": "operator",
  responses: {
    200: {
      description: "The sessions.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: {
        "application/json": { schema: z.object({ success: z.literal(true), data: z.array(ListedSessionSchema) }) },
      },
    },
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});
/** Sign out everywhere */
export const signOutEverywhere = createRoute({
  method: "delete",
  path: "/sessions",
  operationId: "signOutEverywhere",
  summary: "Sign out everywhere",
  description: "Ends all sessions of the signed-in user, this one too, and their open streams.",
  tags: ["Sessions"],
  security: [{ sessionCookie: [] }],
  "x-sdk": { resource: "session", method: "signOutEverywhere" },
  "x-audience": "operator",
  "x-audit": true,
  responses: {
    200: {
      description: "You are signed out everywhere.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "Set-Cookie": { $ref: "#/components/headers/Set-Cookie" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            message: z.string().openapi({ examples: ["Signed out everywhere"] }),
          }),
        },
      },
    },
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});
/** List open invitations */
export const listInvitations = createRoute({
  method: "get",
  path: "/invitations",
  operationId: "listInvitations",
  summary: "List open invitations",
  description:
    "The links of this account that nobody has used yet and that have not expired, without their tokens, the oldest first. There are at most 20, and one for each user whose password is to be set anew.",
  tags: ["Users"],
  security: [{ sessionCookie: [] }],
  "x-sdk": { resource: "users", method: "invitations" },
  "x-audience": "operator",
  responses: {
    200: {
      description: "The open invitations.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: {
        "application/json": { schema: z.object({ success: z.literal(true), data: z.array(ListedInvitationSchema) }) },
      },
    },
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});
/** Invite a colleague */
export const createInvitation = createRoute({
  method: "post",
  path: "/invitations",
  operationId: "createInvitation",
  summary: "Invite a colleague",
  description:
    "Makes a link by which one person can become a user of this account. It works once, for 24 hours, and is shown this once: hand it on by a way\nthat you trust. Put the server's own address before `path`. It ends with the user who made it, and when that user signs out everywhere or\nchanges the password.\n",
  tags: ["Users"],
  security: [{ sessionCookie: [] }],
  "x-sdk": { resource: "users", method: "invite" },
  "x-audience": "operator",
  "x-audit": true,
  responses: {
    201: {
      description: "The invitation, shown this once.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: InvitationSchema }) } },
    },
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});
/** Void an invitation */
export const deleteInvitation = createRoute({
  method: "delete",
  path: "/invitations/{id}",
  operationId: "deleteInvitation",
  summary: "Void an invitation",
  description: "Voids a link of this account, whoever made it. One that was used or has expired is a 404.",
  tags: ["Users"],
  security: [{ sessionCookie: [] }],
  "x-sdk": { resource: "users", method: "deleteInvitation" },
  "x-audience": "operator",
  "x-audit": true,
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["invite_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The invitation's id." } }),
    }),
  },
  responses: {
    200: {
      description: "The invitation is void.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            message: z.string().openapi({ examples: ["Invitation voided successfully"] }),
          }),
        },
      },
    },
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    404: UserNotFoundResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});
/** Use a one-time link */
export const acceptInvitation = createRoute({
  method: "post",
  path: "/invitations/accept",
  operationId: "acceptInvitation",
  summary: "Use a one-time link",
  description:
    "Makes the user whom a link invites, or sets the password of the user whose link it is anew (which signs that user out everywhere), and signs in.\nA link that was used, has expired or never was is a 404. The connection must be as for signing in.\n",
  tags: ["Users"],
  security: [],
  "x-sdk": { resource: "users", method: "acceptInvitation" },
  "x-audience": "operator",
  "x-audit": true,
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: AcceptInvitationRequestSchema,
          example: {
            token: "Jx0pV5dYk2uQ8sTn3bWz7rLc1mFh6gEa9iKo4yUeRtS",
            name: "anna@example.com",
            password: "correct horse battery",
          },
        },
      },
    },
  },
  responses: {
    200: {
      description: "You are signed in.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "Set-Cookie": { $ref: "#/components/headers/Set-Cookie" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: SessionSchema }) } },
    },
    400: UserBadRequestResponse,
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    404: UserNotFoundResponse,
    409: UserConflictResponse,
    413: UserPayloadTooLargeResponse,
    415: UserUnsupportedMediaTypeResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});
/** List users */
export const listUsers = createRoute({
  method: "get",
  path: "/users",
  operationId: "listUsers",
  summary: "List users",
  description: "The people who may sign in to this account, at most 100, in the order in which they came.",
  tags: ["Users"],
  security: [{ sessionCookie: [] }],
  "x-sdk": { resource: "users", method: "list" },
  "x-audience": "operator",
  responses: {
    200: {
      description: "The users.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: z.array(UserSchema) }) } },
    },
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});
/** Remove a user */
export const deleteUser = createRoute({
  method: "delete",
  path: "/users/{id}",
  operationId: "deleteUser",
  summary: "Remove a user",
  description:
    "Removes a user of this account, and ends all sessions of that user. The last user of an account cannot be removed (`last_user`).",
  tags: ["Users"],
  security: [{ sessionCookie: [] }],
  "x-sdk": { resource: "users", method: "delete" },
  "x-audience": "operator",
  "x-audit": true,
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ examples: ["user_0mh9x0f2k3v8q1w7z5c4b6n"] })
        .openapi({ param: { name: "id", in: "path", description: "The user's id." } }),
    }),
  },
  responses: {
    200: {
      description: "The user was removed.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            message: z.string().openapi({ examples: ["User removed successfully"] }),
          }),
        },
      },
    },
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    404: UserNotFoundResponse,
    409: UserConflictResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});
/** List the audit log */
export const listAuditLog = createRoute({
  method: "get",
  path: "/audit-log",
  operationId: "listAuditLog",
  summary: "List the audit log",
  description:
    "Who did what in this account, in both modes, newest first; kept for a year. It holds no secrets and no texts of messages.",
  tags: ["Users"],
  security: [{ sessionCookie: [] }],
  "x-sdk": { resource: "auditLog", method: "list" },
  "x-pagination": { style: "cursor", items: "data", pagination: "pagination" },
  "x-audience": "operator",
  request: {
    query: z.object({
      limit: fromText
        .integer(z.int().min(1).max(100))
        .default(50)
        .openapi({ param: { name: "limit", in: "query", description: "Items on a page." } }),
      cursor: z
        .string()
        .openapi({ examples: ["MTc2MDE3ODYwMDAwMC4xNDU"] })
        .optional()
        .openapi({
          param: {
            name: "cursor",
            in: "query",
            description: "Where to go on, from `pagination.next_cursor`. Not together with `page`.",
          },
        }),
    }),
  },
  responses: {
    200: {
      description: "One page of the log.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            data: z.array(AuditEntrySchema),
            pagination: CursorPaginationSchema,
          }),
        },
      },
    },
    400: UserBadRequestResponse,
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});
/** Get the overview */
export const getOverview = createRoute({
  method: "get",
  path: "/overview",
  operationId: "getOverview",
  summary: "Get the overview",
  description: "Devices, messages, webhooks and usage of the space, and what of them needs attention.",
  tags: ["Overview"],
  security: [{ sessionCookie: [] }],
  "x-sdk": { resource: "overview", method: "get" },
  "x-audience": "operator",
  request: {
    query: z.object({
      since: text({ format: "date-time" })
        .openapi({ examples: ["2025-10-10T18:30:00.000Z"] })
        .optional()
        .openapi({
          param: {
            name: "since",
            in: "query",
            description:
              "When today began where you are, at most 26 hours ago; counted by quarters of an hour. Without it, today began at midnight UTC.",
          },
        }),
    }),
  },
  responses: {
    200: {
      description: "The overview.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: { "application/json": { schema: z.object({ success: z.literal(true), data: OverviewSchema }) } },
    },
    400: UserBadRequestResponse,
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});
/** List conversations */
export const listConversations = createRoute({
  method: "get",
  path: "/conversations",
  operationId: "listConversations",
  summary: "List conversations",
  description:
    "Contacts with their last message, the one that was written last first. With `search`, a page looks at a limited number of\nconversations: it may hold fewer than `limit`, or none, and still have a `next_cursor` to search on from.\n",
  tags: ["Overview"],
  security: [{ sessionCookie: [] }],
  "x-sdk": { resource: "conversations", method: "list" },
  "x-pagination": { style: "cursor", items: "data", pagination: "pagination" },
  "x-audience": "operator",
  request: {
    query: z.object({
      limit: fromText
        .integer(z.int().min(1).max(100))
        .default(50)
        .openapi({ param: { name: "limit", in: "query", description: "Items on a page." } }),
      cursor: z
        .string()
        .openapi({ examples: ["MTc2MDE3ODYwMDAwMC4xNDU"] })
        .optional()
        .openapi({
          param: {
            name: "cursor",
            in: "query",
            description: "Where to go on, from `pagination.next_cursor`. Not together with `page`.",
          },
        }),
      search: text({ minLength: 1, maxLength: 100 })
        .openapi({ examples: ["john"] })
        .optional()
        .openapi({
          param: {
            name: "search",
            in: "query",
            description:
              "Only contacts with this in their name or number, whatever its case, or the spaces and dashes in a number.",
          },
        }),
    }),
  },
  responses: {
    200: {
      description: "One page of conversations.",
      headers: {
        "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
        "X-RateLimit-Limit": { $ref: "#/components/headers/X-RateLimit-Limit" },
        "X-RateLimit-Remaining": { $ref: "#/components/headers/X-RateLimit-Remaining" },
        "X-RateLimit-Reset": { $ref: "#/components/headers/X-RateLimit-Reset" },
        RateLimit: { $ref: "#/components/headers/RateLimit" },
        "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
      },
      content: {
        "application/json": {
          schema: z.object({
            success: z.literal(true),
            data: z.array(ConversationSchema),
            pagination: CursorPaginationSchema,
          }),
        },
      },
    },
    400: UserBadRequestResponse,
    401: UnauthorizedResponse,
    403: UserForbiddenResponse,
    429: RateLimitedResponse,
    500: UserInternalErrorResponse,
  },
});

/** Every operation, by its operationId. */
export const routes = {
  sendMessage,
  listMessages,
  getMessage,
  listDevices,
  createDevice,
  deleteDevice,
  updateDevice,
  getDeviceStatus,
  getDeviceQr,
  createPairingCode,
  reconnectDevice,
  logoutDevice,
  listContacts,
  verifyContacts,
  getContact,
  updateContact,
  listWebhooks,
  createWebhook,
  getWebhook,
  updateWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  testWebhook,
  listWebhookDeliveries,
  getWebhookDelivery,
  replayWebhookDelivery,
  recoverWebhookDeliveries,
  streamEvents,
  triggerEvent,
  listApiKeys,
  createApiKey,
  revokeApiKey,
  getUsage,
  getSession,
  signIn,
  signOut,
  changePassword,
  listSessions,
  signOutEverywhere,
  listInvitations,
  createInvitation,
  deleteInvitation,
  acceptInvitation,
  listUsers,
  deleteUser,
  listAuditLog,
  getOverview,
  listConversations,
} as const;

/** Every event that the server sends out, by its name. */
export const webhookRoutes = {
  "message.received": createRoute({
    method: "post",
    path: "message.received",
    operationId: "onMessageReceived",
    summary: "Inbound message received",
    description:
      "Someone wrote to one of your devices, in a direct chat. Messages in groups are `group.message.received`.",
    tags: ["Webhooks"],
    security: [],
    request: {
      headers: z.object({
        "X-Webhook-Event": EventNameSchema.openapi({
          param: { name: "X-Webhook-Event", in: "header", description: "The event's name, as in the body." },
        }),
        "X-Webhook-Signature": text({ pattern: "^sha256=[0-9a-f]{64}$" }).openapi({
          param: {
            name: "X-Webhook-Signature",
            in: "header",
            description: "`sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8.",
          },
        }),
        "X-Webhook-Delivery-Id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "X-Webhook-Delivery-Id",
              in: "header",
              description:
                "One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm.",
            },
          }),
        "webhook-id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "webhook-id",
              in: "header",
              description: "The delivery id again, under the name that Standard Webhooks gives it.",
            },
          }),
        "webhook-timestamp": text({ pattern: "^[0-9]+$" })
          .openapi({ examples: ["1760178600"] })
          .openapi({
            param: {
              name: "webhook-timestamp",
              in: "header",
              description: "When this attempt was signed, in Unix seconds.",
            },
          }),
        "webhook-signature": text({ pattern: "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$" }).openapi({
          param: {
            name: "webhook-signature",
            in: "header",
            description:
              "Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the\nbase64 after `whsec_` stands for. Several signatures are separated by spaces.\n",
          },
        }),
        "User-Agent": z
          .literal("WhatsFlow-Webhooks/1.0")
          .openapi({ param: { name: "User-Agent", in: "header", description: "The sender." } }),
      }),
      body: { required: true, content: { "application/json": { schema: MessageReceivedEventSchema } } },
    },
    responses: {
      410: { description: "Gone: the webhook is disabled." },
      "2XX": { description: "Received. Answer within 30 seconds and work afterwards." },
      default: { description: "Not received: it is delivered again later, under the same delivery id." },
    },
  }),
  "message.sent": createRoute({
    method: "post",
    path: "message.sent",
    operationId: "onMessageSent",
    summary: "Outbound message sent",
    description:
      "WhatsApp's server acknowledged a message that was sent through this API, or on the phone itself (`origin` is `phone`).",
    tags: ["Webhooks"],
    security: [],
    request: {
      headers: z.object({
        "X-Webhook-Event": EventNameSchema.openapi({
          param: { name: "X-Webhook-Event", in: "header", description: "The event's name, as in the body." },
        }),
        "X-Webhook-Signature": text({ pattern: "^sha256=[0-9a-f]{64}$" }).openapi({
          param: {
            name: "X-Webhook-Signature",
            in: "header",
            description: "`sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8.",
          },
        }),
        "X-Webhook-Delivery-Id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "X-Webhook-Delivery-Id",
              in: "header",
              description:
                "One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm.",
            },
          }),
        "webhook-id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "webhook-id",
              in: "header",
              description: "The delivery id again, under the name that Standard Webhooks gives it.",
            },
          }),
        "webhook-timestamp": text({ pattern: "^[0-9]+$" })
          .openapi({ examples: ["1760178600"] })
          .openapi({
            param: {
              name: "webhook-timestamp",
              in: "header",
              description: "When this attempt was signed, in Unix seconds.",
            },
          }),
        "webhook-signature": text({ pattern: "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$" }).openapi({
          param: {
            name: "webhook-signature",
            in: "header",
            description:
              "Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the\nbase64 after `whsec_` stands for. Several signatures are separated by spaces.\n",
          },
        }),
        "User-Agent": z
          .literal("WhatsFlow-Webhooks/1.0")
          .openapi({ param: { name: "User-Agent", in: "header", description: "The sender." } }),
      }),
      body: { required: true, content: { "application/json": { schema: MessageSentEventSchema } } },
    },
    responses: {
      410: { description: "Gone: the webhook is disabled." },
      "2XX": { description: "Received. Answer within 30 seconds and work afterwards." },
      default: { description: "Not received: it is delivered again later, under the same delivery id." },
    },
  }),
  "message.delivered": createRoute({
    method: "post",
    path: "message.delivered",
    operationId: "onMessageDelivered",
    summary: "Message delivered to recipient",
    description: "The message reached the recipient's phone.",
    tags: ["Webhooks"],
    security: [],
    request: {
      headers: z.object({
        "X-Webhook-Event": EventNameSchema.openapi({
          param: { name: "X-Webhook-Event", in: "header", description: "The event's name, as in the body." },
        }),
        "X-Webhook-Signature": text({ pattern: "^sha256=[0-9a-f]{64}$" }).openapi({
          param: {
            name: "X-Webhook-Signature",
            in: "header",
            description: "`sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8.",
          },
        }),
        "X-Webhook-Delivery-Id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "X-Webhook-Delivery-Id",
              in: "header",
              description:
                "One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm.",
            },
          }),
        "webhook-id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "webhook-id",
              in: "header",
              description: "The delivery id again, under the name that Standard Webhooks gives it.",
            },
          }),
        "webhook-timestamp": text({ pattern: "^[0-9]+$" })
          .openapi({ examples: ["1760178600"] })
          .openapi({
            param: {
              name: "webhook-timestamp",
              in: "header",
              description: "When this attempt was signed, in Unix seconds.",
            },
          }),
        "webhook-signature": text({ pattern: "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$" }).openapi({
          param: {
            name: "webhook-signature",
            in: "header",
            description:
              "Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the\nbase64 after `whsec_` stands for. Several signatures are separated by spaces.\n",
          },
        }),
        "User-Agent": z
          .literal("WhatsFlow-Webhooks/1.0")
          .openapi({ param: { name: "User-Agent", in: "header", description: "The sender." } }),
      }),
      body: { required: true, content: { "application/json": { schema: MessageDeliveredEventSchema } } },
    },
    responses: {
      410: { description: "Gone: the webhook is disabled." },
      "2XX": { description: "Received. Answer within 30 seconds and work afterwards." },
      default: { description: "Not received: it is delivered again later, under the same delivery id." },
    },
  }),
  "message.read": createRoute({
    method: "post",
    path: "message.read",
    operationId: "onMessageRead",
    summary: "Message read by recipient",
    description:
      "The recipient opened the chat. Recipients may switch this off; it may come without a `message.delivered` before it.",
    tags: ["Webhooks"],
    security: [],
    request: {
      headers: z.object({
        "X-Webhook-Event": EventNameSchema.openapi({
          param: { name: "X-Webhook-Event", in: "header", description: "The event's name, as in the body." },
        }),
        "X-Webhook-Signature": text({ pattern: "^sha256=[0-9a-f]{64}$" }).openapi({
          param: {
            name: "X-Webhook-Signature",
            in: "header",
            description: "`sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8.",
          },
        }),
        "X-Webhook-Delivery-Id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "X-Webhook-Delivery-Id",
              in: "header",
              description:
                "One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm.",
            },
          }),
        "webhook-id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "webhook-id",
              in: "header",
              description: "The delivery id again, under the name that Standard Webhooks gives it.",
            },
          }),
        "webhook-timestamp": text({ pattern: "^[0-9]+$" })
          .openapi({ examples: ["1760178600"] })
          .openapi({
            param: {
              name: "webhook-timestamp",
              in: "header",
              description: "When this attempt was signed, in Unix seconds.",
            },
          }),
        "webhook-signature": text({ pattern: "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$" }).openapi({
          param: {
            name: "webhook-signature",
            in: "header",
            description:
              "Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the\nbase64 after `whsec_` stands for. Several signatures are separated by spaces.\n",
          },
        }),
        "User-Agent": z
          .literal("WhatsFlow-Webhooks/1.0")
          .openapi({ param: { name: "User-Agent", in: "header", description: "The sender." } }),
      }),
      body: { required: true, content: { "application/json": { schema: MessageReadEventSchema } } },
    },
    responses: {
      410: { description: "Gone: the webhook is disabled." },
      "2XX": { description: "Received. Answer within 30 seconds and work afterwards." },
      default: { description: "Not received: it is delivered again later, under the same delivery id." },
    },
  }),
  "message.failed": createRoute({
    method: "post",
    path: "message.failed",
    operationId: "onMessageFailed",
    summary: "Message failed to send",
    description: "The message will not be sent; `failure` says why.",
    tags: ["Webhooks"],
    security: [],
    request: {
      headers: z.object({
        "X-Webhook-Event": EventNameSchema.openapi({
          param: { name: "X-Webhook-Event", in: "header", description: "The event's name, as in the body." },
        }),
        "X-Webhook-Signature": text({ pattern: "^sha256=[0-9a-f]{64}$" }).openapi({
          param: {
            name: "X-Webhook-Signature",
            in: "header",
            description: "`sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8.",
          },
        }),
        "X-Webhook-Delivery-Id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "X-Webhook-Delivery-Id",
              in: "header",
              description:
                "One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm.",
            },
          }),
        "webhook-id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "webhook-id",
              in: "header",
              description: "The delivery id again, under the name that Standard Webhooks gives it.",
            },
          }),
        "webhook-timestamp": text({ pattern: "^[0-9]+$" })
          .openapi({ examples: ["1760178600"] })
          .openapi({
            param: {
              name: "webhook-timestamp",
              in: "header",
              description: "When this attempt was signed, in Unix seconds.",
            },
          }),
        "webhook-signature": text({ pattern: "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$" }).openapi({
          param: {
            name: "webhook-signature",
            in: "header",
            description:
              "Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the\nbase64 after `whsec_` stands for. Several signatures are separated by spaces.\n",
          },
        }),
        "User-Agent": z
          .literal("WhatsFlow-Webhooks/1.0")
          .openapi({ param: { name: "User-Agent", in: "header", description: "The sender." } }),
      }),
      body: { required: true, content: { "application/json": { schema: MessageFailedEventSchema } } },
    },
    responses: {
      410: { description: "Gone: the webhook is disabled." },
      "2XX": { description: "Received. Answer within 30 seconds and work afterwards." },
      default: { description: "Not received: it is delivered again later, under the same delivery id." },
    },
  }),
  "group.message.received": createRoute({
    method: "post",
    path: "group.message.received",
    operationId: "onGroupMessageReceived",
    summary: "Inbound group message received",
    description: "Someone wrote in a group that one of your devices is in.",
    tags: ["Webhooks"],
    security: [],
    request: {
      headers: z.object({
        "X-Webhook-Event": EventNameSchema.openapi({
          param: { name: "X-Webhook-Event", in: "header", description: "The event's name, as in the body." },
        }),
        "X-Webhook-Signature": text({ pattern: "^sha256=[0-9a-f]{64}$" }).openapi({
          param: {
            name: "X-Webhook-Signature",
            in: "header",
            description: "`sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8.",
          },
        }),
        "X-Webhook-Delivery-Id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "X-Webhook-Delivery-Id",
              in: "header",
              description:
                "One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm.",
            },
          }),
        "webhook-id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "webhook-id",
              in: "header",
              description: "The delivery id again, under the name that Standard Webhooks gives it.",
            },
          }),
        "webhook-timestamp": text({ pattern: "^[0-9]+$" })
          .openapi({ examples: ["1760178600"] })
          .openapi({
            param: {
              name: "webhook-timestamp",
              in: "header",
              description: "When this attempt was signed, in Unix seconds.",
            },
          }),
        "webhook-signature": text({ pattern: "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$" }).openapi({
          param: {
            name: "webhook-signature",
            in: "header",
            description:
              "Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the\nbase64 after `whsec_` stands for. Several signatures are separated by spaces.\n",
          },
        }),
        "User-Agent": z
          .literal("WhatsFlow-Webhooks/1.0")
          .openapi({ param: { name: "User-Agent", in: "header", description: "The sender." } }),
      }),
      body: { required: true, content: { "application/json": { schema: GroupMessageReceivedEventSchema } } },
    },
    responses: {
      410: { description: "Gone: the webhook is disabled." },
      "2XX": { description: "Received. Answer within 30 seconds and work afterwards." },
      default: { description: "Not received: it is delivered again later, under the same delivery id." },
    },
  }),
  "device.connected": createRoute({
    method: "post",
    path: "device.connected",
    operationId: "onDeviceConnected",
    summary: "Device connected successfully",
    description: "A device is online and ready to send.",
    tags: ["Webhooks"],
    security: [],
    request: {
      headers: z.object({
        "X-Webhook-Event": EventNameSchema.openapi({
          param: { name: "X-Webhook-Event", in: "header", description: "The event's name, as in the body." },
        }),
        "X-Webhook-Signature": text({ pattern: "^sha256=[0-9a-f]{64}$" }).openapi({
          param: {
            name: "X-Webhook-Signature",
            in: "header",
            description: "`sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8.",
          },
        }),
        "X-Webhook-Delivery-Id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "X-Webhook-Delivery-Id",
              in: "header",
              description:
                "One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm.",
            },
          }),
        "webhook-id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "webhook-id",
              in: "header",
              description: "The delivery id again, under the name that Standard Webhooks gives it.",
            },
          }),
        "webhook-timestamp": text({ pattern: "^[0-9]+$" })
          .openapi({ examples: ["1760178600"] })
          .openapi({
            param: {
              name: "webhook-timestamp",
              in: "header",
              description: "When this attempt was signed, in Unix seconds.",
            },
          }),
        "webhook-signature": text({ pattern: "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$" }).openapi({
          param: {
            name: "webhook-signature",
            in: "header",
            description:
              "Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the\nbase64 after `whsec_` stands for. Several signatures are separated by spaces.\n",
          },
        }),
        "User-Agent": z
          .literal("WhatsFlow-Webhooks/1.0")
          .openapi({ param: { name: "User-Agent", in: "header", description: "The sender." } }),
      }),
      body: { required: true, content: { "application/json": { schema: DeviceConnectedEventSchema } } },
    },
    responses: {
      410: { description: "Gone: the webhook is disabled." },
      "2XX": { description: "Received. Answer within 30 seconds and work afterwards." },
      default: { description: "Not received: it is delivered again later, under the same delivery id." },
    },
  }),
  "device.disconnected": createRoute({
    method: "post",
    path: "device.disconnected",
    operationId: "onDeviceDisconnected",
    summary: "Device lost connection",
    description: "A device went offline; `reason` says why, and whether it comes back by itself.",
    tags: ["Webhooks"],
    security: [],
    request: {
      headers: z.object({
        "X-Webhook-Event": EventNameSchema.openapi({
          param: { name: "X-Webhook-Event", in: "header", description: "The event's name, as in the body." },
        }),
        "X-Webhook-Signature": text({ pattern: "^sha256=[0-9a-f]{64}$" }).openapi({
          param: {
            name: "X-Webhook-Signature",
            in: "header",
            description: "`sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8.",
          },
        }),
        "X-Webhook-Delivery-Id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "X-Webhook-Delivery-Id",
              in: "header",
              description:
                "One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm.",
            },
          }),
        "webhook-id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "webhook-id",
              in: "header",
              description: "The delivery id again, under the name that Standard Webhooks gives it.",
            },
          }),
        "webhook-timestamp": text({ pattern: "^[0-9]+$" })
          .openapi({ examples: ["1760178600"] })
          .openapi({
            param: {
              name: "webhook-timestamp",
              in: "header",
              description: "When this attempt was signed, in Unix seconds.",
            },
          }),
        "webhook-signature": text({ pattern: "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$" }).openapi({
          param: {
            name: "webhook-signature",
            in: "header",
            description:
              "Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the\nbase64 after `whsec_` stands for. Several signatures are separated by spaces.\n",
          },
        }),
        "User-Agent": z
          .literal("WhatsFlow-Webhooks/1.0")
          .openapi({ param: { name: "User-Agent", in: "header", description: "The sender." } }),
      }),
      body: { required: true, content: { "application/json": { schema: DeviceDisconnectedEventSchema } } },
    },
    responses: {
      410: { description: "Gone: the webhook is disabled." },
      "2XX": { description: "Received. Answer within 30 seconds and work afterwards." },
      default: { description: "Not received: it is delivered again later, under the same delivery id." },
    },
  }),
  "device.qr_updated": createRoute({
    method: "post",
    path: "device.qr_updated",
    operationId: "onDeviceQrUpdated",
    summary: "New QR code generated",
    description: "A device waits for its QR code to be scanned; the code before this one is void.",
    tags: ["Webhooks"],
    security: [],
    request: {
      headers: z.object({
        "X-Webhook-Event": EventNameSchema.openapi({
          param: { name: "X-Webhook-Event", in: "header", description: "The event's name, as in the body." },
        }),
        "X-Webhook-Signature": text({ pattern: "^sha256=[0-9a-f]{64}$" }).openapi({
          param: {
            name: "X-Webhook-Signature",
            in: "header",
            description: "`sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8.",
          },
        }),
        "X-Webhook-Delivery-Id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "X-Webhook-Delivery-Id",
              in: "header",
              description:
                "One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm.",
            },
          }),
        "webhook-id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "webhook-id",
              in: "header",
              description: "The delivery id again, under the name that Standard Webhooks gives it.",
            },
          }),
        "webhook-timestamp": text({ pattern: "^[0-9]+$" })
          .openapi({ examples: ["1760178600"] })
          .openapi({
            param: {
              name: "webhook-timestamp",
              in: "header",
              description: "When this attempt was signed, in Unix seconds.",
            },
          }),
        "webhook-signature": text({ pattern: "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$" }).openapi({
          param: {
            name: "webhook-signature",
            in: "header",
            description:
              "Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the\nbase64 after `whsec_` stands for. Several signatures are separated by spaces.\n",
          },
        }),
        "User-Agent": z
          .literal("WhatsFlow-Webhooks/1.0")
          .openapi({ param: { name: "User-Agent", in: "header", description: "The sender." } }),
      }),
      body: { required: true, content: { "application/json": { schema: DeviceQrUpdatedEventSchema } } },
    },
    responses: {
      410: { description: "Gone: the webhook is disabled." },
      "2XX": { description: "Received. Answer within 30 seconds and work afterwards." },
      default: { description: "Not received: it is delivered again later, under the same delivery id." },
    },
  }),
  "device.restricted": createRoute({
    method: "post",
    path: "device.restricted",
    operationId: "onDeviceRestricted",
    summary: "Device restricted by WhatsApp",
    description:
      "WhatsApp limits what this account may send. Retrying makes it worse; wait, and write to people who know you.",
    tags: ["Webhooks"],
    security: [],
    request: {
      headers: z.object({
        "X-Webhook-Event": EventNameSchema.openapi({
          param: { name: "X-Webhook-Event", in: "header", description: "The event's name, as in the body." },
        }),
        "X-Webhook-Signature": text({ pattern: "^sha256=[0-9a-f]{64}$" }).openapi({
          param: {
            name: "X-Webhook-Signature",
            in: "header",
            description: "`sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8.",
          },
        }),
        "X-Webhook-Delivery-Id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "X-Webhook-Delivery-Id",
              in: "header",
              description:
                "One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm.",
            },
          }),
        "webhook-id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "webhook-id",
              in: "header",
              description: "The delivery id again, under the name that Standard Webhooks gives it.",
            },
          }),
        "webhook-timestamp": text({ pattern: "^[0-9]+$" })
          .openapi({ examples: ["1760178600"] })
          .openapi({
            param: {
              name: "webhook-timestamp",
              in: "header",
              description: "When this attempt was signed, in Unix seconds.",
            },
          }),
        "webhook-signature": text({ pattern: "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$" }).openapi({
          param: {
            name: "webhook-signature",
            in: "header",
            description:
              "Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the\nbase64 after `whsec_` stands for. Several signatures are separated by spaces.\n",
          },
        }),
        "User-Agent": z
          .literal("WhatsFlow-Webhooks/1.0")
          .openapi({ param: { name: "User-Agent", in: "header", description: "The sender." } }),
      }),
      body: { required: true, content: { "application/json": { schema: DeviceRestrictedEventSchema } } },
    },
    responses: {
      410: { description: "Gone: the webhook is disabled." },
      "2XX": { description: "Received. Answer within 30 seconds and work afterwards." },
      default: { description: "Not received: it is delivered again later, under the same delivery id." },
    },
  }),
  "webhook.disabled": createRoute({
    method: "post",
    path: "webhook.disabled",
    operationId: "onWebhookDisabled",
    summary: "Webhook disabled",
    description: "Another webhook of the space was disabled, because it answered 410 or failed for days.",
    tags: ["Webhooks"],
    security: [],
    request: {
      headers: z.object({
        "X-Webhook-Event": EventNameSchema.openapi({
          param: { name: "X-Webhook-Event", in: "header", description: "The event's name, as in the body." },
        }),
        "X-Webhook-Signature": text({ pattern: "^sha256=[0-9a-f]{64}$" }).openapi({
          param: {
            name: "X-Webhook-Signature",
            in: "header",
            description: "`sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8.",
          },
        }),
        "X-Webhook-Delivery-Id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "X-Webhook-Delivery-Id",
              in: "header",
              description:
                "One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm.",
            },
          }),
        "webhook-id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "webhook-id",
              in: "header",
              description: "The delivery id again, under the name that Standard Webhooks gives it.",
            },
          }),
        "webhook-timestamp": text({ pattern: "^[0-9]+$" })
          .openapi({ examples: ["1760178600"] })
          .openapi({
            param: {
              name: "webhook-timestamp",
              in: "header",
              description: "When this attempt was signed, in Unix seconds.",
            },
          }),
        "webhook-signature": text({ pattern: "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$" }).openapi({
          param: {
            name: "webhook-signature",
            in: "header",
            description:
              "Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the\nbase64 after `whsec_` stands for. Several signatures are separated by spaces.\n",
          },
        }),
        "User-Agent": z
          .literal("WhatsFlow-Webhooks/1.0")
          .openapi({ param: { name: "User-Agent", in: "header", description: "The sender." } }),
      }),
      body: { required: true, content: { "application/json": { schema: WebhookDisabledEventSchema } } },
    },
    responses: {
      410: { description: "Gone: the webhook is disabled." },
      "2XX": { description: "Received. Answer within 30 seconds and work afterwards." },
      default: { description: "Not received: it is delivered again later, under the same delivery id." },
    },
  }),
  "webhook.test": createRoute({
    method: "post",
    path: "webhook.test",
    operationId: "onWebhookTest",
    summary: "Test event",
    description: "You asked for it with POST /webhooks/{id}/test.",
    tags: ["Webhooks"],
    security: [],
    request: {
      headers: z.object({
        "X-Webhook-Event": EventNameSchema.openapi({
          param: { name: "X-Webhook-Event", in: "header", description: "The event's name, as in the body." },
        }),
        "X-Webhook-Signature": text({ pattern: "^sha256=[0-9a-f]{64}$" }).openapi({
          param: {
            name: "X-Webhook-Signature",
            in: "header",
            description: "`sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8.",
          },
        }),
        "X-Webhook-Delivery-Id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "X-Webhook-Delivery-Id",
              in: "header",
              description:
                "One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm.",
            },
          }),
        "webhook-id": z
          .string()
          .openapi({ examples: ["delivery_0mh9x0f2k3v8q1w7z5c4b6n"] })
          .openapi({
            param: {
              name: "webhook-id",
              in: "header",
              description: "The delivery id again, under the name that Standard Webhooks gives it.",
            },
          }),
        "webhook-timestamp": text({ pattern: "^[0-9]+$" })
          .openapi({ examples: ["1760178600"] })
          .openapi({
            param: {
              name: "webhook-timestamp",
              in: "header",
              description: "When this attempt was signed, in Unix seconds.",
            },
          }),
        "webhook-signature": text({ pattern: "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$" }).openapi({
          param: {
            name: "webhook-signature",
            in: "header",
            description:
              "Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the\nbase64 after `whsec_` stands for. Several signatures are separated by spaces.\n",
          },
        }),
        "User-Agent": z
          .literal("WhatsFlow-Webhooks/1.0")
          .openapi({ param: { name: "User-Agent", in: "header", description: "The sender." } }),
      }),
      body: { required: true, content: { "application/json": { schema: WebhookTestEventSchema } } },
    },
    responses: {
      410: { description: "Gone: the webhook is disabled." },
      "2XX": { description: "Received. Answer within 30 seconds and work afterwards." },
      default: { description: "Not received: it is delivered again later, under the same delivery id." },
    },
  }),
} as const;

/** The components that only operator operations use: the published document has no use for them. */
export const operatorComponents: Record<"schemas" | "headers" | "securitySchemes", readonly string[]> = {
  schemas: [
    "Session",
    "User",
    "SessionAccount",
    "UserForbiddenError",
    "SignInRequest",
    "UserName",
    "ChangePasswordRequest",
    "NewPassword",
    "ListedSession",
    "ListedInvitation",
    "NamedUser",
    "Invitation",
    "AcceptInvitationRequest",
    "UserConflictError",
    "AuditEntry",
    "AuditActor",
    "Overview",
    "Attention",
    "AttentionKind",
    "OverviewDevices",
    "OverviewMessages",
    "MessageCounts",
    "HourOfMessages",
    "OverviewWebhooks",
    "Conversation",
  ],
  headers: ["Set-Cookie"],
  securitySchemes: ["sessionCookie"],
};
/** What the document says besides operations, webhooks and components. */
export const document = {
  openapi: "3.1.1",
  info: {
    title: "WhatsFlow Public API",
    version: "1.0.0",
    summary: "Send and receive WhatsApp messages, and get signed webhooks for all that happens.",
    description:
      'A self-hosted WhatsApp HTTP API. This file is the contract: the server\'s routes, the published\nTypeScript client and this reference are all generated from it.\n\n## Authentication\nEvery request carries an API key: `Authorization: Bearer wf_live_…`. A key belongs to one *space*: an account\nin one mode. A `wf_test_…` key works on a sandbox device, needs no phone and reaches nobody; a `wf_live_…` key\nworks on the WhatsApp devices that you connect. Nothing crosses from one space to another: an id of another\nspace is a 404.\n\nA key that is missing, malformed, unknown, revoked or expired is answered with one and the same 401.\nA key limited to some devices (`device_ids`) sees only these devices, their messages, the contacts of these\nmessages, and webhooks that are limited in the same way.\n\n## Answers\nA success is `{"success": true, "data": …}`, or `{"success": true, "message": …}` where there is nothing to return.\nEvery error has one form:\n\n```json\n{\n  "success": false,\n  "error": "Bad request",\n  "message": "phone_number: must be an international number with country code, such as +94771234567",\n  "code": "invalid_request",\n  "request_id": "req_0mh9x0f2k3v8q1w7z5c4b6n",\n  "retryable": false,\n  "details": [{ "path": "phone_number", "message": "must be an international number with country code, such as +94771234567" }]\n}\n```\n\n`code` is stable and made for programs, `message` for people. `retryable` says whether the same request may\nsucceed later. Every answer carries an `X-Request-Id`; quote it when you ask for help.\n\nBesides the statuses listed with each operation: a path that does not exist is a 404 (`not_found`), a method that\na path does not have a 405 (`method_not_allowed`) with an `Allow` header. Neither asks for a key, counts against a limit or\ncarries the headers of one.\n\n## Ids and times\nIds are opaque strings with a prefix (`msg_`, `device_`, `contact_`, `webhook_`, `delivery_`, `evt_`, `key_`).\nTimes are UTC with milliseconds, such as `2025-10-11T10:30:00.000Z`. The `created_at` of a message is WhatsApp\'s time.\n\n## Paging\nLists take `page` and `limit`, or `cursor` and `limit`, newest first. A cursor comes from `pagination.next_cursor` of the answer\nbefore; walking by cursor never shows an item twice, whatever is created meanwhile. `page` and `cursor` together are\na 400. Filters beyond `contact_id` are walked by cursor only: such answers have no `page`, `total` or `pages`.\n\n## Idempotency\nEvery POST takes an `Idempotency-Key` of your choice (1 to 255 visible ASCII characters, kept for 24 hours).\nThe same key with the same request gives the first answer again, marked `Idempotent-Replayed: true`, and does nothing;\nwith another request it is a 422; while the first is still in flight, a 409 with `Retry-After: 1`.\nAnswers that created nothing are not kept, so a corrected request may use its key again.\n\n## Rate limits\nLimits follow the plan and count per space, in fixed windows of one minute and one hour. Every authenticated answer\ncarries `X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset` (Unix seconds), as well as the\nIETF draft\'s `RateLimit` and `RateLimit-Policy`. They describe the minute, unless the hour is nearer its end.\nOver the limit: 429 with `Retry-After`; a 429 does not count.\n\n| Plan | Requests per minute | Requests per hour |\n|---|---|---|\n| Trial | 10 | 600 |\n| Starter | 30 | 1,800 |\n| Professional | 100 | 6,000 |\n| Business | 300 | 18,000 |\n| Enterprise | 1,000 | 60,000 |\n',
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [{ url: "http://localhost:2152/api/public/v1", description: "Your own server, as it starts by default." }],
  security: [{ bearerAuth: [] }],
  tags: [
    { name: "Messages", description: "Send messages and read what was sent and received." },
    { name: "Devices", description: "The WhatsApp accounts (phones) that send and receive for you." },
    { name: "Contacts", description: "The people you exchanged messages with." },
    { name: "Webhooks", description: "Your own addresses that are told of every event, signed and retried." },
    { name: "Events", description: "What happens, as a stream that you read; and samples of it, for development." },
    { name: "API keys", description: "Keys for this API, each with its own scopes." },
    { name: "Usage", description: "What is used of the plan." },
  ],
};
export const securitySchemes = {
  bearerAuth: {
    type: "http",
    scheme: "bearer",
    description: "An API key, `wf_live_…` or `wf_test_…`. An operation lists the scopes that its key must have.",
  },
  sessionCookie: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-whatsflow",
    description:
      "The session of a signed-in user; over plain HTTP on this machine its name is `whatsflow`. It counts only together with the header `WhatsFlow-Mode`, and\nwith no `Authorization` beside it. Requests of other sites, by `Sec-Fetch-Site` or `Origin`, are refused.\n",
  },
} as const;
/** The response headers that the routes refer to. */
export const headers = {
  "X-Request-Id": {
    description: "The id of this request, also in the server's log.",
    required: true,
    schema: { type: "string", examples: ["req_0mh9x0f2k3v8q1w7z5c4b6n"] },
  },
  "X-RateLimit-Limit": {
    description: "Requests allowed in the window that is described (the minute, unless the hour is nearer its end).",
    required: true,
    schema: { type: "integer", examples: [100] },
  },
  "X-RateLimit-Remaining": {
    description: "Requests left in that window.",
    required: true,
    schema: { type: "integer", examples: [95] },
  },
  "X-RateLimit-Reset": {
    description: "When that window starts anew, in Unix seconds.",
    required: true,
    schema: { type: "integer", examples: [1696852860] },
  },
  RateLimit: {
    description: "The same by the IETF draft, what remains (`r`) and for how many seconds (`t`).",
    required: true,
    schema: { type: "string", examples: ['"minute";r=95;t=45'] },
  },
  "RateLimit-Policy": {
    description: "Both windows by the IETF draft, quota (`q`) and length in seconds (`w`).",
    required: true,
    schema: { type: "string", examples: ['"minute";q=100;w=60, "hour";q=6000;w=3600'] },
  },
  "Retry-After": {
    description: "Seconds to wait before the next try.",
    required: true,
    schema: { type: "integer", examples: [45] },
  },
  "Idempotent-Replayed": {
    description: "`true` when this is the first answer to the same Idempotency-Key, given again.",
    schema: { type: "string", const: "true" },
  },
  "Set-Cookie": {
    description: "The session's cookie, or its removal.",
    required: true,
    schema: {
      type: "string",
      examples: [
        "__Host-whatsflow=Jx0pV5dYk2uQ8sTn3bWz7rLc1mFh6gEa9iKo4yUeRtS; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure",
      ],
    },
  },
  "WWW-Authenticate": {
    description: "How to authenticate.",
    required: true,
    schema: { type: "string", const: "Bearer" },
  },
} satisfies HeadersObject;
