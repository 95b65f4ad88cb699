import { describe, expect, it } from "vitest";
import { aftermathOf, backoffMs } from "./disconnects.js";

describe("after the end of a connection", () => {
  it.each([
    [515, { action: "restart" }],
    [405, { action: "refresh version" }],
    [401, { action: "stop", reason: "logged_out", forget: true }],
    [440, { action: "stop", reason: "replaced", forget: false }],
    [402, { action: "stop", reason: "restricted", forget: false }],
    [403, { action: "stop", reason: "restricted", forget: false }],
    [406, { action: "stop", reason: "restricted", forget: false }],
    [408, { action: "reconnect" }],
    [428, { action: "reconnect" }],
    [500, { action: "reconnect" }],
    [503, { action: "reconnect" }],
    [0, { action: "reconnect" }],
  ])("with %i a paired device goes on as it should", (code, aftermath) => {
    expect(aftermathOf(code, { isPaired: true })).toEqual(aftermath);
  });

  it("a device that nobody paired stops when the codes are used up, and not when the network fails", () => {
    const expired = { action: "stop", reason: "pairing_expired", forget: true };
    expect(aftermathOf(408, { isPaired: false })).toEqual(expired);
    expect(aftermathOf(428, { isPaired: false })).toEqual({ action: "reconnect" });
  });

  it("waits double the time at each attempt, up to minutes, with jitter", () => {
    const middle = Array.from({ length: 12 }, (_, attempt) => backoffMs(attempt, () => 0.5));
    expect(middle.slice(0, 4)).toEqual([500, 1_000, 2_000, 4_000]);
    expect(middle.at(-1)).toBe(120_000);
    expect(backoffMs(0, () => 0)).toBe(250);
    expect(backoffMs(0, () => 0.999)).toBe(750);
  });
});
