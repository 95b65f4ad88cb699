import { type Kysely, sql } from "kysely";
import type { Database } from "../../storage/schema.js";
import type { TransportDevice } from "../transport.js";

/** Ends that only somebody's wish undoes; a restart of the process is none. */
const FINAL = ["logged_out", "replaced", "pairing_expired", "stopped"] as const;

/** The devices of live spaces that were connected, or on the way to it, when the process ended. */
export async function listDevicesAtStart(
  db: Kysely<Database>,
): Promise<{ device: TransportDevice; status: "connected" | "qr_pending" | "disconnected" }[]> {
  const rows = await db
    .selectFrom("devices")
    .innerJoin("spaces", "spaces.id", "devices.space_id")
    .select(["devices.id", "devices.space_id", "devices.status"])
    .where("spaces.mode", "=", "live")
    .where("devices.removed_at", "is", null)
    .where((where) => where.or([where("devices.reason", "is", null), where("devices.reason", "not in", FINAL)]))
    .orderBy(sql`devices.seq`)
    .execute();
  return rows.map(({ id, space_id, status }) => ({ device: { id, spaceId: space_id }, status }));
}
