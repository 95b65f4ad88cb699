/** What the sender of a webhook is told. Refusals say why in a few words that it can log, and repeat nothing of the request. */
import { DeliveryInProgressError, WebhookVerificationError } from "./errors.js";

export type Answer = { status: number; headers: Record<string, string>; body: string };

export function jsonAnswer(status: number, value: object, headers: Record<string, string> = {}): Answer {
  return { status, headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(value) };
}

/** A request that is no delivery as the server sends it, whoever signed it. */
export class RefusedRequest extends Error {
  override readonly name = "RefusedRequest";
  constructor(
    readonly answer: Answer,
    options?: ErrorOptions,
  ) {
    super(answer.body, options);
  }
}

function refused(
  status: number,
  error: string,
  message: string,
  { headers, ...options }: ErrorOptions & { headers?: Record<string, string> } = {},
): RefusedRequest {
  return new RefusedRequest(jsonAnswer(status, { error, message }, headers), options);
}

export const wrongMethod = (): RefusedRequest =>
  refused(405, "method_not_allowed", "Webhooks are sent by POST", { headers: { Allow: "POST" } });

export const encodedBody = (): RefusedRequest =>
  refused(415, "encoded_body", "The body must come as it was signed, without a Content-Encoding", {
    headers: { "Accept-Encoding": "identity" },
  });

export const tooLarge = (maxBytes: number): RefusedRequest =>
  refused(413, "body_too_large", `The body is larger than ${maxBytes} bytes`);

export const incompleteBody = (cause: unknown): RefusedRequest =>
  refused(400, "body_incomplete", "The body ended before it was complete", { cause });

/** For where there is no error handler. It says nothing of the error itself. */
export const failed = (): Answer =>
  jsonAnswer(500, { error: "event_not_processed", message: "The event was not processed. Send it again." });

export const received = (): Answer => jsonAnswer(200, { received: true });

/** Undefined for an error that is not the sender's. */
export function refusalOf(error: unknown): Answer | undefined {
  if (error instanceof RefusedRequest) return error.answer;
  if (!(error instanceof WebhookVerificationError)) return undefined;
  const { code: reason, message } = error;
  return jsonAnswer(401, { error: "webhook_verification_failed", reason, message });
}

/**
 * A delivery that is being processed is a failure to its sender, which sends it again. Undefined for any other error.
 */
export function inProgressOf(error: unknown): Answer | undefined {
  if (!(error instanceof DeliveryInProgressError)) return undefined;
  const { message } = error;
  return jsonAnswer(409, { error: "delivery_in_progress", message }, { "Retry-After": "1" });
}
