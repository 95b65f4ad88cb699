import type { Generated } from "kysely";
import type { components } from "../generated/openapi.js";
import type { EventName } from "../generated/operations.js";
import type { DashboardTables } from "./dashboard-tables.js";

/**
 * The tables, as Kysely sees them.
 *
 * Times are milliseconds since 1970 (UTC). Lists of names are JSON text. Every row that a customer can name carries its
 * `space_id`, and refers to others of its space by composite foreign keys, so that not even a mistake crosses spaces.
 * `seq` is the order in which rows were committed: the writer is alone, so it has no gaps that fill up later.
 */
export interface Database extends DashboardTables {
  settings: SettingsTable;
  accounts: AccountsTable;
  spaces: SpacesTable;
  api_keys: ApiKeysTable;
  rate_windows: RateWindowsTable;
  message_quotas: MessageQuotasTable;
  idempotency_keys: IdempotencyKeysTable;
  devices: DevicesTable;
  contacts: ContactsTable;
  number_checks: NumberChecksTable;
  messages: MessagesTable;
  events: EventsTable;
  webhooks: WebhooksTable;
  deliveries: DeliveriesTable;
  delivery_attempts: DeliveryAttemptsTable;
  whatsapp_payloads: WhatsAppPayloadsTable;
  early_receipts: EarlyReceiptsTable;
  whatsapp_credentials: WhatsAppCredentialsTable;
  whatsapp_keys: WhatsAppKeysTable;
  whatsapp_numbers: WhatsAppNumbersTable;
}

/** SQLite has no booleans. */
export type Flag = 0 | 1;
export type Mode = "live" | "test";
export type PlanName = "trial" | "starter" | "professional" | "business" | "enterprise" | "custom";

/** What the installation knows of itself; what is secret is sealed in the secret box. */
interface SettingsTable {
  name: "encryption_check" | "dev_key" | "retention_hold";
  value: Buffer;
}

interface AccountsTable {
  id: string;
  name: string;
  plan: PlanName;
  requests_per_minute: number;
  requests_per_hour: number;
  /** Null: no quota. */
  messages_per_month: number | null;
  created_at: number;
}

/** An account in one mode. Its id is a small number, as most rows and indexes carry it; nobody outside sees it. `message_count` and `contact_count` are the totals of its lists. */
interface SpacesTable {
  id: Generated<number>;
  account_id: string;
  mode: Mode;
  message_count: Generated<number>;
  contact_count: Generated<number>;
  /** The last event that retention deleted. */
  pruned_event_seq: Generated<number>;
}

interface ApiKeysTable {
  seq: Generated<number>;
  id: string;
  space_id: number;
  name: string;
  /** SHA-256 of the key. */
  hash: Buffer;
  key_hint: string;
  scopes: string;
  device_ids: string | null;
  expires_at: number | null;
  revoked_at: number | null;
  last_used_at: number | null;
  created_at: number;
}

/** How many requests a space may still be answered in its present windows is derived from these upper bounds. */
interface RateWindowsTable {
  space_id: number;
  minute_started_at: number;
  minute_used: number;
  hour_started_at: number;
  hour_used: number;
}

interface MessageQuotasTable {
  account_id: string;
  /** Start of the calendar month, UTC. */
  month: number;
  used: number;
}

/** Either the answer as it was given (sealed), or the message whose state tells the answer. */
interface IdempotencyKeysTable {
  space_id: number;
  operation: string;
  key: string;
  request_hash: Buffer;
  message_id: string | null;
  answer: Buffer | null;
  expires_at: number;
}

interface DevicesTable {
  seq: Generated<number>;
  id: string;
  space_id: number;
  device_name: string;
  phone_number: string | null;
  status: "connected" | "qr_pending" | "disconnected";
  reason: components["schemas"]["DisconnectReason"] | null;
  is_primary: Flag;
  last_connected_at: number | null;
  created_at: number;
  /** Removed devices stay for their messages' sake, and are shown nowhere else. */
  removed_at: Generated<number | null>;
}

interface ContactsTable {
  seq: Generated<number>;
  id: string;
  space_id: number;
  phone_number: string | null;
  lid: string | null;
  name: string | null;
  /** Named through the API: WhatsApp's name for it changes nothing. */
  is_named: Generated<Flag>;
  profile_pic_url: string | null;
  is_business: Flag;
  total_messages: number;
  last_message_at: number | null;
  created_at: number;
}

