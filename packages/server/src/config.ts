import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ipaddr from "ipaddr.js";
import { type CidrBlock, parseAddress, parseBlock } from "./ip-address.js";
import { ENCRYPTION_KEY_BYTES } from "./storage/secret-box.js";

/** Everything that can be set. This file is the only reader of the environment. */
export interface Config {
  port: number;
  host: string;
  /** Made with mode 0700; what the program keeps in it has 0600. */
  dataDir: string;
  databaseFile: string;
  /** Opens loopback addresses for webhooks, and shows a test key at the start. */
  dev: boolean;
  /** Undefined: the key that the data folder holds. */
  encryptionKey: Buffer | undefined;
  webhookAllow: { hosts: string[]; blocks: CidrBlock[] };
  trustedProxies: CidrBlock[];
  publicUrl: string | undefined;
  /** How long events and their deliveries are kept. */
  retentionDays: number;
  /** Undefined: metrics are for this machine alone. */
  metricsToken: string | undefined;
  logLevel: LogLevel;
  /** Undefined: WhatsApp itself. */
  whatsapp: { url: string; rootPublicKey: Buffer | undefined } | undefined;
}

export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The database's name in the data folder. */
export const DATABASE_FILE = "whatsflow.db";

/** The command line's options; they go before the environment. */
export interface ConfigFlags {
  port?: string;
  host?: string;
  data?: string;
  dev?: boolean;
}

/** A setting that cannot be used; the message names it and the cure. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Reads flags and environment.
 *
 * @throws ConfigError naming the first setting that is wrong.
 */
export function loadConfig(flags: ConfigFlags = {}, env: NodeJS.ProcessEnv = process.env): Config {
  // A variable that is set but empty counts as not set, as in most shells' scripts.
  const setting = (name: string) => env[name]?.trim() || undefined;
  const dataDir = resolve(flags.data ?? setting("WHATSFLOW_DATA_DIR") ?? "./data");
  return {
    port: parsePort(flags.port ?? setting("WHATSFLOW_PORT") ?? "2152"),
    host: flags.host ?? setting("WHATSFLOW_HOST") ?? "127.0.0.1",
    dataDir,
    databaseFile: parseDatabaseUrl(setting("WHATSFLOW_DATABASE_URL"), dataDir),
    dev: flags.dev ?? false,
    encryptionKey: parseEncryptionKey(setting("WHATSFLOW_ENCRYPTION_KEY")),
    webhookAllow: parseAllowed(list(setting("WHATSFLOW_WEBHOOK_ALLOW"))),
    trustedProxies: list(setting("WHATSFLOW_TRUSTED_PROXIES")).map((text) => {
      const block = parseBlock(text);
      if (!block)
        throw new ConfigError(`WHATSFLOW_TRUSTED_PROXIES: ${text} is no address or CIDR block, such as 10.0.0.0/8`);
      return block;
    }),
    publicUrl: parsePublicUrl(setting("WHATSFLOW_PUBLIC_URL")),
    retentionDays: parseRetentionDays(setting("WHATSFLOW_RETENTION_DAYS") ?? "30"),
    metricsToken: parseMetricsToken(setting("WHATSFLOW_METRICS_TOKEN")),
    logLevel: parseLogLevel(setting("WHATSFLOW_LOG_LEVEL") ?? "info"),
    whatsapp: parseWhatsApp(setting("WHATSFLOW_WHATSAPP_URL"), setting("WHATSFLOW_WHATSAPP_ROOT")),
  };
}

/** What commands need that ask a server as any program does; undefined where it is not set. */
export interface ClientConfig {
  apiKey: string | undefined;
  /** Without a path. */
  url: string | undefined;
  webhookSecret: string | undefined;
}

export const WEBHOOK_SECRET = /^whsec_[A-Za-z0-9+/]{4,}={0,2}$/;

/** @throws ConfigError naming the first setting that is wrong; it never quotes a key or a secret. */
export function loadClientConfig(flags: { url?: string } = {}, env: NodeJS.ProcessEnv = process.env): ClientConfig {
  const setting = (name: string) => env[name]?.trim() || undefined;
  const apiKey = setting("WHATSFLOW_API_KEY");
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey))
    throw new ConfigError("WHATSFLOW_API_KEY: has spaces or other characters that no API key has");
  const secret = setting("WHATSFLOW_WEBHOOK_SECRET");
  if (secret !== undefined && !WEBHOOK_SECRET.test(secret))
    throw new ConfigError("WHATSFLOW_WEBHOOK_SECRET: must be whsec_ and base64. Leave it out for a new one");
  const url = flags.url ?? setting("WHATSFLOW_URL");
  return { apiKey, url: url === undefined ? undefined : parseServerUrl(url), webhookSecret: secret };
}

/** With the API's path or without, as the SDK takes it. */
function parseServerUrl(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    throw new ConfigError(`--url / WHATSFLOW_URL: ${text} is no address of a server, such as http://localhost:2152`);
  return url.origin + url.pathname.replace(/\/+$/, "").replace(/\/api\/public\/v1$/, "");
}

const list = (text: string | undefined): string[] => (text ?? "").split(/[\s,]+/).filter((item) => item !== "");

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new ConfigError(`--port / WHATSFLOW_PORT: ${text} is no port from 0 to 65535`);
  return port;
}

