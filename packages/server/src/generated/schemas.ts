// Generated from openapi.yaml by `npm run generate`. Do not edit.

import { z } from "@hono/zod-openapi";
import { fromText, present, text, uniqueItems } from "./zod-helpers.js";

export const ScopeSchema = z
  .enum([
    "messages:send",
    "messages:read",
    "devices:read",
    "devices:manage",
    "contacts:read",
    "contacts:write",
    "webhooks:manage",
    "keys:manage",
    "events:read",
  ])
  .openapi("Scope", { description: "What a key may do." });
export const ModeSchema = z
  .enum(["live", "test"])
  .openapi("Mode", { description: "Whether a key works on real devices or on the sandbox." });
export const EventNameSchema = z
  .enum([
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
  ])
  .openapi("EventName", { description: "What a webhook is told of." });
export const ErrorCodeSchema = z
  .enum([
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
  ])
  .openapi("ErrorCode", { description: "The stable, programmable kind of an error." });
export const MessageDirectionSchema = z.enum(["inbound", "outbound"]).openapi("MessageDirection");
export const MessageStatusSchema = z
  .enum(["pending", "sent", "delivered", "read", "failed"])
  .openapi("MessageStatus", {
    description: "How far a message got; it only ever moves forwards. An inbound message is `delivered`.",
  });
export const MessageTypeSchema = z
  .enum([
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contact",
    "reaction",
    "poll",
    "edit",
    "delete",
    "unsupported",
  ])
  .openapi("MessageType");
export const MessageOriginSchema = z
  .enum(["api", "phone"])
  .openapi("MessageOrigin", { description: "Whether the message was sent through this API or on the phone itself." });
export const FailureCodeSchema = z
  .enum(["not_on_whatsapp", "restricted", "rejected", "expired"])
  .openapi("FailureCode", {
    description:
      "`not_on_whatsapp`: the number has no WhatsApp account. `restricted`: WhatsApp limits what the device may send. `rejected`:\nWhatsApp refused the message. `expired`: it was still pending after its `ttl_seconds`.\n",
  });
export const MessageFailureSchema = z
  .object({ code: FailureCodeSchema, message: z.string().openapi({ examples: ["+12025550100 is not on WhatsApp"] }) })
  .openapi("MessageFailure");
export const SendMessageRequestSchema = z
  .strictObject({
    phone_number: z
      .string()
      .openapi({
        description:
          "The recipient's number with `+` and country code (E.164). Spaces, dashes, dots and parentheses are removed, and a leading `00` becomes\n`+`. Required unless `contact_id` is given.\n",
        examples: ["+94771234567"],
      })
      .optional(),
    contact_id: z
      .string()
      .openapi({
        description:
          "The recipient as a contact, instead of `phone_number`. The only way to answer someone whose number WhatsApp hides.",
        examples: ["contact_0mh9x0f2k3v8q1w7z5c4b6n"],
      })
      .optional(),
    message: text({ minLength: 1, maxLength: 65536, pattern: "^[^\\x00\\p{Cs}]*$" }).openapi({
      description:
        "The text, kept as it is. 1 to 65,536 characters (Unicode code points), without NUL and lone surrogates.",
      examples: ["Hello! How can we help you today?"],
    }),
    device_id: z
      .string()
      .openapi({
        description: "The device to send from. Left out, the primary device sends, or else the only connected one.",
        examples: ["device_0mh9x0f2k3v8q1w7z5c4b6n"],
      })
      .optional(),
    ttl_seconds: z
      .int()
      .min(1)
      .max(86400)
      .default(3600)
      .openapi({
        description:
          "How long the message may wait for WhatsApp's acknowledgement before it fails as `expired`. A late one-time code is worse than none.",
      }),
  })
  .openapi("SendMessageRequest");
export const SentMessageSchema = z
  .object({
    message_id: z.string().openapi({ examples: ["msg_abc123xyz"] }),
    phone_number: z
      .string()
      .nullable()
      .openapi({
        description: "In E.164; null for a contact whose number WhatsApp hides.",
        examples: ["+94771234567"],
      }),
    message: z.string().openapi({ examples: ["Hello! How can we help you today?"] }),
    status: MessageStatusSchema,
    timestamp: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
  })
  .openapi("SentMessage");
export const MessageMediaSchema = z
  .object({
    mime_type: z
      .string()
      .nullable()
      .openapi({ examples: ["image/jpeg"] }),
    file_name: z
      .string()
      .nullable()
      .openapi({ examples: ["invoice.pdf"] }),
    size_bytes: z
      .int()
      .min(0)
      .nullable()
      .openapi({ examples: [48213] }),
  })
  .openapi("MessageMedia", { description: "What comes with a media message. Only where there is some." });
export const MessageSchema = z
  .object({
    id: z.string().openapi({ examples: ["msg_abc123xyz"] }),
    contact_id: z.string().openapi({ examples: ["contact_abc123"] }),
    device_id: z.string().openapi({ examples: ["device_abc123"] }),
    phone_number: z
      .string()
      .nullable()
      .openapi({
        description: "The contact's number in E.164; null where WhatsApp hides it.",
        examples: ["+94771234567"],
      }),
    lid: z
      .string()
      .openapi({
        description: "WhatsApp's own id of a contact whose number it hides. Only then.",
        examples: ["123456789012345"],
      })
      .optional(),
    contact_name: z
      .string()
      .nullable()
      .openapi({ examples: ["John Doe"] }),
    direction: MessageDirectionSchema,
    message_type: MessageTypeSchema,
    content: z
      .string()
      .nullable()
      .openapi({ description: "The text or caption, whole.", examples: ["Hello! How can we help you today?"] }),
    media: MessageMediaSchema.optional(),
    group_id: z
      .string()
      .openapi({
        description: "WhatsApp's own id of the group it was written in. Only then.",
        examples: ["120363025246125486"],
      })
      .optional(),
    group_name: z
      .string()
      .nullable()
      .openapi({ description: "The group's name, where it is known. Only in a group.", examples: ["Neighbours"] })
      .optional(),
    status: MessageStatusSchema,
    origin: MessageOriginSchema.optional(),
    failure: MessageFailureSchema.optional(),
    created_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
  })
  .openapi("Message");
export const PaginationSchema = z
  .object({
    page: z
      .int()
      .min(1)
      .openapi({ examples: [1] })
      .optional(),
    limit: z
      .int()
      .min(1)
      .openapi({ examples: [20] }),
    total: z
      .int()
      .min(0)
      .openapi({ examples: [145] })
      .optional(),
    pages: z
      .int()
      .min(0)
      .openapi({ examples: [8] })
      .optional(),
    next_cursor: z
      .string()
      .nullable()
      .openapi({ description: "For the next page; null on the last one.", examples: ["MTc2MDE3ODYwMDAwMC4xNDU"] }),
  })
  .openapi("Pagination", {
    description: "Where this page stands. `page`, `total` and `pages` are there when the list was read by page.",
  });
export const CursorPaginationSchema = z
  .object({
    limit: z
      .int()
      .min(1)
      .openapi({ examples: [50] }),
    next_cursor: z
      .string()
      .nullable()
      .openapi({ description: "For the next page; null on the last one.", examples: ["MTQ1"] }),
  })
  .openapi("CursorPagination");
