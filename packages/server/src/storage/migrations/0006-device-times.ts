import { type Kysely, sql } from "kysely";

const STATEMENTS = [
  sql`alter table devices add column disconnected_at integer`,
  sql`alter table devices add column restricted_at integer`,

  // Events tell of what happened before, as long as they are kept.
  sql`update devices set disconnected_at = (select min(created_at) from events where events.space_id = devices.space_id
      and device_id = devices.id and name = 'device.disconnected' and created_at >= devices.last_connected_at)
    where status <> 'connected' and last_connected_at is not null`,
  sql`update devices set restricted_at = (select max(created_at) from events where events.space_id = devices.space_id
      and device_id = devices.id and (name = 'device.restricted' or name = 'device.disconnected'))
    where reason = 'restricted'`,
];

/** Since when a device is offline, and since when restricted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
