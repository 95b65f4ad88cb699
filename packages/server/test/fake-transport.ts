import type { Clock } from "../src/clock.js";
import type { DeviceChange, Transport, TransportDevice, TransportListener } from "../src/transport/transport.js";

/** Live devices whose phones are in the hands of a test. */
export interface FakeTransport extends Transport {
  /** The phone scans the code that is shown, or types in the pairing code. */
  pair(deviceId: string, phoneNumber: string): Promise<void>;
  /** WhatsApp replaces the QR code. */
  nextQr(deviceId: string): Promise<void>;
  /** Anything else that can happen to a device. */
  change(deviceId: string, change: DeviceChange): Promise<void>;
  /** Whether a device is connected to the phone of a number; undefined when the transport knows nothing of it. */
  phoneOf(deviceId: string): string | undefined;
  /** The numbers that WhatsApp was asked for, each time. */
  readonly lookups: string[][];
  /** From now on connecting fails. */
  broken: boolean;
  /** From now on no QR code comes by itself. */
  silent: boolean;
}

interface Connection {
  device: TransportDevice;
  qr: { qr: string; expiresAt: number } | undefined;
  phoneNumber: string | undefined;
}

const QR_LASTS_MS = 20_000;
const CODE_LASTS_MS = 180_000;
/** Numbers that begin so have no account. */
const UNREGISTERED = "+1202555";

export function createFakeTransport(clock: Clock): FakeTransport {
  const connections = new Map<string, Connection>();
  let listener: TransportListener = async () => {};
  let codes = 0;

  function connectionOf(deviceId: string): Connection {
    const connection = connections.get(deviceId);
    if (!connection) throw new Error(`${deviceId} was never connected`);
    return connection;
  }

  const tell = ({ device }: Connection, change: DeviceChange) => listener([{ type: "device", device, change }]);

  async function showQr(connection: Connection): Promise<void> {
    codes += 1;
    connection.qr = { qr: `https://wa.me/settings/linked_devices#2@${codes}`, expiresAt: clock.now() + QR_LASTS_MS };
    await tell(connection, { status: "qr_pending", ...connection.qr });
  }

  const fake: FakeTransport = {
    lookups: [],
    broken: false,
    silent: false,
    async start(events) {
      listener = events;
    },
    prepare: () => null,
    acknowledgesAtOnce: () => false,
    async send({ spaceId, messageId }) {
      await listener([{ type: "outcome", spaceId, messageId, outcome: { status: "sent" } }]);
    },
    async stop() {},
    async connect(device) {
      if (fake.broken) throw new Error("broken");
      const connection = connections.get(device.id) ?? { device, qr: undefined, phoneNumber: undefined };
      connections.set(device.id, connection);
      if (connection.phoneNumber === undefined) return fake.silent ? undefined : showQr(connection);
      await tell(connection, { status: "connected", phoneNumber: connection.phoneNumber });
    },
    currentQr: ({ id }) => connections.get(id)?.qr,
    async requestPairingCode() {
      codes += 1;
      return { code: `CODE${String(codes).padStart(4, "0")}`, expiresAt: clock.now() + CODE_LASTS_MS };
    },
    async logout({ id }) {
      Object.assign(connectionOf(id), { qr: undefined, phoneNumber: undefined });
    },
    async remove({ id }) {
      connections.delete(id);
    },
    async lookup(_, phoneNumbers) {
      fake.lookups.push(phoneNumbers);
      return phoneNumbers.map((phoneNumber) => {
        const isOnWhatsApp = !phoneNumber.startsWith(UNREGISTERED);
        return { phoneNumber, isOnWhatsApp, isBusiness: isOnWhatsApp ? false : null };
      });
    },
    profilePicture: async () => null,
    async pair(deviceId, phoneNumber) {
      const connection = connectionOf(deviceId);
      Object.assign(connection, { qr: undefined, phoneNumber });
      await tell(connection, { status: "connected", phoneNumber });
    },
    nextQr: (deviceId) => showQr(connectionOf(deviceId)),
    change: (deviceId, change) => tell(connectionOf(deviceId), change),
    phoneOf: (deviceId) => connections.get(deviceId)?.phoneNumber,
  };
  return fake;
}
