import { systemClock } from "../clock.js";
import { type Config, ConfigError, loadClientConfig, loadConfig } from "../config.js";
import { BASE_PATH } from "../http/base-path.js";
import { hasInstallation, openInstallation } from "../installation.js";
import { findDevKey } from "../keys/dev-key.js";
import { type DataOptions, loadExistingConfig } from "./command.js";
import { findOperator } from "./operator-file.js";
import { textIn } from "./server-client.js";

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
 * With `--data`, which goes before the environment as every flag does, the server that runs on that folder. Else the server and the key
 * that are set; without any of both, the server that runs on the default folder. A folder's server is asked with the test key that
 * `serve --dev` shows; that key is given to no other server.
 *
 * @throws ConfigError when there is no key, or no server runs on the folder of `--data`.
 */
export async function findApiAccess(options: ApiOptions): Promise<ApiAccess> {
  if (options.data !== undefined) return getAccessByFolder(options);
  const { apiKey, url } = loadClientConfig(options);
  if (apiKey !== undefined) return { baseUrl: (url ?? DEFAULT_URL) + BASE_PATH, apiKey };
  const own = url === undefined ? await findDevAccess(loadConfig()) : undefined;
  if (own) return own;
  throw new ConfigError(
    "WHATSFLOW_API_KEY is not set. Set it to an API key. Without it only the server of a data folder is found (--data), while it runs with --dev",
  );
}

async function getAccessByFolder(options: ApiOptions): Promise<ApiAccess> {
  if (options.url !== undefined) throw new ConfigError("--data and --url may name two servers. Give one of them");
  const { dataDir, ...config } = loadExistingConfig(options);
  const running = findOperator(dataDir);
  if (!running)
    throw new ConfigError(
      `No server runs on the data folder ${dataDir}. Start it with: whatsflow serve --dev --data ${dataDir}`,
    );
  const dev = await findDevAccess({ dataDir, ...config });
  if (dev) return dev;
  const { apiKey } = loadClientConfig();
  if (apiKey !== undefined) return { baseUrl: running.url, apiKey };
  throw new ConfigError(
    `The server of ${dataDir} has no test key to show. Start it with --dev, or set WHATSFLOW_API_KEY to one of its keys`,
  );
}

async function findDevAccess(config: Config): Promise<ApiAccess | undefined> {
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
    return textIn(JSON.parse(text), "message");
  } catch {
    return undefined;
  }
}
