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
 * Sends a request once, and reads the answer to its end within the deadline. A stream of events is handed on as it comes. The body is
 * given to each attempt, not cloned: Node 22 may end a clone's stream, and the original's, when it collects the clone.
 *
 * @throws ConnectionError, TimeoutError; the reason of the request's signal
 */
export async function attemptOnce(
  fetch: Fetch,
  request: Request,
  { headers, body }: { headers: Headers; body: ArrayBuffer },
  timeoutMs: number,
): Promise<Attempted> {
  const { signal: outer } = request;
  if (outer.aborted) throw outer.reason;
  const controller = new AbortController();
  const { signal } = controller;
  // Redirects are not followed: a POST would become a GET, and the key could go on to where it leads.
  const init: RequestInit = { headers, signal, redirect: "manual" };
  const attempt = new Request(request, body.byteLength ? { ...init, body } : init);
  // Also as long as a stream is read. (`AbortSignal.any` is too young for Node 20.0.)
  const follow = () => controller.abort(outer.reason);
  outer.addEventListener("abort", follow);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    controller.abort();
  }, timeoutMs);
  // Also where a `fetch` that was passed in does not look at the signal.
  const aborted = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const held = [request, attempt];
  for (const each of held) inFlight.add(each);
  try {
    const response = await Promise.race([fetch(attempt), aborted]);
    const { status, statusText, headers, type } = response;
    if (response.body && headers.get("Content-Type")?.startsWith("text/event-stream")) {
      streaming.set(response.body, held);
      return { response };
    }
    const bytes = await Promise.race([response.arrayBuffer(), aborted]);
    // A browser says only that there is a redirect, not which.
    const answer = { status: type === "opaqueredirect" ? 302 : status, statusText, headers };
    const whole = new Response(bytes.byteLength ? bytes : null, answer);
    if (response.ok) return { response: whole };
    return { response: whole, failure: { ...answer, body: parseJson(new TextDecoder().decode(bytes)) } };
  } catch (cause) {
    if (outer.aborted) throw outer.reason;
    if (isLate) throw new TimeoutError(`No answer within ${timeoutMs} ms`, { cause });
    throw new ConnectionError(`The API could not be reached: ${reasonOf(cause)}`, { cause });
  } finally {
    for (const each of held) inFlight.delete(each);
    clearTimeout(timer);
  }
}

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
