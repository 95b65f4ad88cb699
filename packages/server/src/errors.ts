import type { ErrorCode } from "./generated/operations.js";

/** One field that is wrong, and the cure; `path` is the field, parameter or header as the caller wrote it. */
export interface ErrorDetail {
  path: string;
  message: string;
}

interface ErrorExtras {
  details?: ErrorDetail[];
  /** The message that was stored although its sending failed. */
  messageId?: string;
  retryAfterSeconds?: number;
  /** Methods that the path has, for a 405. */
  allow?: string;
  /** The kind of error in words, where the code's own would mislead. */
  title?: string;
  /** Given again for a used Idempotency-Key. */
  replayed?: boolean;
}

/**
 * The one error that reaches a caller. Thrown where the trouble is known, turned into an answer at the edge; everything else that is
 * thrown is a 500 that tells nothing of the inside.
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly extras: ErrorExtras = {},
  ) {
    super(message);
  }
}

/** How each code is answered (reference: Error Codes). */
export const ERROR_ANSWERS = {
  invalid_json: { status: 400, error: "Bad request", retryable: false },
  invalid_request: { status: 400, error: "Bad request", retryable: false },
  unauthorized: { status: 401, error: "Unauthorized", retryable: false },
  missing_scope: { status: 403, error: "Forbidden", retryable: false },
  mode_not_allowed: { status: 403, error: "Forbidden", retryable: false },
  quota_exceeded: { status: 403, error: "Usage limit exceeded", retryable: false },
  limit_reached: { status: 403, error: "Usage limit exceeded", retryable: false },
  key_limited: { status: 403, error: "Forbidden", retryable: false },
  operator_only: { status: 403, error: "Forbidden", retryable: false },
  wrong_password: { status: 403, error: "Forbidden", retryable: false },
  insecure_connection: { status: 403, error: "Forbidden", retryable: false },
  not_found: { status: 404, error: "Not found", retryable: false },
  method_not_allowed: { status: 405, error: "Method not allowed", retryable: false },
  name_taken: { status: 409, error: "Conflict", retryable: false },
  last_user: { status: 409, error: "Conflict", retryable: false },
  idempotency_in_flight: { status: 409, error: "Conflict", retryable: true },
  device_already_connected: { status: 409, error: "Conflict", retryable: false },
  qr_not_available: { status: 409, error: "Conflict", retryable: true },
  payload_too_large: { status: 413, error: "Payload too large", retryable: false },
  unsupported_media_type: { status: 415, error: "Unsupported media type", retryable: false },
  idempotency_key_reused: { status: 422, error: "Unprocessable content", retryable: false },
  rate_limited: { status: 429, error: "Rate limit exceeded", retryable: true },
  device_not_connected: { status: 500, error: "Message sending failed", retryable: true },
  not_on_whatsapp: { status: 500, error: "Message sending failed", retryable: false },
  restricted: { status: 500, error: "Message sending failed", retryable: false },
  rejected: { status: 500, error: "Message sending failed", retryable: false },
  internal_error: { status: 500, error: "Internal server error", retryable: true },
} as const satisfies Record<ErrorCode, { status: number; error: string; retryable: boolean }>;

/** A 400 for one field. */
export const invalid = (path: string, message: string): ApiError => invalidFields([{ path, message }]);

/** A 400 that names every field that is wrong. */
export function invalidFields(details: ErrorDetail[]): ApiError {
  const message = details.map((detail) => `${detail.path}: ${detail.message}`).join("; ");
  return new ApiError("invalid_request", message, { details });
}

/** A 404; the same for an id that never was, was deleted, or belongs to another space. */
export const notFound = (kind: string, id: string): ApiError =>
  new ApiError("not_found", `No ${kind} has the id ${id}`);
