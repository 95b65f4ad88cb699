import type { Kysely, Selectable } from "kysely";
import { createSandboxDevice } from "../devices/devices.js";
import { newId } from "../ids.js";
import type { Database, Mode, PlanName } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import { PLANS, type PlanLimits } from "./plans.js";
import type { Space } from "./space.js";

export type Account = Selectable<Database["accounts"]>;

/** The account of a self-hoster who never asked for one. */
export const DEFAULT_ACCOUNT = "default";

/** Creates an account with both its spaces, and the sandbox device of the test space. */
export async function createAccount(
  tx: Tx,
  { name, plan }: { name: string; plan: keyof typeof PLANS },
  now: number,
): Promise<Account> {
  const limits = PLANS[plan];
  const account: Account = {
    id: newId("acct", now),
    name,
    plan,
    requests_per_minute: limits.requestsPerMinute,
    requests_per_hour: limits.requestsPerHour,
    messages_per_month: null,
    created_at: now,
  };
  await tx.insertInto("accounts").values(account).execute();
  for (const mode of ["live", "test"] as const) {
    const { id } = await tx
      .insertInto("spaces")
      .values({ account_id: account.id, mode })
      .returning("id")
      .executeTakeFirstOrThrow();
    if (mode === "test") await createSandboxDevice(tx, id, now);
  }
  return account;
}

/** The first start of an installation makes its account. */
export async function ensureDefaultAccount(tx: Tx, now: number): Promise<Account> {
  const first = await tx.selectFrom("accounts").selectAll().orderBy("created_at").limit(1).executeTakeFirst();
  return first ?? createAccount(tx, { name: DEFAULT_ACCOUNT, plan: "enterprise" }, now);
}

export const listAccounts = (db: Kysely<Database>): Promise<Account[]> =>
  db.selectFrom("accounts").selectAll().orderBy("created_at").orderBy("id").execute();

export const findAccount = (db: Kysely<Database>, nameOrId: string): Promise<Account | undefined> =>
  db
    .selectFrom("accounts")
    .selectAll()
    .where((where) => where.or([where("name", "=", nameOrId), where("id", "=", nameOrId)]))
    .executeTakeFirst();

export const getAccountById = (db: Kysely<Database>, id: string): Promise<Account> =>
  db.selectFrom("accounts").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

export async function getSpace(db: Kysely<Database>, accountId: string, mode: Mode): Promise<Space> {
  const { id } = await db
    .selectFrom("spaces")
    .select("id")
    .where("account_id", "=", accountId)
    .where("mode", "=", mode)
    .executeTakeFirstOrThrow();
  return { id, accountId, mode };
}

export async function setPlan(tx: Tx, accountId: string, plan: PlanName, limits: PlanLimits): Promise<void> {
  const { requestsPerMinute, requestsPerHour } = limits;
  await tx
    .updateTable("accounts")
    .set({ plan, requests_per_minute: requestsPerMinute, requests_per_hour: requestsPerHour })
    .where("id", "=", accountId)
    .execute();
}

/** Sets the monthly quota of messages; null for none. */
export async function setQuota(tx: Tx, accountId: string, messagesPerMonth: number | null): Promise<void> {
  await tx.updateTable("accounts").set({ messages_per_month: messagesPerMonth }).where("id", "=", accountId).execute();
}
