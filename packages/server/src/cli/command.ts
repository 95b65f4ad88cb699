import type { Command } from "commander";
import { type Account, findAccount } from "../accounts/accounts.js";
import { systemClock } from "../clock.js";
import { type Config, ConfigError, type ConfigFlags, loadConfig } from "../config.js";
import { hasInstallation, type Installation, openInstallation } from "../installation.js";
import type { Store } from "../storage/store.js";

/** What every command that works on the data folder takes. */
export interface DataOptions extends Pick<ConfigFlags, "data"> {
  json?: boolean;
}

export const withDataOptions = (command: Command): Command =>
  command
    .option("--data <folder>", "the data folder (WHATSFLOW_DATA_DIR; default ./data)")
    .option("--json", "print JSON instead of text");

type Work<T> = (installation: Installation) => Promise<T>;

/**
 * Opens the data folder for one command, making what is missing: a first key or account may come before the first start. It may do
 * so while the server runs: the server takes over what the command changes.
 */
export const inInstallation = <T>(options: DataOptions, work: Work<T>): Promise<T> => open(loadConfig(options), work);

/**
 * The same for a command that makes no sense in a new folder.
 *
 * @throws ConfigError when there is no installation, which is most likely in another folder than the one that was named.
 */
export const inExistingInstallation = async <T>(options: DataOptions, work: Work<T>): Promise<T> =>
  open(loadExistingConfig(options), work);

export function loadExistingConfig(options: DataOptions): Config {
  const config = loadConfig(options);
  if (!hasInstallation(config))
    throw new ConfigError(
      `There is no installation in ${config.dataDir}. Name its folder with --data, or start one with: whatsflow serve --data ${config.dataDir}`,
    );
  return config;
}

async function open<T>(config: Config, work: Work<T>): Promise<T> {
  const installation = await openInstallation(config, systemClock);
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
}

export async function getAccount(store: Store, nameOrId: string): Promise<Account> {
  const account = await findAccount(store.read, nameOrId);
  if (!account) throw new ConfigError(`There is no account ${nameOrId}. See: whatsflow accounts list`);
  return account;
}

/** Prints a result: JSON on one line for programs, else lines for people. */
export function print(options: DataOptions, json: unknown, lines: string[]): void {
  process.stdout.write(options.json ? `${JSON.stringify(json)}\n` : `${lines.join("\n")}\n`);
}

/** Columns as wide as their widest cell. */
export function table(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
