import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { ApiError } from "../errors.js";

/** Hashes passwords with scrypt, off the event loop, only a few at a time. */
export interface Passwords {
  /** A text that holds the hash, its salt and its parameters. */
  hash(password: string): Promise<string>;
  /** Whether the password is the hashed one. Without a hash, for nobody's password, it takes as long and is false. */
  verify(password: string, hash: string | undefined): Promise<boolean>;
}

/** OWASP's parameters (Password Storage Cheat Sheet): 32 MiB and about 0.2 seconds for each. */
const LOG_N = 15;
const R = 8;
const P = 3;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Each takes a thread of the four that Node has for files and names, too. */
const MOST_AT_ONCE = 2;
/** Whoever comes later would wait for seconds. */
const MOST_WAITING = 20;

const FORM = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

export function createPasswords(): Passwords {
  let running = 0;
  const waiting: (() => void)[] = [];

  /** @throws ApiError `rate_limited` when too many wait. */
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= MOST_AT_ONCE) {
      if (waiting.length >= MOST_WAITING)
        throw new ApiError("rate_limited", "Too many people sign in at the same time. Try again in a few seconds.", {
          retryAfterSeconds: 5,
        });
      await new Promise<void>((resume) => waiting.push(resume));
    } else running += 1;
    try {
      return await work();
    } finally {
      // The next one takes this one's place.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    hash: (password) =>
      inTurn(async () => {
        const salt = randomBytes(SALT_BYTES);
        const hash = await derive(password, salt, HASH_BYTES, LOG_N, R, P);
        return `$scrypt$ln=${LOG_N},r=${R},p=${P}$${unpadded(salt)}$${unpadded(hash)}`;
      }),
    verify: (password, hash) =>
      inTurn(async () => {
        const known = FORM.exec(hash ?? "");
        const [, logN, r, p, salt = "", expected = ""] = known ?? FORM.exec(NOBODYS) ?? [];
        const wanted = Buffer.from(expected, "base64");
        const found = await derive(
          password,
          Buffer.from(salt, "base64"),
          wanted.length,
          Number(logN),
          Number(r),
          Number(p),
        );
        return timingSafeEqual(found, wanted) && known !== null;
      }),
  };
}

const unpadded = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");

const NOBODYS = `$scrypt$ln=${LOG_N},r=${R},p=${P}$${unpadded(Buffer.alloc(SALT_BYTES))}$${unpadded(Buffer.alloc(HASH_BYTES))}`;

/** Keyboards spell the same character in several ways (RFC 8265). */
function derive(password: string, salt: Buffer, length: number, logN: number, r: number, p: number): Promise<Buffer> {
  const N = 2 ** logN;
  // The first 128 N r are what scrypt needs; Node asks for some more.
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) =>
    scrypt(password.normalize("NFKC"), salt, length, options, (error, hash) => (error ? reject(error) : resolve(hash))),
  );
}