export const DeviceStatusSchema = z
  .enum(["connected", "qr_pending", "disconnected"])
  .openapi("DeviceStatus", {
    description:
      "`connected`: online and ready. `qr_pending`: waits for its QR code to be scanned. `disconnected`: offline.",
  });
export const DisconnectReasonSchema = z
  .enum(["logged_out", "replaced", "connection_lost", "pairing_expired", "restricted", "outdated_version", "stopped"])
  .openapi("DisconnectReason", {
    description:
      "`connection_lost`: reconnecting by itself. `logged_out`: removed on the phone or on request; pair again. `replaced`: the session was\nopened elsewhere. `pairing_expired`: nobody scanned the code of a device that was never paired; one that was logged out stays\n`logged_out` when nobody scans its new code. `restricted`: WhatsApp blocked the account or, while the device is\nstill connected, limits what it may send. `outdated_version`: WhatsApp wants a newer\nclient. `stopped`: disconnected on request.\n",
  });
export const DeviceSchema = z
  .object({
    id: z.string().openapi({ examples: ["device_abc123"] }),
    device_name: z.string().openapi({ examples: ["Sales Line"] }),
    phone_number: z
      .string()
      .nullable()
      .openapi({ description: "Null until the device was paired.", examples: ["+94771234567"] }),
    status: DeviceStatusSchema,
    reason: z
      .union([DisconnectReasonSchema, z.null()])
      .openapi({ description: "Why the device is disconnected; null while it is not, unless WhatsApp restricts it." }),
    is_primary: z.boolean().openapi({ description: "Whether it sends when a request names no device." }),
    last_connected_at: text({ format: "date-time" })
      .nullable()
      .openapi({ examples: ["2025-10-11T09:00:00.000Z"] }),
    disconnected_at: text({ format: "date-time" })
      .nullable()
      .openapi({
        description: "Since when it is offline; null while it is connected, and when it never was or it is not known.",
        examples: [null],
      }),
    created_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-01T10:00:00.000Z"] }),
  })
  .openapi("Device");
export const DeviceNameSchema = text({ minLength: 1, maxLength: 100, pattern: "^[^\\x00\\p{Cs}]*$" }).openapi(
  "DeviceName",
  { description: "For yourself.", examples: ["Sales Line"] },
);
export const CreateDeviceRequestSchema = z
  .strictObject({ device_name: DeviceNameSchema })
  .openapi("CreateDeviceRequest");
export const UpdateDeviceRequestSchema = z
  .strictObject({
    device_name: DeviceNameSchema.optional(),
    is_primary: z
      .boolean()
      .openapi({ description: "True makes it the primary device. False is refused for the one that is." })
      .optional(),
    id: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    phone_number: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    status: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    reason: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    last_connected_at: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    disconnected_at: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    created_at: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
  })
  .openapi("UpdateDeviceRequest");
export const DeviceQrSchema = z
  .object({
    qr: z
      .string()
      .openapi({
        description: "The text that the QR code stands for.",
        examples: ["https://wa.me/settings/linked_devices#2@abc"],
      }),
    expires_at: text({ format: "date-time" }).openapi({
      description: "When the next one takes its place.",
      examples: ["2025-10-11T10:31:00.000Z"],
    }),
  })
  .openapi("DeviceQr");
export const PairingCodeRequestSchema = z
  .strictObject({
    phone_number: z
      .string()
      .openapi({
        description: "The number of the phone that is to be paired, written as for sending.",
        examples: ["+94771234567"],
      }),
  })
  .openapi("PairingCodeRequest");
export const PairingCodeSchema = z
  .object({
    code: z
      .string()
      .openapi({
        description: "Eight letters and digits; phones show them in two groups of four.",
        examples: ["K7MN2QRS"],
      }),
    expires_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:33:00.000Z"] }),
  })
  .openapi("PairingCode");
export const ContactSchema = z
  .object({
    id: z.string().openapi({ examples: ["contact_abc123"] }),
    phone_number: z
      .string()
      .nullable()
      .openapi({ description: "In E.164; null where WhatsApp hides it.", examples: ["+94771234567"] }),
    lid: z
      .string()
      .openapi({
        description: "WhatsApp's own id of a contact whose number it hides. Only then.",
        examples: ["123456789012345"],
      })
      .optional(),
    name: z
      .string()
      .nullable()
      .openapi({ examples: ["John Doe"] }),
    profile_pic_url: z
      .string()
      .nullable()
      .openapi({ examples: ["https://pps.whatsapp.net/v/t61/1.jpg"] }),
    is_business: z.boolean(),
    total_messages: z
      .int()
      .min(0)
      .openapi({ examples: [45] }),
    last_message_at: text({ format: "date-time" })
      .nullable()
      .openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    created_at: text({ format: "date-time" }).openapi({ examples: ["2025-09-15T08:00:00.000Z"] }),
  })
  .openapi("Contact");
export const ContactNameSchema = text({ minLength: 1, maxLength: 200, pattern: "^[^\\x00\\p{Cs}]*$" })
  .nullable()
  .openapi("ContactName", { description: "Your name for the contact; null for WhatsApp's.", examples: ["John Doe"] });
export const UpdateContactRequestSchema = z
  .strictObject({
    name: ContactNameSchema.optional(),
    id: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    phone_number: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    lid: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    profile_pic_url: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    is_business: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    total_messages: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    last_message_at: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    created_at: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
  })
  .openapi("UpdateContactRequest");
export const VerifyContactsRequestSchema = z
  .strictObject({
    phone_numbers: z
      .array(z.string().openapi({ examples: ["+94771234567"] }))
      .min(1)
      .max(50)
      .openapi({ description: "1 to 50 numbers, written as for sending." }),
  })
  .openapi("VerifyContactsRequest");
export const VerifiedNumberSchema = z
  .object({
    phone_number: z.string().openapi({ description: "In E.164.", examples: ["+94771234567"] }),
    is_on_whatsapp: z.boolean().openapi({ description: "Whether it has a WhatsApp account." }),
    is_business: z
      .boolean()
      .nullable()
      .openapi({ description: "Whether that is a business account; null where it is not known." }),
    checked_at: text({ format: "date-time" }).openapi({
      description: "When WhatsApp was asked.",
      examples: ["2025-10-11T10:30:00.000Z"],
    }),
  })
  .openapi("VerifiedNumber");
