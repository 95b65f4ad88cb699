import { randomUUID } from "node:crypto";
import type { LookupFunction } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { Clock } from "../clock.js";
import type { SecretBox } from "../storage/secret-box.js";
import type { Store, Tx } from "../storage/store.js";
import { createGuardedAgent, type WebhookAllow } from "./address-guard.js";
import { attempt, INTERRUPTED, InterruptedError } from "./attempt.js";
import { type AttemptResult, recordAttempt } from "./delivery-log.js";
import {
  type Claim,
  claimDue,
  findHeads,
  findLeases,
  type Head,
  type Lease,
  releaseFuture,
  setBackWaits,
} from "./delivery-queue.js";
import { moveStreaks, skipSome } from "./disabling.js";
import { createKeyring } from "./keyring.js";
import { retryDelayMs } from "./retry-schedule.js";
import { deliveryHeaders } from "./signing.js";
import { kindOf, type Slot, shareSlots } from "./slots.js";
import { judgeRefusal, tamper } from "./verification.js";
import { previousSecretPlace, secretPlace } from "./webhooks.js";
import { createTurns } from "./whose-turn.js";

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
  /** Called when the clock was set on by more than a day, to `now`. */
  onLeap?: (tx: Tx, leapMs: number, now: number) => Promise<void>;
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
  /** Whether it runs, and what is due could be claimed and recorded when it last had to be. */
  isDelivering(): boolean;
  /** Begins nothing more, lets attempts under way end for some seconds, and aborts the rest: they are due again at the next start. */
  stop(): Promise<void>;
}

interface RunningSlot extends Slot {
  controller: AbortController;
}

/** What may begin now, those whose turn it is first, and when what must wait is due. */
interface Choice {
  due: Head[];
  /** Webhooks that were disabled with more waiting for them than one transaction takes. */
  skipping: Head[];
  /** How many attempts each webhook may begin. */
  shares: Map<string, number>;
  nextAt: number;
}

const CONNECT_TIMEOUT_MS = 10_000;
const STOP_GRACE_MS = 5_000;
/** After an error of the database, such as a full disk. */
const PAUSE_MS = 1_000;
/** Nothing wakes us when a command of another process made something due, or when the clock is set. */
const MAX_SLEEP_MS = 5_000;
/** A webhook that is down for long is asked once in a while, however much waits for it. */
const PROBE_EVERY_MS = 1_000;
const MAX_REMEMBERED = 10_000;
/** Longer than anything takes that read the clock before it was set back, and commits afterwards. */
const STRAGGLERS_MS = 60_000;
/** We never sleep that long, so the clock was set, or the machine slept. */
const LEAP_MS = 24 * 3_600_000;
/** A clock is set right by less than this all the time. */
const SET_BACK_MS = 2_000;
/** Looking for what is due takes some microseconds for each webhook that waits for something: with thousands, less often. */
const SCAN_MS = 0.2;
const MAX_SCAN_PAUSE_MS = 100;

