/**
 * - `claimed`: it is yours until the lease ends
 * - `processing`: somebody else holds it, and the lease has not ended
 * - `processed`: it was committed
 */
export type DeliveryClaim = "claimed" | "processing" | "processed";

/**
 * Remembers which deliveries are processed, and which are being processed. Several processes that share one have to see the
 * same: each method is one atomic step.
 *
 * In Redis, with one key for each delivery:
 *
 * - `claim`: `SET key token NX EX leaseSeconds`. Where that sets nothing, `GET key`: `processed` if that is the value, else
 *   `processing`.
 * - `commit`: `SET key processed EX rememberSeconds`.
 * - `release`: delete the key if its value is still `token`, as one Lua script:
 *   `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end`.
 *
 * In SQL, with a table `deliveries (id primary key, token, expires_at)` in which a processed delivery has the token NULL:
 *
 * - `claim`: `INSERT INTO deliveries VALUES (:id, :token, :now + :lease) ON CONFLICT (id) DO UPDATE SET token = excluded.token,
 *   expires_at = excluded.expires_at WHERE deliveries.expires_at <= :now`. When it changed a row, that is yours. Otherwise read
 *   the row: `processed` if its token is NULL, else `processing`.
 * - `commit`: `INSERT INTO deliveries VALUES (:id, NULL, :now + :remember) ON CONFLICT (id) DO UPDATE SET token = NULL, expires_at =
 *   excluded.expires_at`.
 * - `release`: `DELETE FROM deliveries WHERE id = :id AND token = :token`.
 */
export type DeliveryStore = {
  /**
   * Sets `deliveryId` to `token` if it is absent, for `leaseSeconds`. The lease ends by itself, because a process may die while
   * it holds one.
   */
  claim(deliveryId: string, token: string, leaseSeconds: number): DeliveryClaim | Promise<DeliveryClaim>;
  /** Remembers for `rememberSeconds` that it was processed, whoever holds the claim by now: it was. */
  commit(deliveryId: string, rememberSeconds: number): unknown;
  /** Forgets the claim if it still is that of `token`: one whose lease has ended must not take another's away. */
  release(deliveryId: string, token: string): unknown;
};

const DEFAULT_MAX_DELIVERIES = 10_000;

/**
 * Remembers deliveries in this process, the latest `maxDeliveries` of them (10,000). Enough for one process whose events may
 * run again after a restart.
 */
export function memoryDeliveryStore({
  maxDeliveries = DEFAULT_MAX_DELIVERIES,
}: {
  maxDeliveries?: number;
} = {}): DeliveryStore {
  if (!Number.isInteger(maxDeliveries) || maxDeliveries < 1) {
    throw new TypeError("maxDeliveries must be a whole number from 1");
  }
  const leases = new Map<string, { token: string; endsMs: number }>();
  /** When each may be forgotten; the first was committed first. */
  const processed = new Map<string, number>();

  function dropEndedLeases(nowMs: number): void {
    for (const [id, { endsMs }] of leases) if (endsMs <= nowMs) leases.delete(id);
  }

  return {
    claim(deliveryId, token, leaseSeconds) {
      const nowMs = Date.now();
      if ((processed.get(deliveryId) ?? 0) > nowMs) return "processed";
      if ((leases.get(deliveryId)?.endsMs ?? 0) > nowMs) return "processing";
      if (leases.size >= maxDeliveries) dropEndedLeases(nowMs);
      // With that many under way the next has to wait its turn: it comes again.
      if (leases.size >= maxDeliveries) return "processing";
      leases.set(deliveryId, { token, endsMs: nowMs + leaseSeconds * 1000 });
      return "claimed";
    },
    commit(deliveryId, rememberSeconds) {
      leases.delete(deliveryId);
      processed.delete(deliveryId);
      processed.set(deliveryId, Date.now() + rememberSeconds * 1000);
      const [oldest] = processed.keys();
      if (processed.size > maxDeliveries && oldest !== undefined) processed.delete(oldest);
    },
    release(deliveryId, token) {
      if (leases.get(deliveryId)?.token === token) leases.delete(deliveryId);
    },
  };
}
