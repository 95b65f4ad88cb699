import { describe, expect, it } from "vitest";
import { createFakeClock } from "../../test/fake-clock.js";
import { createSignInLimits, type Guessed, type SignInLimits, type Try } from "./sign-in-limits.js";

/** How long the next try has to wait, in seconds; undefined when it may be made, which counts it. */
function tryOnce(limits: SignInLimits, ...names: Guessed[]): number | undefined {
  try {
    limits.begin(names);
    return undefined;
  } catch (error) {
    if (error instanceof Error && "extras" in error) return Object(error.extras).retryAfterSeconds;
    throw error;
  }
}
const tryTimes = (times: number, once: () => number | undefined) => Array.from({ length: times }, once);

it("lets five tries of a name pass, and doubles the wait after each of the following", () => {
  const clock = createFakeClock();
  const limits = createSignInLimits(clock);
  const once = () => tryOnce(limits, "name:anna");
  expect(tryTimes(5, once)).toEqual(Array(5).fill(undefined));
  for (const wait of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
    expect(once()).toBe(wait);
    clock.advance(wait * 1_000 - 1);
    expect(once()).toBe(1);
    clock.advance(1);
    expect(once()).toBeUndefined();
  }
});

it("lets twenty tries of an address pass, whatever the names", () => {
  const limits = createSignInLimits(createFakeClock());
  let name = 0;
  const once = () => tryOnce(limits, `name:${name++}`, "address:203.0.113.9");
  expect(tryTimes(20, once)).toEqual(Array(20).fill(undefined));
  expect(once()).toBe(1);
  expect(tryOnce(limits, "name:anna", "address:203.0.113.10")).toBeUndefined();
});

it("forgets a name's tries when one is right, and of its address that one alone", () => {
  const limits = createSignInLimits(createFakeClock());
  const names = ["name:anna", "address:203.0.113.9"] as const;
  for (let round = 0; round < 10; round += 1) {
    expect(tryOnce(limits, ...names)).toBeUndefined();
    limits.begin(names).succeeded();
  }
  // Ten wrong ones are left of the address.
  expect(tryTimes(10, () => tryOnce(limits, "address:203.0.113.9"))).toEqual(Array(10).fill(undefined));
  expect(tryOnce(limits, "address:203.0.113.9")).toBe(1);
});

it("a try that could not be made counts for nobody", async () => {
  const limits = createSignInLimits(createFakeClock());
  const names = ["name:anna", "address:203.0.113.9"] as const;
  for (let round = 0; round < 30; round += 1) {
    const busy = limits.begin(names).made(Promise.reject(new Error("too much to do")));
    await expect(busy).rejects.toThrow("too much to do");
  }
  expect(tryTimes(5, () => tryOnce(limits, ...names))).toEqual(Array(5).fill(undefined));
  expect(tryOnce(limits, ...names)).toBe(1);
});

