/** What the client throws. Every `name` is a literal, so that it survives minification; none of them ever holds the API key. */
import type { ErrorCode } from "./generated/names.js";

/** The base of all errors of this package: `error instanceof WhatsFlowError`. */
export class WhatsFlowError extends Error {
  override readonly name: string = "WhatsFlowError";
}

/** No answer came: the server could not be reached, or the connection broke. `cause` is the error of `fetch`. */
export class ConnectionError extends WhatsFlowError {
  override readonly name: string = "ConnectionError";
}

/** No answer came in time, see `timeoutMs`. The request may have been carried out. */
export class TimeoutError extends ConnectionError {
  override readonly name = "TimeoutError";
}

/** An answer that is no success; its body is parsed where it was JSON, else its text. */
export type Failure = { status: number; headers: Headers; body: unknown };

/** What the API says in it. Every field may lack, for not everything that stands in between speaks JSON. */
type ErrorBody = {
  message?: unknown;
  code?: unknown;
  request_id?: unknown;
  retryable?: unknown;
  details?: unknown;
  retryAfter?: unknown;
  message_id?: unknown;
};

/**
 * The API, or something on the way to it, answered with an error: the base of one class for each family of statuses.
 *
 * @example
 * ```ts
 * try {
 *   await client.messages.send({ phone_number: "+94771234567", message: "Hello!" });
 * } catch (error) {
 *   if (error instanceof ApiError) console.error(error.status, error.code, error.message, error.requestId);
 *   else throw error;
 * }
 * ```
 */
export class ApiError extends WhatsFlowError {
  override readonly name: string = "ApiError";
  /** The HTTP status. */
  readonly status: number;
  /** The stable kind of the error; `http_502` and the like where the answer was not the API's. */
  readonly code: ErrorCode | (string & {});
  /** Quote it when you ask for help; it stands in the server's log. */
  readonly requestId: string | undefined;
  /** On a 400: the fields that are wrong, as far as they were looked at. */
  readonly details: readonly { path: string; message: string }[];
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** In how many seconds to try again, where the answer said so. */
  readonly retryAfter: number | undefined;
  /** Of a sending that failed: the message that was stored, where one was. */
  readonly messageId: string | undefined;
  /** The answer's body: parsed where it was JSON, else its text. */
  readonly body: unknown;

  constructor(failure: Failure) {
    const { status, headers, body } = failure;
    const said: ErrorBody = typeof body === "object" && body !== null ? body : {};
    const code = textOf(said.code) ?? `http_${status}`;
    super(`${textOf(said.message) ?? describeForeign(failure)} (${status} ${code})`);
    const waitMs = retryAfterMs(failure);
    this.status = status;
    this.code = code;
    this.requestId = textOf(said.request_id) ?? headers.get("X-Request-Id") ?? undefined;
    this.details = Array.isArray(said.details) ? said.details.filter(isDetail) : [];
    this.retryable =
      typeof said.retryable === "boolean"
        ? said.retryable
        : [429, 502, 503, 504].includes(status) || code === "idempotency_in_flight";
    this.retryAfter = waitMs === undefined ? undefined : Math.ceil(waitMs / 1_000);
    this.messageId = textOf(said.message_id);
    this.body = body;
  }
}

/** 400, and whatever else is wrong with the request: 405, 413, 415, 422. `details` names each field. */
export class BadRequestError extends ApiError {
  override readonly name = "BadRequestError";
}

/** 401: the key is missing, wrong, expired or revoked. */
export class AuthenticationError extends ApiError {
  override readonly name = "AuthenticationError";
}

/** 403: the key may not do this, or the plan's quota is used up. */
export class PermissionError extends ApiError {
  override readonly name = "PermissionError";
}

/** 404: there is nothing with this id. */
export class NotFoundError extends ApiError {
  override readonly name = "NotFoundError";
}

/** 409: another request is at it, or the state does not allow it. */
export class ConflictError extends ApiError {
  override readonly name = "ConflictError";
}

/** 429: too many requests. Try again in `retryAfter` seconds. */
export class RateLimitError extends ApiError {
  override readonly name = "RateLimitError";
}

/** 5xx: the server, WhatsApp or a proxy failed; `code` and `retryable` say more. */
export class ServerError extends ApiError {
  override readonly name = "ServerError";
}

const FAMILIES: Record<number, typeof ApiError> = {
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  429: RateLimitError,
};

/** An answer as the exception that a caller gets. */
export function toApiError(failure: Failure): ApiError {
  const { status } = failure;
  const Other = status >= 500 ? ServerError : status >= 400 ? BadRequestError : ApiError;
  return new (FAMILIES[status] ?? Other)(failure);
}

/**
 * How long the server asks to wait: `Retry-After`, else the body's `retryAfter`, else the end of the rate limit's window.
 * Undefined where it says nothing.
 */
export function retryAfterMs({ status, headers, body }: Failure, nowMs = Date.now()): number | undefined {
  const header = headers.get("Retry-After");
  if (header !== null) {
    // `Date.parse` takes a number with a point or a sign for a date of some year.
    const isDate = /[a-z]/i.test(header);
    const ms = isDate ? Date.parse(header) - nowMs : /^[\d.]+$/.test(header) ? Number(header) * 1_000 : Number.NaN;
    if (!Number.isNaN(ms)) return Math.max(0, ms);
  }
  const { retryAfter }: ErrorBody = Object(body);
  if (typeof retryAfter === "number" && retryAfter >= 0) return retryAfter * 1_000;
  const reset = Number(headers.get("X-RateLimit-Reset"));
  return status === 429 && reset ? Math.max(0, reset * 1_000 - nowMs) : undefined;
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function isDetail(value: unknown): value is { path: string; message: string } {
  const { path, message }: { path?: unknown; message?: unknown } = Object(value);
  return typeof path === "string" && typeof message === "string";
}

function describeForeign({ status, headers }: Failure): string {
  if (status >= 300 && status < 400)
    return `The API redirects to ${headers.get("Location") ?? "another address"}, where the key is not sent; set baseUrl to where it is`;
  const type = headers.get("Content-Type")?.split(";")[0] ?? "no content type";
  return `This is no answer of the API (${type}); check baseUrl and what stands in between, such as a proxy`;
}