export const WebhookDisabledReasonSchema = z.enum(["gone", "failing", "requested"]).openapi("WebhookDisabledReason");
export const WebhookSchema = z
  .object({
    id: z.string().openapi({ examples: ["webhook_abc123"] }),
    url: z.string().openapi({ examples: ["https://your-domain.com/webhooks/whatsflow"] }),
    insecure: z.boolean().openapi({ description: "True for `http`: what is sent there can be read on the way." }),
    events: z.array(EventNameSchema),
    description: z
      .string()
      .nullable()
      .openapi({ examples: ["Production webhook for CRM integration"] }),
    device_ids: z
      .array(z.string())
      .nullable()
      .openapi({ description: "The only devices it is told of, as for the key that made it; null for all." }),
    ordered: z
      .boolean()
      .openapi({ description: "Whether deliveries are made one at a time, in the order of their events." }),
    is_active: z.boolean(),
    disabled_reason: z
      .union([WebhookDisabledReasonSchema, z.null()])
      .openapi({
        description:
          "Why it was disabled: `gone` (it answered 410), `failing` (it failed for days) or `requested`; null while it is active.",
      }),
    failing_since: text({ format: "date-time" })
      .nullable()
      .openapi({
        description:
          "Since when every attempt has failed; null when the last one succeeded. Begins anew when the address is changed or the webhook enabled.",
        examples: [null],
      }),
    success_count: z
      .int()
      .min(0)
      .openapi({
        description: "Attempts that succeeded: one for each delivery, and one more for each replay.",
        examples: [1234],
      }),
    failure_count: z
      .int()
      .min(0)
      .openapi({ description: "Attempts that failed.", examples: [5] }),
    last_triggered_at: text({ format: "date-time" })
      .nullable()
      .openapi({ description: "The last attempt.", examples: ["2025-10-11T10:30:00.000Z"] }),
    previous_secret_expires_at: text({ format: "date-time" })
      .nullable()
      .openapi({
        description: "Until when the secret before the present one is used, too; null when it is not.",
        examples: [null],
      }),
    created_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:00:00.000Z"] }),
    updated_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:00:00.000Z"] }),
  })
  .openapi("Webhook");
export const WebhookUrlSchema = text({ minLength: 1, maxLength: 2048, pattern: "^[^\\x00\\p{Cs}]*$" }).openapi(
  "WebhookUrl",
  {
    description:
      "Where events are posted to, `http` or `https`. Without credentials, white space, backslashes and a port that browsers refuse.",
    examples: ["https://your-domain.com/webhooks/whatsflow"],
  },
);
export const EventNamesSchema = uniqueItems(z.array(EventNameSchema).min(1)).openapi("EventNames", {
  description: "The events it is told of.",
});
export const WebhookDescriptionSchema = text({ maxLength: 500, pattern: "^[^\\x00\\p{Cs}]*$" })
  .nullable()
  .openapi("WebhookDescription", {
    description: "For yourself.",
    examples: ["Production webhook for CRM integration"],
  });
export const CreateWebhookRequestSchema = z
  .strictObject({
    url: WebhookUrlSchema,
    events: EventNamesSchema,
    description: WebhookDescriptionSchema.optional(),
    ordered: z
      .boolean()
      .default(false)
      .openapi({
        description:
          "One delivery at a time, in the order of their events. A delivery that fails holds up those after it until it succeeds or is\ngiven up after its last retry.\n",
      }),
    is_active: z.boolean().default(true),
  })
  .openapi("CreateWebhookRequest");
export const UpdateWebhookRequestSchema = z
  .strictObject({
    url: WebhookUrlSchema.optional(),
    events: EventNamesSchema.optional(),
    description: WebhookDescriptionSchema.optional(),
    ordered: z.boolean().optional(),
    is_active: z.boolean().optional(),
    id: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    insecure: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    device_ids: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    disabled_reason: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    failing_since: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    success_count: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    failure_count: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    last_triggered_at: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    previous_secret_expires_at: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    created_at: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    updated_at: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
    secret: z.unknown().openapi({ readOnly: true, description: "Ignored." }).optional(),
  })
  .openapi("UpdateWebhookRequest");
export const CreatedWebhookSchema = WebhookSchema.extend({
  secret: z
    .string()
    .openapi({ description: "Signs what is sent to this webhook. Shown this once.", examples: ["whsec_abc123xyz789"] }),
}).openapi("CreatedWebhook");
export const RotateSecretRequestSchema = z
  .strictObject({
    overlap_seconds: z
      .int()
      .min(0)
      .max(604800)
      .default(86400)
      .openapi({
        description: "How long the present secret goes on being used beside the new one. 0 when it was disclosed.",
        examples: [86400],
      }),
  })
  .openapi("RotateSecretRequest");
export const RotatedSecretSchema = z
  .object({
    secret: z.string().openapi({ description: "The new secret. Shown this once.", examples: ["whsec_def456uvw012"] }),
    previous_secret_expires_at: text({ format: "date-time" })
      .nullable()
      .openapi({
        description: "Until when the old secret is used, too; null when it no longer is.",
        examples: ["2025-10-12T10:30:00.000Z"],
      }),
  })
  .openapi("RotatedSecret");
export const TestWebhookRequestSchema = z
  .strictObject({
    verify: z
      .boolean()
      .default(false)
      .openapi({
        description:
          "Whether to find out if the receiver verifies signatures: once it took the event, a copy is sent whose signatures are wrong. A\nreceiver that verifies answers 2xx, then 4xx.\n",
      }),
  })
  .openapi("TestWebhookRequest");
export const TestedWebhookSchema = z
  .object({
    delivery_id: z
      .string()
      .openapi({ description: "The delivery that tells how it went.", examples: ["delivery_abc123"] }),
  })
  .openapi("TestedWebhook");
export const EventPositionSchema = text({ pattern: "^[0-9]{1,15}$" }).openapi("EventPosition", {
  description: "A place in the stream of events, as its `id` tells. Later events have larger ones.",
  examples: ["42"],
});
export const EventStreamSchema = z
  .string()
  .openapi("EventStream", {
    description:
      "Blocks of `id`, `event` and `data`, by the HTML standard. `data` is a `WebhookEvent`, or a `StreamGap` where `event` is `gap`.",
    examples: ["id: 42\nevent: webhook.test\ndata: {…}\n\n"],
  });
export const StreamGapSchema = z
  .object({
    requested: z.string().openapi({ description: "After which event the stream was to go on.", examples: ["12"] }),
    resumes_after: z.string().openapi({ description: "After which event it goes on.", examples: ["57"] }),
  })
  .openapi("StreamGap", { description: "Events that are no longer kept, and so were not streamed." });
export const TriggerEventRequestSchema = z.strictObject({ event: EventNameSchema }).openapi("TriggerEventRequest");
export const TriggeredEventSchema = z
  .object({
    id: z.string().openapi({ description: "The event's id, as in delivery logs.", examples: ["evt_abc123"] }),
    event: EventNameSchema,
  })
  .openapi("TriggeredEvent");
export const RecoverRequestSchema = z
  .strictObject({
    since: text({ format: "date-time" }).openapi({
      description: "Deliveries of events at or after this time.",
      examples: ["2025-10-11T00:00:00.000Z"],
    }),
    until: text({ format: "date-time" })
      .openapi({ description: "Only those of events before this time.", examples: ["2025-10-12T00:00:00.000Z"] })
      .optional(),
  })
  .openapi("RecoverRequest");
export const RecoveredDeliveriesSchema = z
  .object({
    count: z
      .int()
      .min(0)
      .openapi({ description: "Deliveries that are sent again.", examples: [42] }),
  })
  .openapi("RecoveredDeliveries");
export const DeliveryStatusSchema = z
  .enum(["pending", "succeeded", "failed", "skipped"])
  .openapi("DeliveryStatus", {
    description:
      "`pending`: to be tried. `succeeded`: received. `failed`: given up after the last retry. `skipped`: the webhook was not active.",
  });
