/** What every adapter does with a request: read it within limits, verify it, hand its event on, and say how to answer. */
import { type Answer, encodedBody, inProgressOf, received, refusalOf, tooLarge, wrongMethod } from "./answers.js";
import { deliveryIdOf } from "./delivery-id.js";
import type { WebhookEvent } from "./event.js";
import { requireSecretForm } from "./secret-form.js";
import { requireSecrets } from "./signatures.js";
import { readHeader, type VerifyOptions, verifyWebhook, type WebhookHeaders } from "./verify-webhook.js";

/** What is known of an event besides the event. */
export type WebhookContext = {
  /**
   * One for each event and webhook, the same on every attempt: `webhook-id`. With `strict: false` it is made from the body, which is
   * what the signature covers. Deliveries repeat; `oncePerDelivery` sees to it that they are processed once.
   */
  deliveryId: string;
};

/**
 * Is given each verified event before the sender is answered. When it throws, the answer is an error and the event is sent
 * again, so nothing is lost. The sender waits 30 seconds: keep it short, or put the event into a queue of your own.
 */
export type OnWebhookEvent = (event: WebhookEvent, context: WebhookContext) => unknown;

type Secret = VerifyOptions["secret"];

export type WebhookHandlerOptions = Pick<VerifyOptions, "toleranceSeconds"> & {
  /**
   * The webhook's `whsec_…` secret; several while one replaces another. One that is missing, or has another form, throws when the
   * handler is made. A function is asked at each request: for secrets that change, or that are not there when the module is loaded,
   * as in a build.
   */
  secret: Secret | (() => Secret | Promise<Secret>);
  onEvent: OnWebhookEvent;
  /**
   * Default true: requests without the Standard Webhooks headers are refused, so a recorded delivery is worth nothing after five
   * minutes. `false` is for servers that send `X-Webhook-Signature` alone. Then a recorded delivery passes for four days after its
   * event, and `oncePerDelivery` is what keeps it from running again: its `deliveryId` is made from the body.
   */
  strict?: boolean | undefined;
  /** A larger body is answered with 413. Default 1,048,576; the server sends less than 100,000. */
  maxBodyBytes?: number | undefined;
};

export type RawBody = string | Uint8Array;

/** A request, as far as it is the same everywhere. */
export type Incoming = {
  method: string | undefined;
  headers: WebhookHeaders;
  /** @throws RefusedRequest when it is larger than `maxBytes`; TypeError when the bytes as they came are gone. */
  readBody(maxBytes: number): RawBody | Promise<RawBody>;
};

export type Receive = (incoming: Incoming) => Promise<Answer>;

// A number, not a product: bundlers drop it where it is not used.
const DEFAULT_MAX_BODY_BYTES = 1_048_576;

/**
 * Checks the options once, and makes what each request is given to. It resolves to an answer, and rejects with what is not the
 * sender's fault: wrong use, and whatever `onEvent` threw.
 */
export function createReceive(options: WebhookHandlerOptions): Receive {
  const { secret, onEvent, maxBodyBytes = DEFAULT_MAX_BODY_BYTES, toleranceSeconds } = options;
  // Whatever else JavaScript may pass is not the wish for the weaker check.
  const strict = options.strict !== false;
  // A server that knows the reference's header alone may make secrets of any form: there they only have to be there.
  const checkSecret = strict ? requireSecretForm : requireSecrets;
  if (typeof secret !== "function") checkSecret(secret);

  async function askSecret(ask: () => Secret | Promise<Secret>): Promise<Secret> {
    const secrets = await ask();
    checkSecret(secrets);
    return secrets;
  }
  if (typeof onEvent !== "function")
    throw new TypeError("onEvent is missing. Pass the function that is given each event.");
  if (!Number.isInteger(maxBodyBytes) || maxBodyBytes < 1) {
    throw new TypeError("maxBodyBytes must be a whole number from 1");
  }

  async function verify(incoming: Incoming) {
    const { headers } = incoming;
    requireUnencodedPost(incoming);
    if (Number(readHeader(headers, "content-length")) > maxBodyBytes) throw tooLarge(maxBodyBytes);
    const body = await incoming.readBody(maxBodyBytes);
    const secrets = typeof secret === "function" ? await askSecret(secret) : secret;
    const event = await verifyWebhook({ body, headers, secret: secrets, toleranceSeconds, strict });
    return { event, deliveryId: await deliveryIdOf({ headers, body, strict }) };
  }

  return async (incoming) => {
    let verified: Awaited<ReturnType<typeof verify>>;
    try {
      verified = await verify(incoming);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal) return refusal;
      throw error;
    }
    const { event, deliveryId } = verified;
    // Apart, so that no error of `onEvent` passes for one of the sender.
    try {
      await onEvent(event, { deliveryId });
    } catch (error) {
      const inProgress = inProgressOf(error);
      if (inProgress) return inProgress;
      throw error;
    }
    return received();
  };
}

/** What was signed are the bytes of a body without encoding; the server never sends another. */
function requireUnencodedPost({ method, headers }: Incoming): void {
  if (method !== "POST") throw wrongMethod();
  const encoding = readHeader(headers, "content-encoding")?.trim().toLowerCase();
  if (encoding && encoding !== "identity") throw encodedBody();
}
