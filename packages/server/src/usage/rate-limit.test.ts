import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { createFakeClock } from "../../test/fake-clock.js";
import { ensureDefaultAccount, getSpace } from "../accounts/accounts.js";
import { openStore } from "../storage/store.js";
import { createRateLimiter, nearest } from "./rate-limit.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HALF_PAST_TEN = Date.UTC(2025, 9, 11, 10, 30);
const perMinute = (requestsPerMinute: number) => ({ requestsPerMinute, requestsPerHour: 60 * requestsPerMinute });

/** A space to count for; `restart` forgets what is only in memory. */
async function newSpace() {
  const folder = mkdtempSync(join(tmpdir(), "whatsflow-"));
  const store = await openStore(join(folder, "whatsflow.db"));
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const clock = createFakeClock(HALF_PAST_TEN + 12_345);
  const account = await store.write((tx) => ensureDefaultAccount(tx, clock.now()));
  const { id } = await getSpace(store.read, account.id, "test");
  let limiter = createRateLimiter({ store, clock });
  return {
    clock,
    take: (limits: ReturnType<typeof perMinute>) => limiter.take(id, limits),
    look: (limits: ReturnType<typeof perMinute>) => limiter.look(id, limits),
    flush: () => limiter.flush(),
    restart() {
      limiter = createRateLimiter({ store, clock });
    },
  };
}
type Space = Awaited<ReturnType<typeof newSpace>>;

/** How many of so many requests are let pass. */
async function countAllowed(space: Space, limits: ReturnType<typeof perMinute>, requests: number): Promise<number> {
  const decisions = [];
  for (let asked = 0; asked < requests; asked += 1) decisions.push(await space.take(limits));
  return decisions.filter(({ allowed }) => allowed).length;
}

describe("windows", () => {
  it("begin with the minute and the hour of the clock", async () => {
    const space = await newSpace();
    const { minute, hour } = await space.take(perMinute(10));
    expect(minute).toEqual({ name: "minute", limit: 10, used: 1, remaining: 9, resetsAt: HALF_PAST_TEN + MINUTE_MS });
    expect(hour).toEqual({ name: "hour", limit: 600, used: 1, remaining: 599, resetsAt: Date.UTC(2025, 9, 11, 11) });
  });

  it("let pass what the limit says, and begin anew at their end, not before", async () => {
    const space = await newSpace();
    expect(await countAllowed(space, perMinute(5), 8)).toBe(5);
    space.clock.advance(MINUTE_MS - 12_345 - 1);
    expect((await space.take(perMinute(5))).allowed).toBe(false);
    space.clock.advance(1);
    expect(await countAllowed(space, perMinute(5), 8)).toBe(5);
    // What was refused did not count.
    expect((await space.look(perMinute(5))).hour.used).toBe(10);
  });

  it("of an hour outlast those of a minute", async () => {
    const space = await newSpace();
    const limits = { requestsPerMinute: 5, requestsPerHour: 7 };
    expect(await countAllowed(space, limits, 6)).toBe(5);
    space.clock.advance(MINUTE_MS);
    expect(await countAllowed(space, limits, 6)).toBe(2);
    space.clock.advance(MINUTE_MS);
    const refused = await space.take(limits);
    expect([refused.allowed, refused.minute.remaining, refused.hour.remaining]).toEqual([false, 5, 0]);
    space.clock.advance(HOUR_MS);
    expect((await space.take(limits)).allowed).toBe(true);
  });

  it("are told by the one that ends the sooner for the caller: the hour when less is left of it", async () => {
    const space = await newSpace();
    const limits = { requestsPerMinute: 5, requestsPerHour: 8 };
    const told = [];
    for (let asked = 0; asked < 5; asked += 1) told.push(nearest(await space.take(limits)).name);
    space.clock.advance(MINUTE_MS);
    told.push(nearest(await space.take(limits)).name);
    expect(told).toEqual([...Array(5).fill("minute"), "hour"]);
  });

  it("follow a limit that the operator changes meanwhile", async () => {
    const space = await newSpace();
    expect(await countAllowed(space, perMinute(5), 5)).toBe(5);
    expect(await countAllowed(space, perMinute(7), 5)).toBe(2);
    expect((await space.look(perMinute(3))).minute).toMatchObject({ limit: 3, used: 7, remaining: 0 });
  });

  it("count each of many requests at once", async () => {
    const space = await newSpace();
    const decisions = await Promise.all(Array.from({ length: 300 }, () => space.take(perMinute(250))));
    expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(250);
    const remaining = decisions.filter(({ allowed }) => allowed).map(({ minute }) => minute.remaining);
    expect(new Set(remaining).size).toBe(250);
  });

  it("are looked at without counting", async () => {
    const space = await newSpace();
    await space.take(perMinute(5));
    expect(await space.look(perMinute(5))).toEqual(await space.look(perMinute(5)));
    expect((await space.look(perMinute(5))).minute.used).toBe(1);
  });
});

describe("a restart", () => {
  it("in order changes nothing", async () => {
    const space = await newSpace();
    expect(await countAllowed(space, perMinute(1_000), 123)).toBe(123);
    const before = await space.look(perMinute(1_000));
    await space.flush();
    space.restart();
    expect(await space.look(perMinute(1_000))).toEqual(before);
  });

  it("after a crash never gives anything, and takes a hundredth at most", async () => {
    const crash = fc.record({
      limit: fc.constantFrom(5, 10, 100, 300, 1_000),
      takes: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 4 }),
      late: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(crash, async ({ limit, takes, late }) => {
        const space = await newSpace();
        let allowed = 0;
        for (const requests of takes) {
          allowed += await countAllowed(space, perMinute(limit), requests);
          space.restart();
          const { minute, hour } = await space.look(perMinute(limit));
          const most = allowed + takes.length * Math.floor(limit / 100);
          for (const { used } of [minute, hour]) {
            expect(used).toBeGreaterThanOrEqual(allowed);
            expect(used).toBeLessThanOrEqual(most);
          }
        }
        if (late) space.clock.advance(MINUTE_MS);
        expect(await countAllowed(space, perMinute(limit), limit + 1)).toBeLessThanOrEqual(
          late ? limit : limit - allowed,
        );
      }),
      { numRuns: 15 },
    );
  });
});
