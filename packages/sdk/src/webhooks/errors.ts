export type WebhookVerificationErrorCode = "missing_header" | "bad_header" | "bad_signature" | "stale" | "bad_body";

/**
 * A request is not one that the holder of the secret sent just now. Answer it with 400 or 401 and do nothing else.
 *
 * - `missing_header`: it carries no signature, or not all of its parts
 * - `bad_header`: a header has no form in which it could be right
 * - `bad_signature`: another secret signed it, or the body was changed
 * - `stale`: signed too long ago, or in the future
 * - `bad_body`: rightly signed, but no event
 *
 * Wrong use (no secret, a parsed body) is a TypeError instead, because no other request would fare better.
 */
export class WebhookVerificationError extends Error {
  override readonly name = "WebhookVerificationError";
  constructor(
    readonly code: WebhookVerificationErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Of `oncePerDelivery`: the same delivery is being processed at this moment. Answer 409, as the handlers do; it is sent again. */
export class DeliveryInProgressError extends Error {
  override readonly name = "DeliveryInProgressError";
  constructor(readonly deliveryId: string) {
    super("This delivery is being processed already. Send it again.");
  }
}
