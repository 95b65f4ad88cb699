/** Times in words. */
const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const ABSOLUTE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 24 * HOUR],
  ["month", 30 * 24 * HOUR],
  ["week", 7 * 24 * HOUR],
  ["day", 24 * HOUR],
  ["hour", HOUR],
  ["minute", MINUTE],
];

/**
 * "3 minutes ago", "in 2 hours". What is less than a minute away is `near`: clocks differ. What was is counted in whole units that are
 * over; what comes goes to the nearest, as what was set to end in 7 days a moment ago does not end in 6.
 */
export function relativeTime(at: number, now: number, near = "just now"): string {
  const seconds = Math.trunc((at - now) / 1_000);
  const whole = seconds > 0 ? Math.round : Math.trunc;
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  return unit ? RELATIVE.format(whole(seconds / unit[1]), unit[0]) : near;
}

export const absoluteTime = (at: string): string => ABSOLUTE.format(new Date(at));
export const clockTime = (at: string): string => CLOCK.format(new Date(at));
export const dayOf = (at: string): string => DAY.format(new Date(at));
