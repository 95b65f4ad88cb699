import type { Selectable } from "kysely";
import { toTimestamp } from "../clock.js";
import type { EventData } from "../events/event-body.js";
import { appendEvent } from "../events/events.js";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import type { DeviceChange, TransportDevice } from "../transport/transport.js";

type Device = Selectable<Database["devices"]>;
type State = Pick<
  Device,
  "status" | "reason" | "phone_number" | "last_connected_at" | "disconnected_at" | "restricted_at"
>;

const byId = prepared<{ spaceId: number; id: string }, Device>((db, { spaceId, id }) =>
  db
    .selectFrom("devices")
    .selectAll()
    .where("space_id", "=", spaceId)
    .where("id", "=", id)
    .where("removed_at", "is", null),
);

const setState = prepared<State & { seq: number }, never>((db, row) =>
  db
    .updateTable("devices")
    .set({
      status: row.status,
      reason: row.reason,
      phone_number: row.phone_number,
      last_connected_at: row.last_connected_at,
      disconnected_at: row.disconnected_at,
      restricted_at: row.restricted_at,
    })
    .where("seq", "=", row.seq),
);

/**
 * Keeps how a device's connection changed, and records the event of it.
 *
 * What a device is already fires nothing again, except that each new QR code is an event. A device that was removed meanwhile
 * changes no more.
 */
export async function recordDeviceChange(
  tx: Tx,
  { spaceId, id }: TransportDevice,
  change: DeviceChange,
  now: number,
): Promise<void> {
  const [before] = await byId(tx, { spaceId, id });
  if (!before) return;
  const device = { ...before, ...stateAfter(before, change, now) };
  await setState(tx, device);
  const told = { spaceId, deviceId: device.id };
  const data = deviceData(device);
  if (change.status === "qr_pending") {
    const qr = { qr: change.qr, expires_at: toTimestamp(change.expiresAt) };
    await appendEvent(tx, { name: "device.qr_updated", ...told, data: { ...data, ...qr } }, now);
  } else if (change.status === "restricted") {
    if (before.reason !== "restricted") await appendEvent(tx, { name: "device.restricted", ...told, data }, now);
  } else if (before.status !== device.status || (change.status === "disconnected" && before.reason !== device.reason)) {
    await appendEvent(tx, { name: `device.${change.status}`, ...told, data }, now);
  }
}

function stateAfter(before: Device, change: DeviceChange, now: number): State {
  // The number stays known after a disconnection: it says whose phone it was.
  const { phone_number, last_connected_at } = before;
  const status = change.status === "restricted" ? before.status : change.status;
  const reason = reasonAfter(before, change);
  const times = {
    // How the trouble went on does not change when it began.
    disconnected_at: status === "connected" ? null : before.status === "connected" ? now : before.disconnected_at,
    restricted_at: reason === "restricted" ? (before.restricted_at ?? now) : null,
  };
  if (change.status === "connected")
    return { ...times, status, reason, phone_number: change.phoneNumber, last_connected_at: now };
  return { ...times, status, reason, phone_number, last_connected_at };
}

function reasonAfter({ last_connected_at }: Device, change: DeviceChange): Device["reason"] {
  if (change.status === "restricted") return "restricted";
  if (change.status !== "disconnected") return null;
  // Only a device that was logged out is paired anew. That it is out matters, and not that nobody scanned a code since.
  return change.reason === "pairing_expired" && last_connected_at !== null ? "logged_out" : change.reason;
}

const deviceData = (device: Device): EventData<"device.connected"> => ({
  device_id: device.id,
  device_name: device.device_name,
  phone_number: device.phone_number,
  status: device.status,
  reason: device.reason,
});

/** A device that is about to be connected anew will show a QR code; the event comes with it. */
export async function awaitPairing(tx: Tx, device: Device): Promise<void> {
  await setState(tx, { ...device, status: "qr_pending", reason: null, restricted_at: null });
}
