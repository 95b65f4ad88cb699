import { expect, it } from "vitest";
import { relativeTime } from "./times.js";

it("says how long ago in the unit that fits", () => {
  const now = Date.parse("2025-10-11T10:30:00.000Z");
  const said = (at: string) => relativeTime(Date.parse(at), now);
  expect(said("2025-10-11T10:29:31.000Z")).toBe("just now");
  expect(said("2025-10-11T10:28:59.000Z")).toBe("1 minute ago");
  expect(said("2025-10-11T08:00:00.000Z")).toBe("2 hours ago");
  expect(said("2025-10-10T09:00:00.000Z")).toBe("yesterday");
  expect(said("2024-10-01T09:00:00.000Z")).toBe("last year");
  expect(said("2025-10-12T10:30:00.000Z")).toBe("tomorrow");
});

it("says of what comes the nearest: what was set to end in 7 days a moment ago ends in 7", () => {
  const now = Date.parse("2025-10-11T10:30:03.000Z");
  const said = (at: string) => relativeTime(Date.parse(at), now);
  expect(said("2025-10-18T10:30:00.000Z")).toBe("in 7 days");
  expect(said("2025-10-12T10:30:00.000Z")).toBe("in 24 hours");
  expect(said("2025-10-11T11:30:00.000Z")).toBe("in 60 minutes");
  expect(said("2025-10-11T10:33:20.000Z")).toBe("in 3 minutes");
});
