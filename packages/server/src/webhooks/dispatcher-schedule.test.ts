/** Days of failures by a seed: receivers that refuse, ask for time, reset or hang, and restarts in between. Each delivery ends as its schedule says. */
import { afterAll, expect, onTestFinished, test } from "vitest";
import { seededRandom } from "../../test/random.js";
import type { Delivery } from "./deliveries.js";
import { findHeads } from "./delivery-queue.js";
import type { Dispatcher } from "./dispatcher.js";
import { createTestSpace, startReceiver, type TestSpace } from "./dispatcher-fixture.js";

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const EVENTS = 6;
const HOUR_MS = 3_600_000;
const DELAYS_MS = [5, 30, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 86_400].map((s) => s * 1_000);
const LONGEST_RETRY_MS = 96 * HOUR_MS;
const RETRY_AFTER_S = [1, 600, 40_000, 500_000];
/** So often nothing happens before the clock is moved. */
const IDLE_TURNS = 20;

interface World {
  here: TestSpace;
  random: () => number;
  /** Requests that get no answer. */
  hanging(): number;
  hooks: string[];
}

async function createWorld(seed: number): Promise<World> {
  const random = seededRandom(seed);
  const here = await createTestSpace();
  const hanging = new Set<object>();
  const receiver = await startReceiver((_request, response) => {
    response.on("close", () => hanging.delete(response));
    const chance = random();
    if (chance < 0.15) response.end();
    else if (chance < 0.5) response.writeHead(500).end();
    else if (chance < 0.7) {
      const seconds = RETRY_AFTER_S[Math.floor(random() * RETRY_AFTER_S.length)] ?? 0;
      response.writeHead(429, { "retry-after": String(seconds) }).end(String(seconds));
    } else if (chance < 0.85) response.socket?.resetAndDestroy();
    else hanging.add(response);
  });
  const hooks: string[] = [];
  for (const ordered of [false, false, true]) {
    const { row } = await here.hook(`${receiver.url}/${hooks.length}`, ["message.received"], { ordered });
    hooks.push(row.id);
  }
  return { here, random, hanging: () => hanging.size, hooks };
}

const turn = () => new Promise<void>((over) => setImmediate(over));

/** Lets time pass, and restarts now and then, until nothing is left to do. */
async function live({ here, random, hanging }: World): Promise<void> {
  let dispatcher: Dispatcher = await restarted();
  onTestFinished(async () => {
    const stopped = dispatcher.stop();
    here.clock.advance(60_000);
    await stopped;
  });
  async function restarted(): Promise<Dispatcher> {
    const made = here.dispatcher();
    await made.start();
    return made;
  }
  let before = "";
  for (let idle = 0; ; idle += 1) {
    await turn();
    const rows = await here.store.read
      .selectFrom("deliveries")
      .select(["seq", "lease", "due_at", "attempt_number"])
      .where("status", "=", "pending")
      .execute();
    if (rows.length === 0) return;
    const state = JSON.stringify(rows);
    if (state !== before) idle = 0;
    before = state;
    const leased = rows.filter(({ lease }) => lease !== null).length;
    if (idle < IDLE_TURNS || leased > hanging()) continue;
    idle = 0;
    if (leased > 0 && random() < 0.2) {
      const stopped = dispatcher.stop();
      // What hangs is interrupted when its grace is over.
      here.clock.advance(5_000);
      await stopped;
      dispatcher = await restarted();
    } else if (leased > 0) {
      here.clock.advance(30_000);
    } else {
      const next = Math.min(...(await findHeads(here.store.read)).map(({ dueAt }) => dueAt));
      here.clock.advance(Math.max(1_000, next - here.clock.now()));
    }
  }
}

/** What has to become of a delivery by the ends of its attempts, and the least wait before each of them. */
function expected({ attempts }: Delivery): { status: string; waits: number[] } {
  const waits: number[] = [];
  let waitedMs = 0;
  let lost = 0;
  for (const [failures, { error, response_status, response_body }] of attempts.entries()) {
    if (error === null) return { status: "succeeded", waits };
    const delayMs = DELAYS_MS[failures];
    if (delayMs === undefined) return { status: "failed", waits };
    const isLost = error === "interrupted by a restart";
    const askedMs = response_status === 429 ? Math.min(Number(response_body) * 1_000, 24 * HOUR_MS) : 0;
    const waitMs = isLost && lost === 0 ? 0 : Math.max(delayMs, askedMs);
    if (isLost) lost += 1;
    if (waitedMs + waitMs > LONGEST_RETRY_MS) return { status: "failed", waits };
    waitedMs += waitMs;
    waits.push(waitMs);
  }
  return { status: "pending", waits };
}

/** How deliveries ended, with all seeds: who is answered what goes by who asks first, so that one seed alone may miss an end. */
const ends = new Set<string>();
afterAll(() => expect([...ends]).toEqual(expect.arrayContaining(["failed", "succeeded"])));

test.for(SEEDS)("with the seed %i each delivery ends as its schedule says", async (seed) => {
  const world = await createWorld(seed);
  const { here, hooks } = world;
  for (let count = 0; count < EVENTS; count += 1) await here.publish();
  await live(world);
  for (const id of hooks) {
    const deliveries = await here.deliveries(id);
    expect(deliveries).toHaveLength(EVENTS);
    for (const delivery of deliveries) {
      const { status, waits } = expected(delivery);
      ends.add(status);
      // Twenty failures in a row over five days: what was still to be tried is kept as skipped.
      const given =
        status === "pending" ? { status: "skipped", count: waits.length } : { status, count: waits.length + 1 };
      expect({ status: delivery.status, count: delivery.attempts.length }).toEqual(given);
      if (given.status === "skipped") expect(await here.webhook(id)).toMatchObject({ disabled_reason: "failing" });
      for (const [index, waitMs] of waits.entries()) {
        const [one, next] = delivery.attempts.slice(index);
        if (!next) continue;
        const gapMs = next.attempted_at - Number(one?.attempted_at) - Number(one?.duration_ms);
        expect(gapMs).toBeGreaterThanOrEqual(waitMs);
      }
    }
    const attempts = deliveries.flatMap((delivery) => delivery.attempts);
    const failures = attempts.filter(({ error }) => error !== null && error !== "interrupted by a restart");
    expect(await here.webhook(id)).toMatchObject({
      success_count: attempts.filter(({ error }) => error === null).length,
      failure_count: failures.length,
    });
  }
});
