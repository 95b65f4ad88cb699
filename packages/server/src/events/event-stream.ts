import { setImmediate as nextTurn } from "node:timers/promises";
import type { EventName } from "../generated/operations.js";
import type { Caller } from "../keys/key-directory.js";
import type { Store } from "../storage/store.js";
import { eventBlock, gapBlock, HEARTBEAT, idBlock, openingBlock } from "./event-blocks.js";
import { type EventHead, listAfter, readBodies } from "./event-log.js";

/** How many events are looked at, and how many bytes of them read, for one client at a time. */
const MOST_EVENTS = 100;
const MOST_BYTES = 64 * 1024;

export interface EventStreamOptions {
  store: Store;
  caller: Caller;
  /** The event after which to begin. */
  after: number;
  /** Where the client asked to begin, when that is not possible. */
  requested: number | undefined;
  /** Null for all. */
  names: readonly EventName[] | null;
  /** Asked before anything is sent. */
  mayGoOn(): Promise<boolean>;
  onEnd(): void;
  onError(error: unknown): void;
  /** Cuts the client off. */
  disconnect(): void;
}

/**
 * One client's stream. All that is kept for it is a place in the stored events: the next ones are read when the client has taken those
 * before, so one that reads slowly, or not at all, costs no memory.
 */
export interface EventStream {
  caller: Caller;
  body: ReadableStream<Uint8Array>;
  /** There may be something newer. */
  wake(): void;
  /** Sends a sign of life, if the client waits for something. Tells for how many beats in a row it has taken nothing. */
  beat(): number;
  /** Ends it. A client that is not waiting to read is cut off `later`: it may never read to the end. */
  end(later: (action: () => void) => void): void;
}

export function createEventStream(options: EventStreamOptions): EventStream {
  const { store, caller, names, mayGoOn } = options;
  const spaceId = caller.space.id;
  let cursor = options.after;
  /** The id that the client has. */
  let toldId = cursor;
  let opening: string | undefined = openingOf(options);
  let hasEnded = false;
  let beatDue = false;
  /** True from when the client has room for something until it is given something. */
  let isPulling = false;
  let unreadBeats = 0;
  /** False once all was read; an event may come while this looks for some. */
  let mayHaveMore = true;
  /** Set while the client waits for something to come. */
  let resume: (() => void) | undefined;
  let controller: ReadableStreamDefaultController<Uint8Array>;

  const wants = ({ name, deviceId }: EventHead) =>
    (names === null || names.some((wanted) => wanted === name)) &&
    (caller.deviceIds === null || (deviceId !== null && caller.deviceIds.includes(deviceId)));

  async function pull(): Promise<void> {
    isPulling = true;
    unreadBeats = 0;
    try {
      const chunk = await next();
      isPulling = false;
      if (hasEnded) return;
      if (chunk) controller.enqueue(chunk);
      else finish();
    } catch (error) {
      // An error of the stream itself would reach the client in the server's words; ended, it comes back and goes on.
      options.onError(error);
      finish();
    }
  }

  /** What is sent next, once there is something; undefined when the stream is over. */
  async function next(): Promise<Uint8Array | undefined> {
    while (!hasEnded) {
      if (!(await mayGoOn())) return undefined;
      const chunk = takeOpening() ?? (mayHaveMore ? await readOn() : undefined) ?? takeBeat();
      if (chunk) return chunk;
      await something();
    }
    return undefined;
  }

  /** Resolves when there is something to look for, or to end. */
  function something(): Promise<void> {
    if (mayHaveMore || hasEnded) return Promise.resolve();
    return new Promise((resolve) => {
      resume = () => {
        resume = undefined;
        resolve();
      };
    });
  }

  function takeOpening(): Uint8Array | undefined {
    const text = opening;
    opening = undefined;
    return text === undefined ? undefined : Buffer.from(text);
  }

  /** Ids of events that were passed over are told too: a client that comes back much later is not told of a gap without need. */
  function takeBeat(): Uint8Array | undefined {
    if (!beatDue) return undefined;
    beatDue = false;
    const text = cursor > toldId ? idBlock(cursor) : HEARTBEAT;
    toldId = cursor;
    return Buffer.from(text);
  }

  /** The next events that the client wants; undefined when there are none for now. */
  async function readOn(): Promise<Uint8Array | undefined> {
    for (;;) {
      mayHaveMore = false;
      const { heads, pruned } = await listAfter(store, spaceId, cursor, MOST_EVENTS);
      if (pruned > cursor) return tellGap(pruned);
      const wanted = fitting(heads.filter(wants));
      const bodies = await readBodies(
        store,
        wanted.map(({ seq }) => seq),
      );
      // Retention was faster: the next look finds the gap.
      if (bodies.size < wanted.length) continue;
      const passed = wanted.length === 0 ? heads.at(-1) : wanted.at(-1);
      cursor = passed?.seq ?? cursor;
      if (wanted.length > 0) {
        toldId = cursor;
        mayHaveMore = true;
        return Buffer.concat(wanted.map(({ seq, name }) => eventBlock(seq, name, bodies.get(seq) ?? Buffer.alloc(0))));
      }
      if (heads.length < MOST_EVENTS) return undefined;
      // Others go on meanwhile, however many events nobody asked for.
      await nextTurn();
    }
  }

  function tellGap(pruned: number): Uint8Array {
    const block = gapBlock(cursor, pruned);
    cursor = pruned;
    toldId = pruned;
    mayHaveMore = true;
    return Buffer.from(block);
  }

  function finish(): void {
    if (hasEnded) return;
    hasEnded = true;
    controller.close();
    resume?.();
    options.onEnd();
  }

  return {
    caller,
    body: new ReadableStream<Uint8Array>(
      {
        start(given) {
          controller = given;
        },
        pull,
        cancel() {
          hasEnded = true;
          options.onEnd();
          resume?.();
        },
      },
      // Nothing is read ahead of the client.
      { highWaterMark: 0 },
    ),
    wake() {
      mayHaveMore = true;
      resume?.();
    },
    beat() {
      beatDue = resume !== undefined;
      resume?.();
      if (!isPulling) unreadBeats += 1;
      return unreadBeats;
    },
    end(later) {
      if (hasEnded) return;
      const isReading = resume !== undefined;
      finish();
      if (!isReading) later(options.disconnect);
    },
  };
}

const openingOf = ({ after, requested }: EventStreamOptions): string =>
  openingBlock(after) + (requested === undefined ? "" : gapBlock(requested, after));

/** As many as are sent at once: at least one, however large. */
function fitting(heads: EventHead[]): EventHead[] {
  let bytes = 0;
  return heads.filter((head, index) => {
    bytes += head.bytes;
    return index === 0 || bytes <= MOST_BYTES;
  });
}
