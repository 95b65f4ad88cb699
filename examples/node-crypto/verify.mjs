/** Verifies webhooks with Node alone, no package at all. Node 18 or newer. */
import { createHmac, timingSafeEqual } from "node:crypto";

const TOLERANCE_SECONDS = 300;

/** The holder of the secret did not send this just now. Answer 401 and do nothing else. */
export class WebhookVerificationError extends Error {
  name = "WebhookVerificationError";
}

/** The event. `body` is a Buffer, `secrets` the webhook's secret, or a list of two while one replaces the other. */
export function verifyWebhook(body, headers, secrets, now = Date.now() / 1000) {
  const keys = [secrets].flat().map(signingKey);
  if (keys.length === 0) {
    throw new TypeError("There is no secret: pass the one that was shown when the webhook was made");
  }

  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  const signatures = headers["webhook-signature"];
  if (!id || !timestamp || !signatures) {
    throw new WebhookVerificationError("webhook-id, webhook-timestamp or webhook-signature is missing");
  }
  if (!/^[0-9]{1,12}$/.test(timestamp)) {
    throw new WebhookVerificationError("webhook-timestamp must be Unix seconds");
  }

  const fits = keys.some((key) => {
    const mac = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
    return signatures.split(" ").some((signature) => equal(signature, `v1,${mac}`));
  });
  if (!fits) throw new WebhookVerificationError("webhook-signature does not fit the body and the secret");
  // Written so that a time that is none is refused too.
  if (!(Math.abs(now - Number(timestamp)) <= TOLERANCE_SECONDS)) {
    throw new WebhookVerificationError("The request was signed too long ago, or in the future");
  }
  return parseEvent(body);
}

/** What the base64 after whsec_ stands for. Wrong settings are no WebhookVerificationError: all requests would fail. */
function signingKey(secret) {
  const base64 = /^whsec_((?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2,4})={0,2}$/.exec(secret ?? "")?.[1];
  if (base64 === undefined) {
    throw new TypeError("The secret is missing, or not whsec_ followed by base64: pass it as it was shown");
  }
  return Buffer.from(base64, "base64");
}

/** Takes as long for a signature that is wrong at its end as for one that is wrong at once. */
function equal(given, expected) {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function parseEvent(body) {
  let event;
  try {
    // Fatal: a lenient decoder makes one and the same text of different bytes.
    event = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body));
  } catch (cause) {
    throw new WebhookVerificationError("The body is not JSON in UTF-8", { cause });
  }
  const isEvent =
    typeof event?.event === "string" && typeof event.timestamp === "string" && event.data instanceof Object;
  if (!isEvent) throw new WebhookVerificationError("The body is not an event");
  return event;
}
