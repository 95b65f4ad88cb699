import { describe, expect, it } from "vitest";
import { createFakeClock } from "../../test/fake-clock.js";
import { createWrongKeys } from "./wrong-keys.js";

const noteTimes = (times: number, note: () => number | undefined) => Array.from({ length: times }, note);

describe("wrong keys", () => {
  it("are let pass a hundred times a minute, then not before the next", () => {
    const clock = createFakeClock();
    const wrongKeys = createWrongKeys(clock);
    const note = () => wrongKeys.note("203.0.113.9");
    expect(noteTimes(100, note)).toEqual(Array(100).fill(undefined));
    expect(note()).toBe(60);
    clock.advance(59_500);
    expect(note()).toBe(1);
    clock.advance(500);
    expect(note()).toBeUndefined();
  });

  it("of one address are not held against another", () => {
    const wrongKeys = createWrongKeys(createFakeClock());
    noteTimes(101, () => wrongKeys.note("203.0.113.9"));
    expect(wrongKeys.note("203.0.113.10")).toBeUndefined();
  });

  it("of very many addresses: those that go on are not forgotten", () => {
    const wrongKeys = createWrongKeys(createFakeClock());
    for (let address = 0; address < 30_000; address += 1) {
      wrongKeys.note(`a${address}`);
      if (address % 100 === 0) wrongKeys.note("persistent");
    }
    expect(wrongKeys.note("persistent")).toBe(60);
    // The first of the others was forgotten, and begins anew.
    expect(noteTimes(100, () => wrongKeys.note("a0"))).toEqual(Array(100).fill(undefined));
  });
});
