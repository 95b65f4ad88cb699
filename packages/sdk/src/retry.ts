/**
 * The `fetch` below everything else: a deadline for each attempt, and retries where a repeat does no harm. GET, PUT and DELETE
 * may be repeated by HTTP's own rules; a POST because each carries an Idempotency-Key, the same on every attempt.
 */
import { WhatsFlowApiError, WhatsFlowConnectionError, WhatsFlowTimeoutError } from "./errors.js";

export type SendOptions = {
  idempotencyKey?: string | undefined;
  timeoutMs?: number | undefined;
  maxRetries?: number | undefined;
};

export type SendDefaults = {
  fetch: (request: Request) => Promise<Response>;
  timeoutMs: number;
  maxRetries: number;
  /** A server that asks for a longer wait than this is not waited for. */
  maxRetryWaitMs: number;
  /** The first wait where the server names none; it doubles with each attempt. */
  backoffMs: number;
};

export type Send = (request: Request, options?: SendOptions) => Promise<Response>;

const MAX_BACKOFF_MS = 8_000;

/**
 * A Request follows its signal only as long as someone holds that Request: Node links the two weakly, and without these a request
 * whose objects were collected in flight could no longer be aborted.
 */
const inFlight = new Set<Request>();
/** The same for streams, which outlive the call: held for as long as the stream itself is. */
const streaming = new WeakMap<ReadableStream, Request[]>();

/** Builds the retrying `fetch`. Answers that are errors come back as they are; only what no answer came to is thrown. */
export function createSend(defaults: SendDefaults): Send {
  return async (request, options = {}) => {
    const timeoutMs = requireCount("timeoutMs", options.timeoutMs ?? defaults.timeoutMs, 1);
    const maxRetries = requireCount("maxRetries", options.maxRetries ?? defaults.maxRetries);
    const key = options.idempotencyKey ?? request.headers.get("Idempotency-Key");
    if (request.method === "POST") request.headers.set("Idempotency-Key", key ?? crypto.randomUUID());
    inFlight.add(request);
    try {
      return await attemptRepeatedly(request, await copier(request), defaults, timeoutMs, maxRetries);
    } finally {
      inFlight.delete(request);
    }
  };
}

type Copy = (signal: AbortSignal) => Request;

/**
 * Makes a request for each attempt. The body is read once and given to each, not cloned: Node 22 may end a clone's stream, and the
 * original's with it, when it collects the clone.
 */
async function copier(request: Request): Promise<Copy> {
  const body = await request.arrayBuffer();
  return (signal) => new Request(request, { signal, ...(request.bodyUsed && { body }) });
}

async function attemptRepeatedly(
  request: Request,
  copy: Copy,
  { fetch, maxRetryWaitMs, backoffMs }: SendDefaults,
  timeoutMs: number,
  maxRetries: number,
): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const isLast = attempt >= maxRetries;
    const ownWaitMs = jittered(Math.min(backoffMs * 2 ** attempt, MAX_BACKOFF_MS));
    try {
      const { response, failure } = await attemptOnce(fetch, request, copy, timeoutMs);
      if (isLast || !failure || !mayRetry(failure)) return response;
      const hintMs = waitHintMs(failure);
      if (hintMs !== undefined && hintMs > maxRetryWaitMs) return response;
      await sleep(hintMs === undefined ? ownWaitMs : hintMs + Math.random() * 0.1 * backoffMs, request.signal);
    } catch (error) {
      if (isLast || !(error instanceof WhatsFlowConnectionError)) throw error;
      await sleep(ownWaitMs, request.signal);
    }
  }
}

/** A limit of `setTimeout`, beyond which it fires at once. */
const MAX_COUNT = 2 ** 31 - 1;

/** @throws TypeError for what would wait, or go on, for ever or not at all. */
export function requireCount(name: string, value: number, min = 0): number {
  if (Number.isInteger(value) && value >= min && value <= MAX_COUNT) return value;
  throw new TypeError(`${name} must be a whole number from ${min} to ${MAX_COUNT}`);
}

type Failure = { status: number; headers: Headers; body: unknown };