export const WebhookVerificationSchema = z.enum(["pending", "passed", "failed"]).openapi("WebhookVerification");
export const DeliveryAttemptSchema = z
  .object({
    attempt_number: z
      .int()
      .min(1)
      .openapi({ examples: [1] }),
    attempted_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    duration_ms: z
      .int()
      .min(0)
      .openapi({ examples: [87] }),
    response_status: z
      .int()
      .nullable()
      .openapi({ examples: [200] }),
    response_body: z
      .string()
      .nullable()
      .openapi({
        description: "The beginning of the answer, at most 4 KiB; null when there was no answer.",
        examples: ["OK"],
      }),
    error: z
      .string()
      .nullable()
      .openapi({
        description: "Why there was no answer, or why it was not taken as a success.",
        examples: ["connect ECONNREFUSED"],
      }),
    tampered: z
      .boolean()
      .openapi({
        description: "True for the wrongly signed copy of a test with `verify`, which the receiver has to refuse.",
      }),
  })
  .openapi("DeliveryAttempt");
export const DeliverySchema = z
  .object({
    id: z
      .string()
      .openapi({ description: "Also `X-Webhook-Delivery-Id` and `webhook-id`.", examples: ["delivery_abc123"] }),
    webhook_id: z.string().openapi({ examples: ["webhook_xyz789"] }),
    event_id: z.string().openapi({ examples: ["evt_abc123"] }),
    event_type: EventNameSchema,
    status: DeliveryStatusSchema,
    response_status: z
      .int()
      .nullable()
      .openapi({ description: "The HTTP status of the last attempt; null when there was no answer.", examples: [200] }),
    attempt_number: z
      .int()
      .min(0)
      .openapi({ description: "Attempts so far.", examples: [1] }),
    delivered_at: text({ format: "date-time" })
      .nullable()
      .openapi({ description: "When it was received; null until then.", examples: ["2025-10-11T10:30:00.000Z"] }),
    success: z.boolean().openapi({ description: "Whether it was received." }),
    next_attempt_at: text({ format: "date-time" })
      .nullable()
      .openapi({ description: "When it is tried next; null when it is not.", examples: ["2025-10-11T10:35:00.000Z"] }),
    verification: z
      .union([WebhookVerificationSchema, z.null()])
      .openapi({
        description:
          "Of a test with `verify`: whether the receiver verifies signatures. `passed`: it took the event and refused the wrongly signed\ncopy with a 4xx. `failed`: it took both, did not answer the copy with a 4xx, or never took the event. `pending`: not known\nyet. Null for everything else.\n",
      }),
    created_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    attempts: z.array(DeliveryAttemptSchema).openapi({ description: "Each try, the oldest first." }),
  })
  .openapi("Delivery");
export const DeliveryWithPayloadSchema = DeliverySchema.extend({
  payload: z
    .string()
    .openapi({
      description: "The body, byte for byte as it is signed and sent.",
      examples: ['{"event":"webhook.test","timestamp":"2025-10-11T10:30:00.000Z","data":{}}'],
    }),
}).openapi("DeliveryWithPayload");
export const KeyNameSchema = text({ minLength: 1, maxLength: 100, pattern: "^[^\\x00\\p{Cs}]*$" }).openapi("KeyName", {
  examples: ["Accounting"],
});
export const ApiKeySchema = z
  .object({
    id: z.string().openapi({ examples: ["key_abc123"] }),
    name: z.string().openapi({ examples: ["Accounting"] }),
    key_hint: z.string().openapi({ description: "How the key begins and ends.", examples: ["wf_live_…x7Qa"] }),
    mode: ModeSchema,
    scopes: z.array(ScopeSchema),
    device_ids: z.array(z.string()).nullable().openapi({ description: "The only devices it works on; null for all." }),
    expires_at: text({ format: "date-time" })
      .nullable()
      .openapi({ examples: ["2026-10-11T10:00:00.000Z"] }),
    last_used_at: text({ format: "date-time" })
      .nullable()
      .openapi({ description: "To the minute.", examples: ["2025-10-11T10:30:00.000Z"] }),
    created_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:00:00.000Z"] }),
  })
  .openapi("ApiKey");
export const CreatedApiKeySchema = ApiKeySchema.extend({
  key: z.string().openapi({ description: "The key itself. Shown this once.", examples: ["wf_live_your_api_key_here"] }),
}).openapi("CreatedApiKey");
export const CreateApiKeyRequestSchema = z
  .strictObject({
    name: KeyNameSchema,
    scopes: uniqueItems(z.array(ScopeSchema).min(1)).openapi({
      description: "What it may do; nothing that the key which makes it may not.",
    }),
    mode: ModeSchema.openapi({
      description: "As the key which makes it, also when left out; another mode is a 403.",
    }).optional(),
    device_ids: uniqueItems(z.array(z.string()).min(1).max(100))
      .nullable()
      .openapi({ description: "The only devices it works on. Left out or null, those of the key which makes it." })
      .optional(),
    expires_at: text({ format: "date-time" })
      .nullable()
      .openapi({ description: "When it stops working; a time to come.", examples: ["2026-10-11T10:00:00.000Z"] })
      .optional(),
  })
  .openapi("CreateApiKeyRequest");
export const UsageWindowSchema = z
  .object({
    limit: z
      .int()
      .min(0)
      .openapi({ examples: [100] }),
    used: z
      .int()
      .min(0)
      .openapi({ examples: [5] }),
    remaining: z
      .int()
      .min(0)
      .openapi({ examples: [95] }),
    resets_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:31:00.000Z"] }),
  })
  .openapi("UsageWindow");
export const UsageQuotaSchema = z
  .object({
    limit: z
      .int()
      .min(0)
      .nullable()
      .openapi({ description: "Null when there is no quota.", examples: [10000] }),
    used: z
      .int()
      .min(0)
      .openapi({ examples: [1234] }),
    remaining: z
      .int()
      .min(0)
      .nullable()
      .openapi({ examples: [8766] }),
    resets_at: text({ format: "date-time" }).openapi({ examples: ["2025-11-01T00:00:00.000Z"] }),
  })
  .openapi("UsageQuota");
export const PlanSchema = z
  .enum(["trial", "starter", "professional", "business", "enterprise", "custom"])
  .openapi("Plan", { description: "`custom` when the operator set limits of its own." });
export const UsageSchema = z
  .object({
    plan: PlanSchema,
    mode: ModeSchema,
    requests_per_minute: UsageWindowSchema,
    requests_per_hour: UsageWindowSchema,
    messages_per_month: UsageQuotaSchema,
  })
  .openapi("Usage");
export const UserNameSchema = text({ minLength: 1, maxLength: 100, pattern: "^[^\\x00\\p{Cs}]*$" }).openapi(
  "UserName",
  {
    description:
      "What a user signs in with, such as an e-mail address. Unique on this server: names that differ in their case alone are one, and so are those that look alike because of spaces of another kind or number, or of characters of another width (Unicode's NFKC). Characters that cannot be seen, such as line breaks, control characters and zero-width spaces, are refused in a new name.",
    examples: ["anna@example.com"],
  },
);
export const NewPasswordSchema = text({ minLength: 10, maxLength: 200, pattern: "^[^\\x00\\p{Cs}]*$" }).openapi(
  "NewPassword",
  { description: "10 to 200 characters, whatever they are; not the name itself.", examples: ["correct horse battery"] },
);
export const SignInRequestSchema = z
  .strictObject({
    name: UserNameSchema,
    password: text({ minLength: 1, maxLength: 200 }).openapi({ examples: ["correct horse battery"] }),
  })
  .openapi("SignInRequest");