/** What is known of an attempt that a crash cut short. */
const LOST = {
  outcome: "interrupted",
  durationMs: 0,
  responseStatus: null,
  responseBody: null,
  error: INTERRUPTED,
  retryAfterMs: null,
} as const;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { store, clock, log, allow, random = Math.random } = options;
  const keyring = createKeyring(options.secretBox);
  const client = createGuardedAgent({ allow, lookup: options.lookup, connectTimeoutMs: CONNECT_TIMEOUT_MS });
  /** Attempts in flight, and results that could not be written at once. */
  const running = new Set<RunningSlot>();
  /** Those, and attempts that ended but are not recorded yet. */
  const deliveries = new Set<Promise<void>>();
  /** When the last attempt at a webhook failed; those that work are not in it. */
  const failedAt = new Map<string, number>();
  /** Ends the waits of results that could not be written. */
  const pauses = new Set<() => void>();
  const turns = createTurns();
  /** Slots whose results could not be written. */
  const unrecorded = new Set<RunningSlot>();
  let canClaim = true;
  let lastNow = clock.now();
  /** How long the last look for what is due took. */
  let scanMs = 0;
  let releaseAgainAt = Number.POSITIVE_INFINITY;
  let woken = false;
  /** Whether results were handed to the database since the last claim. */
  let recording = false;
  let endSleep: (() => void) | undefined;
  let stopping = false;
  let loop: Promise<void> | undefined;

  function wake(): void {
    woken = true;
    endSleep?.();
  }

  /** Until `wake` is called; it may have been meanwhile. */
  function sleep(ms: number): Promise<void> {
    if (woken || ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = clock.after(ms, wake);
      endSleep = () => {
        endSleep = undefined;
        cancel();
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    while (!stopping) {
      woken = false;
      try {
        await noticeLeap();
        const nextAt = await deliverDue();
        canClaim = true;
        if (scanMs > SCAN_MS) await wait(Math.min(4 * scanMs, MAX_SCAN_PAUSE_MS));
        await sleep(Math.min(nextAt - clock.now(), MAX_SLEEP_MS));
      } catch (error) {
        canClaim = false;
        log.error({ err: error }, "cannot read or claim webhook deliveries; trying again");
        await sleep(PAUSE_MS);
      }
    }
  }

  /** Ends with the stop at the latest: a timer does not keep the process alive until then. */
  const pause = () =>
    new Promise<void>((resolve) => {
      const end = () => {
        cancel();
        pauses.delete(end);
        resolve();
      };
      const cancel = clock.after(PAUSE_MS, end);
      pauses.add(end);
    });

  /**
   * When the clock was set back, what was to be tried soon would wait for hours. When it was set on, failures that are some minutes
   * old would look like those of years: a board without a clock of its own begins in 1970.
   */
  async function noticeLeap(): Promise<void> {
    const now = clock.now();
    const leapMs = now - lastNow;
    if (leapMs < -SET_BACK_MS) {
      await store.write((tx) => setBackWaits(tx, -leapMs, now));
      failedAt.clear();
      releaseAgainAt = now + STRAGGLERS_MS;
    } else if (now >= releaseAgainAt) {
      await store.write((tx) => releaseFuture(tx, now));
      releaseAgainAt = Number.POSITIVE_INFINITY;
    }
    if (leapMs > LEAP_MS) {
      await store.write(async (tx) => {
        await moveStreaks(tx, lastNow, leapMs);
        await options.onLeap?.(tx, leapMs, now);
      });
    }
    lastNow = now;
  }

  /** Begins what may begin now. Returns when something is due next, if that is a matter of time alone. */
  async function deliverDue(): Promise<number> {
    const now = clock.now();
    // A write wakes us again, so there is none without need; but one that shares the commit of results costs next to nothing.
    if (!recording) {
      const { shares, skipping, nextAt } = choose(await look(store.read), now);
      if (shares.size + skipping.length === 0) return nextAt;
    }
    recording = false;
    const lease = randomUUID();
    const { due, nextAt, claims } = await store.write(async (tx) => {
      const choice = choose(await look(tx), now);
      for (const { webhookId } of choice.skipping.slice(0, 1)) await skipSome(tx, webhookId);
      const claims: Claim[] = [];
      for (const head of choice.due) {
        const count = choice.shares.get(head.webhookId);
        if (count) claims.push(...(await claimDue(tx, head, count, lease, now)));
      }
      return { ...choice, claims };
    });
    const kinds = new Map(due.map((head) => [head.webhookId, kindOf(head)]));
    for (const claim of claims) begin(claim, kinds.get(claim.webhookId) ?? "working");
    return nextAt;
  }

  async function look(db: Store["read"]): Promise<Head[]> {
    const startedAt = performance.now();
    const heads = await findHeads(db);
    scanMs = performance.now() - startedAt;
    return heads;
  }

  function choose(found: Head[], now: number): Choice {
    const skipping = found.filter((head) => head.mustSkip);
    const heads = found.filter((head) => !head.mustSkip).map((head) => ({ ...head, dueAt: mayBeginAt(head) }));
    const due = turns.inOrder(heads.filter((head) => head.dueAt <= now));
    const nextAt = heads.reduce(
      (next, { dueAt }) => (dueAt > now ? Math.min(next, dueAt) : next),
      Number.POSITIVE_INFINITY,
    );
    return { due, skipping, shares: shareSlots(due, running), nextAt };
  }

  function mayBeginAt(head: Head): number {
    if (kindOf(head) !== "probing") return head.dueAt;
    return Math.max(head.dueAt, (failedAt.get(head.webhookId) ?? 0) + PROBE_EVERY_MS);
  }

  function begin(claim: Claim, kind: Slot["kind"]): void {
    const { webhookId, accountId } = claim;
    const slot: RunningSlot = { webhookId, accountId, kind, controller: new AbortController() };
    turns.took(claim);
    running.add(slot);
    const delivery = deliver(claim, slot).finally(() => {
      deliveries.delete(delivery);
    });
    deliveries.add(delivery);
  }

  async function deliver(claim: Claim, slot: RunningSlot): Promise<void> {
    const { controller } = slot;
    const genuine = await attempt(client, clock, () => signedPost(claim), controller);
    const tampered =
      claim.verifies === 1 && genuine.outcome === "succeeded"
        ? judgeRefusal(await attempt(client, clock, () => tamper(signedPost(claim)), controller))
        : undefined;
    // Without the second answer nothing is known: both are sent again.
    const result = tampered?.outcome === "interrupted" ? tampered : genuine;
    noteFailure(claim.webhookId, result.outcome !== "succeeded");
    const recorded = record(claim, slot, result, result === genuine ? tampered : undefined);
    // The slot is free, and who has it next is claimed in the same commit.
    running.delete(slot);
    recording = true;
    wake();
    await recorded;
    const { outcome, responseStatus, error, durationMs } = result;
    options.onAttempt?.(claim, result);
    log.debug(
      { webhookId: claim.webhookId, deliveryId: claim.id, outcome, responseStatus, error, durationMs },
      "webhook attempt",
    );
  }

  function noteFailure(webhookId: string, failed: boolean): void {
    failedAt.delete(webhookId);
    if (!failed) return;
    // Webhooks that were deleted stay in it, and so it does not grow for ever.
    if (failedAt.size >= MAX_REMEMBERED) failedAt.clear();
    failedAt.set(webhookId, clock.now());
  }

  function signedPost(claim: Claim) {
    const { id, webhookId, url, eventName, body } = claim;
    const now = clock.now();
    const keys = keyring.keysOf(secretPlace(webhookId), claim.secret);
    const previousKeys =
      claim.previousSecret && (claim.previousSecretExpiresAt ?? 0) > now
        ? keyring.keysOf(previousSecretPlace(webhookId), claim.previousSecret)
        : undefined;
    const timestampSeconds = Math.floor(now / 1_000);
    return {
      url,
      body,
      headers: deliveryHeaders(eventName, { deliveryId: id, keys, previousKeys, body, timestampSeconds }),
    };
  }

  /**
   * A result that cannot be written is kept until it can: the receiver may have acted on it. It keeps the slot, too, so that there are
   * never many of them.
   */
  async function record(
    lease: Lease,
    slot: RunningSlot,
    result: AttemptResult,
    tampered: AttemptResult | undefined,
  ): Promise<void> {
    for (;;) {
      const now = clock.now();
      try {
        const waitMs = waitAfter(lease, result);
        await store.write((tx) => recordAttempt(tx, lease, result, { waitMs, tampered, now }));
        running.delete(slot);
        unrecorded.delete(slot);
        return;
      } catch (error) {
        log.error({ err: error }, "cannot record a webhook attempt; trying again");
        // At the next start the lease tells that there was an attempt.
        if (stopping) return;
        running.add(slot);
        unrecorded.add(slot);
        await pause();
      }
    }
  }

  const waitAfter = (lease: Lease, { outcome, retryAfterMs }: AttemptResult) =>
    retryDelayMs(lease, { lost: outcome === "interrupted", retryAfterMs, random: random() });

  async function recover(): Promise<void> {
    const now = clock.now();
    const count = await store.write(async (tx) => {
      const leases = await findLeases(tx);
      for (const { claimedAt, ...lease } of leases) {
        const result = { ...LOST, attemptedAt: claimedAt };
        await recordAttempt(tx, lease, result, { waitMs: waitAfter(lease, result), now });
      }
      await releaseFuture(tx, now);
      return leases.length;
    });
    if (count > 0) log.info({ count }, "webhook attempts were interrupted when the server last ended");
  }

  return {
    wake,
    isDelivering: () => loop !== undefined && !stopping && canClaim && unrecorded.size === 0,
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
      for (const end of pauses) end();
      wake();
      await loop;
      // What the loop began in its last turn came too late to be aborted.
      if (graceOver) abortAll();
      await Promise.all(deliveries);
      cancel();
      await client.destroy();
    },
  };
}
