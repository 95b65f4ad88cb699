import { fetchLatestWaWebVersion, generateMessageIDV2, proto, WA_CERT_DETAILS, type WAVersion } from "baileys";
import type { Logger } from "pino";
import type { Clock } from "../../clock.js";
import type { SecretBox } from "../../storage/secret-box.js";
import type { Store } from "../../storage/store.js";
import type { Transport, TransportDevice, TransportListener } from "../transport.js";
import { jidOfLid } from "./addresses.js";
import { createAuthStore } from "./auth-store.js";
import { DeviceConnection } from "./device-connection.js";
import { listDevicesAtStart } from "./devices-at-start.js";
import { createNumbers } from "./numbers.js";
import { hushLibsignal } from "./quiet-libsignal.js";
import { catchStrayRejections } from "./stray-rejections.js";
import { createTurns } from "./turns.js";

/** Where to connect instead of WhatsApp, and the key that is trusted there. For tests. */
export interface WhatsAppOverride {
  url: string;
  rootPublicKey: Buffer | undefined;
}

/** So many devices connect at the same time. */
const CONNECTING_AT_ONCE = 4;
const LONGEST_TURN_MS = 10_000;

/** WhatsApp, through Baileys: a linked device for each device of the live spaces. */
export function createBaileysTransport({
  store,
  secretBox,
  clock,
  log: parentLog,
  whatsapp,
  findPayload,
}: {
  store: Store;
  secretBox: SecretBox;
  clock: Clock;
  log: Logger;
  whatsapp: WhatsAppOverride | undefined;
  /** What was prepared under an id, for somebody who could not read it. */
  findPayload: (deviceId: string, whatsappId: string) => Promise<Uint8Array | undefined>;
}): Transport {
  const log = parentLog.child({ transport: "whatsapp" });
  const authStore = createAuthStore({ store, secretBox });
  const numbers = createNumbers({ store });
  const turns = createTurns({ clock, most: CONNECTING_AT_ONCE, longestMs: LONGEST_TURN_MS });
  const version = createVersion(whatsapp);
  const connections = new Map<string, DeviceConnection>();
  let listener: TransportListener | undefined;
  let restore = () => {};

  function connectionOf(device: TransportDevice): DeviceConnection {
    const known = connections.get(device.id);
    if (known) return known;
    if (!listener) throw new Error("The transport is not started");
    const connection = new DeviceConnection(device, {
      clock,
      log,
      authStore,
      numbers,
      listener,
      url: whatsapp?.url,
      version,
      turns,
      findPayload,
    });
    connections.set(device.id, connection);
    return connection;
  }

  function connectedSocket(device: TransportDevice) {
    const socket = connections.get(device.id)?.openSocket;
    if (!socket) throw new Error(`The device ${device.id} is not connected`);
    return socket;
  }

  return {
    async start(events) {
      listener = events;
      const unhush = hushLibsignal();
      const uncatch = catchStrayRejections(log);
      restore = () => {
        unhush();
        uncatch();
      };
      if (whatsapp?.rootPublicKey) WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(whatsapp.rootPublicKey);
      for (const { device, status } of await listDevicesAtStart(store.read)) {
        const isPaired = await authStore.isPaired(device.id);
        if (isPaired) void connectionOf(device).connect();
        // Whoever was about to scan its code cannot any more: the code went with the process that showed it.
        else if (status !== "disconnected") {
          const reason = status === "qr_pending" ? "pairing_expired" : "logged_out";
          await events([{ type: "device", device, change: { status: "disconnected", reason } }]);
        }
      }
    },
    async stop() {
      await Promise.all([...connections.values()].map((connection) => connection.stop()));
      connections.clear();
      restore();
    },
    acknowledgesAtOnce: () => false,
    prepare(text) {
      const payload = proto.Message.encode({ conversation: text }).finish();
      return { whatsappId: generateMessageIDV2(), payload };
    },
    async send(message) {
      const { prepared, deviceId, spaceId } = message;
      if (!prepared) throw new Error("The message was not prepared for WhatsApp");
      connectionOf({ id: deviceId, spaceId }).outbound.add({ ...message, prepared });
    },
    async connect(device) {
      await connectionOf(device).connect();
    },
    currentQr: (device) => connections.get(device.id)?.currentQr,
    requestPairingCode: (device, phoneNumber) => connectionOf(device).requestPairingCode(phoneNumber),
    logout: (device) => connectionOf(device).logout(),
    async remove(device) {
      await connectionOf(device).remove();
      connections.delete(device.id);
    },
    async lookup(device, phoneNumbers) {
      const found = await numbers.lookup(connectedSocket(device), device.spaceId, phoneNumbers);
      return phoneNumbers.map((phoneNumber) => ({
        phoneNumber,
        isOnWhatsApp: found.get(phoneNumber) ?? false,
        isBusiness: null,
      }));
    },
    async profilePicture(device, { phoneNumber, lid }) {
      const socket = connectedSocket(device);
      const jid =
        phoneNumber === null ? jidOfLid(lid ?? "") : await numbers.resolve(socket, device.spaceId, phoneNumber);
      if (jid === undefined) return null;
      // Whoever hides the picture, or has none, is an error to Baileys.
      return (await socket.profilePictureUrl(jid, "image").catch(() => undefined)) ?? null;
    },
  };
}

/** The version of WhatsApp's own client that we say we are; Baileys' own until WhatsApp refuses it. */
function createVersion(whatsapp: WhatsAppOverride | undefined) {
  let version: WAVersion | undefined;
  return {
    current: () => version,
    async refresh() {
      if (whatsapp) return;
      const latest = await fetchLatestWaWebVersion();
      if (latest.isLatest) version = latest.version;
    },
  };
}
