import type { Kysely } from "kysely";
import type { Database, Mode } from "../storage/schema.js";
import type { Device } from "./devices.js";

interface DeviceCount extends Pick<Device, "status" | "reason"> {
  mode: Mode;
  count: number;
}

const MODES = ["live", "test"] as const satisfies Mode[];
const STATUSES = ["connected", "qr_pending", "disconnected"] as const satisfies Device["status"][];

/** How many devices of all spaces are in each state; a status that none is in, and that has no reason, counts 0. */
export async function countDevices(db: Kysely<Database>): Promise<DeviceCount[]> {
  const rows = await db
    .selectFrom("devices")
    .innerJoin("spaces", "spaces.id", "devices.space_id")
    .select(["spaces.mode", "devices.status", "devices.reason"])
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("devices.removed_at", "is", null)
    .groupBy(["spaces.mode", "devices.status", "devices.reason"])
    .execute();
  const none = MODES.flatMap((mode) => STATUSES.map((status) => ({ mode, status, reason: null, count: 0 })));
  const isCounted = ({ mode, status }: DeviceCount) =>
    rows.some((row) => row.mode === mode && row.status === status && row.reason === null);
  return [...rows, ...none.filter((state) => !isCounted(state))];
}