describe("a try that counts for nobody puts off nothing", () => {
  const PLACE = "address:203.0.113.9";
  const tooMuch = (given: Try) => expect(given.made(Promise.reject(new Error("too much to do")))).rejects.toThrow();

  it("neither the wait of a name, when the server had too much to do", async () => {
    const clock = createFakeClock();
    const limits = createSignInLimits(clock);
    const once = () => tryOnce(limits, "name:anna");
    tryTimes(5, once);
    for (const wait of [1, 2, 4, 8]) {
      clock.advance(wait * 1_000);
      expect(once()).toBeUndefined();
    }
    clock.advance(16_000);
    for (let round = 0; round < 3; round += 1) await tooMuch(limits.begin(["name:anna"]));
    expect([once(), once()]).toEqual([undefined, 32]);
  });

  it("nor that of an address, when a colleague there is right", () => {
    const clock = createFakeClock();
    const limits = createSignInLimits(clock);
    tryTimes(20, () => tryOnce(limits, PLACE));
    for (const wait of [1, 2, 4, 8]) {
      clock.advance(wait * 1_000);
      expect(tryOnce(limits, PLACE)).toBeUndefined();
    }
    clock.advance(16_000);
    for (const name of ["anna", "ben", "eve"] as const) limits.begin([`name:${name}`, PLACE]).succeeded();
    expect([tryOnce(limits, PLACE), tryOnce(limits, PLACE)]).toEqual([undefined, 32]);
  });

  it("nor the hour after which an address is forgotten", () => {
    const clock = createFakeClock();
    const limits = createSignInLimits(clock);
    tryTimes(20, () => tryOnce(limits, PLACE));
    clock.advance(3_500_000);
    limits.begin(["name:anna", PLACE]).succeeded();
    clock.advance(100_000);
    expect(tryTimes(20, () => tryOnce(limits, PLACE))).toEqual(Array(20).fill(undefined));
  });

  it("while another one that came in between counts, and from its own time", async () => {
    const clock = createFakeClock();
    const limits = createSignInLimits(clock);
    tryTimes(4, () => tryOnce(limits, "name:anna"));
    const first = limits.begin(["name:anna"]);
    clock.advance(1_000);
    limits.begin(["name:anna"]);
    await tooMuch(first);
    expect(tryOnce(limits, "name:anna")).toBe(1);
    clock.advance(1_000);
    expect(tryOnce(limits, "name:anna")).toBeUndefined();
  });

  it("however many there are at the same time, in whatever order they end", async () => {
    const limits = createSignInLimits(createFakeClock());
    const begin = () => limits.begin(["name:anna"]);
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const tries = [begin(), begin(), begin()];
      for (const index of order) await tooMuch(tries[index] ?? begin());
    }
    expect(tryTimes(6, () => tryOnce(limits, "name:anna"))).toEqual([...Array(5).fill(undefined), 1]);
  });
});

it("lets sixty tries of a network pass, however many addresses they come from", () => {
  const limits = createSignInLimits(createFakeClock());
  let address = 0;
  const once = () => tryOnce(limits, `address:2001:db8:0:${address++}::/64`, "network:2001:db8:0::/48");
  expect(tryTimes(60, once)).toEqual(Array(60).fill(undefined));
  expect(once()).toBe(1);
});

it("waits as long as it said when the time is set forward or back", () => {
  const clock = createFakeClock();
  const limits = createSignInLimits(clock);
  tryTimes(5, () => tryOnce(limits, "name:anna"));
  for (const leap of [86_400_000, -2 * 86_400_000]) {
    clock.set(clock.now() + leap);
    expect(tryOnce(limits, "name:anna")).toBe(1);
  }
  clock.advance(1_000);
  expect(tryOnce(limits, "name:anna")).toBeUndefined();
});

it("a name that a user has is forgotten for no others, and neither is an address for names", () => {
  const limits = createSignInLimits(createFakeClock());
  const guess = (kind: "name" | "stranger") => () => tryOnce(limits, `${kind}:anna`);
  const addressOnce = () => tryOnce(limits, "address:203.0.113.9");
  tryTimes(5, guess("name"));
  tryTimes(5, guess("stranger"));
  tryTimes(20, addressOnce);
  for (let name = 0; name < 10_000; name += 1) {
    tryOnce(limits, `stranger:${name}`);
    tryOnce(limits, `name:${name}`);
  }
  expect([guess("name")(), guess("stranger")(), addressOnce()]).toEqual([1, undefined, 1]);
});

it("forgets what lies an hour back", () => {
  const clock = createFakeClock();
  const limits = createSignInLimits(clock);
  const five = (name: Guessed) => tryTimes(5, () => tryOnce(limits, name));
  five("name:anna");
  clock.advance(3_600_000);
  expect(five("name:anna")).toEqual(Array(5).fill(undefined));
  expect(tryOnce(limits, "name:anna")).toBe(1);
});
