import type { Command } from "commander";
import { systemClock } from "../clock.js";
import { type ConfigFlags, loadConfig } from "../config.js";
import { type Installation, openInstallation } from "../installation.js";

/** What every command that works on the data folder takes. */
export interface DataOptions extends Pick<ConfigFlags, "data"> {
  json?: boolean;
}

export const withDataOptions = (command: Command): Command =>
  command
    .option("--data <folder>", "the data folder (WHATSFLOW_DATA_DIR; default ./data)")
    .option("--json", "print JSON instead of text");

/** Opens the data folder for one command. It may do so while the server runs: the server takes over what the command changes. */
export async function inInstallation<T>(
  options: DataOptions,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const installation = await openInstallation(loadConfig(options), systemClock);
  try {
    return await work(installation);
  } finally {
    await installation.store.close();
  }
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
