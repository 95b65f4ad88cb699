import { ensureDefaultAccount, getSpace } from "../accounts/accounts.js";
import type { Clock } from "../clock.js";
import { SCOPES } from "../generated/operations.js";
import type { SecretBox } from "../storage/secret-box.js";
import type { Store } from "../storage/store.js";
import { createKey, hashKey, newKeyText } from "./keys.js";

const PLACE = { table: "settings", row: "dev_key", column: "value" };

/** The test key that `serve --dev` shows at every start: sealed, so that it can be shown again; a new one when it was revoked. */
export function getDevKey(store: Store, secretBox: SecretBox, clock: Clock): Promise<string> {
  return store.write(async (tx) => {
    const kept = await tx.selectFrom("settings").select("value").where("name", "=", "dev_key").executeTakeFirst();
    const known = kept && secretBox.open(PLACE, kept.value);
    if (known !== undefined) {
      const valid = await tx
        .selectFrom("api_keys")
        .select("id")
        .where("hash", "=", hashKey(known))
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      if (valid) return known;
    }
    const now = clock.now();
    const account = await ensureDefaultAccount(tx, now);
    const key = newKeyText("test");
    await createKey(
      tx,
      await getSpace(tx, account.id, "test"),
      key,
      { name: "serve --dev", scopes: SCOPES, deviceIds: null, expiresAt: null },
      now,
    );
    const value = secretBox.seal(PLACE, key);
    await tx
      .insertInto("settings")
      .values({ name: "dev_key", value })
      .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
      .execute();
    return key;
  });
}
