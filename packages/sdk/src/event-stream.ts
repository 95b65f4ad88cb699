/** `client.events.stream()`: events as they happen, across lost connections. */
import { parseJson } from "./attempt.js";
import { ApiError, ConnectionError, toApiError } from "./errors.js";
import { type EventBlock, readBlocks } from "./event-blocks.js";
import type { components } from "./generated/openapi.js";
import { jittered, type SendOptions, sleep } from "./retry.js";
import { toEvent, type WebhookEvent } from "./webhooks/event.js";

/** What `client.events.stream` takes as its last argument. */
export type StreamOptions = {
  /** Ends the stream: what waits for its next event then throws the signal's reason. */
  signal?: AbortSignal | undefined;
  /**
   * Called with each id that the server tells, to be kept and given as `last_event_id` after a restart of your program: with the one where
   * the stream begins, with those of events that you did not ask for, and with an event's own once the loop comes back for the next.
   */
  onPosition?: ((id: string) => void) | undefined;
};

/** Events that are no longer kept were not streamed: read what they told of over the API. */
export type StreamGap = { event: "$gap"; data: components["schemas"]["StreamGap"] };

/**
 * Any event as webhooks are told of it, with its `id` in the stream: keep it, to go on after it as `last_event_id`.
 *
 * @example
 * ```ts
 * for await (const event of client.events.stream()) {
 *   if (event.event === "message.received") console.log(event.id, event.data.message);
 * }
 * ```
 */
export type StreamedEvent = (WebhookEvent | StreamGap) & { id: string };

export type StreamSettings = {
  /** The first wait before it connects again; it doubles with each attempt. */
  backoffMs: number;
  /** A connection over which nothing comes for so long is dead. */
  silenceMs: number;
};

/** The server gives a sign of life every 15 seconds. */
const SETTINGS: StreamSettings = { backoffMs: 500, silenceMs: 45_000 };
const MAX_BACKOFF_MS = 30_000;
/** Whatever the server asks for: a stream is to be live again. */
const MAX_HINT_MS = 300_000;

/** Asks for the stream. */
export type OpenStream = (
  init: { headers: Record<string, string>; signal: AbortSignal },
  options: SendOptions,
) => Promise<Response>;

/**
 * Yields the events of one connection after the other, each once. `open` asks for one.
 *
 * @throws ApiError for an answer that would be the same again, such as a 401; ConnectionError when not even the first connection came
 * about; the signal's reason; what `onPosition` throws
 */
export async function* streamEvents(
  open: OpenStream,
  { signal, onPosition }: StreamOptions,
  { backoffMs, silenceMs } = SETTINGS,
): AsyncGenerator<StreamedEvent, void, undefined> {
  let lastId: string | undefined;
  let isFirst = true;
  let failures = 0;
  const outer = signal ?? new AbortController().signal;
  let isTelling = false;
  const tell = (id: string) => {
    isTelling = true;
    onPosition?.(id);
    isTelling = false;
  };
  for (;;) {
    const connection = follow(outer, silenceMs);
    try {
      const headers = { Accept: "text/event-stream", ...(lastId !== undefined && { "Last-Event-ID": lastId }) };
      // It comes back by its own schedule.
      const response = await open({ headers, signal: connection.signal }, isFirst ? {} : { maxRetries: 0 });
      const { ok, status, body } = response;
      if (!ok || !body || !response.headers.get("Content-Type")?.startsWith("text/event-stream"))
        throw toApiError({ status, headers: response.headers, body: parseJson(await response.text()) });
      isFirst = false;
      for await (const block of readBlocks(connection.watch(body))) {
        failures = 0;
        lastId = block.id ?? lastId;
        const event = readBlock(block);
        if (event) yield event;
        // An event whose handling failed has not been passed.
        if (block.id !== undefined) tell(block.id);
      }
    } catch (error) {
      if (isTelling) throw error;
      if (outer.aborted) throw outer.reason;
      if (isFirst || (error instanceof ApiError && !error.retryable)) throw error;
      const hintMs = error instanceof ApiError ? Math.min((error.retryAfter ?? 0) * 1_000, MAX_HINT_MS) : 0;
      if (hintMs > 0) await sleep(hintMs, outer);
    } finally {
      connection.end();
    }
    await sleep(jittered(Math.min(backoffMs * 2 ** failures, MAX_BACKOFF_MS)), outer);
    failures += 1;
  }
}

/** A signal for one connection: it follows the caller's, and fires when nothing was heard for `silenceMs`. */
function follow(outer: AbortSignal, silenceMs: number) {
  const controller = new AbortController();
  const abort = () => controller.abort(outer.reason);
  if (outer.aborted) abort();
  outer.addEventListener("abort", abort);
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    signal: controller.signal,
    async *watch(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
      const reader = body.getReader();
      try {
        for (;;) {
          timer = setTimeout(
            () => controller.abort(new ConnectionError(`Nothing was heard for ${silenceMs} ms`)),
            silenceMs,
          );
          const { done, value } = await reader.read();
          clearTimeout(timer);
          if (done) return;
          yield value;
        }
      } finally {
        // Also when the caller has had enough: the server is told.
        await reader.cancel().catch(() => undefined);
      }
    },
    end() {
      clearTimeout(timer);
      outer.removeEventListener("abort", abort);
    },
  };
}

function readBlock({ id = "", event, data }: EventBlock): StreamedEvent | undefined {
  if (data === undefined) return undefined;
  const value = parseJson(data);
  if (event === "gap" && isGap(value)) return { event: "$gap", data: value, id };
  const known = toEvent(value);
  return known && { ...known, id };
}

const isGap = (value: unknown): value is StreamGap["data"] =>
  typeof value === "object" && value !== null && "requested" in value && "resumes_after" in value;
