import { randomUUID } from "node:crypto";
import type { LookupFunction } from "node:net";
import type { Logger } from "pino";
import type { Clock } from "../clock.js";
import type { SecretBox } from "../storage/secret-box.js";
import type { Store } from "../storage/store.js";
import { createGuardedAgent, type WebhookAllow } from "./address-guard.js";
import { attempt, INTERRUPTED, InterruptedError } from "./attempt.js";
import {
  type AttemptResult,
  type Claim,
  claimDue,
  findHeads,
  findLeases,
  type Lease,
  recordAttempt,
} from "./delivery-log.js";
import { LONGEST_RETRY_MS, retryDelayMs } from "./retry-schedule.js";
import { signatureHeaders } from "./signing.js";
import { isProbing, type Slot, shareSlots } from "./slots.js";
import { secretPlace } from "./webhooks.js";

export interface DispatcherOptions {
  store: Store;
  clock: Clock;
  log: Pick<Logger, "debug" | "info" | "error">;
  secretBox: SecretBox;
  allow: WebhookAllow;
  /** From 0 up to 1; spreads out retries. */
  random?: () => number;
  lookup?: LookupFunction;
  /** Called for each attempt once it is recorded. */
  onAttempt?: (claim: Claim, result: AttemptResult) => void;
}

/**
 * Delivers what is due, until it is stopped: leases deliveries, posts them, records how it went.
 *
 * The database alone says what there is to do, so nothing is lost in a crash; what is in memory is how much is under way.
 * There is one dispatcher to a database.
 */
export interface Dispatcher {
  /** Takes up what a crash interrupted, then begins to deliver. */
  start(): Promise<void>;
  /** Something may be due. Cheap; call it after every commit. */
  wake(): void;
  /** Begins nothing more, lets attempts under way end for some seconds, and aborts the rest: they are due again at the next start. */
  stop(): Promise<void>;
}

interface RunningSlot extends Slot {
  controller: AbortController;
  done: Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
const STOP_GRACE_MS = 5_000;
/** After an error of the database, such as a full disk. */
const PAUSE_MS = 1_000;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { store, clock, log, secretBox, allow, random = Math.random } = options;
  const client = createGuardedAgent({ allow, lookup: options.lookup, connectTimeoutMs: CONNECT_TIMEOUT_MS });
  const running = new Set<RunningSlot>();
  let woken = false;
  let endSleep: (() => void) | undefined;
  let stopping = false;
  let loop: Promise<void> | undefined;

  function wake(): void {
    woken = true;
    endSleep?.();
  }

  /** Until `wake` is called; it may have been meanwhile. */
  function sleep(ms: number | undefined): Promise<void> {
    if (woken) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = ms === undefined ? undefined : clock.after(ms, wake);
      endSleep = () => {
        endSleep = undefined;
        cancel?.();
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    while (!stopping) {
      woken = false;
      try {
        const nextDueAt = await deliverDue();
        await sleep(nextDueAt === undefined ? undefined : nextDueAt - clock.now());
      } catch (error) {
        log.error({ err: error }, "cannot read or claim webhook deliveries; trying again");
        await sleep(PAUSE_MS);
      }
    }
  }

  const pause = () => new Promise<void>((resolve) => void clock.after(PAUSE_MS, resolve));

  /** Begins what may begin now. Returns when the next delivery is due, if that is a matter of time alone. */
  async function deliverDue(): Promise<number | undefined> {
    const heads = await findHeads(store.read);
    const now = clock.now();
    const due = heads.filter((head) => head.dueAt <= now);
    const shares = shareSlots(due, running);
    // A write wakes us again, so there is none without need.
    if (shares.size > 0) {
      const lease = randomUUID();
      const claims = await store.write(async (tx) => {
        const claimed: Claim[] = [];
        for (const [webhookId, count] of shares) claimed.push(...(await claimDue(tx, webhookId, count, lease, now)));
        return claimed;
      });
      const probing = new Set(due.filter(isProbing).map((head) => head.webhookId));
      for (const claim of claims) begin(claim, probing.has(claim.webhookId));
    }
    return heads[due.length]?.dueAt;
  }

  function begin(claim: Claim, probing: boolean): void {
    const controller = new AbortController();
    const done = deliver(claim, controller).finally(() => {
      running.delete(slot);
      wake();
    });
    const slot: RunningSlot = { webhookId: claim.webhookId, probing, controller, done };
    running.add(slot);
  }

  async function deliver(claim: Claim, controller: AbortController): Promise<void> {
    const result = await attempt(client, clock, () => signedPost(claim), controller);
    const { outcome, responseStatus, error, durationMs } = result;
    await record(claim, result);
    options.onAttempt?.(claim, result);
    log.debug(
      { webhookId: claim.webhookId, deliveryId: claim.id, outcome, responseStatus, error, durationMs },
      "webhook attempt",
    );
  }

  function signedPost({ id, webhookId, url, secret: sealed, eventName, body }: Claim) {
    const secret = secretBox.open(secretPlace(webhookId), sealed);
    const timestampSeconds = Math.floor(clock.now() / 1_000);
    return {
      url,
      body,
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "WhatsFlow-Webhooks/1.0",
        "X-Webhook-Event": eventName,
        "X-Webhook-Delivery-Id": id,
        ...signatureHeaders({ deliveryId: id, secret, body, timestampSeconds }),
      },
    };
  }

  /** A result that cannot be written is kept until it can: the receiver may have acted on it. */
  async function record(lease: Lease, result: AttemptResult): Promise<void> {
    for (;;) {
      const now = clock.now();
      try {
        return await store.write((tx) => recordAttempt(tx, lease, result, retryAt(lease, result, now), now));
      } catch (error) {
        log.error({ err: error }, "cannot record a webhook attempt; trying again");
        // At the next start the lease tells that there was an attempt.
        if (stopping) return;
        await pause();
      }
    }
  }

  function retryAt(
    { failures, createdAt }: Lease,
    { outcome, retryAfterMs }: AttemptResult,
    now: number,
  ): number | null {
    if (outcome === "interrupted") return now;
    const delayMs = retryDelayMs({ attempts: failures + 1, retryAfterMs, random: random() });
    if (delayMs === null || now + delayMs > createdAt + LONGEST_RETRY_MS) return null;
    return now + delayMs;
  }

  async function recover(): Promise<void> {
    const now = clock.now();
    const count = await store.write(async (tx) => {
      const leases = await findLeases(tx);
      for (const lease of leases) {
        const result = {
          outcome: "interrupted",
          responseStatus: null,
          error: INTERRUPTED,
          retryAfterMs: null,
        } as const;
        await recordAttempt(tx, lease, { ...result, attemptedAt: lease.claimedAt, durationMs: 0 }, now, now);
      }
      return leases.length;
    });
    if (count > 0)
      log.info({ count }, "webhook attempts were interrupted when the server last ended; they are due again");
  }

  return {
    wake,
    async start() {
      await recover();
      loop = run();
    },
    async stop() {
      stopping = true;
      let graceOver = false;
      const abortAll = () => {
        for (const { controller } of running) controller.abort(new InterruptedError());
      };
      const cancel = clock.after(STOP_GRACE_MS, () => {
        graceOver = true;
        abortAll();
      });
      wake();
      await loop;
      // What the loop began in its last turn came too late to be aborted.
      if (graceOver) abortAll();
      await Promise.all([...running].map(({ done }) => done));
      cancel();
      await client.destroy();
    },
  };
}