export const ChangePasswordRequestSchema = z
  .strictObject({
    current_password: text({ minLength: 1, maxLength: 200 }).openapi({ examples: ["correct horse battery"] }),
    new_password: NewPasswordSchema,
  })
  .openapi("ChangePasswordRequest");
export const AcceptInvitationRequestSchema = z
  .strictObject({
    token: text({ minLength: 1, maxLength: 200 }).openapi({
      description: "From the link, after `token=`.",
      examples: ["Jx0pV5dYk2uQ8sTn3bWz7rLc1mFh6gEa9iKo4yUeRtS"],
    }),
    name: UserNameSchema.optional(),
    password: NewPasswordSchema,
  })
  .openapi("AcceptInvitationRequest");
export const UserSchema = z
  .object({
    id: z.string().openapi({ examples: ["user_0mh9x0f2k3v8q1w7z5c4b6n"] }),
    name: z.string().openapi({ examples: ["anna@example.com"] }),
    created_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-01T10:00:00.000Z"] }),
    last_signed_in_at: text({ format: "date-time" })
      .nullable()
      .openapi({ examples: ["2025-10-11T09:00:00.000Z"] }),
  })
  .openapi("User");
export const SessionAccountSchema = z
  .object({
    id: z.string().openapi({ examples: ["acct_0mh9x0f2k3v8q1w7z5c4b6n"] }),
    name: z.string().openapi({ examples: ["default"] }),
    plan: PlanSchema,
  })
  .openapi("SessionAccount");
export const SessionSchema = z
  .object({
    id: z.string().openapi({ examples: ["session_0mh9x0f2k3v8q1w7z5c4b6n"] }),
    user: UserSchema,
    account: SessionAccountSchema,
    server_version: z.string().openapi({ examples: ["0.1.0"] }),
    expires_at: text({ format: "date-time" }).openapi({
      description: "When it ends at the latest; after seven days without a request it ends earlier.",
      examples: ["2025-11-10T09:00:00.000Z"],
    }),
  })
  .openapi("Session");
export const ListedSessionSchema = z
  .object({
    id: z.string().openapi({ examples: ["session_0mh9x0f2k3v8q1w7z5c4b6n"] }),
    user_agent: z
      .string()
      .nullable()
      .openapi({
        description: "How the browser called itself, shortened.",
        examples: ["Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0"],
      }),
    is_current: z.boolean().openapi({ description: "Whether it is the session of this request." }),
    created_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T09:00:00.000Z"] }),
    last_used_at: text({ format: "date-time" }).openapi({
      description: "To the minute.",
      examples: ["2025-10-11T10:30:00.000Z"],
    }),
    expires_at: text({ format: "date-time" }).openapi({ examples: ["2025-11-10T09:00:00.000Z"] }),
  })
  .openapi("ListedSession");
export const InvitationSchema = z
  .object({
    id: z.string().openapi({ examples: ["invite_0mh9x0f2k3v8q1w7z5c4b6n"] }),
    token: z.string().openapi({ examples: ["Jx0pV5dYk2uQ8sTn3bWz7rLc1mFh6gEa9iKo4yUeRtS"] }),
    path: z
      .string()
      .openapi({
        description: "The link below the server's address. The token stands after `#`, so that no log ever has it.",
        examples: ["/#/welcome?token=Jx0pV5dYk2uQ8sTn3bWz7rLc1mFh6gEa9iKo4yUeRtS"],
      }),
    expires_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-12T10:30:00.000Z"] }),
  })
  .openapi("Invitation");
export const NamedUserSchema = z
  .object({
    id: z.string().openapi({ examples: ["user_0mh9x0f2k3v8q1w7z5c4b6n"] }),
    name: z.string().openapi({ examples: ["anna@example.com"] }),
  })
  .openapi("NamedUser", { description: "A user of the account, under today's name." });
export const ListedInvitationSchema = z
  .object({
    id: z.string().openapi({ examples: ["invite_0mh9x0f2k3v8q1w7z5c4b6n"] }),
    created_by: z
      .union([NamedUserSchema, z.null()])
      .openapi({ description: "The user who made it; null for one that was made on the server's machine." }),
    sets_password_of: z
      .union([NamedUserSchema, z.null()])
      .openapi({ description: "The user whose password it sets anew; null for one that makes a new user." }),
    created_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    expires_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-12T10:30:00.000Z"] }),
  })
  .openapi("ListedInvitation");
export const AuditActorSchema = z
  .object({
    kind: z
      .enum(["user", "key", "command_line"])
      .openapi({ description: "A signed-in user, an API key, or a command on the server's machine." }),
    id: z
      .string()
      .nullable()
      .openapi({ description: "Null for the command line.", examples: ["user_0mh9x0f2k3v8q1w7z5c4b6n"] }),
    name: z.string().openapi({ examples: ["anna@example.com"] }),
  })
  .openapi("AuditActor", { description: "Who did it, under the name of that time." });
export const AuditEntrySchema = z
  .object({
    id: z.string().openapi({ examples: ["audit_42"] }),
    created_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    mode: z
      .union([ModeSchema, z.null()])
      .openapi({ description: "The space it was done in; null for what concerns the whole account." }),
    actor: AuditActorSchema,
    action: z
      .string()
      .openapi({
        description:
          "The operationId of what was done, or the like for commands without an operation, such as `setPlan`.",
        examples: ["createApiKey"],
      }),
    subject_id: z
      .string()
      .nullable()
      .openapi({ description: "The id of what it was done to.", examples: ["key_0mh9x0f2k3v8q1w7z5c4b6n"] }),
    summary: z.string().openapi({ description: "In words.", examples: ["Created the API key Accounting"] }),
  })
  .openapi("AuditEntry");
export const MessageCountsSchema = z
  .object({
    inbound: z
      .int()
      .min(0)
      .openapi({ examples: [45] }),
    outbound: z
      .int()
      .min(0)
      .openapi({ description: "With those that failed.", examples: [120] }),
    failed: z
      .int()
      .min(0)
      .openapi({ description: "Of the outbound ones, those that failed.", examples: [1] }),
  })
  .openapi("MessageCounts");
export const HourOfMessagesSchema = MessageCountsSchema.extend({
  starts_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:00:00.000Z"] }),
}).openapi("HourOfMessages");
export const OverviewMessagesSchema = z
  .object({
    since: text({ format: "date-time" }).openapi({
      description: "When today began.",
      examples: ["2025-10-11T00:00:00.000Z"],
    }),
    today: MessageCountsSchema,
    hours: z
      .array(HourOfMessagesSchema)
      .min(24)
      .max(24)
      .openapi({
        description:
          "The last 24 hours, the oldest first; the last one is not over yet. They begin when the hours of `since` do.",
      }),
  })
  .openapi("OverviewMessages");
