import type { Kysely, Selectable } from "kysely";
import type { Space } from "../accounts/space.js";
import { ApiError, invalid, notFound } from "../errors.js";
import { newId } from "../ids.js";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";

export type Device = Selectable<Database["devices"]>;
/** The devices that a key is limited to; null for all of its space. */
export type DeviceLimit = readonly string[] | null;

/** Numbers from 555-0100 to 555-0199 are kept for fiction; nobody owns the sandbox's. */
const SANDBOX_PHONE_NUMBER = "+12025550199";

/** The one device of a test space: always connected, no phone. */
export async function createSandboxDevice(tx: Tx, spaceId: number, now: number): Promise<void> {
  await tx
    .insertInto("devices")
    .values({
      id: newId("device", now),
      space_id: spaceId,
      device_name: "Sandbox",
      phone_number: SANDBOX_PHONE_NUMBER,
      status: "connected",
      reason: null,
      is_primary: 1,
      last_connected_at: now,
      created_at: now,
    })
    .execute();
}

const MAX_DEVICES_PER_SPACE = 100;

/**
 * A device that is to be paired. The first one of a space is its primary device.
 *
 * @throws ApiError `limit_reached`
 */
export async function createDevice(tx: Tx, space: Space, deviceName: string, now: number): Promise<Device> {
  const devices = await listDevices(tx, space, null);
  if (devices.length >= MAX_DEVICES_PER_SPACE)
    throw new ApiError("limit_reached", `A space holds at most ${MAX_DEVICES_PER_SPACE} devices. Delete one first.`);
  return tx
    .insertInto("devices")
    .values({
      id: newId("device", now),
      space_id: space.id,
      device_name: deviceName,
      phone_number: null,
      status: "qr_pending",
      reason: null,
      is_primary: devices.some((device) => device.is_primary === 1) ? 0 : 1,
      last_connected_at: null,
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export interface DevicePatch {
  deviceName?: string | undefined;
  isPrimary?: boolean | undefined;
}

/**
 * Renames a device, or makes it the primary one; absent fields keep their value.
 *
 * @throws ApiError `not_found`, `invalid_request`, `key_limited`
 */
export async function updateDevice(
  tx: Tx,
  space: Space,
  limit: DeviceLimit,
  id: string,
  { deviceName, isPrimary }: DevicePatch,
): Promise<Device> {
  const device = await getDevice(tx, space, limit, id);
  if (isPrimary === false && device.is_primary === 1)
    throw invalid("is_primary", "cannot be false for the primary device; make another device primary instead");
  if (isPrimary === true) await makePrimary(tx, space, limit, device);
  if (deviceName !== undefined)
    await tx.updateTable("devices").set({ device_name: deviceName }).where("seq", "=", device.seq).execute();
  return getDevice(tx, space, limit, id);
}

async function makePrimary(tx: Tx, space: Space, limit: DeviceLimit, device: Device): Promise<void> {
  const before = (await listDevices(tx, space, null)).find((candidate) => candidate.is_primary === 1);
  if (before?.seq === device.seq) return;
  if (before && limit && !limit.includes(before.id))
    throw new ApiError("key_limited", "This key is limited to some devices, and the primary device is none of them");
  if (before) await setPrimary(tx, before, 0);
  await setPrimary(tx, device, 1);
}

const setPrimary = (tx: Tx, { seq }: Device, is_primary: 0 | 1) =>
  tx.updateTable("devices").set({ is_primary }).where("seq", "=", seq).execute();

/** Hides a device for good; its messages stay. When it was primary, the oldest one that is left becomes so. */
export async function removeDevice(tx: Tx, space: Space, device: Device, now: number): Promise<void> {
  await tx.updateTable("devices").set({ removed_at: now, is_primary: 0 }).where("seq", "=", device.seq).execute();
  const [oldest] = await listDevices(tx, space, null);
  if (device.is_primary === 1 && oldest) await setPrimary(tx, oldest, 1);
}

/** Unordered: a space has few devices, and with an order SQLite prepares the statement anew at each run (seven times the cost). */
const ofSpace = prepared<{ spaceId: number }, Device>((db, { spaceId }) =>
  db.selectFrom("devices").selectAll().where("space_id", "=", spaceId).where("removed_at", "is", null),
);

/** All devices that the key may see, the oldest first. */
export async function listDevices(db: Kysely<Database>, space: Space, limit: DeviceLimit): Promise<Device[]> {
  const devices = await ofSpace(db, { spaceId: space.id });
  const visible = limit ? devices.filter((device) => limit.includes(device.id)) : devices;
  return visible.sort((one, other) => one.seq - other.seq);
}

/** @throws ApiError `not_found` */
export async function getDevice(db: Kysely<Database>, space: Space, limit: DeviceLimit, id: string): Promise<Device> {
  const device = (await listDevices(db, space, limit)).find((candidate) => candidate.id === id);
  if (!device) throw notFound("device", id);
  return device;
}

/**
 * The device that sends: the one named, else the primary one, else the only connected one.
 *
 * @throws ApiError `not_found` when the named device does not exist, `device_not_connected` when there is none to send from.
 */
export async function getSendingDevice(
  db: Kysely<Database>,
  space: Space,
  limit: DeviceLimit,
  id: string | undefined,
): Promise<Device> {
  if (id !== undefined) {
    const named = await getDevice(db, space, limit, id);
    if (named.status !== "connected")
      throw notConnected(`The device ${named.id} is not connected. Connect it, then try again.`);
    return named;
  }
  const devices = await listDevices(db, space, limit);
  const connected = devices.filter((device) => device.status === "connected");
  const primary = connected.find((device) => device.is_primary === 1);
  const only = connected.length === 1 ? connected[0] : undefined;
  const device = primary ?? only;
  if (device) return device;
  if (connected.length > 1)
    throw notConnected("The primary device is not connected, and several others are. Name one in device_id.");
  throw notConnected("No WhatsApp device is connected. Connect a device, then try again.");
}

const notConnected = (message: string) => new ApiError("device_not_connected", message);