function parseDatabaseUrl(url: string | undefined, dataDir: string): string {
  if (url === undefined) return join(dataDir, DATABASE_FILE);
  const refused = new ConfigError(
    "WHATSFLOW_DATABASE_URL: only SQLite is supported, as sqlite: and the path of a file, such as sqlite:/var/lib/whatsflow/whatsflow.db",
  );
  if (!url.startsWith("sqlite:")) throw refused;
  const path = url.startsWith("sqlite:///") ? pathOf(url.slice("sqlite:".length)) : url.slice("sqlite:".length);
  if (path === undefined || path === "" || path.startsWith("//") || path.includes(":memory:")) throw refused;
  return isAbsolute(path) ? path : resolve(path);
}

/** The path of a URL with its percent-encodings undone; undefined when they are wrong. */
function pathOf(encoded: string): string | undefined {
  try {
    return fileURLToPath(`file:${encoded}`);
  } catch {
    return undefined;
  }
}

function parseEncryptionKey(text: string | undefined): Buffer | undefined {
  if (text === undefined) return undefined;
  const key = decodeEncryptionKey(text);
  if (!key)
    throw new ConfigError(
      "WHATSFLOW_ENCRYPTION_KEY: must be 32 bytes as base64 or hex. Make one with: openssl rand -base64 32",
    );
  return key;
}

/** The key that a text says, in base64 or hex; undefined when it says none. */
export function decodeEncryptionKey(text: string): Buffer | undefined {
  const key = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? "hex" : "base64");
  // Node's decoder skips what is no base64; a mangled key must not become another one.
  return key.length === ENCRYPTION_KEY_BYTES && /^[\w+/-]+=?$/.test(text) ? key : undefined;
}

function parseAllowed(items: string[]): Config["webhookAllow"] {
  const allowed: Config["webhookAllow"] = { hosts: [], blocks: [] };
  for (const item of items) {
    const block = parseBlock(item);
    const host = block ? undefined : parseHost(item);
    if (block) allowed.blocks.push(block);
    else if (host !== undefined) allowed.hosts.push(host);
    else
      throw new ConfigError(
        `WHATSFLOW_WEBHOOK_ALLOW: ${item} is no host name, address or CIDR block, such as crm.internal, 10.1.2.3 or 10.1.0.0/16`,
      );
  }
  return allowed;
}

/** A host name as it stands in a URL that is to be compared with it; undefined for a number, which would stand for an address. */
function parseHost(text: string): string | undefined {
  if (!/^[\p{L}\p{M}\p{N}._-]+$/u.test(text)) return undefined;
  const host = URL.parse(`http://${text}`)?.hostname.replace(/\.$/, "");
  return host !== undefined && parseAddress(host) === undefined ? host : undefined;
}

function parsePublicUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new ConfigError(`WHATSFLOW_PUBLIC_URL: ${text} is no http or https address`);
  return text.replace(/\/+$/, "");
}

function parseRetentionDays(text: string): number {
  const days = Number(text);
  if (!/^\d{1,5}$/.test(text) || days < 1)
    throw new ConfigError(`WHATSFLOW_RETENTION_DAYS: ${text} is no number of days from 1 to 99999`);
  return days;
}

/** The characters that a Bearer token may have (RFC 6750, 2.1). The value is a secret, so the message does not show it. */
function parseMetricsToken(text: string | undefined): string | undefined {
  if (text === undefined || /^[\w.~+/-]{16,256}=*$/.test(text)) return text;
  throw new ConfigError(
    "WHATSFLOW_METRICS_TOKEN: must be 16 to 256 letters, digits or characters of -._~+/ without blanks. Make one with: openssl rand -hex 32",
  );
}

function parseLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((name) => name === text.toLowerCase());
  if (!level) throw new ConfigError(`WHATSFLOW_LOG_LEVEL: ${text} is none of ${LOG_LEVELS.join(", ")}`);
  return level;
}

/** Only a simulator on this machine can stand in for WhatsApp: nobody is talked into handing an account to another server. */
function parseWhatsApp(urlText: string | undefined, rootText: string | undefined): Config["whatsapp"] {
  if (urlText === undefined) {
    if (rootText !== undefined)
      throw new ConfigError("WHATSFLOW_WHATSAPP_ROOT: only works together with WHATSFLOW_WHATSAPP_URL");
    return undefined;
  }
  const url = URL.parse(urlText);
  const host = url?.hostname.replace(/^\[|\]$/g, "") ?? "";
  const isLoopback = host === "localhost" || (ipaddr.isValid(host) && ipaddr.parse(host).range() === "loopback");
  if (!url || !/^wss?:$/.test(url.protocol) || !isLoopback)
    throw new ConfigError(
      `WHATSFLOW_WHATSAPP_URL: ${urlText} is no WebSocket address on this machine, such as ws://127.0.0.1:4480/ws/chat. It is for tests with a simulator; leave it out to connect to WhatsApp`,
    );
  if (rootText !== undefined && !/^[0-9a-f]{64}$/i.test(rootText))
    throw new ConfigError("WHATSFLOW_WHATSAPP_ROOT: must be a public key of 32 bytes in hex");
  return { url: urlText, rootPublicKey: rootText === undefined ? undefined : Buffer.from(rootText, "hex") };
}
