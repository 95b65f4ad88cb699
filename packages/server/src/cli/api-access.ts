import { systemClock } from "../clock.js";
import { ConfigError, loadClientConfig, loadConfig } from "../config.js";
import { BASE_PATH } from "../http/base-path.js";
import { hasInstallation, openInstallation } from "../installation.js";
import { findDevKey } from "../keys/dev-key.js";
import type { DataOptions } from "./command.js";
import { findOperator } from "./operator-file.js";

/** A server, and the key to ask it with, as any program has them. */
export interface ApiAccess {
  /** Where the API's paths begin. */
  baseUrl: string;
  apiKey: string;
}

export interface ApiOptions extends DataOptions {
  url?: string;
}

const DEFAULT_URL = "http://localhost:2152";

/**
 * The server and the key that are set; without any of both, the server that runs on the data folder, with the test key that `serve --dev`
 * shows. That key is given to no other server.
 *
 * @throws ConfigError when there is no key.
 */
export async function findApiAccess(options: ApiOptions): Promise<ApiAccess> {
  const { apiKey, url } = loadClientConfig(options);
  if (apiKey !== undefined) return { baseUrl: (url ?? DEFAULT_URL) + BASE_PATH, apiKey };
  const own = url === undefined ? await findDevAccess(options) : undefined;
  if (own) return own;
  throw new ConfigError(
    "WHATSFLOW_API_KEY is not set. Set it to an API key. Without it only the server of a data folder is found (--data), while it runs with --dev",
  );
}

async function findDevAccess(options: ApiOptions): Promise<ApiAccess | undefined> {
  const config = loadConfig({ ...(options.data !== undefined && { data: options.data }) });
  const running = hasInstallation(config) ? findOperator(config.dataDir) : undefined;
  if (!running) return undefined;
  const { store, secretBox, close } = await openInstallation(config, systemClock);
  try {
    const apiKey = await findDevKey(store.read, secretBox);
    return apiKey === undefined ? undefined : { baseUrl: running.url, apiKey };
  } finally {
    await close();
  }
}

/** What a refusal means to the user of a command, in one sentence. */
export function refusalOf({ baseUrl }: ApiAccess, status: number, answer: string): ConfigError {
  const { host } = new URL(baseUrl);
  if (status === 401)
    return new ConfigError(
      `The server at ${host} does not accept the API key. Set WHATSFLOW_API_KEY to one of its own`,
    );
  return new ConfigError(messageIn(answer) ?? `The server at ${host} answered ${status}, and not as WhatsFlow does`);
}

export const unreachable = ({ baseUrl }: ApiAccess): ConfigError =>
  new ConfigError(
    `No server answers at ${new URL(baseUrl).origin}. Start it with: whatsflow serve, or name another one with --url`,
  );

function messageIn(text: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== "object" || answer === null || !("message" in answer)) return undefined;
    return typeof answer.message === "string" ? answer.message : undefined;
  } catch {
    return undefined;
  }
}
