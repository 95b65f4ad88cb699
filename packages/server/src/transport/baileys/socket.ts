import {
  Browsers,
  type GroupMetadata,
  makeWASocket,
  proto,
  type UserFacingSocketConfig,
  type WASocket,
  type WAVersion,
} from "baileys";
import type { DeviceAuth } from "./auth-store.js";
import { reasonOf } from "./quiet-logger.js";

/** A connection that has not come about by then never will. */
export const CONNECT_TIMEOUT_MS = 20_000;
/** WhatsApp hears from us at least this often. */
export const KEEP_ALIVE_MS = 20_000;
const QUERY_TIMEOUT_MS = 30_000;

type Caches = Pick<UserFacingSocketConfig, "userDevicesCache" | "msgRetryCounterCache" | "placeholderResendCache">;

export interface SocketOptions extends Required<Caches> {
  /** Undefined: WhatsApp. */
  url: string | undefined;
  version: WAVersion | undefined;
  auth: DeviceAuth;
  logger: NonNullable<UserFacingSocketConfig["logger"]>;
  makeSignalRepository: NonNullable<UserFacingSocketConfig["makeSignalRepository"]>;
  findPayload(whatsappId: string): Promise<Uint8Array | undefined>;
  cachedGroup(jid: string): GroupMetadata | undefined;
}

/** A Baileys socket that is about to connect. */
export function openSocket(options: SocketOptions): WASocket {
  const { url, version, auth, logger, makeSignalRepository, findPayload, cachedGroup } = options;
  const socket = makeWASocket({
    auth,
    logger,
    makeSignalRepository,
    ...(url !== undefined && { waWebSocketUrl: url }),
    ...(version !== undefined && { version }),
    // Pairing fails with names that WhatsApp does not know.
    browser: Browsers.ubuntu("Chrome"),
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    keepAliveIntervalMs: KEEP_ALIVE_MS,
    defaultQueryTimeoutMs: QUERY_TIMEOUT_MS,
    // Our own messages are stored already; as events they would hold back others in Baileys' buffer.
    emitOwnEvents: false,
    markOnlineOnConnect: false,
    // The latest chats, not years of them; none at all would leave Baileys without the first LIDs.
    syncFullHistory: false,
    // These outlive a connection: otherwise the first message after each would open a new session.
    userDevicesCache: options.userDevicesCache,
    msgRetryCounterCache: options.msgRetryCounterCache,
    placeholderResendCache: options.placeholderResendCache,
    // By id alone: a companion device asks under an address that we never wrote to.
    async getMessage({ id }) {
      const payload = id ? await findPayload(id) : undefined;
      return payload && proto.Message.decode(payload);
    },
    cachedGroupMetadata: async (jid) => cachedGroup(jid),
  });
  takeInOrder(socket, logger);
  return socket;
}

/**
 * Lets Baileys begin with a message when it is done with the one before. It looks up, and may have to write down, who somebody is
 * before it queues the message: in a burst from somebody new the first ones would be overtaken.
 */
function takeInOrder({ ws }: WASocket, logger: SocketOptions["logger"]): void {
  const handlers = ws.listeners("CB:message");
  ws.removeAllListeners("CB:message");
  let last: Promise<unknown> = Promise.resolve();
  ws.on("CB:message", (stanza) => {
    last = last
      .then(() => Promise.all(handlers.map((handle) => handle(stanza))))
      .catch((error) => logger.error(`A message could not be handled: ${reasonOf(error)}`));
  });
}

/** Cuts the socket without the closing handshake, which a dead network never answers. */
export function cutSocket({ ws }: WASocket): void {
  const raw: unknown = Reflect.get(ws, "socket");
  if (typeof raw === "object" && raw !== null && "terminate" in raw && typeof raw.terminate === "function")
    raw.terminate();
}
