import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServerAddress } from "./one-time-link.js";

/** How commands reach the running server: it keeps this in the data folder, readable for its own user alone. */
export interface OperatorAccess {
  /** Where the API's paths begin. */
  url: string;
  token: string;
  /** Where people find the server, if that was set. */
  publicUrl?: string | undefined;
}

const fileIn = (dataDir: string) => join(dataDir, "operator.json");

/** Written anew at each start, whole or not at all. */
export function keepOperator(dataDir: string, access: OperatorAccess): void {
  const file = fileIn(dataDir);
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify(access)}\n`, { mode: 0o600, flag: "wx" });
  renameSync(draft, file);
}

export function forgetOperator(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

/** Undefined when no server runs. After a kill -9 there may be a file without a server behind it. */
export function findOperator(dataDir: string): OperatorAccess | undefined {
  let text: string;
  try {
    text = readFileSync(fileIn(dataDir), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  const access: unknown = JSON.parse(text);
  return isAccess(access) ? access : undefined;
}

/** Where people find the running server, and its port. */
export function findServerAddress(dataDir: string): ServerAddress | undefined {
  const access = findOperator(dataDir);
  const local = access && URL.parse(access.url);
  return local ? { url: access.publicUrl ?? local.origin, port: Number(local.port || HTTP_PORT) } : undefined;
}

/** URLs leave it out. */
const HTTP_PORT = 80;

const isAccess = (value: unknown): value is OperatorAccess =>
  typeof value === "object" &&
  value !== null &&
  "url" in value &&
  typeof value.url === "string" &&
  "token" in value &&
  typeof value.token === "string" &&
  (!("publicUrl" in value) || typeof value.publicUrl === "string");
