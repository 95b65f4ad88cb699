import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Dispatcher as HttpClient } from "undici";
import { systemClock } from "../clock.js";
import { attempt, InterruptedError } from "../webhooks/attempt.js";
import { deliveryHeaders, signingKeys } from "../webhooks/signing.js";
import type { ServedEvent } from "./event-source.js";

export interface Forwarded {
  responseStatus: number | null;
  /** The beginning of the receiver's answer, where there was one. */
  responseBody: string | null;
  /** Null when it was received. */
  error: string | null;
  /** Of the last try. */
  durationMs: number;
  tries: number;
}

/** Waits before it is tried again: for a receiver that is just being restarted. */
const WAITS_MS = [500, 2_000];

/** Posts an event as a delivery of the server's would be: the same headers, signatures and deadline. */
export async function forward(
  client: HttpClient,
  event: ServedEvent,
  { url, secret, signal }: { url: string; secret: string; signal: AbortSignal },
): Promise<Forwarded> {
  const deliveryId = deliveryIdOf(event);
  const keys = signingKeys(secret);
  for (let tries = 1; ; tries += 1) {
    const controller = new AbortController();
    const interrupt = () => controller.abort(new InterruptedError());
    signal.addEventListener("abort", interrupt);
    const signed = () => {
      const timestampSeconds = Math.floor(systemClock.now() / 1_000);
      const unsigned = { deliveryId, keys, previousKeys: undefined, body: event.body, timestampSeconds };
      return { url, body: event.body, headers: deliveryHeaders(event.name, unsigned) };
    };
    const { responseStatus, responseBody, error, durationMs } = await attempt(client, systemClock, signed, controller);
    signal.removeEventListener("abort", interrupt);
    const waitMs = WAITS_MS[tries - 1];
    // What was refused would be refused again.
    const mayPass = error !== null && (responseStatus === null || responseStatus >= 500);
    if (!mayPass || waitMs === undefined || signal.aborted)
      return { responseStatus, responseBody, error, durationMs, tries };
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Made of the event alone, so that it is the same however often it is sent; of its body too, for another database has the same ids. */
function deliveryIdOf({ id, body }: ServedEvent): string {
  const digest = createHash("sha256").update(`${id}\n`).update(body).digest("hex");
  return `delivery_${BigInt(`0x${digest.slice(0, 32)}`)
    .toString(36)
    .padStart(25, "0")}`;
}
