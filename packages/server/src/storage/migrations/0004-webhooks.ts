import { type Kysely, sql } from "kysely";

const STATEMENTS = [
  sql`alter table webhooks add column ordered integer not null default 0 check (ordered in (0, 1))`,
  sql`alter table webhooks add column previous_secret blob`,
  sql`alter table webhooks add column previous_secret_expires_at integer`,

  // The last event that retention deleted, so that a reader who comes back late learns of the gap.
  sql`alter table spaces add column pruned_event_seq integer not null default 0`,

  // Made anew for its indexes: events are deleted after some time, which asks for the deliveries of each.
  sql`create table new_deliveries (
    seq integer primary key autoincrement,
    id text not null unique,
    space_id integer not null,
    webhook_id text not null,
    event_seq integer not null,
    status text not null check (status in ('pending', 'succeeded', 'failed', 'skipped')),
    due_at integer,
    lease text,
    forced integer not null default 0 check (forced in (0, 1)),
    attempt_number integer not null default 0,
    failure_count integer not null default 0,
    lost_count integer not null default 0,
    waited_ms integer not null default 0,
    verification text check (verification in ('pending', 'passed', 'failed')),
    response_status integer,
    delivered_at integer,
    created_at integer not null,
    unique (event_seq, webhook_id),
    foreign key (space_id, webhook_id) references webhooks (space_id, id) on delete cascade,
    foreign key (space_id, event_seq) references events (space_id, seq)
  ) strict`,
  sql`create table new_delivery_attempts (
    delivery_seq integer not null references new_deliveries (seq) on delete cascade,
    attempt_number integer not null,
    attempted_at integer not null,
    duration_ms integer not null,
    response_status integer,
    response_body text,
    error text,
    tampered integer not null default 0 check (tampered in (0, 1)),
    primary key (delivery_seq, attempt_number)
  ) strict, without rowid`,
  sql`insert into new_deliveries (seq, id, space_id, webhook_id, event_seq, status, due_at, lease, attempt_number, failure_count,
      response_status, delivered_at, created_at)
    select seq, id, space_id, webhook_id, event_seq, status, due_at, lease, attempt_number, failure_count,
      response_status, delivered_at, created_at from deliveries`,
  sql`insert into new_delivery_attempts (delivery_seq, attempt_number, attempted_at, duration_ms, response_status, error)
    select delivery_seq, attempt_number, attempted_at, duration_ms, response_status, error from delivery_attempts`,
  sql`drop table delivery_attempts`,
  sql`drop table deliveries`,
  sql`alter table new_deliveries rename to deliveries`,
  sql`alter table new_delivery_attempts rename to delivery_attempts`,

  sql`create index deliveries_newest on deliveries (webhook_id, created_at, seq)`,
  sql`create index deliveries_unreceived on deliveries (webhook_id, status, created_at, seq) where status <> 'succeeded'`,
  sql`create index deliveries_due on deliveries (webhook_id, due_at) where status = 'pending' and lease is null`,
  sql`create index deliveries_pending on deliveries (webhook_id, event_seq) where status = 'pending'`,
  sql`create index deliveries_leased on deliveries (webhook_id) where lease is not null`,
];

/** Ordered webhooks, secrets that overlap, tests that verify, what receivers answered, and retention. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
