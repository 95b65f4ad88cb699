import { randomFillSync } from "node:crypto";

/** The prefixes of public ids; the reference's own, and ours for what it lacks. */
export type IdPrefix =
  | "msg"
  | "device"
  | "contact"
  | "webhook"
  | "delivery"
  | "evt"
  | "key"
  | "acct"
  | "req"
  | "user"
  | "session"
  | "invite";

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
/** Milliseconds in base 36 have nine digits until the year 5188, so ids sort by time as text. */
const TIME_DIGITS = 9;
/** 16 digits of base 36 hold 82 random bits: nobody guesses an id. */
const RANDOM_DIGITS = 16;

/** A new public id, such as `msg_0mh9x0f2k3v8q1w7z5c4b6n2a`: prefix, time, randomness; digits and lower case only. */
export function newId(prefix: IdPrefix, now: number): string {
  return `${prefix}_${now.toString(36).padStart(TIME_DIGITS, "0")}${randomText(RANDOM_DIGITS, ALPHABET)}`;
}

/** Uniform random text over `alphabet` (at most 256 characters), from the system's generator. */
export function randomText(length: number, alphabet: string): string {
  const unbiased = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < length) {
    const byte = nextRandomByte();
    if (byte < unbiased) text += alphabet[byte % alphabet.length];
  }
  return text;
}

/** Drawn in blocks: asking the system for each id costs more than making it. No byte is used twice. */
const pool = Buffer.alloc(4_096);
let used = pool.length;

function nextRandomByte(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const byte = pool[used] ?? 0;
  pool[used] = 0;
  used += 1;
  return byte;
}
