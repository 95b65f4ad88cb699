/** What the client throws. Every `name` is a literal, so that it survives minification; none of them ever holds the API key. */
import type { ErrorCode } from "./generated/names.js";

/** The base of all errors of this package: `error instanceof WhatsFlowError`. */
export class WhatsFlowError extends Error {
  override readonly name: string = "WhatsFlowError";
}

/** What an answer of the API says when it is no success. Every field but `message` may lack, for not every proxy speaks JSON. */
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
 * The API, or something on the way to it, answered with an error.
 *
 * @example
 * ```ts
 * try {
 *   await client.messages.send({ phone_number, message });
 * } catch (error) {
 *   if (error instanceof WhatsFlowApiError && error.code === "not_on_whatsapp") return;
 *   throw error;
 * }
 * ```
 */
export class WhatsFlowApiError extends WhatsFlowError {
  override readonly name = "WhatsFlowApiError";
  /** The HTTP status. */
  readonly status: number;
  /** The stable kind of the error; `http_502` and the like where the answer was not the API's. */
  readonly code: ErrorCode | (string & {});
  /** Quote it when you ask for help; it stands in the server's log. */
  readonly requestId: string | undefined;
  /** On a 400: each field that is wrong. */
  readonly details: readonly { path: string; message: string }[];
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** When to try again, if the answer said so. */
  readonly retryAfterSeconds: number | undefined;
  /** On a failed sending: the message that was stored, where one was. */
  readonly messageId: string | undefined;
  /** The answer's body: parsed where it was JSON, else its text. */
  readonly body: unknown;

  constructor(answer: { status: number; headers: Headers; body: unknown; retryAfterSeconds?: number | undefined }) {
    const { status, headers, body, retryAfterSeconds } = answer;
    const said: ErrorBody = typeof body === "object" && body !== null ? body : {};
    const code = textOf(said.code) ?? `http_${status}`;
    super(`${textOf(said.message) ?? describeForeign(status, headers)} (${status} ${code})`);
    this.status = status;
    this.code = code;
    this.requestId = textOf(said.request_id) ?? headers.get("X-Request-Id") ?? undefined;
    this.details = Array.isArray(said.details) ? said.details.filter(isDetail) : [];
    this.retryable = typeof said.retryable === "boolean" ? said.retryable : [429, 502, 503, 504].includes(status);
    this.retryAfterSeconds = retryAfterSeconds;
    this.messageId = textOf(said.message_id);
    this.body = body;
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function isDetail(value: unknown): value is { path: string; message: string } {
  if (typeof value !== "object" || value === null) return false;
  return "path" in value && typeof value.path === "string" && "message" in value && typeof value.message === "string";
}

function describeForeign(status: number, headers: Headers): string {
  const type = headers.get("Content-Type")?.split(";")[0] ?? "no content type";
  return `Expected JSON from the API but got ${type}; check baseUrl and what stands between${status < 400 ? "" : ", such as a proxy"}`;
}

/** No answer came: the server could not be reached, or the connection broke. `cause` is the error of `fetch`. */
export class WhatsFlowConnectionError extends WhatsFlowError {
  override readonly name: string = "WhatsFlowConnectionError";
}

/** No answer came in time, see `timeoutMs`. The request may have been carried out. */
export class WhatsFlowTimeoutError extends WhatsFlowConnectionError {
  override readonly name = "WhatsFlowTimeoutError";
}
