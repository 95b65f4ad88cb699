/**
 * The `fetch` below everything else, openapi-fetch's middleware included: it adds the key and repeats what failed where a repeat does
 * no harm. GET, PUT and DELETE may be repeated by HTTP's own rules, this API's PATCH because it says what is to be, and a POST because
 * each carries an Idempotency-Key, the same on every attempt.
 */
import { type Attempted, attemptOnce, type Fetch } from "./attempt.js";
import { ConnectionError, retryAfterMs, toApiError } from "./errors.js";
import type { ErrorCode } from "./generated/names.js";

/** One attempt of a request, as a logger is told of it. It holds no key and no body. */
export type AttemptLog = {
  method: string;
  url: string;
  /** 1 for the first. */
  attempt: number;
  /** Until the answer was there, or was given up. */
  durationMs: number;
  /** Undefined where no answer came. */
  status: number | undefined;
  requestId: string | undefined;
  /** Why no answer came. */
  error: ConnectionError | undefined;
  /** In how many milliseconds it is repeated; undefined where this was the last attempt. */
  retryInMs: number | undefined;
};

export type SendOptions = {
  idempotencyKey?: string | undefined;
  timeoutMs?: number | undefined;
  maxRetries?: number | undefined;
};

export type SendDefaults = {
  fetch: Fetch;
  timeoutMs: number;
  maxRetries: number;
  /** A server that asks for a longer wait than this is not waited for. */
  maxRetryWaitMs: number;
  /** The first wait where the server names none; it doubles with each attempt. */
  backoffMs: number;
  /** Says who asks, to this origin only. */
  authorization?: { origin: string; value: string } | undefined;
  logger?: ((attempt: AttemptLog) => unknown) | undefined;
};

export type Send = (request: Request, options?: SendOptions) => Promise<Response>;

const MAX_BACKOFF_MS = 8_000;
/** The code of a request whose Idempotency-Key belongs to one that is still under way. */
const IN_FLIGHT: ErrorCode = "idempotency_in_flight";

/** Builds the retrying `fetch`. Answers that are errors come back as they are; only what no answer came to is thrown. */
export function createSend(defaults: SendDefaults): Send {
  const { fetch, maxRetryWaitMs, backoffMs, authorization, logger } = defaults;
  return async (request, options = {}) => {
    const timeoutMs = requireCount("timeoutMs", options.timeoutMs ?? defaults.timeoutMs, 1);
    const maxRetries = requireCount("maxRetries", options.maxRetries ?? defaults.maxRetries);
    const { method, url, signal } = request;
    // A copy: openapi-fetch shows the request itself to its middleware, which is to see no key.
    const headers = new Headers(request.headers);
    if (method === "POST") {
      const key =
        options.idempotencyKey ??
        headers.get("Idempotency-Key") ??
        // `randomUUID` is not there in a browser without TLS.
        crypto.getRandomValues(new Uint32Array(4)).join("");
      // It would be another one each time, and so protect from nothing.
      if (key === "") throw new TypeError("idempotencyKey is empty: leave it out");
      headers.set("Idempotency-Key", key);
    }
    if (new URL(url).origin === authorization?.origin) headers.set("Authorization", authorization.value);
    const sent = { headers, body: await request.arrayBuffer() };
    const startedAt = performance.now();

    for (let attempt = 1, retries = 0; ; attempt++) {
      const beganAt = performance.now();
      const tried: Tried = await attemptOnce(fetch, request, sent, timeoutMs).catch(connectionError);
      const { response, failure, error } = tried;
      const now = performance.now();
      // The first request under this key is still under way, and its answer is what is waited for.
      const isInFlight = maxRetries > 0 && failure && toApiError(failure).code === IN_FLIGHT;
      const leftMs = startedAt + maxRetryWaitMs - now;
      const mayRetry = isInFlight ? leftMs > 0 : retries++ < maxRetries;
      const ownWaitMs = jittered(Math.min(backoffMs * 2 ** (attempt - 1), MAX_BACKOFF_MS));
      const retryInMs = mayRetry ? retryWaitMs(tried, ownWaitMs, isInFlight ? leftMs : maxRetryWaitMs) : undefined;
      tell(logger, {
        method,
        url,
        attempt,
        durationMs: Math.round(now - beganAt),
        status: response?.status,
        requestId: response?.headers.get("X-Request-Id") ?? undefined,
        error,
        retryInMs,
      });
      if (retryInMs !== undefined) await sleep(retryInMs, signal);
      else if (response) return response;
      else throw error;
    }
  };
}

type Tried = Partial<Attempted> & { error?: ConnectionError };

/** An attempt that got no answer, as a value; anything else, such as an abort, is thrown. */
function connectionError(error: unknown): Tried {
  if (error instanceof ConnectionError) return { error };
  throw error;
}

/** Undefined where a repeat is no use, or the server asks for a longer wait than we have. */
function retryWaitMs({ failure, error }: Tried, ownWaitMs: number, maxWaitMs: number): number | undefined {
  if (error) return ownWaitMs;
  if (!failure || !toApiError(failure).retryable) return undefined;
  const hintMs = retryAfterMs(failure);
  if (hintMs === undefined) return ownWaitMs;
  return hintMs > maxWaitMs ? undefined : Math.round(hintMs + Math.random() * 50);
}

/** What a logger throws is its own affair: the request may have been carried out, and its answer must not be lost for that. */
async function tell(logger: SendDefaults["logger"], log: AttemptLog): Promise<void> {
  try {
    await logger?.(log);
  } catch {}
}

/** A limit of `setTimeout`, beyond which it fires at once. */
const MAX_COUNT = 2 ** 31 - 1;

/** @throws TypeError for what would wait, or go on, for ever or not at all. */
export function requireCount(name: string, value: number, min = 0): number {
  if (Number.isInteger(value) && value >= min && value <= MAX_COUNT) return value;
  throw new TypeError(`${name} must be a whole number from ${min} to ${MAX_COUNT}`);
}

/** Between half of `ms` and all of it, so that many clients do not come back at the same moment. */
export const jittered = (ms: number): number => Math.round(ms * (0.5 + Math.random() * 0.5));

/** Rejects at once when the caller aborts. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal.addEventListener("abort", abort, { once: true });
  });
}
