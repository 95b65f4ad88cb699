import type { Logger } from "pino";
import type { Space } from "../accounts/space.js";
import type { Clock } from "../clock.js";
import { ApiError } from "../errors.js";
import type { Mode } from "../storage/schema.js";
import type { Store } from "../storage/store.js";
import type { Transport, TransportDevice } from "../transport/transport.js";
import { recordDeviceChange } from "./device-changes.js";
import { type Device, type DeviceLimit, getDevice } from "./devices.js";

export type Transports = Record<Mode, Transport>;

/** A new connection to WhatsApp has its first QR code within a second or two. */
const FIRST_QR_TIMEOUT_MS = 10_000;
const LOOK_AGAIN_AFTER_MS = 100;

/** What is done to a device's connection. Its rows follow by the transport's events, or are the caller's to change. */
export interface Pairing {
  /** Begins to connect; where that fails the device is `disconnected`. */
  connect(space: Space, device: Device): Promise<void>;
  /**
   * The QR code to be scanned now; waits a while for the first one.
   *
   * @throws ApiError `not_found`, `device_already_connected`, `qr_not_available`
   */
  getQr(space: Space, limit: DeviceLimit, id: string): Promise<{ qr: string; expiresAt: number }>;
  /** @throws ApiError `device_already_connected` */
  requestCode(space: Space, device: Device, phoneNumber: string): Promise<{ code: string; expiresAt: number }>;
  /** @throws ApiError `mode_not_allowed` for the sandbox. */
  logout(space: Space, device: Device): Promise<void>;
  /** Logs out, and lets the transport forget all of the device. @throws ApiError `mode_not_allowed` for the sandbox. */
  forget(space: Space, device: Device): Promise<void>;
}

/** Whether connecting it begins with a QR code: it was never paired, or is so no more. */
export const needsPairing = ({ last_connected_at, reason }: Device): boolean =>
  last_connected_at === null || reason === "logged_out" || reason === "pairing_expired";

export function createPairing({
  store,
  clock,
  log,
  transports,
}: {
  store: Store;
  clock: Clock;
  log: Logger;
  transports: Transports;
}): Pairing {
  async function logout(space: Space, device: Device): Promise<void> {
    if (space.mode === "test")
      throw new ApiError("mode_not_allowed", "The sandbox device of a test key stays as it is");
    await transports[space.mode].logout(toTransport(device));
  }

  return {
    async connect(space, device) {
      try {
        await transports[space.mode].connect(toTransport(device));
      } catch (error) {
        log.error({ err: error, device_id: device.id }, "connecting a device failed");
        const change = { status: "disconnected", reason: "connection_lost" } as const;
        await store.write((tx) => recordDeviceChange(tx, toTransport(device), change, clock.now()));
      }
    },
    async getQr(space, limit, id) {
      const patience = clock.now() + FIRST_QR_TIMEOUT_MS;
      for (;;) {
        const device = await getDevice(store.read, space, limit, id);
        refuseConnected(device);
        const current = transports[space.mode].currentQr(toTransport(device));
        if (current) return current;
        if (device.status !== "qr_pending" || clock.now() >= patience) throw noQr(device);
        await new Promise<void>((resume) => clock.after(LOOK_AGAIN_AFTER_MS, resume));
      }
    },
    async requestCode(space, device, phoneNumber) {
      refuseConnected(device);
      if (device.status === "disconnected" && !needsPairing(device))
        throw new ApiError(
          "device_already_connected",
          `The device ${device.id} is paired. Reconnect it, or log it out.`,
        );
      return transports[space.mode].requestPairingCode(toTransport(device), phoneNumber);
    },
    logout,
    async forget(space, device) {
      await logout(space, device);
      await transports[space.mode].remove(toTransport(device));
    },
  };
}

const toTransport = ({ id, space_id }: Device): TransportDevice => ({ id, spaceId: space_id });

function refuseConnected({ id, status }: Device): void {
  if (status === "connected")
    throw new ApiError("device_already_connected", `The device ${id} is connected. Log it out to pair another phone.`);
}

function noQr({ id, status, reason }: Device): ApiError {
  const why = status === "qr_pending" ? "WhatsApp has not given one yet" : `it is disconnected (${reason})`;
  const cure = status === "qr_pending" ? "Try again in a moment." : "Reconnect it first.";
  return new ApiError("qr_not_available", `The device ${id} has no QR code to scan: ${why}. ${cure}`);
}
