import { Command, InvalidArgumentError, Option } from "commander";
import { DEFAULT_ACCOUNT, getSpace } from "../accounts/accounts.js";
import { appendAudit, COMMAND_LINE } from "../audit/audit-log.js";
import { summarise } from "../audit/summaries.js";
import { systemClock, toTimestampOrNull } from "../clock.js";
import { ConfigError } from "../config.js";
import { SCOPES, type Scope } from "../generated/operations.js";
import { createKey, isScope, listAllKeys, newKeyText, revokeKey } from "../keys/keys.js";
import { namesIn } from "../storage/names.js";
import type { Mode } from "../storage/schema.js";
import {
  type DataOptions,
  getAccount,
  inExistingInstallation,
  inInstallation,
  print,
  table,
  withDataOptions,
} from "./command.js";

interface CreateOptions extends DataOptions {
  name: string;
  mode: Mode;
  scopes: Scope[];
  account: string;
  expiresIn?: number;
}

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800, y: 31_536_000 } as const;
/** A time beyond the year 9999 could not be told in the API's form. */
const MOST_YEARS = 100;

/** `whatsflow keys …` */
export function keysCommand(): Command {
  const keys = new Command("keys").description("make, list and revoke API keys");

  withDataOptions(keys.command("create"))
    .description("make an API key; it is shown this once")
    .requiredOption("--name <name>", "what it is for")
    .addOption(
      new Option("--mode <mode>", "test works on the sandbox, live on your devices")
        .choices(["test", "live"])
        .makeOptionMandatory(),
    )
    .requiredOption("--scopes <scopes>", `all, or some of ${SCOPES.join(",")}`, parseScopes)
    .option("--account <account>", "whose key it is (name or id)", DEFAULT_ACCOUNT)
    .option("--expires-in <time>", "stop working after a time, such as 12h, 30d or 1y", parseSpan)
    .action(create);

  withDataOptions(keys.command("list")).description("list the keys that are not revoked").action(list);

  withDataOptions(keys.command("revoke"))
    .description("revoke a key at once")
    .argument("<id>", "the key's id, such as key_…")
    .action(revoke);
  return keys;
}

async function create(options: CreateOptions): Promise<void> {
  await checkName(options.name);
  await inInstallation(options, async ({ store }) => {
    const account = await getAccount(store, options.account);
    const space = await getSpace(store.read, account.id, options.mode);
    const key = newKeyText(options.mode);
    const now = systemClock.now();
    const expiresAt = options.expiresIn === undefined ? null : now + options.expiresIn * 1_000;
    const { name, scopes, mode } = options;
    const { id } = await store.write(async (tx) => {
      const made = await createKey(tx, space, key, { name, scopes, deviceIds: null, expiresAt }, now);
      const done = { accountId: account.id, mode, actor: COMMAND_LINE, action: "createApiKey", subjectId: made.id };
      await appendAudit(tx, { ...done, summary: summarise("createApiKey", name) }, now);
      return made;
    });
    print(options, { id, key, mode: options.mode, scopes: options.scopes }, [
      `${id}`,
      `${key}`,
      "Save the key - it will not be shown again.",
    ]);
  });
}

async function list(options: DataOptions): Promise<void> {
  await inExistingInstallation(options, async ({ store }) => {
    const keys = (await listAllKeys(store.read)).map((key) => ({
      id: key.id,
      name: key.name,
      account: key.account,
      mode: key.mode,
      key_hint: key.key_hint,
      scopes: namesIn(key.scopes),
      expires_at: toTimestampOrNull(key.expires_at),
      last_used_at: toTimestampOrNull(key.last_used_at),
    }));
    const rows = keys.map(({ id, name, account, mode, key_hint, scopes, expires_at }) => [
      id,
      name,
      account,
      mode,
      key_hint,
      scopes.length === SCOPES.length ? "all" : scopes.join(","),
      expires_at ?? "never",
    ]);
    print(options, keys, table([["ID", "NAME", "ACCOUNT", "MODE", "KEY", "SCOPES", "EXPIRES"], ...rows]));
  });
}

async function revoke(id: string, options: DataOptions): Promise<void> {
  await inExistingInstallation(options, async ({ store }) => {
    await store.write(async (tx) => {
      const now = systemClock.now();
      const { account_id: accountId, mode, name } = await revokeKey(tx, id, now);
      const done = { accountId, mode, actor: COMMAND_LINE, action: "revokeApiKey", subjectId: id };
      await appendAudit(tx, { ...done, summary: summarise("revokeApiKey", name) }, now);
    });
    print(options, { id, revoked: true }, [`Revoked ${id}`]);
  });
}

/** As the contract has it for keys that are made through the API; loaded for this alone, since it is slow to load. */
async function checkName(name: string): Promise<void> {
  const { schemas } = await import("../generated/schemas.js");
  if (!schemas.KeyName.safeParse(name).success) throw new ConfigError("--name: a key's name has 1 to 100 characters");
}

function parseScopes(text: string): Scope[] {
  if (text === "all") return [...SCOPES];
  const names = [...new Set(text.split(",").map((name) => name.trim()))];
  const unknown = names.filter((name) => !isScope(name));
  if (unknown.length > 0)
    throw new InvalidArgumentError(`${unknown.join(", ")} is no scope. Scopes are ${SCOPES.join(", ")}, or all.`);
  return names.filter(isScope);
}

function parseSpan(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhdwy])$/.exec(text) ?? [];
  const seconds = count === undefined || unit === undefined ? 0 : Number(count) * SECONDS[unit as keyof typeof SECONDS];
  if (seconds === 0) throw new InvalidArgumentError("A time is a number and one of s, m, h, d, w, y, such as 30d.");
  if (seconds > MOST_YEARS * SECONDS.y)
    throw new InvalidArgumentError(`It may be ${MOST_YEARS}y at most. Leave it out for a key that does not expire.`);
  return seconds;
}