export const OverviewDevicesSchema = z
  .object({
    connected: z
      .int()
      .min(0)
      .openapi({ examples: [2] }),
    qr_pending: z
      .int()
      .min(0)
      .openapi({ examples: [0] }),
    disconnected: z
      .int()
      .min(0)
      .openapi({ examples: [1] }),
  })
  .openapi("OverviewDevices");
export const OverviewWebhooksSchema = z
  .object({
    active: z
      .int()
      .min(0)
      .openapi({ description: "With those that fail.", examples: [3] }),
    failing: z
      .int()
      .min(0)
      .openapi({ description: "Active ones whose last attempt failed.", examples: [1] }),
    disabled: z
      .int()
      .min(0)
      .openapi({
        description: "Those that the server disabled, as they failed for days or said that they are gone.",
        examples: [0],
      }),
    paused: z
      .int()
      .min(0)
      .openapi({
        description: "Those that are not active because somebody asked for it, with `is_active: false`.",
        examples: [1],
      }),
    pending_deliveries: z
      .int()
      .min(0)
      .max(10000)
      .openapi({
        description: "Deliveries still to be made by active webhooks; 10000 stands for that many or more.",
        examples: [12],
      }),
    oldest_pending_at: text({ format: "date-time" })
      .nullable()
      .openapi({
        description: "When the event of the oldest of them happened.",
        examples: ["2025-10-11T10:30:00.000Z"],
      }),
  })
  .openapi("OverviewWebhooks");
export const AttentionKindSchema = z
  .enum([
    "device_disconnected",
    "device_unstable",
    "device_not_paired",
    "device_restricted",
    "webhook_failing",
    "webhook_disabled",
    "quota_low",
  ])
  .openapi("AttentionKind", {
    description:
      "`device_disconnected`: a device is offline and does not come back by itself. `device_unstable`: a device is offline and tries to come back.\n`device_not_paired`: a device waits for its QR code to be scanned. `device_restricted`: WhatsApp limits what a device may send. `webhook_failing`:\nthe last attempts of a webhook failed. `webhook_disabled`: a webhook was disabled because it failed or was gone. `quota_low`: nine tenths\nof the monthly messages are used.\n",
  });
export const AttentionSchema = z
  .object({
    kind: AttentionKindSchema,
    subject_id: z
      .string()
      .nullable()
      .openapi({
        description: "The device or webhook; null for the account.",
        examples: ["device_0mh9x0f2k3v8q1w7z5c4b6n"],
      }),
    subject: z
      .string()
      .openapi({
        description: "The device's name, the webhook's URL, or the account's name.",
        examples: ["Sales Line"],
      }),
    reason: z
      .string()
      .nullable()
      .openapi({
        description: "A device's DisconnectReason, or a webhook's WebhookDisabledReason.",
        examples: ["logged_out"],
      }),
    since: text({ format: "date-time" })
      .nullable()
      .openapi({
        description: "Since when: a device is offline, or restricted, or a webhook fails; where it is known.",
        examples: ["2025-10-11T09:00:00.000Z"],
      }),
  })
  .openapi("Attention");
export const OverviewSchema = z
  .object({
    mode: ModeSchema,
    attention: z
      .array(AttentionSchema)
      .openapi({ description: "What somebody should look at, the worst first. Empty when all is well." }),
    devices: OverviewDevicesSchema,
    messages: OverviewMessagesSchema,
    webhooks: OverviewWebhooksSchema,
    usage: UsageSchema,
  })
  .openapi("Overview");
export const ConversationSchema = z
  .object({ contact: ContactSchema, last_message: MessageSchema })
  .openapi("Conversation");
export const MessageReplySchema = z
  .object({
    message_id: z
      .string()
      .nullable()
      .openapi({ description: "Null when that message is not stored here.", examples: ["msg_abc122"] }),
    message: z
      .string()
      .nullable()
      .openapi({ description: "The beginning of its text.", examples: ["Hello! How can we help you today?"] }),
  })
  .openapi("MessageReply", { description: "The message that this one answers. Only where it answers one." });
export const ReceivedMessageDataSchema = z
  .object({
    message_id: z.string().openapi({ examples: ["msg_abc123"] }),
    contact_id: z.string().openapi({ examples: ["contact_xyz789"] }),
    phone_number: z
      .string()
      .nullable()
      .openapi({ description: "In E.164; null where WhatsApp hides it.", examples: ["+94771234567"] }),
    lid: z
      .string()
      .openapi({
        description: "WhatsApp's own id of a contact whose number it hides. Only then.",
        examples: ["123456789012345"],
      })
      .optional(),
    contact_name: z
      .string()
      .nullable()
      .openapi({ examples: ["John Doe"] }),
    message: z
      .string()
      .nullable()
      .openapi({ description: "The text or caption.", examples: ["Hi, I need help"] }),
    message_truncated: z
      .literal(true)
      .openapi({
        description: "The text was cut to keep the body small; the whole is at GET /messages/{id}. Only then.",
      })
      .optional(),
    message_type: MessageTypeSchema,
    reply_to: MessageReplySchema.optional(),
    media: MessageMediaSchema.optional(),
    device_id: z.string().openapi({ examples: ["device_123"] }),
    device_name: z.string().openapi({ examples: ["Main Line"] }),
    created_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
  })
  .openapi("ReceivedMessageData");
export const GroupMessageDataSchema = ReceivedMessageDataSchema.extend({
  group_id: z.string().openapi({ examples: ["120363025246125486"] }),
  group_name: z
    .string()
    .nullable()
    .openapi({ examples: ["Neighbours"] }),
}).openapi("GroupMessageData");
export const OutboundMessageDataSchema = z
  .object({
    message_id: z.string().openapi({ examples: ["msg_abc123"] }),
    contact_id: z.string().openapi({ examples: ["contact_xyz789"] }),
    phone_number: z
      .string()
      .nullable()
      .openapi({ description: "In E.164; null where WhatsApp hides it.", examples: ["+94771234567"] }),
    lid: z
      .string()
      .openapi({
        description: "WhatsApp's own id of a contact whose number it hides. Only then.",
        examples: ["123456789012345"],
      })
      .optional(),
    contact_name: z
      .string()
      .nullable()
      .openapi({ examples: ["John Doe"] }),
    message: z
      .string()
      .nullable()
      .openapi({ description: "The text or caption.", examples: ["Hello! How can we help you today?"] }),
    message_truncated: z
      .literal(true)
      .openapi({
        description: "The text was cut to keep the body small; the whole is at GET /messages/{id}. Only then.",
      })
      .optional(),
    message_type: MessageTypeSchema,
    status: MessageStatusSchema,
    origin: MessageOriginSchema,
    failure: MessageFailureSchema.optional(),
    device_id: z.string().openapi({ examples: ["device_123"] }),
    device_name: z.string().openapi({ examples: ["Main Line"] }),
    created_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
  })
  .openapi("OutboundMessageData");
export const DeviceDataSchema = z
  .object({
    device_id: z.string().openapi({ examples: ["device_123"] }),
    device_name: z.string().openapi({ examples: ["Main Line"] }),
    phone_number: z
      .string()
      .nullable()
      .openapi({ examples: ["+94771234567"] }),
    status: DeviceStatusSchema,
    reason: z.union([DisconnectReasonSchema, z.null()]),
  })
  .openapi("DeviceData");
