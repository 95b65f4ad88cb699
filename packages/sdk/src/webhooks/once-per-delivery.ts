/** De-duplication: a delivery that comes again, or twice at a time, is processed once. */
import { type DeliveryStore, memoryDeliveryStore } from "./delivery-store.js";
import { DeliveryInProgressError } from "./errors.js";
import type { OnWebhookEvent } from "./receive-webhook.js";

export type OncePerDeliveryOptions = {
  /** Where ids are remembered. Default `memoryDeliveryStore()`, which one process alone knows and a restart forgets. */
  store?: DeliveryStore | undefined;
  /**
   * How long an event may take. Then its process counts as dead, and the delivery may run again. Default 60, twice the time
   * after which the sender gives up.
   */
  leaseSeconds?: number | undefined;
  /**
   * How long a processed delivery is remembered. Default 34 days: a delivery can be sent again for as long as the server keeps it, 30
   * days, and its retries then take up to four. Where the operator keeps more (`WHATSFLOW_RETENTION_DAYS`), add four days to that.
   */
  rememberSeconds?: number | undefined;
};

const DEFAULT_LEASE_SECONDS = 60;
// 34 days: 30 in which a delivery can be replayed or recovered, and four of retries after that. A number, not a product: bundlers
// drop it where it is not used.
const DEFAULT_REMEMBER_SECONDS = 2_937_600;

/**
 * Makes an `onEvent` that runs once for each delivery, although deliveries repeat. Make it once, not for each request.
 *
 * An id counts as processed only when `onEvent` has succeeded. When it fails, the next attempt runs it again. An attempt that
 * comes while another is under way does not wait for it: the handlers answer it with 409, and the sender comes again. That is
 * the same with every store and holds no connection open; the sender's own deadline would end a wait anyway.
 *
 * Should the process die after `onEvent` and before its id is stored, the event runs again. Where that must not be, store
 * the id in the transaction that stores what `onEvent` does.
 *
 * @example
 * ```ts
 * const handler = webhookHandler({
 *   secret: process.env.WHATSFLOW_WEBHOOK_SECRET,
 *   onEvent: oncePerDelivery(async (event) => {
 *     if (event.event === "message.received") await answer(event.data);
 *   }),
 * });
 * ```
 *
 * @throws TypeError when an option is not valid. What it returns throws DeliveryInProgressError, and what `onEvent` throws.
 */
export function oncePerDelivery(onEvent: OnWebhookEvent, options: OncePerDeliveryOptions = {}): OnWebhookEvent {
  if (typeof onEvent !== "function")
    throw new TypeError("onEvent is missing. Pass the function that processes an event.");
  const store = options.store ?? memoryDeliveryStore();
  for (const method of ["claim", "commit", "release"] as const)
    if (typeof store[method] !== "function") throw new TypeError(`store.${method} is missing. See DeliveryStore.`);
  const leaseSeconds = requireSeconds("leaseSeconds", options.leaseSeconds ?? DEFAULT_LEASE_SECONDS);
  const rememberSeconds = requireSeconds("rememberSeconds", options.rememberSeconds ?? DEFAULT_REMEMBER_SECONDS);
  return async (event, context) => {
    const { deliveryId } = context;
    const token = crypto.randomUUID();
    const claim = await store.claim(deliveryId, token, leaseSeconds);
    if (claim === "processed") return;
    if (claim === "processing") throw new DeliveryInProgressError(deliveryId);
    // Whatever else a store in JavaScript may answer must not pass for a claim.
    if (claim !== "claimed") throw new TypeError('store.claim must answer "claimed", "processing" or "processed"');
    try {
      await onEvent(event, context);
    } catch (error) {
      await release(store, deliveryId, token, error);
      throw error;
    }
    await store.commit(deliveryId, rememberSeconds);
  };
}

/** A claim that cannot be released ends with its lease; both errors are told. */
async function release(store: DeliveryStore, deliveryId: string, token: string, error: unknown): Promise<void> {
  try {
    await store.release(deliveryId, token);
  } catch (releaseError) {
    throw new AggregateError([error, releaseError], "onEvent failed, and so did the release of its delivery");
  }
}

function requireSeconds(name: string, seconds: number): number {
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new TypeError(`${name} must be a number of seconds above 0`);
}
