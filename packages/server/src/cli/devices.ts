import { setTimeout as sleep } from "node:timers/promises";
import { Command, InvalidArgumentError } from "commander";
import { DEFAULT_ACCOUNT } from "../accounts/accounts.js";
import { ConfigError } from "../config.js";
import { qrForTerminal } from "../devices/qr-code.js";
import type { components } from "../generated/openapi.js";
import { normalizePhoneNumber } from "../messages/phone-number.js";
import { type DataOptions, loadExistingConfig, print, table, withDataOptions } from "./command.js";
import { createServerClient, type ServerClient } from "./server-client.js";

type Schemas = components["schemas"];
type Device = Schemas["Device"];

interface DeviceOptions extends DataOptions {
  account: string;
}
interface PairOptions extends DeviceOptions {
  phone?: string;
}

const LOOK_EVERY_MS = 1_000;
/** A device that is to be connected again may look disconnected for a while. */
const BEGINS_WITHIN_MS = 30_000;

/** `whatsflow devices …`: through the running server, since it holds the connections. */
export function devicesCommand(): Command {
  const devices = new Command("devices").description("connect phones; needs the running server");

  withPairOptions(devices.command("add"))
    .description("connect a phone: shows its QR code until it is scanned")
    .requiredOption("--name <name>", "what to call it")
    .action(add);

  withDeviceOptions(devices.command("list")).description("list the devices").action(list);

  withPairOptions(devices.command("reconnect"))
    .description("connect a device again; shows a QR code when it has to be paired anew")
    .argument("<id>", "the device's id, such as device_…")
    .action(reconnect);

  withDeviceOptions(devices.command("logout"))
    .description("unlink a device from its phone; it can be connected again")
    .argument("<id>", "the device's id, such as device_…")
    .action(logout);
  return devices;
}

const withDeviceOptions = (command: Command): Command =>
  withDataOptions(command).option("--account <account>", "whose devices (name or id)", DEFAULT_ACCOUNT);

const withPairOptions = (command: Command): Command =>
  withDeviceOptions(command).option("--phone <number>", "pair by code instead: the phone's own number", parsePhone);

/** Looked at before a device is made for it. */
function parsePhone(text: string): string {
  const number = normalizePhoneNumber(text);
  if (number !== undefined) return number;
  throw new InvalidArgumentError("It must be an international number with country code, such as +94771234567.");
}

const clientFor = (options: DeviceOptions): ServerClient =>
  createServerClient(loadExistingConfig(options).dataDir, options.account);

async function add(options: PairOptions & { name: string }): Promise<void> {
  const client = clientFor(options);
  const device = await client.ask<Device>("POST", "/devices", { device_name: options.name });
  if (device) await pair(client, options, device.id);
}

async function reconnect(id: string, options: PairOptions): Promise<void> {
  const client = clientFor(options);
  await client.ask<Device>("POST", `${pathOf(id)}/reconnect`);
  await pair(client, options, id);
}

async function list(options: DeviceOptions): Promise<void> {
  const devices = (await clientFor(options).ask<Device[]>("GET", "/devices")) ?? [];
  const rows = devices.map((device) => [
    device.id,
    device.device_name,
    device.phone_number ?? "none",
    device.reason === null ? device.status : `${device.status} (${device.reason})`,
    device.is_primary ? "primary" : "",
  ]);
  print(options, devices, table([["ID", "NAME", "PHONE", "STATUS", ""], ...rows]));
}

async function logout(id: string, options: DeviceOptions): Promise<void> {
  const device = await clientFor(options).ask<Device>("POST", `${pathOf(id)}/logout`);
  print(options, device, [`Logged out ${id}`]);
}

const pathOf = (id: string) => `/devices/${encodeURIComponent(id)}`;

/**
 * Shows what has to be scanned or typed in, anew whenever it changes, until the phone is connected. With `--json` each is a line.
 *
 * @throws ConfigError when the pairing ended otherwise.
 */
async function pair(client: ServerClient, options: PairOptions, id: string): Promise<void> {
  const showQr = options.phone === undefined ? createQrScreen(options, id) : undefined;
  if (options.phone !== undefined) await showCode(client, options, id, options.phone);
  const patience = Date.now() + BEGINS_WITHIN_MS;
  let hasBegun = false;
  for (;;) {
    const device = await client.ask<Device>("GET", `${pathOf(id)}/status`);
    if (device?.status === "connected")
      return print(options, device, [`Connected: ${device.device_name} is ${device.phone_number}`]);
    hasBegun ||= device?.status === "qr_pending";
    const isOver = device?.status === "disconnected" && device.reason !== "connection_lost";
    if (isOver && (hasBegun || Date.now() > patience))
      throw new ConfigError(`${id} is not connected (${device.reason}). Try: whatsflow devices reconnect ${id}`);
    if (device?.status === "qr_pending") showQr?.(await client.ask<Schemas["DeviceQr"]>("GET", `${pathOf(id)}/qr`));
    await sleep(LOOK_EVERY_MS);
  }
}

async function showCode(client: ServerClient, options: PairOptions, id: string, phone_number: string): Promise<void> {
  const code = await client.ask<Schemas["PairingCode"]>("POST", `${pathOf(id)}/pairing-code`, { phone_number });
  if (!code) return;
  print(options, { id, ...code }, [
    `On the phone ${phone_number}: WhatsApp > Linked devices > Link a device > Link with phone number instead.`,
    `Type in: ${code.code.slice(0, 4)}-${code.code.slice(4)}`,
  ]);
}

/** Each QR code once; on a terminal it takes the place of the one before. */
function createQrScreen(options: PairOptions, id: string): (code: Schemas["DeviceQr"] | undefined) => void {
  let shown: string | undefined;
  let height = 0;
  return (code) => {
    if (!code || code.qr === shown) return;
    // No line wraps on a terminal of 80 columns, so that they can be counted.
    const lines = [
      qrForTerminal(code.qr),
      "Scan it on the phone: WhatsApp > Linked devices > Link a device.",
      `Stop with Ctrl-C; go on with: whatsflow devices reconnect ${id}`,
    ];
    const isOver = shown !== undefined && process.stdout.isTTY && !options.json;
    if (isOver) process.stdout.write(`\u001b[${height}A\u001b[J`);
    print(options, { id, ...code }, lines);
    shown = code.qr;
    height = lines.join("\n").split("\n").length;
  };
}
