import type { Logger } from "pino";
import type { Clock } from "../clock.js";
import { ApiError } from "../errors.js";
import type { EventName } from "../generated/operations.js";
import type { Caller, KeyDirectory } from "../keys/key-directory.js";
import type { Store } from "../storage/store.js";
import { type Extent, findExtent, newestAfter, newestOfAll } from "./event-log.js";
import { createEventStream, type EventStream } from "./event-stream.js";

/** All open streams of events: who is woken by a commit, who is sent signs of life, who has to go. */
export interface EventStreams {
  /**
   * Opens a stream for a caller: from now on, or after the event `lastId`.
   *
   * @throws ApiError `rate_limited` when the space has as many as it may.
   */
  open(caller: Caller, request: StreamRequest): Promise<ReadableStream<Uint8Array>>;
  /** There may be new events. Cheap; call it after every commit. */
  wake(): void;
  /** How many are open. */
  readonly count: number;
  /** Ends all of them, and whatever is opened later. */
  stop(): void;
}

export interface StreamRequest {
  lastId: number | undefined;
  /** Null for all. */
  names: readonly EventName[] | null;
  /** Cuts the client off. */
  disconnect(): void;
}

export const MAX_STREAMS_PER_SPACE = 200;
const HEARTBEAT_MS = 15_000;
/** A client that takes nothing for so many heartbeats loses its place; it goes on by `Last-Event-ID` if it is alive. */
const MOST_UNREAD_BEATS = 4;
/** By then the places of those are free that have stopped reading. */
const TRY_AGAIN_SECONDS = (MOST_UNREAD_BEATS * HEARTBEAT_MS) / 1_000;
/** How soon a stream that has nothing to send ends after its key was revoked by another process, or expired. */
const CHECK_KEYS_MS = 1_000;
const DISCONNECT_AFTER_MS = 1_000;

export function createEventStreams({
  store,
  clock,
  log,
  directory,
}: {
  store: Store;
  clock: Clock;
  log: Pick<Logger, "error">;
  directory: Pick<KeyDirectory, "isStillValid" | "onReload">;
}): EventStreams {
  const spaces = new Map<number, Set<EventStream>>();
  /** All events up to here were looked at; undefined while nobody listens. */
  let seen: number | undefined;
  let stopping = false;
  let checksKeys = false;
  let beats = false;

  const all = () => [...spaces.values()].flatMap((streams) => [...streams]);
  const later = (action: () => void) => void clock.after(DISCONNECT_AFTER_MS, action);

  /** One query for all streams of all spaces: only those who are behind look for themselves. */
  async function look(): Promise<void> {
    if (seen === undefined) {
      // Nobody listened before: whoever does now may be behind, so all look.
      seen = (await newestOfAll(store.read, {}))[0]?.newest ?? 0;
      for (const stream of all()) stream.wake();
      return;
    }
    for (const { spaceId, newest } of await newestAfter(store.read, { after: seen })) {
      seen = Math.max(seen, newest);
      for (const stream of spaces.get(spaceId) ?? []) stream.wake();
    }
  }

  function wake(): void {
    if (spaces.size === 0) seen = undefined;
    else look().catch((error: unknown) => log.error({ err: error }, "cannot look for events to stream"));
  }

  async function endInvalid(): Promise<void> {
    for (const stream of all()) if (!(await directory.isStillValid(stream.caller))) stream.end(later);
  }

  const checkKeys = () =>
    endInvalid().catch((error: unknown) => log.error({ err: error }, "cannot check the keys of event streams"));
  directory.onReload(() => void checkKeys());

  /** Go on for as long as there are streams. */
  function keepChecking(): void {
    checksKeys = spaces.size > 0;
    if (checksKeys) clock.after(CHECK_KEYS_MS, () => void checkKeys().then(keepChecking));
  }
  function keepBeating(): void {
    beats = spaces.size > 0;
    if (beats)
      clock.after(HEARTBEAT_MS, () => {
        // Cut off at once: it would not read the end either.
        for (const stream of all()) if (stream.beat() >= MOST_UNREAD_BEATS) stream.end((cutOff) => cutOff());
        keepBeating();
      });
  }

  function add(caller: Caller, request: StreamRequest, extent: Extent): EventStream {
    const spaceId = caller.space.id;
    const streams = spaces.get(spaceId) ?? new Set();
    if (streams.size >= MAX_STREAMS_PER_SPACE)
      throw new ApiError(
        "rate_limited",
        `A space has at most ${MAX_STREAMS_PER_SPACE} event streams open at a time. Close one, or share one among your programs.`,
        { retryAfterSeconds: TRY_AGAIN_SECONDS },
      );
    const stream = createEventStream({
      store,
      caller,
      ...beginning(request.lastId, extent),
      names: request.names,
      mayGoOn: () => directory.isStillValid(caller),
      disconnect: request.disconnect,
      onEnd() {
        streams.delete(stream);
        if (streams.size === 0) spaces.delete(spaceId);
      },
      onError: (error) => log.error({ err: error }, "an event stream failed; its client may come back"),
    });
    streams.add(stream);
    spaces.set(spaceId, streams);
    return stream;
  }

  return {
    async open(caller, request) {
      const extent = await findExtent(store, caller.space.id);
      const stream = add(caller, request, extent);
      if (stopping) stream.end(later);
      if (!checksKeys) keepChecking();
      if (!beats) keepBeating();
      return stream.body;
    },
    wake,
    get count() {
      return all().length;
    },
    stop() {
      stopping = true;
      for (const stream of all()) stream.end(later);
    },
  };
}

/** An id that is newer than all is of the database before a backup was restored: what came in between is not known, so there is a gap. */
function beginning(lastId: number | undefined, { newest }: Extent): { after: number; requested: number | undefined } {
  if (lastId === undefined) return { after: newest, requested: undefined };
  if (lastId > newest) return { after: newest, requested: lastId };
  return { after: lastId, requested: undefined };
}
