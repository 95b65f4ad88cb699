/** Baileys without a server around it: sockets over the server's store of keys, in a database of their own. */
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Browsers, makeWASocket, proto, type UserFacingSocketConfig, WA_CERT_DETAILS, type WASocket } from "baileys";
import { createSecretBox } from "../packages/server/src/storage/secret-box.js";
import { openStore } from "../packages/server/src/storage/store.js";
import { createAuthStore, type DeviceAuth } from "../packages/server/src/transport/baileys/auth-store.js";
import { hushLibsignal } from "../packages/server/src/transport/baileys/quiet-libsignal.js";
import { obey, sharedNow } from "./worker.js";

hushLibsignal();
const folder = mkdtempSync(join(tmpdir(), "whatsflow-bench-bare-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const store = await openStore(join(folder, "bare.db"));
const authStore = createAuthStore({ store, secretBox: createSecretBox(randomBytes(32)) });

const drop = () => {};
const silent: NonNullable<UserFacingSocketConfig["logger"]> = {
  level: "silent",
  child: () => silent,
  trace: drop,
  debug: drop,
  info: drop,
  warn: drop,
  error: drop,
};

interface Device {
  auth: DeviceAuth;
  socket: WASocket;
  isOpen: boolean;
  qr: string | undefined;
}
const RESTART_REQUIRED = 515;

let url = "";
const devices = new Map<string, Device>();
const acknowledged = new Map<string, () => void>();
let received: { text: string; at: number }[] = [];
/** Whoever waits for something looks again. */
let looks: (() => void)[] = [];
const look = () => {
  for (const again of looks) again();
};

function until<Value>(find: () => Value | undefined): Promise<Value> {
  return new Promise((resolve) => {
    const again = () => {
      const found = find();
      if (found === undefined) return;
      looks = looks.filter((other) => other !== again);
      resolve(found);
    };
    looks.push(again);
    again();
  });
}

function getDevice(name: string): Device {
  const device = devices.get(name);
  if (!device) throw new Error(`There is no device ${name}`);
  return device;
}

function open(name: string, auth: DeviceAuth): void {
  const socket = makeWASocket({
    auth,
    logger: silent,
    waWebSocketUrl: url,
    // What the server asks of Baileys, too.
    browser: Browsers.ubuntu("Chrome"),
    emitOwnEvents: false,
    markOnlineOnConnect: false,
    syncFullHistory: false,
  });
  const device: Device = { auth, socket, isOpen: false, qr: undefined };
  devices.set(name, device);
  socket.ev.on("creds.update", () => auth.saveCreds());
  socket.ev.on("connection.update", ({ connection, qr, lastDisconnect }) => {
    if (qr) device.qr = qr;
    if (connection) device.isOpen = connection === "open";
    const error = lastDisconnect?.error;
    if (connection === "close" && error && "output" in error && codeOf(error) === RESTART_REQUIRED) open(name, auth);
    look();
  });
  socket.ev.on("messages.upsert", ({ messages }) => {
    const at = sharedNow();
    for (const { key, message } of messages) {
      const text = message?.conversation ?? message?.extendedTextMessage?.text;
      if (!key.fromMe && text) received.push({ text, at });
    }
    look();
  });
  socket.ws.on("CB:ack,class:message", ({ attrs }: { attrs: Record<string, string> }) => {
    if (attrs.error !== undefined) throw new Error(`a message was refused with ${attrs.error}`);
    acknowledged.get(attrs.id ?? "")?.();
  });
}

const codeOf = (error: { output?: unknown }) => (error.output as { statusCode?: number } | undefined)?.statusCode;

async function send({ socket }: Device, number: string): Promise<void> {
  const messageId = `3EB0${randomUUID().replaceAll("-", "").slice(0, 18).toUpperCase()}`;
  const answer = new Promise<void>((resolve) => acknowledged.set(messageId, resolve));
  const message = proto.Message.fromObject({ extendedTextMessage: { text: "Hello! How can we help you today?" } });
  await socket.relayMessage(`${number}@s.whatsapp.net`, message, { messageId });
  await answer;
  acknowledged.delete(messageId);
}

const commands = {
  async connectTo(address: { url: string; root: string }) {
    url = address.url;
    WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(address.root, "hex");
  },
  /** Returns the QR code. */
  async add(name: string) {
    open(name, await authStore.open(name));
    return until(() => devices.get(name)?.qr);
  },
  async whenOpen(name: string) {
    await until(() => devices.get(name)?.isOpen || undefined);
  },
  /** Sends for a while to these numbers in turn, so many at once, and each until it is acknowledged. Returns messages per second. */
  async send(name: string, numbers: string[], inFlight: number, seconds: number) {
    const device = getDevice(name);
    const startedAt = sharedNow();
    let count = 0;
    const client = async (first: number) => {
      for (let next = first; sharedNow() < startedAt + seconds * 1_000; next += 1) {
        await send(device, numbers[next % numbers.length] ?? "");
        count += 1;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, (_, index) => client(index)));
    return (count * 1_000) / (sharedNow() - startedAt);
  },
  /** Forgets what was received so far, and counts from now on. */
  async forgetReceived() {
    received = [];
  },
  async received(count: number) {
    return until(() => (received.length >= count ? received : undefined));
  },
  /** Connects a device whose connection has ended; returns how long it took, in milliseconds. */
  async reconnect(name: string) {
    await until(() => (getDevice(name).isOpen ? undefined : true));
    const startedAt = sharedNow();
    open(name, getDevice(name).auth);
    await commands.whenOpen(name);
    return sharedNow() - startedAt;
  },
};

export type BareCommands = typeof commands;
obey(commands);
