import { type Kysely, sql } from "kysely";

const STATEMENTS = [
  sql`create table users (
    seq integer primary key autoincrement,
    id text not null unique,
    account_id text not null references accounts (id),
    name text not null,
    name_key text not null unique,
    password_hash text not null,
    created_at integer not null,
    last_signed_in_at integer,
    unique (account_id, id)
  ) strict`,
  sql`create index users_by_account on users (account_id, seq)`,

  sql`create table sessions (
    id text not null primary key,
    token_hash blob not null unique,
    user_id text not null references users (id) on delete cascade,
    user_agent text,
    created_at integer not null,
    last_used_at integer not null,
    expires_at integer not null
  ) strict, without rowid`,
  sql`create index sessions_by_user on sessions (user_id, last_used_at)`,
  sql`create index sessions_expiry on sessions (expires_at)`,

  sql`create table invitations (
    id text not null primary key,
    token_hash blob not null unique,
    account_id text not null references accounts (id),
    user_id text,
    created_by text,
    made_at_start integer not null check (made_at_start in (0, 1)),
    created_at integer not null,
    expires_at integer not null,
    foreign key (account_id, user_id) references users (account_id, id) on delete cascade,
    foreign key (account_id, created_by) references users (account_id, id) on delete cascade
  ) strict, without rowid`,
  sql`create index invitations_by_account on invitations (account_id, expires_at)`,
  sql`create index invitations_by_user on invitations (user_id) where user_id is not null`,
  sql`create index invitations_by_maker on invitations (created_by) where created_by is not null`,

  // Names are kept as they were: what an entry tells of may be gone.
  sql`create table audit_log (
    seq integer primary key autoincrement,
    account_id text not null references accounts (id),
    mode text check (mode in ('live', 'test')),
    at integer not null,
    actor_kind text not null check (actor_kind in ('user', 'key', 'command_line')),
    actor_id text,
    actor_name text not null,
    action text not null,
    subject_id text,
    summary text not null
  ) strict`,
  sql`create index audit_log_newest on audit_log (account_id, seq)`,
  sql`create index audit_log_age on audit_log (at)`,

  // Conversations, the newest first.
  sql`create index contacts_by_last_message on contacts (space_id, last_message_at, seq) where last_message_at is not null`,

  // How many messages there were in each quarter of an hour: every time zone's day begins with one.
  sql`create table message_counts (
    space_id integer not null references spaces (id),
    quarter integer not null,
    inbound integer not null default 0,
    outbound integer not null default 0,
    failed integer not null default 0,
    primary key (space_id, quarter)
  ) strict, without rowid`,
  sql`insert into message_counts (space_id, quarter, inbound, outbound, failed)
    select space_id, created_at / 900000, sum(direction = 'inbound'), sum(direction = 'outbound'),
      sum(direction = 'outbound' and status = 'failed')
    from messages where created_at >= (unixepoch() - 172800) * 1000 group by 1, 2`,
];

/** Users with their sessions and invitations, the audit log, and what the dashboard would have to count or sort. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
