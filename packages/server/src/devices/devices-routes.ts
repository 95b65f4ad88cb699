import { toTimestamp, toTimestampOrNull } from "../clock.js";
import type { components } from "../generated/openapi.js";
import type { Handlers } from "../http/contract.js";
import type { Store } from "../storage/store.js";
import { type Device, getDevice, listDevices } from "./devices.js";

export function deviceRoutes({ store }: { store: Store }): Pick<Handlers, "listDevices" | "getDeviceStatus"> {
  return {
    async listDevices({ caller, reply }) {
      const devices = await listDevices(store.read, caller.space, caller.deviceIds);
      return reply(200, { success: true, data: devices.map(toDevice) });
    },
    async getDeviceStatus({ caller, params, reply }) {
      const device = await getDevice(store.read, caller.space, caller.deviceIds, params.id);
      return reply(200, { success: true, data: toDevice(device) });
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
