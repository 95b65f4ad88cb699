import type { AccountLimits } from "../accounts/plans.js";
import type { Space } from "../accounts/space.js";
import type { Actor } from "../audit/audit-log.js";
import type { Clock } from "../clock.js";
import type { DeviceLimit } from "../devices/devices.js";
import type { Scope } from "../generated/operations.js";
import { namesIn } from "../storage/names.js";
import type { Store } from "../storage/store.js";
import type { Session } from "../users/sessions.js";
import { hashKey, isScope } from "./keys.js";

/** Who asks: what a valid key, or a session, stands for. */
export interface Caller {
  actor: Actor;
  space: Space;
  scopes: ReadonlySet<Scope>;
  deviceIds: DeviceLimit;
  account: AccountLimits;
  expiresAt: number | null;
  /** Set when a user asks. */
  session?: Session;
}

/** A caller who is signed in. */
export type UserCaller = Caller & { session: Session };
export const isUser = (caller: Caller): caller is UserCaller => caller.session !== undefined;

/** All valid keys, in memory: a request, also one with a wrong key, costs no query but the question whether anything changed. */
export interface KeyDirectory {
  /**
   * The caller behind a key, unless the key is unknown, revoked or expired. Asks the database only whether another process changed it,
   * and reads the keys anew when one did: what the CLI revoked is revoked a millisecond later.
   */
  find(key: string): Promise<Caller | undefined>;
  /** Whether the key of a caller still counts: for what outlives its request. Costs as much as `find`. */
  isStillValid(caller: Caller): Promise<boolean>;
  /** Takes over what this process changed: call it before answering that a key was made or revoked. */
  reload(): Promise<void>;
  /** Calls `listener` whenever the keys were read anew. */
  onReload(listener: () => void): void;
  /** Writes down which keys were used; called now and then and at the end. */
  flush(): Promise<void>;
}

const FLUSH_EVERY_MS = 60_000;
/** A tenth of a busy server's time went into asking at every request. */
const CHECK_EVERY_MS = 1;

export function createKeyDirectory({ store, clock }: { store: Store; clock: Clock }): KeyDirectory {
  let callers = new Map<string, Caller>();
  let keyIds = new Set<string>();
  const listeners: (() => void)[] = [];
  let loadedVersion: number | undefined;
  const used = new Map<string, number>();
  let flushScheduled = false;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;

  async function load(): Promise<void> {
    const version = store.foreignVersion();
    const rows = await store.read
      .selectFrom("api_keys")
      .innerJoin("spaces", "spaces.id", "api_keys.space_id")
      .innerJoin("accounts", "accounts.id", "spaces.account_id")
      .select([
        "api_keys.id",
        "api_keys.name",
        "api_keys.hash",
        "api_keys.scopes",
        "api_keys.device_ids",
        "api_keys.expires_at",
      ])
      .select(["spaces.id as space_id", "spaces.mode", "accounts.id as account_id", "accounts.plan"])
      .select(["accounts.requests_per_minute", "accounts.requests_per_hour", "accounts.messages_per_month"])
      .where("api_keys.revoked_at", "is", null)
      .execute();
    callers = new Map(
      rows.map((row) => [
        row.hash.toString("base64"),
        {
          actor: { kind: "key", id: row.id, name: row.name } as const,
          space: { id: row.space_id, accountId: row.account_id, mode: row.mode },
          scopes: new Set(namesIn(row.scopes).filter(isScope)),
          deviceIds: row.device_ids === null ? null : namesIn(row.device_ids),
          account: {
            plan: row.plan,
            requestsPerMinute: row.requests_per_minute,
            requestsPerHour: row.requests_per_hour,
            messagesPerMonth: row.messages_per_month,
          },
          expiresAt: row.expires_at,
        },
      ]),
    );
    keyIds = new Set(rows.map(({ id }) => id));
    loadedVersion = version;
    for (const listener of listeners) listener();
  }

  /** Whoever asks meanwhile waits for it: the old keys may lack a new one, or still have one that was revoked. */
  function loadOnce(): Promise<void> {
    loading ??= load().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  async function flush(): Promise<void> {
    const entries = [...used];
    used.clear();
    if (entries.length === 0) return;
    await store.write(async (tx) => {
      for (const [id, at] of entries)
        await tx.updateTable("api_keys").set({ last_used_at: at }).where("id", "=", id).execute();
    });
  }

  function noteUse(keyId: string, now: number): void {
    used.set(keyId, now);
    if (flushScheduled) return;
    flushScheduled = true;
    clock.after(FLUSH_EVERY_MS, () => {
      flushScheduled = false;
      // When a key was last used is worth a try, not a request's failure.
      flush().catch(() => undefined);
    });
  }

  async function takeOver(): Promise<void> {
    checkedAt = performance.now();
    if (loading || store.foreignVersion() !== loadedVersion) await loadOnce();
  }

  async function find(key: string): Promise<Caller | undefined> {
    const hash = hashKey(key).toString("base64");
    if (loading || !callers.has(hash) || performance.now() - checkedAt > CHECK_EVERY_MS) await takeOver();
    const caller = callers.get(hash);
    const now = clock.now();
    if (!caller || (caller.expiresAt !== null && caller.expiresAt <= now)) return undefined;
    noteUse(caller.actor.id ?? "", now);
    return caller;
  }

  async function isStillValid({ actor, expiresAt }: Caller): Promise<boolean> {
    if (actor.kind === "command_line") return true;
    if (loading || performance.now() - checkedAt > CHECK_EVERY_MS) await takeOver();
    return keyIds.has(actor.id ?? "") && (expiresAt === null || expiresAt > clock.now());
  }

  return {
    find,
    isStillValid,
    onReload: (listener) => void listeners.push(listener),
    async reload() {
      // A load that is under way may have read before the change.
      await loading;
      await loadOnce();
    },
    flush,
  };
}
