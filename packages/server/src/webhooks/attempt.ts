import { type Dispatcher as HttpClient, request } from "undici";
import type { Clock } from "../clock.js";
import { RefusedAddressError, RefusedPortError } from "./address-guard.js";
import type { AttemptResult } from "./delivery-log.js";
import { parseRetryAfter } from "./retry-schedule.js";

/** From the name's lookup to the last byte of the answer. */
const DEADLINE_MS = 30_000;
/** How much of an answer is kept, for the log. */
const KEPT_BYTES = 4 * 1024;
/** The rest of a longer answer is not read: the connection is cut. */
const MAX_ANSWER_BYTES = 64 * 1024;

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** Reason for which an attempt is aborted when this process stops. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}

/**
 * Posts once, and tells how it ended; it never throws. Only a 2xx is a success: a redirect would take what was signed
 * for one address to another.
 *
 * What `prepare` throws, such as a secret that does not open, is a failure like others. `controller` ends the attempt
 * early; the deadline uses it too.
 */
export async function attempt(
  client: HttpClient,
  clock: Clock,
  prepare: () => Post,
  controller: AbortController,
): Promise<AttemptResult> {
  const attemptedAt = clock.now();
  // The clock may be set meanwhile; no attempt takes longer than its deadline.
  const duration = () => Math.min(Math.max(0, clock.now() - attemptedAt), DEADLINE_MS);
  const cancelDeadline = clock.after(DEADLINE_MS, () => controller.abort(new DeadlineError()));
  try {
    const { status, retryAfter, text } = await unlessAborted(
      controller.signal,
      send(client, prepare(), controller.signal),
    );
    const succeeded = status >= 200 && status < 300;
    return {
      outcome: succeeded ? "succeeded" : "failed",
      attemptedAt,
      durationMs: duration(),
      responseStatus: status,
      responseBody: text,
      error: succeeded ? null : describeStatus(status),
      retryAfterMs: succeeded ? null : parseRetryAfter(retryAfter, clock.now()),
    };
  } catch (error) {
    return {
      outcome: error instanceof InterruptedError ? "interrupted" : "failed",
      attemptedAt,
      durationMs: duration(),
      responseStatus: null,
      responseBody: null,
      error: describeError(error),
      retryAfterMs: null,
    };
  } finally {
    cancelDeadline();
  }
}

async function send(client: HttpClient, { url, headers, body }: Post, signal: AbortSignal) {
  const answer = await request(url, { dispatcher: client, method: "POST", headers, body, signal });
  const text = await readBeginning(answer.body);
  const retryAfter = answer.headers["retry-after"];
  return { status: answer.statusCode, retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, text };
}

/** Reads an answer to its end, so that the connection can be used again, unless that is too far away. */
async function readBeginning(body: AsyncIterable<Uint8Array>): Promise<string> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (size < KEPT_BYTES) kept.push(chunk.subarray(0, KEPT_BYTES - size));
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) break;
  }
  return asText(Buffer.concat(kept));
}

/** What is no UTF-8 is replaced; a character that was cut in two is left out. */
function asText(bytes: Buffer): string {
  const text = new TextDecoder().decode(bytes, { stream: true });
  return text.replaceAll("\0", "\ufffd");
}

/** undici notices an abort only once it is connected, which may be long after the deadline; it then sends nothing. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function describeStatus(status: number): string {
  return status >= 300 && status < 400 ? `answered ${status}, and redirects are not followed` : `answered ${status}`;
}

/** In the log of an attempt that a stop or a crash of this process cut short. */
export const INTERRUPTED = "interrupted by a restart";

const ERRORS: Record<string, string> = {
  ECONNREFUSED: "connect ECONNREFUSED",
  ECONNRESET: "the connection was reset",
  EAI_AGAIN: "the host name could not be looked up",
  ENOTFOUND: "the host name does not exist",
  UND_ERR_CONNECT_TIMEOUT: "no connection within 10 seconds",
  UND_ERR_SOCKET: "the connection was closed before the answer",
};

/** Says what went wrong in few words: the text of an error could hold more than the reader of the delivery log may know. */
function describeError(error: unknown): string {
  if (error instanceof InterruptedError) return INTERRUPTED;
  if (error instanceof DeadlineError) return `no complete answer within ${DEADLINE_MS / 1_000} seconds`;
  if (error instanceof RefusedAddressError) return "the address is not reachable from the public internet";
  if (error instanceof RefusedPortError) return "the port is kept for another protocol than HTTP";
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  return ERRORS[code] ?? (/^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? `failed with ${code}` : "failed without an answer");
}
