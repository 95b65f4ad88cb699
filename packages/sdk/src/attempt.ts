/** One attempt of a request, with its deadline. */
import { ConnectionError, type Failure, TimeoutError } from "./errors.js";

/** What is called instead of the global `fetch`. */
export type Fetch = (request: Request) => Promise<Response>;

/**
 * A Request follows its signal only as long as someone holds that Request: Node links the two weakly, and without these a request
 * whose objects were collected in flight could no longer be aborted.
 */
const inFlight = new Set<Request>();
/** The same for streams, which outlive the call: held for as long as the stream itself is. */
const streaming = new WeakMap<ReadableStream, Request[]>();

/** The answer; `failure` where it is none of success. */
export type Attempted = { response: Response; failure?: Failure };

/**
 * Sends the request once, with the body that was read of it before, and reads the answer to its end within the deadline. A stream of
 * events is handed on as it comes.
 *
 * @throws ConnectionError, TimeoutError; the reason of the request's signal
 */
export async function attemptOnce(
  fetch: Fetch,
  request: Request,
  body: ArrayBuffer,
  timeoutMs: number,
): Promise<Attempted> {
  const { signal: outer } = request;
  const controller = new AbortController();
  const follow = () => controller.abort(outer.reason);
  if (outer.aborted) follow();
  // `AbortSignal.any` is too young for Node 20.0.
  outer.addEventListener("abort", follow);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    controller.abort();
  }, timeoutMs);
  // The body is given to each attempt, not cloned: Node 22 may end a clone's stream, and the original's, when it collects the clone.
  const attempt = new Request(request, { signal: controller.signal, ...(body.byteLength && { body }) });
  const held = [request, attempt];
  for (const each of held) inFlight.add(each);
  let isStream = false;
  try {
    const response = await fetch(attempt);
    const { status, statusText, headers } = response;
    isStream = headers.get("Content-Type")?.startsWith("text/event-stream") === true;
    if (isStream && response.body) {
      streaming.set(response.body, held);
      return { response };
    }
    const bytes = await response.arrayBuffer();
    const init = { status: status || OPAQUE_REDIRECT, statusText, headers };
    const whole = new Response(bytes.byteLength ? bytes : null, init);
    if (response.ok) return { response: whole };
    return { response: whole, failure: { ...init, body: parseJson(new TextDecoder().decode(bytes)) } };
  } catch (cause) {
    if (outer.aborted) throw outer.reason;
    if (isLate) throw new TimeoutError(`No answer within ${timeoutMs} ms`, { cause });
    throw new ConnectionError(`The API could not be reached: ${reasonOf(cause)}`, { cause });
  } finally {
    for (const each of held) inFlight.delete(each);
    clearTimeout(timer);
    // The caller's signal ends a stream as long as it is read.
    if (!isStream) outer.removeEventListener("abort", follow);
  }
}

/** A browser says only that there is a redirect, not which. */
const OPAQUE_REDIRECT = 302;

/** `fetch` says only "fetch failed"; what failed is in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || String(error.cause) : error.message;
}

/** `text` as JSON, or as it is. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
