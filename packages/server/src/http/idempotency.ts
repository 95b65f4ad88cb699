import { hash } from "node:crypto";
import type { Selectable } from "kysely";
import type { Logger } from "pino";
import type { Clock } from "../clock.js";
import { ApiError } from "../errors.js";
import type { OperationId } from "../generated/operations.js";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import type { SecretBox } from "../storage/secret-box.js";
import type { Store, Tx } from "../storage/store.js";
import type { AnyAnswer } from "./contract.js";

const KEPT_FOR_MS = 24 * 3_600_000;
const PURGE_EVERY_MS = 3_600_000;
const MOST_PURGED_AT_ONCE = 500;

/** A POST under an Idempotency-Key. */
export interface KeyedRequest {
  spaceId: number;
  operation: OperationId;
  key: string;
  /** The validated request; requests that mean the same are equal here, whatever their white space. */
  request: unknown;
}

/** The once-only execution of one request. */
export interface Execution {
  /** Keeps the answer, in the transaction that does the work. Answers may hold secrets, so all are sealed. */
  keep(tx: Tx, answer: AnyAnswer): Promise<void>;
  /** Ties the key to a message, in the transaction that stores it; the answer is told from the message's state. */
  claim(tx: Tx, messageId: string): Promise<void>;
}

/**
 * Makes retries safe. What a request creates and its key are committed together, so after a crash there is either nothing, and the
 * retry does the work, or both, and the retry is answered. Only this process knows which keys are in flight: none stays so.
 */
export interface Idempotency {
  /**
   * Runs `work` unless its key was used before; then gives the first answer again.
   *
   * @throws ApiError `idempotency_in_flight`, `idempotency_key_reused`
   */
  once(
    keyed: KeyedRequest,
    work: (execution: Execution) => Promise<AnyAnswer>,
  ): Promise<{ answer: AnyAnswer; replayed: boolean }>;
  start(): void;
  stop(): void;
}

/** `answerFor` tells the answer of a message from its state; it throws an ApiError where the answer was one. */
export function createIdempotency({
  store,
  clock,
  log,
  secretBox,
  answerFor,
}: {
  store: Store;
  clock: Clock;
  log: Logger;
  secretBox: SecretBox;
  answerFor: (spaceId: number, messageId: string) => Promise<AnyAnswer>;
}): Idempotency {
  const inFlight = new Set<string>();
  let cancelPurge: (() => void) | undefined;

  const find = ({ spaceId, operation, key }: KeyedRequest) =>
    store.read
      .selectFrom("idempotency_keys")
      .selectAll()
      .where("space_id", "=", spaceId)
      .where("operation", "=", operation)
      .where("key", "=", key)
      .where("expires_at", ">", clock.now())
      .executeTakeFirst();

  const placeOf = ({ spaceId, operation, key }: KeyedRequest) => ({
    table: "idempotency_keys",
    row: JSON.stringify([spaceId, operation, key]),
    column: "answer",
  });

  async function record(
    tx: Tx,
    keyed: KeyedRequest,
    kept: { message_id: string | null; answer: Buffer | null },
  ): Promise<void> {
    const { spaceId, operation, key } = keyed;
    const row = { request_hash: hashOf(keyed.request), ...kept, expires_at: clock.now() + KEPT_FOR_MS };
    await tx
      .insertInto("idempotency_keys")
      .values({ space_id: spaceId, operation, key, ...row })
      // A row is in the way only when it has expired and was not purged yet.
      .onConflict((conflict) => conflict.columns(["space_id", "operation", "key"]).doUpdateSet(row))
      .execute();
  }

  async function replay(keyed: KeyedRequest): Promise<AnyAnswer | undefined> {
    const kept = await find(keyed);
    if (!kept) return undefined;
    if (!kept.request_hash.equals(hashOf(keyed.request))) {
      throw new ApiError(
        "idempotency_key_reused",
        "This Idempotency-Key was used with another request. Use a new key for a new request.",
      );
    }
    if (kept.message_id !== null) return answerFor(keyed.spaceId, kept.message_id).catch(asReplayed);
    const answer: unknown = JSON.parse(secretBox.open(placeOf(keyed), kept.answer ?? Buffer.alloc(0)));
    if (!isAnswer(answer)) throw new Error("A kept answer is damaged");
    return answer;
  }

  function purgeLater(delayMs: number): void {
    cancelPurge = clock.after(delayMs, () => {
      purge()
        .catch((error) => log.error({ err: error }, "forgetting old idempotency keys failed"))
        .finally(() => cancelPurge && purgeLater(PURGE_EVERY_MS));
    });
  }

  /** A chunk in each transaction, so that nobody waits for all of them. */
  async function purge(): Promise<void> {
    while (cancelPurge && (await store.write(purgeSome)) === MOST_PURGED_AT_ONCE);
  }

  async function purgeSome(tx: Tx): Promise<number> {
    const expired = await tx
      .selectFrom("idempotency_keys")
      .select(["space_id", "operation", "key"])
      .where("expires_at", "<=", clock.now())
      .limit(MOST_PURGED_AT_ONCE)
      .execute();
    for (const { space_id, operation, key } of expired) await forget(tx, { space_id, operation, key });
    return expired.length;
  }

  return {
    async once(keyed, work) {
      const name = JSON.stringify([keyed.spaceId, keyed.operation, keyed.key]);
      if (inFlight.has(name)) {
        throw new ApiError(
          "idempotency_in_flight",
          "A request with this Idempotency-Key is still in flight. Try again in a second.",
          { retryAfterSeconds: 1 },
        );
      }
      inFlight.add(name);
      try {
        const replayed = await replay(keyed);
        if (replayed) return { answer: replayed, replayed: true };
        const answer = await work({
          keep: (tx, kept) =>
            record(tx, keyed, { message_id: null, answer: secretBox.seal(placeOf(keyed), JSON.stringify(kept)) }),
          claim: (tx, messageId) => record(tx, keyed, { message_id: messageId, answer: null }),
        });
        return { answer, replayed: false };
      } finally {
        inFlight.delete(name);
      }
    },
    start: () => purgeLater(0),
    stop() {
      cancelPurge?.();
      cancelPurge = undefined;
    },
  };
}

function asReplayed(error: unknown): never {
  throw error instanceof ApiError
    ? new ApiError(error.code, error.message, { ...error.extras, replayed: true })
    : error;
}

const forget = prepared<Pick<IdempotencyKey, "space_id" | "operation" | "key">, never>((db, row) =>
  db
    .deleteFrom("idempotency_keys")
    .where("space_id", "=", row.space_id)
    .where("operation", "=", row.operation)
    .where("key", "=", row.key),
);
type IdempotencyKey = Selectable<Database["idempotency_keys"]>;

const hashOf = (request: unknown): Buffer => hash("sha256", JSON.stringify(request), "buffer");

const isAnswer = (value: unknown): value is AnyAnswer =>
  typeof value === "object" &&
  value !== null &&
  "status" in value &&
  typeof value.status === "number" &&
  "body" in value;