export const DeviceQrDataSchema = DeviceDataSchema.extend({
  qr: z
    .string()
    .openapi({
      description: "The text that the QR code stands for.",
      examples: ["https://wa.me/settings/linked_devices#2@abc"],
    }),
  expires_at: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:31:00.000Z"] }),
}).openapi("DeviceQrData");
export const WebhookDisabledDataSchema = z
  .object({
    webhook_id: z.string().openapi({ examples: ["webhook_abc123"] }),
    url: z.string().openapi({ examples: ["https://your-domain.com/webhooks/whatsflow"] }),
    reason: WebhookDisabledReasonSchema,
  })
  .openapi("WebhookDisabledData");
export const WebhookTestDataSchema = z
  .object({
    webhook_id: z.string().openapi({ examples: ["webhook_abc123"] }),
    message: z.string().openapi({ examples: ["This is a test event from WhatsFlow"] }),
  })
  .openapi("WebhookTestData");
export const MessageReceivedEventSchema = z
  .object({
    event: z.literal("message.received"),
    timestamp: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    data: ReceivedMessageDataSchema,
  })
  .openapi("MessageReceivedEvent");
export const MessageSentEventSchema = z
  .object({
    event: z.literal("message.sent"),
    timestamp: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    data: OutboundMessageDataSchema,
  })
  .openapi("MessageSentEvent");
export const MessageDeliveredEventSchema = z
  .object({
    event: z.literal("message.delivered"),
    timestamp: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    data: OutboundMessageDataSchema,
  })
  .openapi("MessageDeliveredEvent");
export const MessageReadEventSchema = z
  .object({
    event: z.literal("message.read"),
    timestamp: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    data: OutboundMessageDataSchema,
  })
  .openapi("MessageReadEvent");
export const MessageFailedEventSchema = z
  .object({
    event: z.literal("message.failed"),
    timestamp: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    data: OutboundMessageDataSchema,
  })
  .openapi("MessageFailedEvent");
export const GroupMessageReceivedEventSchema = z
  .object({
    event: z.literal("group.message.received"),
    timestamp: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    data: GroupMessageDataSchema,
  })
  .openapi("GroupMessageReceivedEvent");
export const DeviceConnectedEventSchema = z
  .object({
    event: z.literal("device.connected"),
    timestamp: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    data: DeviceDataSchema,
  })
  .openapi("DeviceConnectedEvent");
export const DeviceDisconnectedEventSchema = z
  .object({
    event: z.literal("device.disconnected"),
    timestamp: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    data: DeviceDataSchema,
  })
  .openapi("DeviceDisconnectedEvent");
export const DeviceQrUpdatedEventSchema = z
  .object({
    event: z.literal("device.qr_updated"),
    timestamp: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    data: DeviceQrDataSchema,
  })
  .openapi("DeviceQrUpdatedEvent");
export const DeviceRestrictedEventSchema = z
  .object({
    event: z.literal("device.restricted"),
    timestamp: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    data: DeviceDataSchema,
  })
  .openapi("DeviceRestrictedEvent");
export const WebhookDisabledEventSchema = z
  .object({
    event: z.literal("webhook.disabled"),
    timestamp: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    data: WebhookDisabledDataSchema,
  })
  .openapi("WebhookDisabledEvent");
export const WebhookTestEventSchema = z
  .object({
    event: z.literal("webhook.test"),
    timestamp: text({ format: "date-time" }).openapi({ examples: ["2025-10-11T10:30:00.000Z"] }),
    data: WebhookTestDataSchema,
  })
  .openapi("WebhookTestEvent");
export const WebhookEventSchema = z
  .discriminatedUnion("event", [
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
  ])
  .openapi("WebhookEvent", { description: "Any event, told apart by its `event`." });
export const ErrorSchema = z
  .object({
    success: z.literal(false),
    error: z.string().openapi({ description: "The kind of error, for people.", examples: ["Bad request"] }),
    message: z
      .string()
      .openapi({ description: "What went wrong and how to mend it.", examples: ["Missing scope messages:send"] }),
    code: ErrorCodeSchema,
    request_id: z.string().openapi({ description: "As in `X-Request-Id`.", examples: ["req_0mh9x0f2k3v8q1w7z5c4b6n"] }),
    retryable: z.boolean().openapi({ description: "Whether the same request may succeed later." }),
  })
  .openapi("Error");
export const ErrorDetailSchema = z
  .object({
    path: z.string().openapi({ description: "The field, parameter or header.", examples: ["phone_number"] }),
    message: z
      .string()
      .openapi({ examples: ["must be an international number with country code, such as +94771234567"] }),
  })
  .openapi("ErrorDetail");
export const BadRequestErrorSchema = ErrorSchema.extend({
  code: z.enum(["invalid_json", "invalid_request"]),
  details: z.array(ErrorDetailSchema),
}).openapi("BadRequestError");
export const UnauthorizedErrorSchema = ErrorSchema.extend({ code: z.literal("unauthorized") }).openapi(
  "UnauthorizedError",
);
export const ForbiddenErrorSchema = ErrorSchema.extend({
  code: z.enum(["missing_scope", "mode_not_allowed", "quota_exceeded", "limit_reached", "key_limited"]),
}).openapi("ForbiddenError");
export const UserForbiddenErrorSchema = ErrorSchema.extend({
  code: z.enum(["operator_only", "wrong_password", "insecure_connection", "limit_reached"]),
}).openapi("UserForbiddenError");
export const UserConflictErrorSchema = ErrorSchema.extend({ code: z.enum(["name_taken", "last_user"]) }).openapi(
  "UserConflictError",
);
export const NotFoundErrorSchema = ErrorSchema.extend({ code: z.literal("not_found") }).openapi("NotFoundError");
export const IdempotencyConflictErrorSchema = ErrorSchema.extend({ code: z.literal("idempotency_in_flight") }).openapi(
  "IdempotencyConflictError",
);
export const DeviceConflictErrorSchema = ErrorSchema.extend({
  code: z.enum(["device_already_connected", "idempotency_in_flight"]),
}).openapi("DeviceConflictError");
export const QrNotAvailableErrorSchema = ErrorSchema.extend({
  code: z.enum(["device_already_connected", "qr_not_available"]),
}).openapi("QrNotAvailableError");
export const VerificationFailedErrorSchema = ErrorSchema.extend({
  code: z.enum(["internal_error", "device_not_connected"]),
}).openapi("VerificationFailedError");
export const IdempotencyMismatchErrorSchema = ErrorSchema.extend({ code: z.literal("idempotency_key_reused") }).openapi(
  "IdempotencyMismatchError",
);
export const PayloadTooLargeErrorSchema = ErrorSchema.extend({ code: z.literal("payload_too_large") }).openapi(
  "PayloadTooLargeError",
);
export const UnsupportedMediaTypeErrorSchema = ErrorSchema.extend({
  code: z.literal("unsupported_media_type"),
}).openapi("UnsupportedMediaTypeError");
export const RateLimitErrorSchema = ErrorSchema.extend({
  code: z.literal("rate_limited"),
  retryAfter: z
    .int()
    .min(0)
    .openapi({ description: "Seconds to wait, as in `Retry-After`.", examples: [45] }),
}).openapi("RateLimitError");
export const InternalErrorSchema = ErrorSchema.extend({ code: z.literal("internal_error") }).openapi("InternalError");
export const SendingFailedErrorSchema = ErrorSchema.extend({
  code: z.enum(["internal_error", "device_not_connected", "not_on_whatsapp", "restricted", "rejected"]),
  message_id: z
    .string()
    .openapi({ description: "The message that was stored, where one was.", examples: ["msg_abc123xyz"] })
    .optional(),
}).openapi("SendingFailedError");

