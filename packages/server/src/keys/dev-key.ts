import type { Kysely } from "kysely";
import { ensureDefaultAccount, getSpace } from "../accounts/accounts.js";
import { appendAudit, COMMAND_LINE } from "../audit/audit-log.js";
import { summarise } from "../audit/summaries.js";
import type { Clock } from "../clock.js";
import { SCOPES } from "../generated/operations.js";
import type { Database } from "../storage/schema.js";
import type { SecretBox } from "../storage/secret-box.js";
import type { Store } from "../storage/store.js";
import { createKey, hashKey, newKeyText } from "./keys.js";

const PLACE = { table: "settings", row: "dev_key", column: "value" };

/** The test key that `serve --dev` shows at every start: sealed, so that it can be shown again; a new one when it was revoked. */
export function getDevKey(store: Store, secretBox: SecretBox, clock: Clock): Promise<string> {
  return store.write(async (tx) => {
    const known = await findDevKey(tx, secretBox);
    if (known !== undefined) return known;
    const now = clock.now();
    const account = await ensureDefaultAccount(tx, now);
    const key = newKeyText("test");
    const { id } = await createKey(
      tx,
      await getSpace(tx, account.id, "test"),
      key,
      { name: "serve --dev", scopes: SCOPES, deviceIds: null, expiresAt: null },
      now,
    );
    const done = {
      accountId: account.id,
      mode: "test",
      actor: COMMAND_LINE,
      action: "createApiKey",
      subjectId: id,
    } as const;
    await appendAudit(tx, { ...done, summary: summarise("createApiKey", "serve --dev") }, now);
    const value = secretBox.seal(PLACE, key);
    await tx
      .insertInto("settings")
      .values({ name: "dev_key", value })
      .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
      .execute();
    return key;
  });
}

/** The same key, if there is one that is not revoked. */
export async function findDevKey(db: Kysely<Database>, secretBox: SecretBox): Promise<string | undefined> {
  const kept = await db.selectFrom("settings").select("value").where("name", "=", "dev_key").executeTakeFirst();
  if (!kept) return undefined;
  const known = secretBox.open(PLACE, kept.value);
  const valid = await db
    .selectFrom("api_keys")
    .select("id")
    .where("hash", "=", hashKey(known))
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return valid && known;
}