/** Whether numbers have a WhatsApp account, as WhatsApp said when it was asked last. */
interface NumberChecksTable {
  space_id: number;
  phone_number: string;
  is_on_whatsapp: Flag;
  is_business: Flag | null;
  checked_at: number;
}

interface MessagesTable {
  seq: Generated<number>;
  id: string;
  space_id: number;
  device_id: string;
  contact_id: string;
  direction: "inbound" | "outbound";
  message_type: components["schemas"]["MessageType"];
  content: string | null;
  status: "pending" | "sent" | "delivered" | "read" | "failed";
  failure_code: components["schemas"]["FailureCode"] | null;
  failure_message: string | null;
  /** Null for inbound messages. */
  origin: "api" | "phone" | null;
  /** When an outbound message that is still pending fails as expired. */
  expires_at: number | null;
  created_at: number;
  /** The id that WhatsApp knows it by, once for each device; null in the sandbox. */
  whatsapp_id: string | null;
  /** Null for a direct message. */
  group_id: string | null;
  group_name: string | null;
  /** What comes with it, as the contract's MessageMedia in JSON. */
  media: string | null;
  /** The WhatsApp id of the message that it answers, reacts to, edits or deletes, and the beginning of that one's text. */
  reply_to_id: string | null;
  reply_to_text: string | null;
}

/** WhatsApp's bytes of an outbound message, fixed when it was accepted. */
interface WhatsAppPayloadsTable {
  device_id: string;
  whatsapp_id: string;
  payload: Buffer;
}

interface EarlyReceiptsTable {
  device_id: string;
  whatsapp_id: string;
  status: "delivered" | "read";
  received_at: number;
}

/** Who a device is to WhatsApp; sealed in the secret box. */
interface WhatsAppCredentialsTable {
  device_id: string;
  data: Buffer;
}

/** The keys of a device's encrypted sessions, of whatever types there are; sealed in the secret box. */
interface WhatsAppKeysTable {
  device_id: string;
  type: string;
  id: string;
  data: Buffer;
}

interface WhatsAppNumbersTable {
  space_id: number;
  phone_number: string;
  whatsapp_number: string;
}

/** `body` is what is signed and sent, byte for byte. */
interface EventsTable {
  seq: Generated<number>;
  id: string;
  space_id: number;
  name: EventName;
  device_id: string | null;
  body: Buffer;
  created_at: number;
}

interface WebhooksTable {
  seq: Generated<number>;
  id: string;
  space_id: number;
  url: string;
  events: string;
  description: string | null;
  device_ids: string | null;
  /** Deliveries are made one at a time, in the order of their events. */
  ordered: Generated<Flag>;
  /** Sealed in the secret box. */
  secret: Buffer;
  /** The one before it, sealed, while both are used. */
  previous_secret: Generated<Buffer | null>;
  previous_secret_expires_at: Generated<number | null>;
  is_active: Flag;
  disabled_reason: "gone" | "failing" | "requested" | null;
  success_count: Generated<number>;
  failure_count: Generated<number>;
  /** The present streak of failed attempts: how many, and since when. */
  failing_count: Generated<number>;
  failing_since: number | null;
  last_triggered_at: number | null;
  created_at: number;
  updated_at: number;
}

/** One event for one webhook. `lease` is set while an attempt is under way. */
interface DeliveriesTable {
  seq: Generated<number>;
  id: string;
  space_id: number;
  webhook_id: string;
  event_seq: number;
  status: "pending" | "succeeded" | "failed" | "skipped";
  due_at: number | null;
  lease: string | null;
  /** Made also while the webhook is not active: a test, or a replay that was asked for then. */
  forced: Generated<Flag>;
  attempt_number: Generated<number>;
  /** Attempts since its schedule began, which a replay does anew; how many of them a stop or a crash cut short; the waits between them. */
  failure_count: Generated<number>;
  lost_count: Generated<number>;
  waited_ms: Generated<number>;
  /** Of a test: whether the receiver verifies. */
  verification: Generated<"pending" | "passed" | "failed" | null>;
  response_status: number | null;
  delivered_at: number | null;
  created_at: number;
}

interface DeliveryAttemptsTable {
  delivery_seq: number;
  attempt_number: number;
  attempted_at: number;
  duration_ms: number;
  response_status: number | null;
  /** The beginning of the answer. */
  response_body: string | null;
  error: string | null;
  /** Sent with wrong signatures, to be refused. */
  tampered: Flag;
}
