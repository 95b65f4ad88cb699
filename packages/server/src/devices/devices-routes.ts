import { type Clock, toTimestamp, toTimestampOrNull } from "../clock.js";
import { ApiError, invalid } from "../errors.js";
import type { components } from "../generated/openapi.js";
import type { Handlers } from "../http/contract.js";
import { normalizePhoneNumber } from "../messages/phone-number.js";
import type { Store } from "../storage/store.js";
import { awaitPairing, recordDeviceChange } from "./device-changes.js";
import { createDevice, type Device, getDevice, listDevices, removeDevice, updateDevice } from "./devices.js";
import { needsPairing, type Pairing } from "./pairing.js";
import { qrPng, qrSvg } from "./qr-code.js";

type DeviceOperation =
  | "listDevices"
  | "createDevice"
  | "getDeviceStatus"
  | "updateDevice"
  | "deleteDevice"
  | "getDeviceQr"
  | "createPairingCode"
  | "reconnectDevice"
  | "logoutDevice";

const LOGGED_OUT = { status: "disconnected", reason: "logged_out" } as const;

export function deviceRoutes({
  store,
  clock,
  pairing,
}: {
  store: Store;
  clock: Clock;
  pairing: Pairing;
}): Pick<Handlers, DeviceOperation> {
  return {
    async listDevices({ caller, reply }) {
      const devices = await listDevices(store.read, caller.space, caller.deviceIds);
      return reply(200, { success: true, data: devices.map(toDevice) });
    },
    async createDevice({ caller, body, reply, write }) {
      const { space, deviceIds } = caller;
      if (space.mode === "test")
        throw new ApiError("mode_not_allowed", "A test key has its sandbox device. Use a live key to connect a phone.");
      if (deviceIds !== null)
        throw new ApiError("key_limited", "This key is limited to some devices and makes no others");
      let created: Device | undefined;
      const answer = await write(async (tx) => {
        created = await createDevice(tx, space, body.device_name, clock.now());
        return reply(201, { success: true, data: toDevice(created) });
      });
      if (created) await pairing.connect(space, created);
      return answer;
    },
    async getDeviceStatus({ caller, params, reply }) {
      const device = await getDevice(store.read, caller.space, caller.deviceIds, params.id);
      return reply(200, { success: true, data: toDevice(device) });
    },
    async updateDevice({ caller, params, body, reply, write }) {
      const patch = { deviceName: body.device_name, isPrimary: body.is_primary };
      return write(async (tx) => {
        const device = await updateDevice(tx, caller.space, caller.deviceIds, params.id, patch);
        return reply(200, { success: true, data: toDevice(device) });
      });
    },
    async deleteDevice({ caller, params, reply, writeDone }) {
      const { space, deviceIds } = caller;
      await pairing.forget(space, await getDevice(store.read, space, deviceIds, params.id));
      return writeDone(async (tx) => {
        const device = await getDevice(tx, space, deviceIds, params.id);
        await recordDeviceChange(tx, { id: device.id, spaceId: space.id }, LOGGED_OUT, clock.now());
        await removeDevice(tx, space, device, clock.now());
        return reply(200, { success: true, message: "Device deleted successfully" });
      });
    },
    async getDeviceQr({ caller, params, reply, accepted, replyAs }) {
      const { qr, expiresAt } = await pairing.getQr(caller.space, caller.deviceIds, params.id);
      if (accepted === "image/png") return replyAs(accepted, qrPng(qr));
      if (accepted === "image/svg+xml") return replyAs(accepted, qrSvg(qr));
      return reply(200, { success: true, data: { qr, expires_at: toTimestamp(expiresAt) } });
    },
    async createPairingCode({ caller, params, body, reply, write }) {
      const device = await getDevice(store.read, caller.space, caller.deviceIds, params.id);
      const phoneNumber = normalizePhoneNumber(body.phone_number);
      if (phoneNumber === undefined)
        throw invalid("phone_number", "must be an international number with country code, such as +94771234567");
      const { code, expiresAt } = await pairing.requestCode(caller.space, device, phoneNumber);
      return write(async () => reply(200, { success: true, data: { code, expires_at: toTimestamp(expiresAt) } }));
    },
    async reconnectDevice({ caller, params, reply, writeDone }) {
      const { space, deviceIds } = caller;
      const device = await getDevice(store.read, space, deviceIds, params.id);
      if (device.status === "disconnected" && needsPairing(device)) await store.write((tx) => awaitPairing(tx, device));
      await pairing.connect(space, device);
      return writeDone(async (tx) => {
        const after = await getDevice(tx, space, deviceIds, params.id);
        return reply(200, { success: true, data: toDevice(after) });
      });
    },
    async logoutDevice({ caller, params, reply, writeDone }) {
      const { space, deviceIds } = caller;
      await pairing.logout(space, await getDevice(store.read, space, deviceIds, params.id));
      return writeDone(async (tx) => {
        await recordDeviceChange(tx, { id: params.id, spaceId: space.id }, LOGGED_OUT, clock.now());
        const device = await getDevice(tx, space, deviceIds, params.id);
        return reply(200, { success: true, data: toDevice(device) });
      });
    },
  };
}

const toDevice = (device: Device): components["schemas"]["Device"] => ({
  id: device.id,
  device_name: device.device_name,
  phone_number: device.phone_number,
  status: device.status,
  reason: device.reason,
  is_primary: device.is_primary === 1,
  last_connected_at: toTimestampOrNull(device.last_connected_at),
  created_at: toTimestamp(device.created_at),
});
