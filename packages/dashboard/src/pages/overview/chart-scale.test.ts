import { describe, expect, it } from "vitest";
import { axisOf, barHeight } from "./chart-scale.js";

describe("the chart's axis", () => {
  it("has few lines, at whole numbers that are easy to read", () => {
    expect(axisOf(110)).toEqual({ top: 150, lines: [0, 50, 100, 150] });
    expect(axisOf(7)).toEqual({ top: 8, lines: [0, 2, 4, 6, 8] });
    expect(axisOf(3)).toEqual({ top: 3, lines: [0, 1, 2, 3] });
    expect(axisOf(9_999).top).toBe(10_000);
  });

  it("stands also where there is nothing to show", () => {
    expect(axisOf(0)).toEqual({ top: 1, lines: [0, 1] });
  });

  it("never ends below the highest value, nor gets crowded", () => {
    for (let highest = 1; highest < 5_000; highest += 7) {
      const { top, lines } = axisOf(highest);
      expect(top).toBeGreaterThanOrEqual(highest);
      expect(lines.length).toBeLessThanOrEqual(6);
      expect(lines.every(Number.isInteger)).toBe(true);
    }
  });
});

describe("a bar", () => {
  it("is as high as its part of the axis", () => {
    expect(barHeight(50, 100, 140)).toBe(70);
  });

  it("is seen for a single message among thousands, and for none there is no bar", () => {
    expect(barHeight(1, 10_000, 140)).toBe(2);
    expect(barHeight(0, 10_000, 140)).toBe(0);
  });
});
