/** However an address is written, the guard sees the one that a connection would go to. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkUrl, isAllowedAddress } from "./address-guard.js";
import { NOTHING_ALLOWED } from "./dispatcher-fixture.js";

/** Refused blocks, counted out here anew: the first address, and how many bits of it are fixed. */
const REFUSED: [first: string, bits: number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
const ranges = REFUSED.map(([first, bits]): [number, number] => {
  const from = first.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return [from, from + 2 ** (32 - bits) - 1];
});
const bytesOf = (address: number) => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255);
const dotted = (address: number) => bytesOf(address).join(".");
const groups = (address: number) => `${(address >>> 16).toString(16)}:${(address & 0xffff).toString(16)}`;

const refused = fc.constantFrom(...ranges).chain(([min, max]) => fc.integer({ min, max }));
const open = fc
  .integer({ min: 0, max: 2 ** 32 - 1 })
  .filter((address) => !ranges.some(([from, to]) => from <= address && address <= to));

/** One to four numbers, each with its own base and leading zeros; the last one stands for what is left. */
const numbers = fc.record({
  count: fc.integer({ min: 1, max: 4 }),
  parts: fc.array(
    fc.record({ base: fc.constantFrom(8, 10, 16), zeros: fc.integer({ min: 0, max: 4 }), capital: fc.boolean() }),
    { minLength: 4, maxLength: 4 },
  ),
  dot: fc.constantFrom(".", "。", "．", "｡", "%2e"),
  end: fc.constantFrom("", ".", "。"),
  /** How each digit is written: as it is, percent-encoded, full-width, bold. */
  digits: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }),
});
type Notation = typeof numbers extends fc.Arbitrary<infer T> ? T : never;

function writeNumbers(address: number, { count, parts, dot, end, digits }: Notation): string {
  const bytes = bytesOf(address);
  const rest = bytes.slice(count - 1).reduce((sum, byte) => sum * 256 + byte, 0);
  const written = [...bytes.slice(0, count - 1), rest].map((value, index) => {
    const { base = 10, zeros = 0, capital = false } = parts[index] ?? {};
    if (base === 10) return String(value);
    const text = `${base === 8 ? "0" : "0x"}${"0".repeat(zeros)}${value.toString(base)}`;
    return capital ? text.toUpperCase() : text;
  });
  let index = 0;
  const host = written
    .join(".")
    .replace(/\d/g, (digit) => writeDigit(Number(digit), digits[index++ % digits.length] ?? 0));
  return host.replaceAll(".", dot) + end;
}

function writeDigit(digit: number, style: number): string {
  if (style === 1) return `%3${digit}`;
  if (style === 2) return String.fromCodePoint(0xff10 + digit);
  return style === 3 ? String.fromCodePoint(0x1d7ce + digit) : String(digit);
}

const inIPv6: ((address: number) => string)[] = [
  (address) => `::ffff:${dotted(address)}`,
  (address) => `::FFFF:${groups(address)}`,
  (address) => `0:0:0:0:0:ffff:${groups(address)}`,
  (address) => `0000:0000:0000:0000:0000:ffff:${dotted(address)}`,
];
/** Blocks from which something on the way may make an IPv4 connection; they stay closed whatever is in them. */
const inOtherIPv6: ((address: number) => string)[] = [
  (address) => `::${dotted(address)}`,
  (address) => `::${groups(address)}`,
  (address) => `::ffff:0:${dotted(address)}`,
  (address) => `64:ff9b::${groups(address)}`,
  (address) => `64:ff9b:1::${dotted(address)}`,
  (address) => `2002:${groups(address)}::1`,
  (address) => `2001:0:${groups(address)}::1`,
];

const anyOf = (writings: typeof inIPv6, address: fc.Arbitrary<number>) =>
  fc.tuple(fc.constantFrom(...writings), address).map(([write, value]) => write(value));
const isRefused = (host: string) => {
  expect(() => checkUrl(`http://${host}:3000/hook`, NOTHING_ALLOWED), host).toThrow(
    "is not reachable from the public internet",
  );
};
const MANY = { numRuns: 3_000 };

test("an IPv4 address of a refused block is refused in every notation", () => {
  fc.assert(
    fc.property(refused, numbers, (address, notation) => {
      const host = writeNumbers(address, notation);
      expect(new URL(`http://${host}/`).hostname).toBe(dotted(address));
      isRefused(host);
      expect(isAllowedAddress(dotted(address), NOTHING_ALLOWED)).toBe(false);
    }),
    MANY,
  );
});

test("an IPv4 address of no refused block is allowed in every notation", () => {
  fc.assert(
    fc.property(open, numbers, (address, notation) => {
      checkUrl(`http://${writeNumbers(address, notation)}:3000/hook`, NOTHING_ALLOWED);
      expect(isAllowedAddress(dotted(address), NOTHING_ALLOWED)).toBe(true);
    }),
    MANY,
  );
});

test("an IPv4 address mapped into IPv6 is what it is without", () => {
  fc.assert(
    fc.property(anyOf(inIPv6, refused), anyOf(inIPv6, open), (closed, reachable) => {
      isRefused(`[${closed}]`);
      expect(isAllowedAddress(closed, NOTHING_ALLOWED)).toBe(false);
      checkUrl(`http://[${reachable}]/`, NOTHING_ALLOWED);
      expect(isAllowedAddress(reachable, NOTHING_ALLOWED)).toBe(true);
    }),
    MANY,
  );
});

test("an IPv4 address that hides in IPv6 otherwise is refused, even a public one", () => {
  fc.assert(
    fc.property(anyOf(inOtherIPv6, fc.oneof(refused, open)), (host) => {
      isRefused(`[${host}]`);
      expect(isAllowedAddress(host, NOTHING_ALLOWED)).toBe(false);
    }),
    MANY,
  );
});

test("IPv6 outside of 2000::/3 is refused", () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  const isMapped = (parts: number[]) => parts.slice(0, 5).every((part) => part === 0) && parts[5] === 0xffff;
  const outside = fc
    .array(group, { minLength: 8, maxLength: 8 })
    .filter((parts) => (parts[0] ?? 0) >> 13 !== 1 && !isMapped(parts))
    .map((parts) => parts.map((part) => part.toString(16)).join(":"));
  fc.assert(
    fc.property(outside, (host) => {
      isRefused(`[${host}]`);
      expect(isAllowedAddress(host, NOTHING_ALLOWED)).toBe(false);
    }),
    MANY,
  );
});
