import { type ApiError, ERROR_ANSWERS } from "../errors.js";
import { nearest, type RateLimitState, type WindowState } from "../usage/rate-limit.js";
import type { AnyAnswer } from "./contract.js";

export type Headers = Record<string, string>;

/**
 * An answer with all its headers at once. Headers that Hono adds after a handler cost half of the throughput; a `Response` made from
 * a text and a plain object is what its Node server sends fastest.
 */
export function response(answer: AnyAnswer, headers: Headers): Response {
  if (answer.media === undefined) {
    return new Response(JSON.stringify(answer.body), {
      status: answer.status,
      headers: { "content-type": "application/json; charset=UTF-8", ...headers },
    });
  }
  return new Response(answer.body, {
    status: answer.status,
    headers: { "content-type": answer.media, ...(answer.body instanceof ReadableStream && STREAMED), ...headers },
  });
}

/** Nobody on the way keeps a stream, nor holds it back until it is long enough (nginx). */
const STREAMED = { "cache-control": "no-store", "x-accel-buffering": "no" };

/** The contract's one form of errors. */
export function errorResponse(error: ApiError, requestId: string, headers: Headers): Response {
  const { status, error: kind, retryable } = ERROR_ANSWERS[error.code];
  const { details, messageId, retryAfterSeconds, allow, replayed, title } = error.extras;
  const body = {
    success: false,
    error: title ?? kind,
    message: error.message,
    code: error.code,
    request_id: requestId,
    retryable,
    ...(details && { details }),
    ...(messageId !== undefined && { message_id: messageId }),
    ...(error.code === "rate_limited" && { retryAfter: retryAfterSeconds }),
  };
  return response(
    { status, body },
    {
      ...headers,
      ...(status === 401 && { "www-authenticate": "Bearer" }),
      ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
      ...(allow !== undefined && { allow }),
      ...(replayed && { "idempotent-replayed": "true" }),
    },
  );
}

/** The reference's headers, and those of the IETF draft (draft-ietf-httpapi-ratelimit-headers). */
export function rateLimitHeaders(state: RateLimitState, now: number): Headers {
  const { minute, hour } = state;
  const { name, limit, remaining, resetsAt } = nearest(state);
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(resetsAt / 1_000),
    ratelimit: `"${name}";r=${remaining};t=${secondsUntil(resetsAt, now)}`,
    "ratelimit-policy": `"minute";q=${minute.limit};w=60, "hour";q=${hour.limit};w=3600`,
  };
}

export const secondsUntil = (time: number, now: number): number => Math.max(1, Math.ceil((time - now) / 1_000));

/** The window that refused a request: of two that are used up, the one that takes longer. */
export const refusing = ({ minute, hour }: RateLimitState): WindowState => (hour.remaining === 0 ? hour : minute);
