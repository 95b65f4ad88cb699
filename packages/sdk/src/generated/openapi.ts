// Generated from openapi.yaml by `npm run generate`. Do not edit.

export interface paths {
  "/messages/send": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a message
     * @description Sends one text message, to a phone number or to a contact, and waits for WhatsApp's acknowledgement.
     *
     *     The message is stored first. When WhatsApp's server acknowledges it, the answer's status is `sent`; when no
     *     acknowledgement comes within 15 seconds it is `pending`, and the `message.sent` or `message.failed` event tells how it ended.
     *     A message still pending after `ttl_seconds` fails with the code `expired`.
     *
     *     Give exactly one of `phone_number` and `contact_id`. Without `device_id` the primary device sends, or else the only connected one.
     *
     *     With a test key, magic numbers play the rarer cases: `+12025550100` is not on WhatsApp, `+12025550101` is restricted,
     *     `+12025550102` is delivered after five seconds and never read, `+12025550103` is never acknowledged (answered at once as
     *     `pending`), `+12025550104` answers with an inbound `echo: <text>`.
     */
    post: operations["sendMessage"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/messages": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List messages
     * @description Messages of both directions, newest first. Without filters, or with `contact_id` alone, the list can be read by `page`
     *     and has a `total`; with any other filter it is read by `cursor`. A filter that names something unknown matches nothing.
     */
    get: operations["listMessages"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/messages/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get message status
     * @description One message, with how far it got. Texts that were cut in a webhook are whole here.
     */
    get: operations["getMessage"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/devices": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List devices
     * @description All devices of the space, at most 100, in the order in which they were created. A test key has one, the sandbox, always `connected`.
     */
    get: operations["listDevices"];
    put?: never;
    /**
     * Create a device
     * @description Makes a device and starts to pair it: scan its QR code (`GET /devices/{id}/qr`) in WhatsApp on the phone, under *Linked devices*, or
     *     ask for a pairing code. The first device of a space becomes its primary one. At most 100 devices per space.
     *
     *     Only for live keys: a test key has its sandbox (`mode_not_allowed`). A key that is limited to some devices makes no others (`key_limited`).
     */
    post: operations["createDevice"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/devices/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Delete a device
     * @description Unlinks a device from its phone where it can be reached, forgets its credentials and removes it. Its messages stay readable.
     *     When it was the primary device, the oldest one that is left becomes primary. The sandbox of a test key cannot be deleted.
     */
    delete: operations["deleteDevice"];
    options?: never;
    head?: never;
    /**
     * Update a device
     * @description Renames a device, or makes it the primary one; the one that was primary is so no more. Absent fields keep their value. Read-only
     *     fields are ignored, so the answer of a get can be changed and sent back. The primary device cannot be made secondary: make
     *     another one primary.
     */
    patch: operations["updateDevice"];
    trace?: never;
  };
  "/devices/{id}/status": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get device status
     * @description One device and the state of its connection.
     */
    get: operations["getDeviceStatus"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/devices/{id}/qr": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get a device's QR code
     * @description The QR code that is to be scanned now, as its text, or as an image where `Accept` prefers `image/png` or `image/svg+xml`. WhatsApp
     *     replaces it after some seconds: ask again after `expires_at`, or follow the `device.qr_updated` event. Right after a device was
     *     created the answer waits up to ten seconds for the first code.
     *
     *     A device that is connected has none (`device_already_connected`). Where none comes (`qr_not_available`) the pairing is over or the
     *     device is paired already: `POST /devices/{id}/reconnect`, and for another phone `POST /devices/{id}/logout` before it.
     */
    get: operations["getDeviceQr"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/devices/{id}/pairing-code": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pair by code
     * @description Starts pairing with a code instead of the QR code, for a phone that cannot scan: in WhatsApp on the phone, under *Linked
     *     devices*, choose *Link with phone number instead* and type the code in. `phone_number` is that phone's own number.
     */
    post: operations["createPairingCode"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/devices/{id}/reconnect": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Reconnect a device
     * @description Connects a device that is disconnected; one that is not paired (any more) shows QR codes first. Devices whose connection was merely
     *     lost reconnect by themselves. A device that is connected stays so.
     */
    post: operations["reconnectDevice"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/devices/{id}/logout": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Log a device out
     * @description Unlinks a device from its phone where it can be reached, and forgets its credentials in any case. The device stays, disconnected
     *     (`logged_out`), and can be paired again with `POST /devices/{id}/reconnect`. The sandbox of a test key cannot be logged out.
     */
    post: operations["logoutDevice"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/contacts": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List contacts
     * @description Everyone you exchanged a message with, the newest contact first. Here `pagination` stands inside `data`.
     */
    get: operations["listContacts"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/contacts/verify": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Check numbers
     * @description Tells of each number whether it has a WhatsApp account, in the order asked. What WhatsApp said is kept, for a week when there
     *     is an account and for an hour when there is none; only what is not known is asked, through a connected device.
     *     Makes no contacts. Checking long lists of strangers is a way to get restricted.
     *
     *     Without a connected device, when something has to be asked: 500 with the code `device_not_connected`.
     */
    post: operations["verifyContacts"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/contacts/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get a contact
     * @description One contact.
     */
    get: operations["getContact"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Update a contact
     * @description Names a contact. Your name stays, whatever the contact calls itself on WhatsApp; with null, WhatsApp's name comes back with the
     *     contact's next message. Read-only fields are ignored.
     */
    patch: operations["updateContact"];
    trace?: never;
  };
  "/webhooks": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List webhooks
     * @description All webhooks of the space, at most 100, in the order in which they were created. Secrets are never shown again.
     */
    get: operations["listWebhooks"];
    put?: never;
    /**
     * Create a webhook
     * @description Registers an address that is told of events by signed POST requests, and answers its signing secret: save it, it is not
     *     shown again. At most 100 webhooks per space.
     *
     *     The address must be `http` or `https`, without credentials, and public: private, loopback, link-local and cloud metadata
     *     addresses are refused unless the operator allows them.
     */
    post: operations["createWebhook"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/webhooks/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get a webhook
     * @description One webhook, without its secret.
     */
    get: operations["getWebhook"];
    /**
     * Update a webhook
     * @description Changes the fields that are given; absent fields keep their value. Read-only fields are ignored, so the answer of a get can
     *     be changed and put back. Setting `is_active` to true starts a disabled webhook again.
     */
    put: operations["updateWebhook"];
    post?: never;
    /**
     * Delete a webhook
     * @description Removes a webhook with its delivery log. What was still to be delivered to it is dropped.
     */
    delete: operations["deleteWebhook"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/webhooks/{id}/rotate-secret": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Rotate a webhook's secret
     * @description Makes a new secret, shown this once. Until the overlap ends every request carries the signatures of both secrets in
     *     `webhook-signature`, and `X-Webhook-Signature` is still made with the old one; so the receiver can be changed at any time in
     *     between. With an overlap of 0 the old secret is worth nothing at once. Rotated again within an overlap, the secret before the last
     *     is dropped.
     */
    post: operations["rotateWebhookSecret"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/webhooks/{id}/test": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Test a webhook
     * @description Queues one `webhook.test` event for this webhook, whatever events it is registered for and whether or not it is active. With
     *     `verify` it is followed by a copy whose signatures are wrong, and the delivery tells whether the receiver refused that.
     */
    post: operations["testWebhook"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/webhooks/{id}/deliveries": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get webhook deliveries
     * @description The delivery log of a webhook, newest first. A delivery is one event for one webhook; `attempts` lists each try. With a filter
     *     a page may hold fewer than `limit`, even none, although others follow: go on while there is a `next_cursor`.
     */
    get: operations["listWebhookDeliveries"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/webhooks/{id}/deliveries/{delivery_id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get a webhook delivery
     * @description One delivery with its attempts and the body that is sent.
     */
    get: operations["getWebhookDelivery"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/webhooks/{id}/deliveries/{delivery_id}/replay": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Replay a webhook delivery
     * @description Sends a delivery again, whatever its status, under the same id and with the same body: a receiver that remembers what it has
     *     processed does nothing twice. Its retries begin anew; while the webhook is not active there is one attempt. A delivery with an
     *     attempt under way is left as it is.
     */
    post: operations["replayWebhookDelivery"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/webhooks/{id}/recover": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Recover failed deliveries
     * @description Sends all deliveries since a time again that failed or were skipped, for example after the receiver was down for days; tests are
     *     left out. The webhook has to be active. Asked for again, what was received meanwhile is left alone.
     */
    post: operations["recoverWebhookDeliveries"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/events": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Stream events
     * @description The events of the space as they happen, as server-sent events (`text/event-stream`), for programs that no webhook can reach. `data` is
     *     the very body that a webhook gets, `event` its name, `id` its place in the stream:
     *
     *     ```text
     *     retry: 2000
     *     id: 41
     *
     *     id: 42
     *     event: message.received
     *     data: {"event":"message.received","timestamp":"2025-10-11T10:30:00.000Z","data":{…}}
     *     ```
     *
     *     The stream begins now, or after the event that `Last-Event-ID` names; it is read from storage, so a client that reconnects with the
     *     last id that it saw misses nothing and gets nothing twice. The first block has an `id` already, so this also holds before
     *     the first event. Now and then an `id` comes alone: events passed that the client did not ask for.
     *
     *     Where events after that id are no longer kept, an event named `gap` comes first, with a `StreamGap` as its `data`, and the stream goes on
     *     with what is left. A comment line comes every 15 seconds: a client that hears nothing for 45 seconds should reconnect.
     *
     *     A key that is limited to devices (`device_ids`) is told of these devices alone. The stream ends when the key is revoked or expires, and when the
     *     server stops: reconnect. A space has at most 200 streams open; one more is a 429.
     *
     *     It counts as one request. The answer has `Cache-Control: no-store`, and `X-Accel-Buffering: no` for proxies.
     */
    get: operations["streamEvents"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/events/trigger": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Trigger an event
     * @description Makes an event of your choice happen, with sample data, so that you can see what your program does with it. Webhooks and streams get
     *     it like any other. Nothing else happens: the ids in it, but the device's, lead nowhere.
     *
     *     Only for test keys (`mode_not_allowed`). A key that is limited to devices triggers what is about one of them (`key_limited`).
     */
    post: operations["triggerEvent"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api-keys": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List API keys
     * @description The keys of this space that are not revoked, at most 100, in the order in which they were created. The keys themselves are never shown again.
     */
    get: operations["listApiKeys"];
    put?: never;
    /**
     * Create an API key
     * @description Makes a key for this space. It never exceeds the key that makes it: not in scopes, not in mode, not in devices, and not in
     *     time: made by a key that expires, it expires with it at the latest.
     *     The key is shown this once.
     */
    post: operations["createApiKey"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api-keys/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Revoke an API key
     * @description The key stops working with the answer to this request. A key may revoke itself.
     */
    delete: operations["revokeApiKey"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/usage": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get usage
     * @description What is used of the rate limits (per space) and of the monthly message quota (per account). Any key may ask.
     */
    get: operations["getUsage"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface webhooks {
  "message.received": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Inbound message received
     * @description Someone wrote to one of your devices, in a direct chat. Messages in groups are `group.message.received`.
     */
    post: operations["onMessageReceived"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "message.sent": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Outbound message sent
     * @description WhatsApp's server acknowledged a message that was sent through this API, or on the phone itself (`origin` is `phone`).
     */
    post: operations["onMessageSent"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "message.delivered": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Message delivered to recipient
     * @description The message reached the recipient's phone.
     */
    post: operations["onMessageDelivered"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "message.read": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Message read by recipient
     * @description The recipient opened the chat. Recipients may switch this off; it may come without a `message.delivered` before it.
     */
    post: operations["onMessageRead"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "message.failed": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Message failed to send
     * @description The message will not be sent; `failure` says why.
     */
    post: operations["onMessageFailed"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "group.message.received": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Inbound group message received
     * @description Someone wrote in a group that one of your devices is in.
     */
    post: operations["onGroupMessageReceived"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "device.connected": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Device connected successfully
     * @description A device is online and ready to send.
     */
    post: operations["onDeviceConnected"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "device.disconnected": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Device lost connection
     * @description A device went offline; `reason` says why, and whether it comes back by itself.
     */
    post: operations["onDeviceDisconnected"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "device.qr_updated": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * New QR code generated
     * @description A device waits for its QR code to be scanned; the code before this one is void.
     */
    post: operations["onDeviceQrUpdated"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "device.restricted": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Device restricted by WhatsApp
     * @description WhatsApp limits what this account may send. Retrying makes it worse; wait, and write to people who know you.
     */
    post: operations["onDeviceRestricted"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "webhook.disabled": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Webhook disabled
     * @description Another webhook of the space was disabled, because it answered 410 or failed for days.
     */
    post: operations["onWebhookDisabled"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "webhook.test": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Test event
     * @description You asked for it with POST /webhooks/{id}/test.
     */
    post: operations["onWebhookTest"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface components {
  schemas: {
    /**
     * @description What a key may do.
     * @enum {string}
     */
    Scope:
      | "messages:send"
      | "messages:read"
      | "devices:read"
      | "devices:manage"
      | "contacts:read"
      | "contacts:write"
      | "webhooks:manage"
      | "keys:manage"
      | "events:read";
    /**
     * @description Whether a key works on real devices or on the sandbox.
     * @enum {string}
     */
    Mode: "live" | "test";
    /**
     * @description What a webhook is told of.
     * @enum {string}
     */
    EventName:
      | "message.received"
      | "message.sent"
      | "message.delivered"
      | "message.read"
      | "message.failed"
      | "group.message.received"
      | "device.connected"
      | "device.disconnected"
      | "device.qr_updated"
      | "device.restricted"
      | "webhook.disabled"
      | "webhook.test";
    /**
     * @description The stable, programmable kind of an error.
     * @enum {string}
     */
    ErrorCode:
      | "invalid_json"
      | "invalid_request"
      | "unauthorized"
      | "missing_scope"
      | "mode_not_allowed"
      | "quota_exceeded"
      | "limit_reached"
      | "key_limited"
      | "operator_only"
      | "wrong_password"
      | "insecure_connection"
      | "not_found"
      | "method_not_allowed"
      | "idempotency_in_flight"
      | "name_taken"
      | "last_user"
      | "device_already_connected"
      | "qr_not_available"
      | "payload_too_large"
      | "unsupported_media_type"
      | "idempotency_key_reused"
      | "rate_limited"
      | "device_not_connected"
      | "not_on_whatsapp"
      | "restricted"
      | "rejected"
      | "internal_error";
    /** @enum {string} */
    MessageDirection: "inbound" | "outbound";
    /**
     * @description How far a message got; it only ever moves forwards. An inbound message is `delivered`.
     * @enum {string}
     */
    MessageStatus: "pending" | "sent" | "delivered" | "read" | "failed";
    /** @enum {string} */
    MessageType:
      | "text"
      | "image"
      | "video"
      | "audio"
      | "document"
      | "sticker"
      | "location"
      | "contact"
      | "reaction"
      | "poll"
      | "edit"
      | "delete"
      | "unsupported";
    /**
     * @description Whether the message was sent through this API or on the phone itself.
     * @enum {string}
     */
    MessageOrigin: "api" | "phone";
    /**
     * @description `not_on_whatsapp`: the number has no WhatsApp account. `restricted`: WhatsApp limits what the device may send. `rejected`:
     *     WhatsApp refused the message. `expired`: it was still pending after its `ttl_seconds`.
     * @enum {string}
     */
    FailureCode: "not_on_whatsapp" | "restricted" | "rejected" | "expired";
    MessageFailure: {
      code: components["schemas"]["FailureCode"];
      /** @example +12025550100 is not on WhatsApp */
      message: string;
    };
    SendMessageRequest: {
      /**
       * @description The recipient's number with `+` and country code (E.164). Spaces, dashes, dots and parentheses are removed, and a leading `00` becomes
       *     `+`. Required unless `contact_id` is given.
       * @example +94771234567
       */
      phone_number?: string | undefined;
      /**
       * @description The recipient as a contact, instead of `phone_number`. The only way to answer someone whose number WhatsApp hides.
       * @example contact_0mh9x0f2k3v8q1w7z5c4b6n
       */
      contact_id?: string | undefined;
      /**
       * @description The text, kept as it is. 1 to 65,536 characters (Unicode code points), without NUL and lone surrogates.
       * @example Hello! How can we help you today?
       */
      message: string;
      /**
       * @description The device to send from. Left out, the primary device sends, or else the only connected one.
       * @example device_0mh9x0f2k3v8q1w7z5c4b6n
       */
      device_id?: string | undefined;
      /**
       * @description How long the message may wait for WhatsApp's acknowledgement before it fails as `expired`. A late one-time code is worse than none.
       * @default 3600
       */
      ttl_seconds?: number | undefined;
    };
    SentMessage: {
      /** @example msg_abc123xyz */
      message_id: string;
      /**
       * @description In E.164; null for a contact whose number WhatsApp hides.
       * @example +94771234567
       */
      phone_number: string | null;
      /** @example Hello! How can we help you today? */
      message: string;
      status: components["schemas"]["MessageStatus"];
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      timestamp: string;
    };
    Message: {
      /** @example msg_abc123xyz */
      id: string;
      /** @example contact_abc123 */
      contact_id: string;
      /** @example device_abc123 */
      device_id: string;
      /**
       * @description The contact's number in E.164; null where WhatsApp hides it.
       * @example +94771234567
       */
      phone_number: string | null;
      /**
       * @description WhatsApp's own id of a contact whose number it hides. Only then.
       * @example 123456789012345
       */
      lid?: string | undefined;
      /** @example John Doe */
      contact_name: string | null;
      direction: components["schemas"]["MessageDirection"];
      message_type: components["schemas"]["MessageType"];
      /**
       * @description The text or caption, whole.
       * @example Hello! How can we help you today?
       */
      content: string | null;
      media?: components["schemas"]["MessageMedia"] | undefined;
      /**
       * @description WhatsApp's own id of the group it was written in. Only then.
       * @example 120363025246125486
       */
      group_id?: string | undefined;
      /**
       * @description The group's name, where it is known. Only in a group.
       * @example Neighbours
       */
      group_name?: (string | null) | undefined;
      status: components["schemas"]["MessageStatus"];
      origin?: components["schemas"]["MessageOrigin"] | undefined;
      failure?: components["schemas"]["MessageFailure"] | undefined;
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      created_at: string;
    };
    /** @description Where this page stands. `page`, `total` and `pages` are there when the list was read by page. */
    Pagination: {
      /** @example 1 */
      page?: number | undefined;
      /** @example 20 */
      limit: number;
      /** @example 145 */
      total?: number | undefined;
      /** @example 8 */
      pages?: number | undefined;
      /**
       * @description For the next page; null on the last one.
       * @example MTc2MDE3ODYwMDAwMC4xNDU
       */
      next_cursor: string | null;
    };
    CursorPagination: {
      /** @example 50 */
      limit: number;
      /**
       * @description For the next page; null on the last one.
       * @example MTQ1
       */
      next_cursor: string | null;
    };
    /**
     * @description `connected`: online and ready. `qr_pending`: waits for its QR code to be scanned. `disconnected`: offline.
     * @enum {string}
     */
    DeviceStatus: "connected" | "qr_pending" | "disconnected";
    /**
     * @description `connection_lost`: reconnecting by itself. `logged_out`: removed on the phone or on request; pair again. `replaced`: the session was
     *     opened elsewhere. `pairing_expired`: nobody scanned the code of a device that was never paired; one that was logged out stays
     *     `logged_out` when nobody scans its new code. `restricted`: WhatsApp blocked the account or, while the device is
     *     still connected, limits what it may send. `outdated_version`: WhatsApp wants a newer
     *     client. `stopped`: disconnected on request.
     * @enum {string}
     */
    DisconnectReason:
      | "logged_out"
      | "replaced"
      | "connection_lost"
      | "pairing_expired"
      | "restricted"
      | "outdated_version"
      | "stopped";
    Device: {
      /** @example device_abc123 */
      id: string;
      /** @example Sales Line */
      device_name: string;
      /**
       * @description Null until the device was paired.
       * @example +94771234567
       */
      phone_number: string | null;
      status: components["schemas"]["DeviceStatus"];
      /** @description Why the device is disconnected; null while it is not, unless WhatsApp restricts it. */
      reason: components["schemas"]["DisconnectReason"] | null;
      /** @description Whether it sends when a request names no device. */
      is_primary: boolean;
      /**
       * Format: date-time
       * @example 2025-10-11T09:00:00.000Z
       */
      last_connected_at: string | null;
      /**
       * Format: date-time
       * @description Since when it is offline; null while it is connected, and when it never was or it is not known.
       * @example null
       */
      disconnected_at: string | null;
      /**
       * Format: date-time
       * @example 2025-10-01T10:00:00.000Z
       */
      created_at: string;
    };
    /**
     * @description For yourself.
     * @example Sales Line
     */
    DeviceName: string;
    CreateDeviceRequest: {
      device_name: components["schemas"]["DeviceName"];
    };
    UpdateDeviceRequest: {
      device_name?: components["schemas"]["DeviceName"] | undefined;
      /** @description True makes it the primary device. False is refused for the one that is. */
      is_primary?: boolean | undefined;
      /** @description Ignored. */
      readonly id?: unknown | undefined;
      /** @description Ignored. */
      readonly phone_number?: unknown | undefined;
      /** @description Ignored. */
      readonly status?: unknown | undefined;
      /** @description Ignored. */
      readonly reason?: unknown | undefined;
      /** @description Ignored. */
      readonly last_connected_at?: unknown | undefined;
      /** @description Ignored. */
      readonly disconnected_at?: unknown | undefined;
      /** @description Ignored. */
      readonly created_at?: unknown | undefined;
    };
    DeviceQr: {
      /**
       * @description The text that the QR code stands for.
       * @example https://wa.me/settings/linked_devices#2@abc
       */
      qr: string;
      /**
       * Format: date-time
       * @description When the next one takes its place.
       * @example 2025-10-11T10:31:00.000Z
       */
      expires_at: string;
    };
    PairingCodeRequest: {
      /**
       * @description The number of the phone that is to be paired, written as for sending.
       * @example +94771234567
       */
      phone_number: string;
    };
    PairingCode: {
      /**
       * @description Eight letters and digits; phones show them in two groups of four.
       * @example K7MN2QRS
       */
      code: string;
      /**
       * Format: date-time
       * @example 2025-10-11T10:33:00.000Z
       */
      expires_at: string;
    };
    Contact: {
      /** @example contact_abc123 */
      id: string;
      /**
       * @description In E.164; null where WhatsApp hides it.
       * @example +94771234567
       */
      phone_number: string | null;
      /**
       * @description WhatsApp's own id of a contact whose number it hides. Only then.
       * @example 123456789012345
       */
      lid?: string | undefined;
      /** @example John Doe */
      name: string | null;
      /** @example https://pps.whatsapp.net/v/t61/1.jpg */
      profile_pic_url: string | null;
      is_business: boolean;
      /** @example 45 */
      total_messages: number;
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      last_message_at: string | null;
      /**
       * Format: date-time
       * @example 2025-09-15T08:00:00.000Z
       */
      created_at: string;
    };
    UpdateContactRequest: {
      name?: components["schemas"]["ContactName"] | undefined;
      /** @description Ignored. */
      readonly id?: unknown | undefined;
      /** @description Ignored. */
      readonly phone_number?: unknown | undefined;
      /** @description Ignored. */
      readonly lid?: unknown | undefined;
      /** @description Ignored. */
      readonly profile_pic_url?: unknown | undefined;
      /** @description Ignored. */
      readonly is_business?: unknown | undefined;
      /** @description Ignored. */
      readonly total_messages?: unknown | undefined;
      /** @description Ignored. */
      readonly last_message_at?: unknown | undefined;
      /** @description Ignored. */
      readonly created_at?: unknown | undefined;
    };
    /**
     * @description Your name for the contact; null for WhatsApp's.
     * @example John Doe
     */
    ContactName: string | null;
    VerifyContactsRequest: {
      /** @description 1 to 50 numbers, written as for sending. */
      phone_numbers: string[];
    };
    VerifiedNumber: {
      /**
       * @description In E.164.
       * @example +94771234567
       */
      phone_number: string;
      /** @description Whether it has a WhatsApp account. */
      is_on_whatsapp: boolean;
      /** @description Whether that is a business account; null where it is not known. */
      is_business: boolean | null;
      /**
       * Format: date-time
       * @description When WhatsApp was asked.
       * @example 2025-10-11T10:30:00.000Z
       */
      checked_at: string;
    };
    Webhook: {
      /** @example webhook_abc123 */
      id: string;
      /** @example https://your-domain.com/webhooks/whatsflow */
      url: string;
      /** @description True for `http`: what is sent there can be read on the way. */
      insecure: boolean;
      events: components["schemas"]["EventName"][];
      /** @example Production webhook for CRM integration */
      description: string | null;
      /** @description The only devices it is told of, as for the key that made it; null for all. */
      device_ids: string[] | null;
      /** @description Whether deliveries are made one at a time, in the order of their events. */
      ordered: boolean;
      is_active: boolean;
      /** @description Why it was disabled: `gone` (it answered 410), `failing` (it failed for days) or `requested`; null while it is active. */
      disabled_reason: components["schemas"]["WebhookDisabledReason"] | null;
      /**
       * Format: date-time
       * @description Since when every attempt has failed; null when the last one succeeded. Begins anew when the address is changed or the webhook enabled.
       * @example null
       */
      failing_since: string | null;
      /**
       * @description Attempts that succeeded: one for each delivery, and one more for each replay.
       * @example 1234
       */
      success_count: number;
      /**
       * @description Attempts that failed.
       * @example 5
       */
      failure_count: number;
      /**
       * Format: date-time
       * @description The last attempt.
       * @example 2025-10-11T10:30:00.000Z
       */
      last_triggered_at: string | null;
      /**
       * Format: date-time
       * @description Until when the secret before the present one is used, too; null when it is not.
       * @example null
       */
      previous_secret_expires_at: string | null;
      /**
       * Format: date-time
       * @example 2025-10-11T10:00:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2025-10-11T10:00:00.000Z
       */
      updated_at: string;
    };
    /** @enum {string} */
    WebhookDisabledReason: "gone" | "failing" | "requested";
    CreateWebhookRequest: {
      url: components["schemas"]["WebhookUrl"];
      events: components["schemas"]["EventNames"];
      description?: components["schemas"]["WebhookDescription"] | undefined;
      /**
       * @description One delivery at a time, in the order of their events. A delivery that fails holds up those after it until it succeeds or is
       *     given up after its last retry.
       * @default false
       */
      ordered?: boolean | undefined;
      /** @default true */
      is_active?: boolean | undefined;
    };
    UpdateWebhookRequest: {
      url?: components["schemas"]["WebhookUrl"] | undefined;
      events?: components["schemas"]["EventNames"] | undefined;
      description?: components["schemas"]["WebhookDescription"] | undefined;
      ordered?: boolean | undefined;
      is_active?: boolean | undefined;
      /** @description Ignored. */
      readonly id?: unknown | undefined;
      /** @description Ignored. */
      readonly insecure?: unknown | undefined;
      /** @description Ignored. */
      readonly device_ids?: unknown | undefined;
      /** @description Ignored. */
      readonly disabled_reason?: unknown | undefined;
      /** @description Ignored. */
      readonly failing_since?: unknown | undefined;
      /** @description Ignored. */
      readonly success_count?: unknown | undefined;
      /** @description Ignored. */
      readonly failure_count?: unknown | undefined;
      /** @description Ignored. */
      readonly last_triggered_at?: unknown | undefined;
      /** @description Ignored. */
      readonly previous_secret_expires_at?: unknown | undefined;
      /** @description Ignored. */
      readonly created_at?: unknown | undefined;
      /** @description Ignored. */
      readonly updated_at?: unknown | undefined;
      /** @description Ignored. */
      readonly secret?: unknown | undefined;
    };
    /**
     * @description Where events are posted to, `http` or `https`. Without credentials, white space, backslashes and a port that browsers refuse.
     * @example https://your-domain.com/webhooks/whatsflow
     */
    WebhookUrl: string;
    /** @description The events it is told of. */
    EventNames: components["schemas"]["EventName"][];
    /**
     * @description For yourself.
     * @example Production webhook for CRM integration
     */
    WebhookDescription: string | null;
    CreatedWebhook: components["schemas"]["Webhook"] & {
      /**
       * @description Signs what is sent to this webhook. Shown this once.
       * @example whsec_abc123xyz789
       */
      secret: string;
    };
    RotateSecretRequest: {
      /**
       * @description How long the present secret goes on being used beside the new one. 0 when it was disclosed.
       * @default 86400
       * @example 86400
       */
      overlap_seconds?: number | undefined;
    };
    RotatedSecret: {
      /**
       * @description The new secret. Shown this once.
       * @example whsec_def456uvw012
       */
      secret: string;
      /**
       * Format: date-time
       * @description Until when the old secret is used, too; null when it no longer is.
       * @example 2025-10-12T10:30:00.000Z
       */
      previous_secret_expires_at: string | null;
    };
    TestWebhookRequest: {
      /**
       * @description Whether to find out if the receiver verifies signatures: once it took the event, a copy is sent whose signatures are wrong. A
       *     receiver that verifies answers 2xx, then 4xx.
       * @default false
       */
      verify?: boolean | undefined;
    };
    TestedWebhook: {
      /**
       * @description The delivery that tells how it went.
       * @example delivery_abc123
       */
      delivery_id: string;
    };
    /**
     * @description A place in the stream of events, as its `id` tells. Later events have larger ones.
     * @example 42
     */
    EventPosition: string;
    /**
     * @description Blocks of `id`, `event` and `data`, by the HTML standard. `data` is a `WebhookEvent`, or a `StreamGap` where `event` is `gap`.
     * @example id: 42
     *     event: webhook.test
     *     data: {…}
     */
    EventStream: string;
    /** @description Events that are no longer kept, and so were not streamed. */
    StreamGap: {
      /**
       * @description After which event the stream was to go on.
       * @example 12
       */
      requested: string;
      /**
       * @description After which event it goes on.
       * @example 57
       */
      resumes_after: string;
    };
    TriggerEventRequest: {
      event: components["schemas"]["EventName"];
    };
    TriggeredEvent: {
      /**
       * @description The event's id, as in delivery logs.
       * @example evt_abc123
       */
      id: string;
      event: components["schemas"]["EventName"];
    };
    RecoverRequest: {
      /**
       * Format: date-time
       * @description Deliveries of events at or after this time.
       * @example 2025-10-11T00:00:00.000Z
       */
      since: string;
      /**
       * Format: date-time
       * @description Only those of events before this time.
       * @example 2025-10-12T00:00:00.000Z
       */
      until?: string | undefined;
    };
    RecoveredDeliveries: {
      /**
       * @description Deliveries that are sent again.
       * @example 42
       */
      count: number;
    };
    Delivery: {
      /**
       * @description Also `X-Webhook-Delivery-Id` and `webhook-id`.
       * @example delivery_abc123
       */
      id: string;
      /** @example webhook_xyz789 */
      webhook_id: string;
      /** @example evt_abc123 */
      event_id: string;
      event_type: components["schemas"]["EventName"];
      status: components["schemas"]["DeliveryStatus"];
      /**
       * @description The HTTP status of the last attempt; null when there was no answer.
       * @example 200
       */
      response_status: number | null;
      /**
       * @description Attempts so far.
       * @example 1
       */
      attempt_number: number;
      /**
       * Format: date-time
       * @description When it was received; null until then.
       * @example 2025-10-11T10:30:00.000Z
       */
      delivered_at: string | null;
      /** @description Whether it was received. */
      success: boolean;
      /**
       * Format: date-time
       * @description When it is tried next; null when it is not.
       * @example 2025-10-11T10:35:00.000Z
       */
      next_attempt_at: string | null;
      /**
       * @description Of a test with `verify`: whether the receiver verifies signatures. `passed`: it took the event and refused the wrongly signed
       *     copy with a 4xx. `failed`: it took both, did not answer the copy with a 4xx, or never took the event. `pending`: not known
       *     yet. Null for everything else.
       */
      verification: components["schemas"]["WebhookVerification"] | null;
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      created_at: string;
      /** @description Each try, the oldest first. */
      attempts: components["schemas"]["DeliveryAttempt"][];
    };
    /**
     * @description `pending`: to be tried. `succeeded`: received. `failed`: given up after the last retry. `skipped`: the webhook was not active.
     * @enum {string}
     */
    DeliveryStatus: "pending" | "succeeded" | "failed" | "skipped";
    /** @enum {string} */
    WebhookVerification: "pending" | "passed" | "failed";
    DeliveryWithPayload: components["schemas"]["Delivery"] & {
      /**
       * @description The body, byte for byte as it is signed and sent.
       * @example {"event":"webhook.test","timestamp":"2025-10-11T10:30:00.000Z","data":{}}
       */
      payload: string;
    };
    DeliveryAttempt: {
      /** @example 1 */
      attempt_number: number;
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      attempted_at: string;
      /** @example 87 */
      duration_ms: number;
      /** @example 200 */
      response_status: number | null;
      /**
       * @description The beginning of the answer, at most 4 KiB; null when there was no answer.
       * @example OK
       */
      response_body: string | null;
      /**
       * @description Why there was no answer, or why it was not taken as a success.
       * @example connect ECONNREFUSED
       */
      error: string | null;
      /** @description True for the wrongly signed copy of a test with `verify`, which the receiver has to refuse. */
      tampered: boolean;
    };
    /** @example Accounting */
    KeyName: string;
    ApiKey: {
      /** @example key_abc123 */
      id: string;
      /** @example Accounting */
      name: string;
      /**
       * @description How the key begins and ends.
       * @example wf_live_…x7Qa
       */
      key_hint: string;
      mode: components["schemas"]["Mode"];
      scopes: components["schemas"]["Scope"][];
      /** @description The only devices it works on; null for all. */
      device_ids: string[] | null;
      /**
       * Format: date-time
       * @example 2026-10-11T10:00:00.000Z
       */
      expires_at: string | null;
      /**
       * Format: date-time
       * @description To the minute.
       * @example 2025-10-11T10:30:00.000Z
       */
      last_used_at: string | null;
      /**
       * Format: date-time
       * @example 2025-10-11T10:00:00.000Z
       */
      created_at: string;
    };
    CreatedApiKey: components["schemas"]["ApiKey"] & {
      /**
       * @description The key itself. Shown this once.
       * @example wf_live_your_api_key_here
       */
      key: string;
    };
    CreateApiKeyRequest: {
      name: components["schemas"]["KeyName"];
      /** @description What it may do; nothing that the key which makes it may not. */
      scopes: components["schemas"]["Scope"][];
      /** @description As the key which makes it, also when left out; another mode is a 403. */
      mode?: components["schemas"]["Mode"] | undefined;
      /** @description The only devices it works on. Left out or null, those of the key which makes it. */
      device_ids?: (string[] | null) | undefined;
      /**
       * Format: date-time
       * @description When it stops working; a time to come.
       * @example 2026-10-11T10:00:00.000Z
       */
      expires_at?: (string | null) | undefined;
    };
    UsageWindow: {
      /** @example 100 */
      limit: number;
      /** @example 5 */
      used: number;
      /** @example 95 */
      remaining: number;
      /**
       * Format: date-time
       * @example 2025-10-11T10:31:00.000Z
       */
      resets_at: string;
    };
    UsageQuota: {
      /**
       * @description Null when there is no quota.
       * @example 10000
       */
      limit: number | null;
      /** @example 1234 */
      used: number;
      /** @example 8766 */
      remaining: number | null;
      /**
       * Format: date-time
       * @example 2025-11-01T00:00:00.000Z
       */
      resets_at: string;
    };
    /**
     * @description `custom` when the operator set limits of its own.
     * @enum {string}
     */
    Plan: "trial" | "starter" | "professional" | "business" | "enterprise" | "custom";
    Usage: {
      plan: components["schemas"]["Plan"];
      mode: components["schemas"]["Mode"];
      requests_per_minute: components["schemas"]["UsageWindow"];
      requests_per_hour: components["schemas"]["UsageWindow"];
      messages_per_month: components["schemas"]["UsageQuota"];
    };
    ReceivedMessageData: {
      /** @example msg_abc123 */
      message_id: string;
      /** @example contact_xyz789 */
      contact_id: string;
      /**
       * @description In E.164; null where WhatsApp hides it.
       * @example +94771234567
       */
      phone_number: string | null;
      /**
       * @description WhatsApp's own id of a contact whose number it hides. Only then.
       * @example 123456789012345
       */
      lid?: string | undefined;
      /** @example John Doe */
      contact_name: string | null;
      /**
       * @description The text or caption.
       * @example Hi, I need help
       */
      message: string | null;
      /**
       * @description The text was cut to keep the body small; the whole is at GET /messages/{id}. Only then.
       * @constant
       */
      message_truncated?: true | undefined;
      message_type: components["schemas"]["MessageType"];
      reply_to?: components["schemas"]["MessageReply"] | undefined;
      media?: components["schemas"]["MessageMedia"] | undefined;
      /** @example device_123 */
      device_id: string;
      /** @example Main Line */
      device_name: string;
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      created_at: string;
    };
    /** @description The message that this one answers. Only where it answers one. */
    MessageReply: {
      /**
       * @description Null when that message is not stored here.
       * @example msg_abc122
       */
      message_id: string | null;
      /**
       * @description The beginning of its text.
       * @example Hello! How can we help you today?
       */
      message: string | null;
    };
    /** @description What comes with a media message. Only where there is some. */
    MessageMedia: {
      /** @example image/jpeg */
      mime_type: string | null;
      /** @example invoice.pdf */
      file_name: string | null;
      /** @example 48213 */
      size_bytes: number | null;
    };
    GroupMessageData: components["schemas"]["ReceivedMessageData"] & {
      /** @example 120363025246125486 */
      group_id: string;
      /** @example Neighbours */
      group_name: string | null;
    };
    OutboundMessageData: {
      /** @example msg_abc123 */
      message_id: string;
      /** @example contact_xyz789 */
      contact_id: string;
      /**
       * @description In E.164; null where WhatsApp hides it.
       * @example +94771234567
       */
      phone_number: string | null;
      /**
       * @description WhatsApp's own id of a contact whose number it hides. Only then.
       * @example 123456789012345
       */
      lid?: string | undefined;
      /** @example John Doe */
      contact_name: string | null;
      /**
       * @description The text or caption.
       * @example Hello! How can we help you today?
       */
      message: string | null;
      /**
       * @description The text was cut to keep the body small; the whole is at GET /messages/{id}. Only then.
       * @constant
       */
      message_truncated?: true | undefined;
      message_type: components["schemas"]["MessageType"];
      status: components["schemas"]["MessageStatus"];
      origin: components["schemas"]["MessageOrigin"];
      failure?: components["schemas"]["MessageFailure"] | undefined;
      /** @example device_123 */
      device_id: string;
      /** @example Main Line */
      device_name: string;
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      created_at: string;
    };
    DeviceData: {
      /** @example device_123 */
      device_id: string;
      /** @example Main Line */
      device_name: string;
      /** @example +94771234567 */
      phone_number: string | null;
      status: components["schemas"]["DeviceStatus"];
      reason: components["schemas"]["DisconnectReason"] | null;
    };
    DeviceQrData: components["schemas"]["DeviceData"] & {
      /**
       * @description The text that the QR code stands for.
       * @example https://wa.me/settings/linked_devices#2@abc
       */
      qr: string;
      /**
       * Format: date-time
       * @example 2025-10-11T10:31:00.000Z
       */
      expires_at: string;
    };
    WebhookDisabledData: {
      /** @example webhook_abc123 */
      webhook_id: string;
      /** @example https://your-domain.com/webhooks/whatsflow */
      url: string;
      reason: components["schemas"]["WebhookDisabledReason"];
    };
    WebhookTestData: {
      /** @example webhook_abc123 */
      webhook_id: string;
      /** @example This is a test event from WhatsFlow */
      message: string;
    };
    MessageReceivedEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      event: "message.received";
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      timestamp: string;
      data: components["schemas"]["ReceivedMessageData"];
    };
    MessageSentEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      event: "message.sent";
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      timestamp: string;
      data: components["schemas"]["OutboundMessageData"];
    };
    MessageDeliveredEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      event: "message.delivered";
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      timestamp: string;
      data: components["schemas"]["OutboundMessageData"];
    };
    MessageReadEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      event: "message.read";
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      timestamp: string;
      data: components["schemas"]["OutboundMessageData"];
    };
    MessageFailedEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      event: "message.failed";
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      timestamp: string;
      data: components["schemas"]["OutboundMessageData"];
    };
    GroupMessageReceivedEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      event: "group.message.received";
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      timestamp: string;
      data: components["schemas"]["GroupMessageData"];
    };
    DeviceConnectedEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      event: "device.connected";
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      timestamp: string;
      data: components["schemas"]["DeviceData"];
    };
    DeviceDisconnectedEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      event: "device.disconnected";
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      timestamp: string;
      data: components["schemas"]["DeviceData"];
    };
    DeviceQrUpdatedEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      event: "device.qr_updated";
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      timestamp: string;
      data: components["schemas"]["DeviceQrData"];
    };
    DeviceRestrictedEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      event: "device.restricted";
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      timestamp: string;
      data: components["schemas"]["DeviceData"];
    };
    WebhookDisabledEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      event: "webhook.disabled";
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      timestamp: string;
      data: components["schemas"]["WebhookDisabledData"];
    };
    WebhookTestEvent: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      event: "webhook.test";
      /**
       * Format: date-time
       * @example 2025-10-11T10:30:00.000Z
       */
      timestamp: string;
      data: components["schemas"]["WebhookTestData"];
    };
    /** @description Any event, told apart by its `event`. */
    WebhookEvent:
      | components["schemas"]["MessageReceivedEvent"]
      | components["schemas"]["MessageSentEvent"]
      | components["schemas"]["MessageDeliveredEvent"]
      | components["schemas"]["MessageReadEvent"]
      | components["schemas"]["MessageFailedEvent"]
      | components["schemas"]["GroupMessageReceivedEvent"]
      | components["schemas"]["DeviceConnectedEvent"]
      | components["schemas"]["DeviceDisconnectedEvent"]
      | components["schemas"]["DeviceQrUpdatedEvent"]
      | components["schemas"]["DeviceRestrictedEvent"]
      | components["schemas"]["WebhookDisabledEvent"]
      | components["schemas"]["WebhookTestEvent"];
    Error: {
      /** @constant */
      success: false;
      /**
       * @description The kind of error, for people.
       * @example Bad request
       */
      error: string;
      /**
       * @description What went wrong and how to mend it.
       * @example Missing scope messages:send
       */
      message: string;
      code: components["schemas"]["ErrorCode"];
      /**
       * @description As in `X-Request-Id`.
       * @example req_0mh9x0f2k3v8q1w7z5c4b6n
       */
      request_id: string;
      /** @description Whether the same request may succeed later. */
      retryable: boolean;
    };
    ErrorDetail: {
      /**
       * @description The field, parameter or header.
       * @example phone_number
       */
      path: string;
      /** @example must be an international number with country code, such as +94771234567 */
      message: string;
    };
    BadRequestError: components["schemas"]["Error"] & {
      /** @enum {string} */
      code: "invalid_json" | "invalid_request";
      details: components["schemas"]["ErrorDetail"][];
    };
    UnauthorizedError: components["schemas"]["Error"] & {
      /** @constant */
      code: "unauthorized";
    };
    ForbiddenError: components["schemas"]["Error"] & {
      /** @enum {string} */
      code: "missing_scope" | "mode_not_allowed" | "quota_exceeded" | "limit_reached" | "key_limited";
    };
    NotFoundError: components["schemas"]["Error"] & {
      /** @constant */
      code: "not_found";
    };
    IdempotencyConflictError: components["schemas"]["Error"] & {
      /** @constant */
      code: "idempotency_in_flight";
    };
    DeviceConflictError: components["schemas"]["Error"] & {
      /** @enum {string} */
      code: "device_already_connected" | "idempotency_in_flight";
    };
    QrNotAvailableError: components["schemas"]["Error"] & {
      /** @enum {string} */
      code: "device_already_connected" | "qr_not_available";
    };
    VerificationFailedError: components["schemas"]["Error"] & {
      /** @enum {string} */
      code: "internal_error" | "device_not_connected";
    };
    IdempotencyMismatchError: components["schemas"]["Error"] & {
      /** @constant */
      code: "idempotency_key_reused";
    };
    PayloadTooLargeError: components["schemas"]["Error"] & {
      /** @constant */
      code: "payload_too_large";
    };
    UnsupportedMediaTypeError: components["schemas"]["Error"] & {
      /** @constant */
      code: "unsupported_media_type";
    };
    RateLimitError: components["schemas"]["Error"] & {
      /** @constant */
      code: "rate_limited";
      /**
       * @description Seconds to wait, as in `Retry-After`.
       * @example 45
       */
      retryAfter: number;
    };
    InternalError: components["schemas"]["Error"] & {
      /** @constant */
      code: "internal_error";
    };
    SendingFailedError: components["schemas"]["Error"] & {
      /** @enum {string} */
      code: "internal_error" | "device_not_connected" | "not_on_whatsapp" | "restricted" | "rejected";
      /**
       * @description The message that was stored, where one was.
       * @example msg_abc123xyz
       */
      message_id?: string | undefined;
    };
  };
  responses: {
    /** @description Something in the request is not valid. Codes: `invalid_json`, `invalid_request`; `details` names each field and its cure. */
    BadRequest: {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        RateLimit: components["headers"]["RateLimit"];
        "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["BadRequestError"];
      };
    };
    /** @description The API key is missing or not valid. Code: `unauthorized`. */
    Unauthorized: {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
        [name: string]: unknown;
      };
      content: {
        /**
         * @example {
         *       "success": false,
         *       "error": "Unauthorized",
         *       "message": "Invalid or missing API key",
         *       "code": "unauthorized",
         *       "request_id": "req_0mh9x0f2k3v8q1w7z5c4b6n",
         *       "retryable": false
         *     }
         */
        "application/json": components["schemas"]["UnauthorizedError"];
      };
    };
    /**
     * @description The key may not do this. Codes: `missing_scope` (the message names the scope), `mode_not_allowed`, `quota_exceeded` (the
     *     account's monthly messages are used up), `limit_reached` (the space holds as many of this kind as it may), `key_limited` (a key
     *     that is limited to some devices makes no others).
     */
    Forbidden: {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        RateLimit: components["headers"]["RateLimit"];
        "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ForbiddenError"];
      };
    };
    /** @description Nothing in this space has that id. Code: `not_found`. */
    NotFound: {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        RateLimit: components["headers"]["RateLimit"];
        "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["NotFoundError"];
      };
    };
    /** @description A request with this Idempotency-Key is still in flight. Code: `idempotency_in_flight`. */
    IdempotencyConflict: {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        RateLimit: components["headers"]["RateLimit"];
        "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
        "Retry-After": components["headers"]["Retry-After"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["IdempotencyConflictError"];
      };
    };
    /**
     * @description The device is connected or at least paired already (`device_already_connected`; log it out first), or a request with this Idempotency-Key is
     *     still in flight (`idempotency_in_flight`, then with `Retry-After`).
     */
    DeviceConflict: {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        RateLimit: components["headers"]["RateLimit"];
        "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
        /** @description Seconds to wait, where waiting helps. */
        "Retry-After"?: number | undefined;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["DeviceConflictError"];
      };
    };
    /** @description There is no QR code to scan. Codes: `device_already_connected`, `qr_not_available`. */
    QrNotAvailable: {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        RateLimit: components["headers"]["RateLimit"];
        "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["QrNotAvailableError"];
      };
    };
    /** @description This Idempotency-Key was used with another request. Code: `idempotency_key_reused`. */
    IdempotencyMismatch: {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        RateLimit: components["headers"]["RateLimit"];
        "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["IdempotencyMismatchError"];
      };
    };
    /** @description The body is larger than 1 MiB. Code: `payload_too_large`. */
    PayloadTooLarge: {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        RateLimit: components["headers"]["RateLimit"];
        "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["PayloadTooLargeError"];
      };
    };
    /** @description The body is not declared as JSON. Code: `unsupported_media_type`. */
    UnsupportedMediaType: {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        RateLimit: components["headers"]["RateLimit"];
        "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["UnsupportedMediaTypeError"];
      };
    };
    /**
     * @description The rate limit of the space is used up, or too many requests with an invalid key came from this address
     *     (then without the headers of a limit), or too many streams are open. Code: `rate_limited`.
     */
    RateLimited: {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        /** @description Requests allowed in the window that is used up. */
        "X-RateLimit-Limit"?: number | undefined;
        /** @description 0. */
        "X-RateLimit-Remaining"?: number | undefined;
        /** @description When that window starts anew, in Unix seconds. */
        "X-RateLimit-Reset"?: number | undefined;
        /** @description The same by the IETF draft. */
        RateLimit?: string | undefined;
        /** @description Both windows by the IETF draft. */
        "RateLimit-Policy"?: string | undefined;
        "Retry-After": components["headers"]["Retry-After"];
        [name: string]: unknown;
      };
      content: {
        /**
         * @example {
         *       "success": false,
         *       "error": "Rate limit exceeded",
         *       "message": "You have exceeded the rate limit of 100 requests per minute",
         *       "code": "rate_limited",
         *       "request_id": "req_0mh9x0f2k3v8q1w7z5c4b6n",
         *       "retryable": true,
         *       "retryAfter": 45
         *     }
         */
        "application/json": components["schemas"]["RateLimitError"];
      };
    };
    /** @description Something failed on the server; nothing of its inside is told. Code: `internal_error`. */
    InternalError: {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        RateLimit: components["headers"]["RateLimit"];
        "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["InternalError"];
      };
    };
    /**
     * @description The message was not sent. Codes: `device_not_connected` (nothing was stored; try again when a device is connected),
     *     `not_on_whatsapp`, `restricted`, `rejected` (stored as `failed`, under `message_id`; do not try again), `internal_error`.
     */
    SendingFailed: {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        RateLimit: components["headers"]["RateLimit"];
        "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
        "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
        [name: string]: unknown;
      };
      content: {
        /**
         * @example {
         *       "success": false,
         *       "error": "Message sending failed",
         *       "message": "No WhatsApp device is connected. Connect a device, then try again.",
         *       "code": "device_not_connected",
         *       "request_id": "req_0mh9x0f2k3v8q1w7z5c4b6n",
         *       "retryable": true
         *     }
         */
        "application/json": components["schemas"]["SendingFailedError"];
      };
    };
    /** @description The numbers could not be checked. Codes: `device_not_connected` (try again when a device is connected), `internal_error`. */
    VerificationFailed: {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        RateLimit: components["headers"]["RateLimit"];
        "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
        "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["VerificationFailedError"];
      };
    };
  };
  parameters: {
    /** @description The page number, from 1. */
    Page: number;
    /** @description Items on a page. */
    Limit: number;
    /** @description Where to go on, from `pagination.next_cursor`. Not together with `page`. */
    Cursor: string;
    /** @description The message's id. */
    MessageId: string;
    /** @description The device's id. */
    DeviceId: string;
    /** @description The contact's id. */
    ContactId: string;
    /** @description The webhook's id. */
    WebhookId: string;
    /** @description The delivery's id. */
    DeliveryId: string;
    /** @description Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours. */
    IdempotencyKey: string;
    /** @description The event's name, as in the body. */
    XWebhookEvent: components["schemas"]["EventName"];
    /** @description `sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8. */
    XWebhookSignature: string;
    /** @description One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm. */
    XWebhookDeliveryId: string;
    /** @description The delivery id again, under the name that Standard Webhooks gives it. */
    WebhookIdHeader: string;
    /** @description When this attempt was signed, in Unix seconds. */
    WebhookTimestampHeader: string;
    /**
     * @description Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the
     *     base64 after `whsec_` stands for. Several signatures are separated by spaces.
     */
    WebhookSignatureHeader: string;
    /** @description The sender. */
    UserAgent: "WhatsFlow-Webhooks/1.0";
  };
  requestBodies: never;
  headers: {
    /** @description The id of this request, also in the server's log. */
    "X-Request-Id": string;
    /** @description Requests allowed in the window that is described (the minute, unless the hour is nearer its end). */
    "X-RateLimit-Limit": number;
    /** @description Requests left in that window. */
    "X-RateLimit-Remaining": number;
    /** @description When that window starts anew, in Unix seconds. */
    "X-RateLimit-Reset": number;
    /** @description The same by the IETF draft, what remains (`r`) and for how many seconds (`t`). */
    RateLimit: string;
    /** @description Both windows by the IETF draft, quota (`q`) and length in seconds (`w`). */
    "RateLimit-Policy": string;
    /** @description Seconds to wait before the next try. */
    "Retry-After": number;
    /** @description `true` when this is the first answer to the same Idempotency-Key, given again. */
    "Idempotent-Replayed": "true";
    /** @description How to authenticate. */
    "WWW-Authenticate": "Bearer";
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  sendMessage: {
    parameters: {
      query?: never;
      header?:
        | {
            /** @description Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours. */
            "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
          }
        | undefined;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "phone_number": "+94771234567",
         *       "message": "Hello! How can we help you today?"
         *     }
         */
        "application/json": components["schemas"]["SendMessageRequest"];
      };
    };
    responses: {
      /** @description The message was stored, and sent unless its status says `pending`. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["SentMessage"];
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      409: components["responses"]["IdempotencyConflict"];
      413: components["responses"]["PayloadTooLarge"];
      415: components["responses"]["UnsupportedMediaType"];
      422: components["responses"]["IdempotencyMismatch"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["SendingFailed"];
    };
  };
  listMessages: {
    parameters: {
      query?:
        | {
            /** @description The page number, from 1. */
            page?: components["parameters"]["Page"] | undefined;
            /** @description Items on a page. */
            limit?: components["parameters"]["Limit"] | undefined;
            /** @description Where to go on, from `pagination.next_cursor`. Not together with `page`. */
            cursor?: components["parameters"]["Cursor"] | undefined;
            /** @description Only messages exchanged with this contact. */
            contact_id?: string | undefined;
            /** @description Only messages of this device. Read by cursor only. */
            device_id?: string | undefined;
            /** @description Only inbound or only outbound messages. Read by cursor only. */
            direction?: components["schemas"]["MessageDirection"] | undefined;
            /** @description Only messages with this status. Read by cursor only. */
            status?: components["schemas"]["MessageStatus"] | undefined;
            /** @description Only messages created at or after this time. Read by cursor only. */
            since?: string | undefined;
            /** @description Only messages created before this time. Read by cursor only. */
            until?: string | undefined;
          }
        | undefined;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of messages. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Message"][];
            pagination: components["schemas"]["Pagination"];
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  getMessage: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The message's id. */
        id: components["parameters"]["MessageId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The message. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Message"];
          };
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  listDevices: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The devices. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Device"][];
          };
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  createDevice: {
    parameters: {
      query?: never;
      header?:
        | {
            /** @description Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours. */
            "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
          }
        | undefined;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "device_name": "Sales Line"
         *     }
         */
        "application/json": components["schemas"]["CreateDeviceRequest"];
      };
    };
    responses: {
      /** @description The device was created and waits to be paired. */
      201: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Device"];
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      409: components["responses"]["IdempotencyConflict"];
      413: components["responses"]["PayloadTooLarge"];
      415: components["responses"]["UnsupportedMediaType"];
      422: components["responses"]["IdempotencyMismatch"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  deleteDevice: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The device's id. */
        id: components["parameters"]["DeviceId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The device was deleted. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            /** @example Device deleted successfully */
            message: string;
          };
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  updateDevice: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The device's id. */
        id: components["parameters"]["DeviceId"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "device_name": "Sales Line",
         *       "is_primary": true
         *     }
         */
        "application/json": components["schemas"]["UpdateDeviceRequest"];
      };
    };
    responses: {
      /** @description The updated device. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Device"];
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      413: components["responses"]["PayloadTooLarge"];
      415: components["responses"]["UnsupportedMediaType"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  getDeviceStatus: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The device's id. */
        id: components["parameters"]["DeviceId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The device. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Device"];
          };
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  getDeviceQr: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The device's id. */
        id: components["parameters"]["DeviceId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The QR code. Whoever scans it links the phone to this server; treat it as a secret. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["DeviceQr"];
          };
          "image/png": string;
          "image/svg+xml": string;
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      409: components["responses"]["QrNotAvailable"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  createPairingCode: {
    parameters: {
      query?: never;
      header?:
        | {
            /** @description Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours. */
            "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
          }
        | undefined;
      path: {
        /** @description The device's id. */
        id: components["parameters"]["DeviceId"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "phone_number": "+94771234567"
         *     }
         */
        "application/json": components["schemas"]["PairingCodeRequest"];
      };
    };
    responses: {
      /** @description The code to type in on the phone. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["PairingCode"];
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      409: components["responses"]["DeviceConflict"];
      413: components["responses"]["PayloadTooLarge"];
      415: components["responses"]["UnsupportedMediaType"];
      422: components["responses"]["IdempotencyMismatch"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  reconnectDevice: {
    parameters: {
      query?: never;
      header?:
        | {
            /** @description Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours. */
            "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
          }
        | undefined;
      path: {
        /** @description The device's id. */
        id: components["parameters"]["DeviceId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Connecting has begun; events and the device's status tell how it goes on. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Device"];
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      409: components["responses"]["IdempotencyConflict"];
      422: components["responses"]["IdempotencyMismatch"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  logoutDevice: {
    parameters: {
      query?: never;
      header?:
        | {
            /** @description Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours. */
            "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
          }
        | undefined;
      path: {
        /** @description The device's id. */
        id: components["parameters"]["DeviceId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The device is logged out. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Device"];
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      409: components["responses"]["IdempotencyConflict"];
      422: components["responses"]["IdempotencyMismatch"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  listContacts: {
    parameters: {
      query?:
        | {
            /** @description The page number, from 1. */
            page?: components["parameters"]["Page"] | undefined;
            /** @description Items on a page. */
            limit?: components["parameters"]["Limit"] | undefined;
            /** @description Where to go on, from `pagination.next_cursor`. Not together with `page`. */
            cursor?: components["parameters"]["Cursor"] | undefined;
          }
        | undefined;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of contacts. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: {
              contacts: components["schemas"]["Contact"][];
              pagination: components["schemas"]["Pagination"];
            };
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  verifyContacts: {
    parameters: {
      query?: never;
      header?:
        | {
            /** @description Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours. */
            "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
          }
        | undefined;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "phone_numbers": [
         *         "+94771234567",
         *         "+12025550100"
         *       ]
         *     }
         */
        "application/json": components["schemas"]["VerifyContactsRequest"];
      };
    };
    responses: {
      /** @description What is known of each number. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["VerifiedNumber"][];
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      409: components["responses"]["IdempotencyConflict"];
      413: components["responses"]["PayloadTooLarge"];
      415: components["responses"]["UnsupportedMediaType"];
      422: components["responses"]["IdempotencyMismatch"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["VerificationFailed"];
    };
  };
  getContact: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The contact's id. */
        id: components["parameters"]["ContactId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The contact. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Contact"];
          };
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  updateContact: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The contact's id. */
        id: components["parameters"]["ContactId"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "John Doe"
         *     }
         */
        "application/json": components["schemas"]["UpdateContactRequest"];
      };
    };
    responses: {
      /** @description The updated contact. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Contact"];
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      413: components["responses"]["PayloadTooLarge"];
      415: components["responses"]["UnsupportedMediaType"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  listWebhooks: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The webhooks. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Webhook"][];
          };
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  createWebhook: {
    parameters: {
      query?: never;
      header?:
        | {
            /** @description Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours. */
            "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
          }
        | undefined;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "url": "https://your-domain.com/webhooks/whatsflow",
         *       "events": [
         *         "message.received",
         *         "message.sent",
         *         "device.disconnected"
         *       ],
         *       "description": "Production webhook for CRM integration"
         *     }
         */
        "application/json": components["schemas"]["CreateWebhookRequest"];
      };
    };
    responses: {
      /** @description The webhook was created. Its secret is shown this once. */
      201: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["CreatedWebhook"];
            /** @example Webhook created successfully. Save the secret - it will not be shown again. */
            message: string;
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      409: components["responses"]["IdempotencyConflict"];
      413: components["responses"]["PayloadTooLarge"];
      415: components["responses"]["UnsupportedMediaType"];
      422: components["responses"]["IdempotencyMismatch"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  getWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The webhook's id. */
        id: components["parameters"]["WebhookId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The webhook. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Webhook"];
          };
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  updateWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The webhook's id. */
        id: components["parameters"]["WebhookId"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "url": "https://new-domain.com/webhooks",
         *       "events": [
         *         "message.received"
         *       ],
         *       "is_active": true
         *     }
         */
        "application/json": components["schemas"]["UpdateWebhookRequest"];
      };
    };
    responses: {
      /** @description The updated webhook. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Webhook"];
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      413: components["responses"]["PayloadTooLarge"];
      415: components["responses"]["UnsupportedMediaType"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  deleteWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The webhook's id. */
        id: components["parameters"]["WebhookId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The webhook was deleted. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            /** @example Webhook deleted successfully */
            message: string;
          };
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  rotateWebhookSecret: {
    parameters: {
      query?: never;
      header?:
        | {
            /** @description Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours. */
            "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
          }
        | undefined;
      path: {
        /** @description The webhook's id. */
        id: components["parameters"]["WebhookId"];
      };
      cookie?: never;
    };
    requestBody?:
      | {
          content: {
            /**
             * @example {
             *       "overlap_seconds": 86400
             *     }
             */
            "application/json": components["schemas"]["RotateSecretRequest"];
          };
        }
      | undefined;
    responses: {
      /** @description The new secret. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["RotatedSecret"];
            /** @example Secret rotated successfully. Save the secret - it will not be shown again. */
            message: string;
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      409: components["responses"]["IdempotencyConflict"];
      413: components["responses"]["PayloadTooLarge"];
      415: components["responses"]["UnsupportedMediaType"];
      422: components["responses"]["IdempotencyMismatch"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  testWebhook: {
    parameters: {
      query?: never;
      header?:
        | {
            /** @description Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours. */
            "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
          }
        | undefined;
      path: {
        /** @description The webhook's id. */
        id: components["parameters"]["WebhookId"];
      };
      cookie?: never;
    };
    requestBody?:
      | {
          content: {
            /**
             * @example {
             *       "verify": true
             *     }
             */
            "application/json": components["schemas"]["TestWebhookRequest"];
          };
        }
      | undefined;
    responses: {
      /** @description The test event was queued; the delivery log tells how it went. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["TestedWebhook"];
            /** @example Test webhook queued for delivery */
            message: string;
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      409: components["responses"]["IdempotencyConflict"];
      413: components["responses"]["PayloadTooLarge"];
      415: components["responses"]["UnsupportedMediaType"];
      422: components["responses"]["IdempotencyMismatch"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  listWebhookDeliveries: {
    parameters: {
      query?:
        | {
            /** @description Items on a page. */
            limit?: components["parameters"]["Limit"] | undefined;
            /** @description Where to go on, from `pagination.next_cursor`. Not together with `page`. */
            cursor?: components["parameters"]["Cursor"] | undefined;
            /** @description Only deliveries with this status. */
            status?: components["schemas"]["DeliveryStatus"] | undefined;
            /** @description Only deliveries of this event. */
            event_type?: components["schemas"]["EventName"] | undefined;
            /** @description Only deliveries of events at or after this time. */
            since?: string | undefined;
            /** @description Only deliveries of events before this time. */
            until?: string | undefined;
          }
        | undefined;
      header?: never;
      path: {
        /** @description The webhook's id. */
        id: components["parameters"]["WebhookId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of deliveries. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Delivery"][];
            pagination: components["schemas"]["CursorPagination"];
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  getWebhookDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The webhook's id. */
        id: components["parameters"]["WebhookId"];
        /** @description The delivery's id. */
        delivery_id: components["parameters"]["DeliveryId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The delivery. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["DeliveryWithPayload"];
          };
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  replayWebhookDelivery: {
    parameters: {
      query?: never;
      header?:
        | {
            /** @description Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours. */
            "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
          }
        | undefined;
      path: {
        /** @description The webhook's id. */
        id: components["parameters"]["WebhookId"];
        /** @description The delivery's id. */
        delivery_id: components["parameters"]["DeliveryId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The delivery, which is due now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Delivery"];
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      409: components["responses"]["IdempotencyConflict"];
      422: components["responses"]["IdempotencyMismatch"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  recoverWebhookDeliveries: {
    parameters: {
      query?: never;
      header?:
        | {
            /** @description Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours. */
            "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
          }
        | undefined;
      path: {
        /** @description The webhook's id. */
        id: components["parameters"]["WebhookId"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "since": "2025-10-11T00:00:00.000Z"
         *     }
         */
        "application/json": components["schemas"]["RecoverRequest"];
      };
    };
    responses: {
      /** @description How many are sent again. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["RecoveredDeliveries"];
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      409: components["responses"]["IdempotencyConflict"];
      413: components["responses"]["PayloadTooLarge"];
      415: components["responses"]["UnsupportedMediaType"];
      422: components["responses"]["IdempotencyMismatch"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  streamEvents: {
    parameters: {
      query?:
        | {
            /** @description Only these events, by their names, separated by commas. */
            events?: string | undefined;
            /** @description The same as the header `Last-Event-ID`, for clients that cannot set it. The header goes before it. */
            last_event_id?: components["schemas"]["EventPosition"] | undefined;
          }
        | undefined;
      header?:
        | {
            /** @description The `id` that was read last. Without it the stream begins now. */
            "Last-Event-ID"?: components["schemas"]["EventPosition"] | undefined;
          }
        | undefined;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The stream. It does not end by itself. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "text/event-stream": components["schemas"]["EventStream"];
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  triggerEvent: {
    parameters: {
      query?: never;
      header?:
        | {
            /** @description Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours. */
            "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
          }
        | undefined;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "event": "device.disconnected"
         *     }
         */
        "application/json": components["schemas"]["TriggerEventRequest"];
      };
    };
    responses: {
      /** @description The event happened. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["TriggeredEvent"];
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      409: components["responses"]["IdempotencyConflict"];
      413: components["responses"]["PayloadTooLarge"];
      415: components["responses"]["UnsupportedMediaType"];
      422: components["responses"]["IdempotencyMismatch"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  listApiKeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The keys. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["ApiKey"][];
          };
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  createApiKey: {
    parameters: {
      query?: never;
      header?:
        | {
            /** @description Makes a retry safe. The same key with the same request is answered as the first time and does nothing again. Kept for 24 hours. */
            "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
          }
        | undefined;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Accounting",
         *       "scopes": [
         *         "messages:send",
         *         "messages:read"
         *       ]
         *     }
         */
        "application/json": components["schemas"]["CreateApiKeyRequest"];
      };
    };
    responses: {
      /** @description The key was created and is shown this once. */
      201: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["CreatedApiKey"];
            /** @example API key created successfully. Save the key - it will not be shown again. */
            message: string;
          };
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      409: components["responses"]["IdempotencyConflict"];
      413: components["responses"]["PayloadTooLarge"];
      415: components["responses"]["UnsupportedMediaType"];
      422: components["responses"]["IdempotencyMismatch"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  revokeApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The key's id (not the key itself). */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The key was revoked. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            /** @example API key revoked successfully */
            message: string;
          };
        };
      };
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  getUsage: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The usage as it stands, this request included. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          RateLimit: components["headers"]["RateLimit"];
          "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            success: true;
            data: components["schemas"]["Usage"];
          };
        };
      };
      401: components["responses"]["Unauthorized"];
      429: components["responses"]["RateLimited"];
      500: components["responses"]["InternalError"];
    };
  };
  onMessageReceived: {
    parameters: {
      query?: never;
      header: {
        /** @description The event's name, as in the body. */
        "X-Webhook-Event": components["parameters"]["XWebhookEvent"];
        /** @description `sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8. */
        "X-Webhook-Signature": components["parameters"]["XWebhookSignature"];
        /** @description One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm. */
        "X-Webhook-Delivery-Id": components["parameters"]["XWebhookDeliveryId"];
        /** @description The delivery id again, under the name that Standard Webhooks gives it. */
        "webhook-id": components["parameters"]["WebhookIdHeader"];
        /** @description When this attempt was signed, in Unix seconds. */
        "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
        /**
         * @description Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the
         *     base64 after `whsec_` stands for. Several signatures are separated by spaces.
         */
        "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
        /** @description The sender. */
        "User-Agent": components["parameters"]["UserAgent"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["MessageReceivedEvent"];
      };
    };
    responses: {
      /** @description Gone: the webhook is disabled. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Received. Answer within 30 seconds and work afterwards. */
      "2XX": {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Not received: it is delivered again later, under the same delivery id. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onMessageSent: {
    parameters: {
      query?: never;
      header: {
        /** @description The event's name, as in the body. */
        "X-Webhook-Event": components["parameters"]["XWebhookEvent"];
        /** @description `sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8. */
        "X-Webhook-Signature": components["parameters"]["XWebhookSignature"];
        /** @description One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm. */
        "X-Webhook-Delivery-Id": components["parameters"]["XWebhookDeliveryId"];
        /** @description The delivery id again, under the name that Standard Webhooks gives it. */
        "webhook-id": components["parameters"]["WebhookIdHeader"];
        /** @description When this attempt was signed, in Unix seconds. */
        "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
        /**
         * @description Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the
         *     base64 after `whsec_` stands for. Several signatures are separated by spaces.
         */
        "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
        /** @description The sender. */
        "User-Agent": components["parameters"]["UserAgent"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["MessageSentEvent"];
      };
    };
    responses: {
      /** @description Gone: the webhook is disabled. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Received. Answer within 30 seconds and work afterwards. */
      "2XX": {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Not received: it is delivered again later, under the same delivery id. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onMessageDelivered: {
    parameters: {
      query?: never;
      header: {
        /** @description The event's name, as in the body. */
        "X-Webhook-Event": components["parameters"]["XWebhookEvent"];
        /** @description `sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8. */
        "X-Webhook-Signature": components["parameters"]["XWebhookSignature"];
        /** @description One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm. */
        "X-Webhook-Delivery-Id": components["parameters"]["XWebhookDeliveryId"];
        /** @description The delivery id again, under the name that Standard Webhooks gives it. */
        "webhook-id": components["parameters"]["WebhookIdHeader"];
        /** @description When this attempt was signed, in Unix seconds. */
        "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
        /**
         * @description Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the
         *     base64 after `whsec_` stands for. Several signatures are separated by spaces.
         */
        "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
        /** @description The sender. */
        "User-Agent": components["parameters"]["UserAgent"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["MessageDeliveredEvent"];
      };
    };
    responses: {
      /** @description Gone: the webhook is disabled. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Received. Answer within 30 seconds and work afterwards. */
      "2XX": {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Not received: it is delivered again later, under the same delivery id. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onMessageRead: {
    parameters: {
      query?: never;
      header: {
        /** @description The event's name, as in the body. */
        "X-Webhook-Event": components["parameters"]["XWebhookEvent"];
        /** @description `sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8. */
        "X-Webhook-Signature": components["parameters"]["XWebhookSignature"];
        /** @description One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm. */
        "X-Webhook-Delivery-Id": components["parameters"]["XWebhookDeliveryId"];
        /** @description The delivery id again, under the name that Standard Webhooks gives it. */
        "webhook-id": components["parameters"]["WebhookIdHeader"];
        /** @description When this attempt was signed, in Unix seconds. */
        "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
        /**
         * @description Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the
         *     base64 after `whsec_` stands for. Several signatures are separated by spaces.
         */
        "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
        /** @description The sender. */
        "User-Agent": components["parameters"]["UserAgent"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["MessageReadEvent"];
      };
    };
    responses: {
      /** @description Gone: the webhook is disabled. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Received. Answer within 30 seconds and work afterwards. */
      "2XX": {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Not received: it is delivered again later, under the same delivery id. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onMessageFailed: {
    parameters: {
      query?: never;
      header: {
        /** @description The event's name, as in the body. */
        "X-Webhook-Event": components["parameters"]["XWebhookEvent"];
        /** @description `sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8. */
        "X-Webhook-Signature": components["parameters"]["XWebhookSignature"];
        /** @description One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm. */
        "X-Webhook-Delivery-Id": components["parameters"]["XWebhookDeliveryId"];
        /** @description The delivery id again, under the name that Standard Webhooks gives it. */
        "webhook-id": components["parameters"]["WebhookIdHeader"];
        /** @description When this attempt was signed, in Unix seconds. */
        "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
        /**
         * @description Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the
         *     base64 after `whsec_` stands for. Several signatures are separated by spaces.
         */
        "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
        /** @description The sender. */
        "User-Agent": components["parameters"]["UserAgent"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["MessageFailedEvent"];
      };
    };
    responses: {
      /** @description Gone: the webhook is disabled. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Received. Answer within 30 seconds and work afterwards. */
      "2XX": {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Not received: it is delivered again later, under the same delivery id. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onGroupMessageReceived: {
    parameters: {
      query?: never;
      header: {
        /** @description The event's name, as in the body. */
        "X-Webhook-Event": components["parameters"]["XWebhookEvent"];
        /** @description `sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8. */
        "X-Webhook-Signature": components["parameters"]["XWebhookSignature"];
        /** @description One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm. */
        "X-Webhook-Delivery-Id": components["parameters"]["XWebhookDeliveryId"];
        /** @description The delivery id again, under the name that Standard Webhooks gives it. */
        "webhook-id": components["parameters"]["WebhookIdHeader"];
        /** @description When this attempt was signed, in Unix seconds. */
        "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
        /**
         * @description Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the
         *     base64 after `whsec_` stands for. Several signatures are separated by spaces.
         */
        "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
        /** @description The sender. */
        "User-Agent": components["parameters"]["UserAgent"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["GroupMessageReceivedEvent"];
      };
    };
    responses: {
      /** @description Gone: the webhook is disabled. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Received. Answer within 30 seconds and work afterwards. */
      "2XX": {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Not received: it is delivered again later, under the same delivery id. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onDeviceConnected: {
    parameters: {
      query?: never;
      header: {
        /** @description The event's name, as in the body. */
        "X-Webhook-Event": components["parameters"]["XWebhookEvent"];
        /** @description `sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8. */
        "X-Webhook-Signature": components["parameters"]["XWebhookSignature"];
        /** @description One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm. */
        "X-Webhook-Delivery-Id": components["parameters"]["XWebhookDeliveryId"];
        /** @description The delivery id again, under the name that Standard Webhooks gives it. */
        "webhook-id": components["parameters"]["WebhookIdHeader"];
        /** @description When this attempt was signed, in Unix seconds. */
        "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
        /**
         * @description Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the
         *     base64 after `whsec_` stands for. Several signatures are separated by spaces.
         */
        "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
        /** @description The sender. */
        "User-Agent": components["parameters"]["UserAgent"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["DeviceConnectedEvent"];
      };
    };
    responses: {
      /** @description Gone: the webhook is disabled. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Received. Answer within 30 seconds and work afterwards. */
      "2XX": {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Not received: it is delivered again later, under the same delivery id. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onDeviceDisconnected: {
    parameters: {
      query?: never;
      header: {
        /** @description The event's name, as in the body. */
        "X-Webhook-Event": components["parameters"]["XWebhookEvent"];
        /** @description `sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8. */
        "X-Webhook-Signature": components["parameters"]["XWebhookSignature"];
        /** @description One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm. */
        "X-Webhook-Delivery-Id": components["parameters"]["XWebhookDeliveryId"];
        /** @description The delivery id again, under the name that Standard Webhooks gives it. */
        "webhook-id": components["parameters"]["WebhookIdHeader"];
        /** @description When this attempt was signed, in Unix seconds. */
        "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
        /**
         * @description Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the
         *     base64 after `whsec_` stands for. Several signatures are separated by spaces.
         */
        "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
        /** @description The sender. */
        "User-Agent": components["parameters"]["UserAgent"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["DeviceDisconnectedEvent"];
      };
    };
    responses: {
      /** @description Gone: the webhook is disabled. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Received. Answer within 30 seconds and work afterwards. */
      "2XX": {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Not received: it is delivered again later, under the same delivery id. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onDeviceQrUpdated: {
    parameters: {
      query?: never;
      header: {
        /** @description The event's name, as in the body. */
        "X-Webhook-Event": components["parameters"]["XWebhookEvent"];
        /** @description `sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8. */
        "X-Webhook-Signature": components["parameters"]["XWebhookSignature"];
        /** @description One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm. */
        "X-Webhook-Delivery-Id": components["parameters"]["XWebhookDeliveryId"];
        /** @description The delivery id again, under the name that Standard Webhooks gives it. */
        "webhook-id": components["parameters"]["WebhookIdHeader"];
        /** @description When this attempt was signed, in Unix seconds. */
        "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
        /**
         * @description Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the
         *     base64 after `whsec_` stands for. Several signatures are separated by spaces.
         */
        "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
        /** @description The sender. */
        "User-Agent": components["parameters"]["UserAgent"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["DeviceQrUpdatedEvent"];
      };
    };
    responses: {
      /** @description Gone: the webhook is disabled. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Received. Answer within 30 seconds and work afterwards. */
      "2XX": {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Not received: it is delivered again later, under the same delivery id. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onDeviceRestricted: {
    parameters: {
      query?: never;
      header: {
        /** @description The event's name, as in the body. */
        "X-Webhook-Event": components["parameters"]["XWebhookEvent"];
        /** @description `sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8. */
        "X-Webhook-Signature": components["parameters"]["XWebhookSignature"];
        /** @description One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm. */
        "X-Webhook-Delivery-Id": components["parameters"]["XWebhookDeliveryId"];
        /** @description The delivery id again, under the name that Standard Webhooks gives it. */
        "webhook-id": components["parameters"]["WebhookIdHeader"];
        /** @description When this attempt was signed, in Unix seconds. */
        "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
        /**
         * @description Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the
         *     base64 after `whsec_` stands for. Several signatures are separated by spaces.
         */
        "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
        /** @description The sender. */
        "User-Agent": components["parameters"]["UserAgent"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["DeviceRestrictedEvent"];
      };
    };
    responses: {
      /** @description Gone: the webhook is disabled. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Received. Answer within 30 seconds and work afterwards. */
      "2XX": {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Not received: it is delivered again later, under the same delivery id. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onWebhookDisabled: {
    parameters: {
      query?: never;
      header: {
        /** @description The event's name, as in the body. */
        "X-Webhook-Event": components["parameters"]["XWebhookEvent"];
        /** @description `sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8. */
        "X-Webhook-Signature": components["parameters"]["XWebhookSignature"];
        /** @description One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm. */
        "X-Webhook-Delivery-Id": components["parameters"]["XWebhookDeliveryId"];
        /** @description The delivery id again, under the name that Standard Webhooks gives it. */
        "webhook-id": components["parameters"]["WebhookIdHeader"];
        /** @description When this attempt was signed, in Unix seconds. */
        "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
        /**
         * @description Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the
         *     base64 after `whsec_` stands for. Several signatures are separated by spaces.
         */
        "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
        /** @description The sender. */
        "User-Agent": components["parameters"]["UserAgent"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["WebhookDisabledEvent"];
      };
    };
    responses: {
      /** @description Gone: the webhook is disabled. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Received. Answer within 30 seconds and work afterwards. */
      "2XX": {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Not received: it is delivered again later, under the same delivery id. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onWebhookTest: {
    parameters: {
      query?: never;
      header: {
        /** @description The event's name, as in the body. */
        "X-Webhook-Event": components["parameters"]["XWebhookEvent"];
        /** @description `sha256=` and the hex HMAC-SHA256 of the body's bytes; its key is the whole secret as UTF-8. */
        "X-Webhook-Signature": components["parameters"]["XWebhookSignature"];
        /** @description One for each event and webhook, the same on every attempt. Remember what you have processed, and a repeat does no harm. */
        "X-Webhook-Delivery-Id": components["parameters"]["XWebhookDeliveryId"];
        /** @description The delivery id again, under the name that Standard Webhooks gives it. */
        "webhook-id": components["parameters"]["WebhookIdHeader"];
        /** @description When this attempt was signed, in Unix seconds. */
        "webhook-timestamp": components["parameters"]["WebhookTimestampHeader"];
        /**
         * @description Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; its key is the bytes that the
         *     base64 after `whsec_` stands for. Several signatures are separated by spaces.
         */
        "webhook-signature": components["parameters"]["WebhookSignatureHeader"];
        /** @description The sender. */
        "User-Agent": components["parameters"]["UserAgent"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["WebhookTestEvent"];
      };
    };
    responses: {
      /** @description Gone: the webhook is disabled. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Received. Answer within 30 seconds and work afterwards. */
      "2XX": {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Not received: it is delivered again later, under the same delivery id. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
}
