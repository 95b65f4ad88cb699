/** The short form of `npm run soak`: the same rounds, with seeds that are always the same. */
import { afterAll, expect, test } from "vitest";
import { killAll } from "./program.js";
import { runRound } from "./round.js";

const SEEDS = [1, 2, 3, 4];

afterAll(killAll);

test.for(SEEDS)("whatever breaks, no event is lost (SEED=%i npm run soak)", { timeout: 240_000 }, async (seed) => {
  const { violations, figures } = await runRound(seed);
  expect(violations).toEqual([]);
  expect(figures).toMatchObject({ lost: 0 });
  expect(figures.received).toBeGreaterThanOrEqual(4 * figures.sent);
  expect(figures.kills + figures.stops).toBeGreaterThan(1);
});
