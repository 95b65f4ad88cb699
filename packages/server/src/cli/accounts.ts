import { Command, InvalidArgumentError } from "commander";
import { type Account, createAccount, findAccount, listAccounts, setPlan, setQuota } from "../accounts/accounts.js";
import { isPlan, PLANS, type PlanLimits } from "../accounts/plans.js";
import { appendAudit, COMMAND_LINE } from "../audit/audit-log.js";
import { systemClock } from "../clock.js";
import { ConfigError } from "../config.js";
import type { PlanName } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import { type DataOptions, getAccount, inInstallation, print, table, withDataOptions } from "./command.js";

interface PlanOptions extends DataOptions {
  perMinute?: number;
  perHour?: number;
}

const PLAN_NAMES = Object.keys(PLANS).join(", ");

/** `whatsflow accounts …` */
export function accountsCommand(): Command {
  const accounts = new Command("accounts").description("make and list accounts, set their plans and quotas");

  withDataOptions(accounts.command("create"))
    .description("make an account, with a live and a test space")
    .argument("<name>", "its name")
    .option("--plan <plan>", PLAN_NAMES, "enterprise")
    .action(create);

  withDataOptions(accounts.command("list")).description("list the accounts").action(list);

  withDataOptions(accounts.command("set-plan"))
    .description("set the rate limits of an account: a plan's, or your own")
    .argument("<account>", "its name or id")
    .argument("[plan]", PLAN_NAMES)
    .option("--per-minute <requests>", "requests per minute and space", parseCount)
    .option("--per-hour <requests>", "requests per hour and space; default 60 times --per-minute", parseCount)
    .action(changePlan);

  withDataOptions(accounts.command("set-quota"))
    .description("set how many messages an account may send in a calendar month (UTC)")
    .argument("<account>", "its name or id")
    .argument("<messages>", "a number, or none", parseQuota)
    .action(changeQuota);
  return accounts;
}

async function create(name: string, options: DataOptions & { plan: string }): Promise<void> {
  const { plan } = options;
  if (!isPlan(plan)) throw new ConfigError(`--plan: ${plan} is none of ${PLAN_NAMES}`);
  if (!/^[\w.@-]{1,64}$/.test(name)) throw new ConfigError("An account's name has 1 to 64 letters, digits and . _ - @");
  await inInstallation(options, async ({ store }) => {
    if (await findAccount(store.read, name)) throw new ConfigError(`There is an account ${name} already`);
    const account = await store.write(async (tx) => {
      const made = await createAccount(tx, { name, plan }, systemClock.now());
      await note(tx, made.id, "createAccount", `Created the account, on the plan ${plan}`);
      return made;
    });
    show(options, account);
  });
}

async function list(options: DataOptions): Promise<void> {
  await inInstallation(options, async ({ store }) => {
    const accounts = (await listAccounts(store.read)).map(toJson);
    const rows = accounts.map((account) => Object.values(account).map((value) => String(value ?? "none")));
    print(options, accounts, table([["ID", "NAME", "PLAN", "PER MINUTE", "PER HOUR", "MESSAGES PER MONTH"], ...rows]));
  });
}

async function changePlan(nameOrId: string, plan: string | undefined, options: PlanOptions): Promise<void> {
  const chosen = planOf(plan, options);
  await inInstallation(options, async ({ store }) => {
    const { id } = await getAccount(store, nameOrId);
    await store.write(async (tx) => {
      await setPlan(tx, id, chosen.plan, chosen);
      const limits = `${chosen.requestsPerMinute} requests a minute, ${chosen.requestsPerHour} an hour`;
      await note(tx, id, "setPlan", `Set the plan ${chosen.plan}: ${limits}`);
    });
    show(options, await getAccount(store, id));
  });
}

async function changeQuota(nameOrId: string, quota: number | null, options: DataOptions): Promise<void> {
  await inInstallation(options, async ({ store }) => {
    const { id } = await getAccount(store, nameOrId);
    await store.write(async (tx) => {
      await setQuota(tx, id, quota);
      await note(tx, id, "setQuota", `Set the monthly quota of messages: ${quota ?? "none"}`);
    });
    show(options, await getAccount(store, id));
  });
}

const note = (tx: Tx, accountId: string, action: string, summary: string): Promise<void> =>
  appendAudit(
    tx,
    { accountId, mode: null, actor: COMMAND_LINE, action, subjectId: accountId, summary },
    systemClock.now(),
  );

function planOf(plan: string | undefined, { perMinute, perHour }: PlanOptions): PlanLimits & { plan: PlanName } {
  const own = perMinute !== undefined || perHour !== undefined;
  if (plan !== undefined && own) throw new ConfigError("Give a plan, or --per-minute and --per-hour, not both");
  if (plan !== undefined) {
    if (!isPlan(plan)) throw new ConfigError(`${plan} is none of ${PLAN_NAMES}`);
    return { plan, ...PLANS[plan] };
  }
  if (perMinute === undefined) throw new ConfigError(`Give a plan (${PLAN_NAMES}) or --per-minute`);
  return { plan: "custom", requestsPerMinute: perMinute, requestsPerHour: perHour ?? 60 * perMinute };
}

const toJson = (account: Account) => ({
  id: account.id,
  name: account.name,
  plan: account.plan,
  requests_per_minute: account.requests_per_minute,
  requests_per_hour: account.requests_per_hour,
  messages_per_month: account.messages_per_month,
});

const show = (options: DataOptions, account: Account): void =>
  print(
    options,
    toJson(account),
    Object.entries(toJson(account)).map(([name, value]) => `${name}: ${value ?? "none"}`),
  );

/** Large enough for anybody, small enough that an hour's sum stays exact. */
const MOST = 1_000_000_000;

function parseCount(text: string): number {
  const count = numberIn(text);
  if (count === undefined || count < 1) throw new InvalidArgumentError(`It must be a number from 1 to ${MOST}.`);
  return count;
}

function parseQuota(text: string): number | null {
  if (text === "none") return null;
  const count = numberIn(text);
  if (count === undefined) throw new InvalidArgumentError(`It must be a number from 0 to ${MOST}, or none.`);
  return count;
}

function numberIn(text: string): number | undefined {
  const count = Number(text);
  return /^\d{1,10}$/.test(text) && count <= MOST ? count : undefined;
}