/** One attempt, its body read to the end within the deadline; a stream of events is handed on as it comes. */
async function attemptOnce(
  fetch: SendDefaults["fetch"],
  request: Request,
  copy: Copy,
  timeoutMs: number,
): Promise<{ response: Response; failure?: Failure }> {
  const { signal, isTimeout, stopTimer, stopFollowing } = deadline(request.signal, timeoutMs);
  const attempt = copy(signal);
  inFlight.add(attempt);
  let stream: ReadableStream | null = null;
  try {
    const response = await fetch(attempt);
    if (response.headers.get("Content-Type")?.startsWith("text/event-stream")) stream = response.body;
    if (stream) {
      streaming.set(stream, [request, attempt]);
      return { response };
    }
    const bytes = await response.arrayBuffer();
    const { status, statusText, headers } = response;
    const whole = new Response(bytes.byteLength ? bytes : null, { status, statusText, headers });
    if (response.ok) return { response: whole };
    return { response: whole, failure: { status, headers, body: parseJson(new TextDecoder().decode(bytes)) } };
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason;
    if (isTimeout()) throw new WhatsFlowTimeoutError(`No answer within ${timeoutMs} ms`, { cause: error });
    throw new WhatsFlowConnectionError(`The API could not be reached: ${reasonOf(error)}`, { cause: error });
  } finally {
    inFlight.delete(attempt);
    stopTimer();
    // The caller's signal ends a stream as long as it is read.
    if (!stream) stopFollowing();
  }
}

/** A signal that follows `outer` and fires by itself after `timeoutMs`. (`AbortSignal.any` is too young for Node 20.0.) */
function deadline(outer: AbortSignal, timeoutMs: number) {
  const controller = new AbortController();
  const follow = () => controller.abort(outer.reason);
  let timedOut = false;
  if (outer.aborted) follow();
  outer.addEventListener("abort", follow);
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort();
  }, timeoutMs);
  return {
    signal: controller.signal,
    isTimeout: () => timedOut,
    stopTimer: () => clearTimeout(timer),
    stopFollowing: () => outer.removeEventListener("abort", follow),
  };
}

/** `fetch` says only "fetch failed"; what failed is in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || String(error.cause) : error.message;
}

/** `text` as JSON, or as it is. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const fieldOf = (body: unknown, name: string): unknown =>
  typeof body === "object" && body !== null ? Object.entries(body).find(([key]) => key === name)?.[1] : undefined;

function mayRetry({ status, body }: Failure): boolean {
  if (status === 429) return true;
  if (status === 409) return fieldOf(body, "code") === "idempotency_in_flight";
  const retryable = fieldOf(body, "retryable");
  if (status === 500) return retryable === true;
  return [502, 503, 504].includes(status) && retryable !== false;
}

/**
 * How long the server asks to wait: `Retry-After`, else the body's `retryAfter`, else the end of the rate limit's window.
 * Undefined where it says nothing.
 */
export function waitHintMs({ status, headers, body }: Failure, nowMs = Date.now()): number | undefined {
  const header = headers.get("Retry-After");
  if (header !== null) {
    const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
    if (!Number.isNaN(ms)) return Math.max(0, ms);
  }
  const inBody = fieldOf(body, "retryAfter");
  if (typeof inBody === "number" && inBody >= 0) return inBody * 1000;
  const reset = headers.get("X-RateLimit-Reset");
  if (status === 429 && reset !== null && /^\d+$/.test(reset)) return Math.max(0, Number(reset) * 1000 - nowMs);
  return undefined;
}

/** Between half of `ms` and all of it, so that many clients do not come back at the same moment. */
export const jittered = (ms: number): number => ms * (0.5 + Math.random() * 0.5);

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

/** An error answer as the exception that a caller gets. */
export function toApiError(failure: Failure): WhatsFlowApiError {
  const hintMs = waitHintMs(failure);
  return new WhatsFlowApiError({
    ...failure,
    retryAfterSeconds: hintMs === undefined ? undefined : Math.ceil(hintMs / 1000),
  });
}
