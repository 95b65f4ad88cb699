import { createFakeClock, type FakeClock } from "./fake-clock.js";

/** Time that goes by itself, as the real one does, and can be pushed on. */
export function createMovingClock(): FakeClock & { stop(): void } {
  const clock = createFakeClock(Date.now());
  let before = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    clock.advance(Math.round(now - before));
    before = now;
  }, 10);
  return { ...clock, stop: () => clearInterval(timer) };
}
