import { type Kysely, sql } from "kysely";

const STATEMENTS = [
  sql`create table settings (
    name text primary key,
    value blob not null
  ) strict, without rowid`,

  sql`create table accounts (
    id text primary key,
    name text not null unique,
    plan text not null,
    requests_per_minute integer not null,
    requests_per_hour integer not null,
    messages_per_month integer,
    created_at integer not null
  ) strict, without rowid`,

  sql`create table spaces (
    id integer primary key autoincrement,
    account_id text not null references accounts (id),
    mode text not null check (mode in ('live', 'test')),
    message_count integer not null default 0,
    contact_count integer not null default 0,
    unique (account_id, mode)
  ) strict`,

  sql`create table api_keys (
    seq integer primary key autoincrement,
    id text not null unique,
    space_id integer not null references spaces (id),
    name text not null,
    hash blob not null unique,
    key_hint text not null,
    scopes text not null,
    device_ids text,
    expires_at integer,
    revoked_at integer,
    last_used_at integer,
    created_at integer not null
  ) strict`,
  sql`create index api_keys_by_space on api_keys (space_id, seq) where revoked_at is null`,

  sql`create table rate_windows (
    space_id integer primary key references spaces (id),
    minute_started_at integer not null,
    minute_used integer not null,
    hour_started_at integer not null,
    hour_used integer not null
  ) strict`,

  sql`create table message_quotas (
    account_id text not null references accounts (id),
    month integer not null,
    used integer not null,
    primary key (account_id, month)
  ) strict, without rowid`,

  sql`create table devices (
    seq integer primary key autoincrement,
    id text not null,
    space_id integer not null references spaces (id),
    device_name text not null,
    phone_number text,
    status text not null check (status in ('connected', 'qr_pending', 'disconnected')),
    reason text,
    is_primary integer not null check (is_primary in (0, 1)),
    last_connected_at integer,
    created_at integer not null,
    unique (space_id, id)
  ) strict`,
  sql`create unique index devices_primary on devices (space_id) where is_primary = 1`,

  sql`create table contacts (
    seq integer primary key autoincrement,
    id text not null,
    space_id integer not null references spaces (id),
    phone_number text,
    lid text,
    name text,
    profile_pic_url text,
    is_business integer not null check (is_business in (0, 1)),
    total_messages integer not null,
    last_message_at integer,
    created_at integer not null,
    unique (space_id, id),
    check (phone_number is not null or lid is not null)
  ) strict`,
  sql`create unique index contacts_by_phone_number on contacts (space_id, phone_number) where phone_number is not null`,
  sql`create unique index contacts_by_lid on contacts (space_id, lid) where lid is not null`,
  sql`create index contacts_newest on contacts (space_id, seq)`,

  sql`create table messages (
    seq integer primary key autoincrement,
    id text not null,
    space_id integer not null,
    device_id text not null,
    contact_id text not null,
    direction text not null check (direction in ('inbound', 'outbound')),
    message_type text not null,
    content text,
    status text not null check (status in ('pending', 'sent', 'delivered', 'read', 'failed')),
    failure_code text,
    failure_message text,
    origin text,
    expires_at integer,
    created_at integer not null,
    unique (space_id, id),
    foreign key (space_id, device_id) references devices (space_id, id),
    foreign key (space_id, contact_id) references contacts (space_id, id)
  ) strict`,
  sql`create index messages_newest on messages (space_id, created_at, seq)`,
  sql`create index messages_of_contact on messages (space_id, contact_id, created_at, seq)`,
  sql`create index messages_pending on messages (expires_at) where status = 'pending'`,

  sql`create table idempotency_keys (
    space_id integer not null,
    operation text not null,
    key text not null,
    request_hash blob not null,
    message_id text,
    answer blob,
    expires_at integer not null,
    primary key (space_id, operation, key),
    foreign key (space_id) references spaces (id),
    foreign key (space_id, message_id) references messages (space_id, id),
    check ((message_id is null) <> (answer is null))
  ) strict, without rowid`,
  sql`create index idempotency_keys_expiry on idempotency_keys (expires_at)`,

  sql`create table events (
    seq integer primary key autoincrement,
    id text not null,
    space_id integer not null references spaces (id),
    name text not null,
    device_id text,
    body blob not null,
    created_at integer not null,
    unique (space_id, seq)
  ) strict`,

  sql`create table webhooks (
    seq integer primary key autoincrement,
    id text not null unique,
    space_id integer not null references spaces (id),
    url text not null,
    events text not null,
    description text,
    device_ids text,
    secret blob not null,
    is_active integer not null check (is_active in (0, 1)),
    disabled_reason text,
    success_count integer not null default 0,
    failure_count integer not null default 0,
    failing_count integer not null default 0,
    failing_since integer,
    last_triggered_at integer,
    created_at integer not null,
    updated_at integer not null,
    unique (space_id, id)
  ) strict`,

  sql`create table deliveries (
    seq integer primary key autoincrement,
    id text not null,
    space_id integer not null,
    webhook_id text not null,
    event_seq integer not null,
    status text not null check (status in ('pending', 'succeeded', 'failed', 'skipped')),
    due_at integer,
    lease text,
    attempt_number integer not null default 0,
    failure_count integer not null default 0,
    response_status integer,
    delivered_at integer,
    created_at integer not null,
    unique (webhook_id, event_seq),
    foreign key (space_id, webhook_id) references webhooks (space_id, id) on delete cascade,
    foreign key (space_id, event_seq) references events (space_id, seq)
  ) strict`,
  sql`create index deliveries_of_webhook on deliveries (space_id, webhook_id, seq)`,
  sql`create index deliveries_due on deliveries (webhook_id, due_at) where status = 'pending' and lease is null`,
  sql`create index deliveries_leased on deliveries (webhook_id) where lease is not null`,

  sql`create table delivery_attempts (
    delivery_seq integer not null references deliveries (seq) on delete cascade,
    attempt_number integer not null,
    attempted_at integer not null,
    duration_ms integer not null,
    response_status integer,
    error text,
    primary key (delivery_seq, attempt_number)
  ) strict, without rowid`,
];

/** All tables of the first version. Never edited once released: what changes later is a migration of its own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
