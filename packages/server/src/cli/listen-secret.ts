import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, loadClientConfig, loadConfig, WEBHOOK_SECRET } from "../config.js";
import { hasInstallation } from "../installation.js";
import { newWebhookSecret } from "../webhooks/signing.js";
import type { DataOptions } from "./command.js";

/** What `whatsflow listen` signs with. */
export interface ListenSecret {
  secret: string;
  /** The user has it already: it need not be shown. */
  isGiven: boolean;
}

/** The secret of the environment; else the one of the data folder, drawn by the first `listen`, so that receivers may keep it. */
export function findListenSecret({ data }: DataOptions): ListenSecret {
  const given = loadClientConfig().webhookSecret;
  if (given !== undefined) return { secret: given, isGiven: true };
  const config = loadConfig({ ...(data !== undefined && { data }) });
  const isKept = hasInstallation(config) && existsSync(config.dataDir);
  return { secret: isKept ? keptIn(config.dataDir) : newWebhookSecret(), isGiven: false };
}

function keptIn(dataDir: string): string {
  const file = join(dataDir, "listen.secret");
  try {
    if (!existsSync(file)) draw(file);
    const secret = readFileSync(file, "utf8").trim();
    if (WEBHOOK_SECRET.test(secret)) return secret;
  } catch (error) {
    throw new ConfigError(
      `The secret of whatsflow listen cannot be kept in ${file}: ${error instanceof Error ? error.message : error}. Run it as the user of that folder, or set WHATSFLOW_WEBHOOK_SECRET`,
    );
  }
  throw new ConfigError(`${file} holds no secret. Remove it to have a new one drawn`);
}

/** Of two that begin at the same time the first one draws; a link is there whole or not at all. */
function draw(file: string): void {
  const draft = `${file}.${process.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${newWebhookSecret()}\n`, { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