/** Every schema of the contract, by its name there. */
export const schemas = {
  Scope: ScopeSchema,
  Mode: ModeSchema,
  EventName: EventNameSchema,
  ErrorCode: ErrorCodeSchema,
  MessageDirection: MessageDirectionSchema,
  MessageStatus: MessageStatusSchema,
  MessageType: MessageTypeSchema,
  MessageOrigin: MessageOriginSchema,
  FailureCode: FailureCodeSchema,
  MessageFailure: MessageFailureSchema,
  SendMessageRequest: SendMessageRequestSchema,
  SentMessage: SentMessageSchema,
  Message: MessageSchema,
  Pagination: PaginationSchema,
  CursorPagination: CursorPaginationSchema,
  DeviceStatus: DeviceStatusSchema,
  DisconnectReason: DisconnectReasonSchema,
  Device: DeviceSchema,
  DeviceName: DeviceNameSchema,
  CreateDeviceRequest: CreateDeviceRequestSchema,
  UpdateDeviceRequest: UpdateDeviceRequestSchema,
  DeviceQr: DeviceQrSchema,
  PairingCodeRequest: PairingCodeRequestSchema,
  PairingCode: PairingCodeSchema,
  Contact: ContactSchema,
  UpdateContactRequest: UpdateContactRequestSchema,
  ContactName: ContactNameSchema,
  VerifyContactsRequest: VerifyContactsRequestSchema,
  VerifiedNumber: VerifiedNumberSchema,
  Webhook: WebhookSchema,
  WebhookDisabledReason: WebhookDisabledReasonSchema,
  CreateWebhookRequest: CreateWebhookRequestSchema,
  UpdateWebhookRequest: UpdateWebhookRequestSchema,
  WebhookUrl: WebhookUrlSchema,
  EventNames: EventNamesSchema,
  WebhookDescription: WebhookDescriptionSchema,
  CreatedWebhook: CreatedWebhookSchema,
  RotateSecretRequest: RotateSecretRequestSchema,
  RotatedSecret: RotatedSecretSchema,
  TestWebhookRequest: TestWebhookRequestSchema,
  TestedWebhook: TestedWebhookSchema,
  EventPosition: EventPositionSchema,
  EventStream: EventStreamSchema,
  StreamGap: StreamGapSchema,
  TriggerEventRequest: TriggerEventRequestSchema,
  TriggeredEvent: TriggeredEventSchema,
  RecoverRequest: RecoverRequestSchema,
  RecoveredDeliveries: RecoveredDeliveriesSchema,
  Delivery: DeliverySchema,
  DeliveryStatus: DeliveryStatusSchema,
  WebhookVerification: WebhookVerificationSchema,
  DeliveryWithPayload: DeliveryWithPayloadSchema,
  DeliveryAttempt: DeliveryAttemptSchema,
  KeyName: KeyNameSchema,
  ApiKey: ApiKeySchema,
  CreatedApiKey: CreatedApiKeySchema,
  CreateApiKeyRequest: CreateApiKeyRequestSchema,
  UsageWindow: UsageWindowSchema,
  UsageQuota: UsageQuotaSchema,
  Plan: PlanSchema,
  Usage: UsageSchema,
  UserName: UserNameSchema,
  NewPassword: NewPasswordSchema,
  SignInRequest: SignInRequestSchema,
  ChangePasswordRequest: ChangePasswordRequestSchema,
  AcceptInvitationRequest: AcceptInvitationRequestSchema,
  User: UserSchema,
  Session: SessionSchema,
  SessionAccount: SessionAccountSchema,
  ListedSession: ListedSessionSchema,
  Invitation: InvitationSchema,
  NamedUser: NamedUserSchema,
  ListedInvitation: ListedInvitationSchema,
  AuditActor: AuditActorSchema,
  AuditEntry: AuditEntrySchema,
  MessageCounts: MessageCountsSchema,
  HourOfMessages: HourOfMessagesSchema,
  OverviewMessages: OverviewMessagesSchema,
  OverviewDevices: OverviewDevicesSchema,
  OverviewWebhooks: OverviewWebhooksSchema,
  AttentionKind: AttentionKindSchema,
  Attention: AttentionSchema,
  Overview: OverviewSchema,
  Conversation: ConversationSchema,
  ReceivedMessageData: ReceivedMessageDataSchema,
  MessageReply: MessageReplySchema,
  MessageMedia: MessageMediaSchema,
  GroupMessageData: GroupMessageDataSchema,
  OutboundMessageData: OutboundMessageDataSchema,
  DeviceData: DeviceDataSchema,
  DeviceQrData: DeviceQrDataSchema,
  WebhookDisabledData: WebhookDisabledDataSchema,
  WebhookTestData: WebhookTestDataSchema,
  MessageReceivedEvent: MessageReceivedEventSchema,
  MessageSentEvent: MessageSentEventSchema,
  MessageDeliveredEvent: MessageDeliveredEventSchema,
  MessageReadEvent: MessageReadEventSchema,
  MessageFailedEvent: MessageFailedEventSchema,
  GroupMessageReceivedEvent: GroupMessageReceivedEventSchema,
  DeviceConnectedEvent: DeviceConnectedEventSchema,
  DeviceDisconnectedEvent: DeviceDisconnectedEventSchema,
  DeviceQrUpdatedEvent: DeviceQrUpdatedEventSchema,
  DeviceRestrictedEvent: DeviceRestrictedEventSchema,
  WebhookDisabledEvent: WebhookDisabledEventSchema,
  WebhookTestEvent: WebhookTestEventSchema,
  WebhookEvent: WebhookEventSchema,
  Error: ErrorSchema,
  ErrorDetail: ErrorDetailSchema,
  BadRequestError: BadRequestErrorSchema,
  UnauthorizedError: UnauthorizedErrorSchema,
  ForbiddenError: ForbiddenErrorSchema,
  UserForbiddenError: UserForbiddenErrorSchema,
  UserConflictError: UserConflictErrorSchema,
  NotFoundError: NotFoundErrorSchema,
  IdempotencyConflictError: IdempotencyConflictErrorSchema,
  DeviceConflictError: DeviceConflictErrorSchema,
  QrNotAvailableError: QrNotAvailableErrorSchema,
  VerificationFailedError: VerificationFailedErrorSchema,
  IdempotencyMismatchError: IdempotencyMismatchErrorSchema,
  PayloadTooLargeError: PayloadTooLargeErrorSchema,
  UnsupportedMediaTypeError: UnsupportedMediaTypeErrorSchema,
  RateLimitError: RateLimitErrorSchema,
  InternalError: InternalErrorSchema,
  SendingFailedError: SendingFailedErrorSchema,
} as const;
export type SchemaName = keyof typeof schemas;
