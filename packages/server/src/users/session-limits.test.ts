import { expect, it } from "vitest";
import { createFakeClock } from "../../test/fake-clock.js";
import { createSessionLimits, REQUESTS_PER_MINUTE } from "./session-limits.js";

it("lets a session ask so often in a minute, tells what is left, and begins anew with the next", () => {
  const clock = createFakeClock(Date.UTC(2025, 9, 11, 10, 30, 15));
  const limits = createSessionLimits(clock);
  for (let left = REQUESTS_PER_MINUTE - 1; left >= 0; left -= 1)
    expect(limits.take("session_1")).toMatchObject({ allowed: true, minute: { remaining: left } });
  const refused = limits.take("session_1");
  expect(refused).toMatchObject({ allowed: false, minute: { limit: 600, remaining: 0 } });
  expect(refused.minute.resetsAt).toBe(Date.UTC(2025, 9, 11, 10, 31));
  // It is the minute that is used up, never the hour.
  expect(refused.hour.remaining).toBeGreaterThan(0);
  expect(limits.take("session_2").allowed).toBe(true);
  clock.advance(45_000);
  expect(limits.take("session_1").allowed).toBe(true);
});
