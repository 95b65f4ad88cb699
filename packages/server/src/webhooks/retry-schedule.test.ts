import { expect, test } from "vitest";
import { parseRetryAfter, retryDelayMs } from "./retry-schedule.js";

const HOUR_MS = 3_600_000;
const NONE = { failures: 0, lost: 0, waitedMs: 0 };
/** After the failure of this number. */
const delay = (attempts: number, random = 0.5, retryAfterMs: number | null = null) =>
  retryDelayMs({ ...NONE, failures: attempts - 1 }, { lost: false, retryAfterMs, random });

test("eleven retries follow the first attempt, then none", () => {
  const seconds = Array.from({ length: 11 }, (_, index) => Number(delay(index + 1)) / 1_000);
  expect(seconds).toEqual([5, 30, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 86_400]);
  expect(delay(12)).toBeNull();
  expect(delay(13)).toBeNull();
});

test("each delay varies by a fifth either way", () => {
  expect(delay(1, 0)).toBe(4_000);
  expect(delay(1, 0.999_999)).toBe(6_000);
  expect(delay(11, 0)).toBe(19.2 * HOUR_MS);
});

test("Retry-After lengthens a delay, up to a day, and never shortens it", () => {
  expect(delay(1, 0.5, 60_000)).toBe(60_000);
  expect(delay(2, 0.5, 1_000)).toBe(30_000);
  expect(delay(1, 0.5, 90 * HOUR_MS)).toBe(24 * HOUR_MS);
  expect(delay(12, 0.5, 1_000)).toBeNull();
});

test("an attempt that was cut short is made up for at once, the first time; then it is a failure like others", () => {
  const cut = { lost: true, retryAfterMs: null, random: 0.5 };
  expect(retryDelayMs(NONE, cut)).toBe(0);
  expect(retryDelayMs({ ...NONE, failures: 3 }, cut)).toBe(0);
  expect(retryDelayMs({ ...NONE, failures: 1, lost: 1 }, cut)).toBe(30_000);
  expect(retryDelayMs({ ...NONE, failures: 11, lost: 11 }, cut)).toBeNull();
  expect(retryDelayMs({ ...NONE, failures: 11 }, cut)).toBeNull();
});

test("no retry comes after four days of waiting, whatever was asked for", () => {
  const asked = (waitedMs: number) =>
    retryDelayMs({ ...NONE, failures: 1, waitedMs }, { lost: false, retryAfterMs: 24 * HOUR_MS, random: 0.5 });
  expect(asked(72 * HOUR_MS)).toBe(24 * HOUR_MS);
  expect(asked(72 * HOUR_MS + 1)).toBeNull();
});

test("the whole schedule fits into four days, with the most jitter", () => {
  let waitedMs = 0;
  for (let failures = 0; failures < 11; failures += 1) {
    const waitMs = retryDelayMs(
      { failures, lost: 0, waitedMs },
      { lost: false, retryAfterMs: null, random: 0.999_999 },
    );
    expect(waitMs).not.toBeNull();
    waitedMs += Number(waitMs);
  }
  expect(waitedMs / HOUR_MS).toBeCloseTo(84.85, 1);
});

test("Retry-After is seconds or a date", () => {
  const now = Date.UTC(2025, 9, 11, 10, 30);
  expect(parseRetryAfter("120", now)).toBe(120_000);
  expect(parseRetryAfter(" 0 ", now)).toBe(0);
  expect(parseRetryAfter("Sat, 11 Oct 2025 10:31:00 GMT", now)).toBe(60_000);
  expect(parseRetryAfter("Saturday, 11-Oct-25 10:31:00 GMT", now)).toBe(60_000);
  expect(parseRetryAfter("Sat, 11 Oct 2025 10:29:00 GMT", now)).toBe(0);
});

test.each([undefined, "", "soon", "-5", "1.5", "0x10", "2025-10-11", "Sat, 99 Oct 2025"])(
  "%j is no Retry-After",
  (header) => {
    expect(parseRetryAfter(header, 0)).toBeNull();
  },
);

test("a number of seconds beyond all bounds is a day", () => {
  expect(delay(1, 0.5, parseRetryAfter("9".repeat(400), 0))).toBe(24 * HOUR_MS);
});
