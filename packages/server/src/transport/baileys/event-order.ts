import type { Logger } from "pino";
import { isPatient, type TransportEvent, type TransportListener } from "../transport.js";
import { reasonOf } from "./quiet-logger.js";

/**
 * Tells events in their order, and what comes while they are being stored in the next batch. Patient events are handed on, in their
 * order too, without waiting for those before them to be on disk.
 */
export interface EventOrder {
  /** `done` is called once the event is on disk; `failed` when it could not be stored. */
  tell(event: TransportEvent, done?: () => void, failed?: () => void): void;
  /** The same for events that are still being made; their place is where the promise was handed over. */
  tellLater(events: Promise<TransportEvent[]>, done?: () => void, failed?: () => void): void;
  idle(): Promise<void>;
}

interface Planned {
  events: TransportEvent[] | Promise<TransportEvent[]>;
  done: (() => void) | undefined;
  failed: (() => void) | undefined;
}

interface Ready {
  plan: Planned;
  events: TransportEvent[];
}

const MOST_AT_ONCE = 100;

export function createEventOrder({ listener, log }: { listener: TransportListener; log: Logger }): EventOrder {
  let planned: Planned[] = [];
  let isRunning = false;
  let running = Promise.resolve();
  /** Batches that nobody waits for are on their way to disk while others follow them. */
  const left = new Set<Promise<void>>();

  async function run(): Promise<void> {
    while (planned.length > 0) {
      const batch = planned.slice(0, MOST_AT_ONCE);
      planned = planned.slice(batch.length);
      const ready = await made(batch);
      const storing = store(ready);
      if (ready.every(({ events }) => events.every(isPatient))) leave(storing);
      else await storing;
    }
    isRunning = false;
  }

  function leave(storing: Promise<void>): void {
    left.add(storing);
    void storing.finally(() => left.delete(storing));
  }

  async function made(batch: Planned[]): Promise<Ready[]> {
    const results = await Promise.allSettled(batch.map((plan) => plan.events));
    return batch.flatMap((plan, index) => {
      const result = results[index];
      if (result?.status === "fulfilled") return [{ plan, events: result.value }];
      log.error({ reason: reasonOf(result?.reason) }, "an event could not be read");
      plan.failed?.();
      return [];
    });
  }

  async function store(ready: Ready[]): Promise<void> {
    try {
      await listener(ready.flatMap(({ events }) => events));
      for (const { plan } of ready) plan.done?.();
    } catch {
      for (const { plan, events } of ready) await storeAlone(plan, events);
    }
  }

  /** One that cannot be stored does not take the others with it. */
  async function storeAlone(plan: Planned, events: TransportEvent[]): Promise<void> {
    try {
      await listener(events);
      plan.done?.();
    } catch (error) {
      log.error({ err: error, events: events.map(({ type }) => type) }, "an event could not be stored");
      plan.failed?.();
    }
  }

  const add = (plan: Planned) => {
    planned.push(plan);
    if (isRunning) return;
    isRunning = true;
    running = run();
  };
  return {
    tell: (event, done, failed) => add({ events: [event], done, failed }),
    tellLater(events, done, failed) {
      // Looked at later; until then a failure is not an unhandled one.
      events.catch(() => {});
      add({ events, done, failed });
    },
    async idle() {
      do await Promise.all([running, ...left]);
      while (isRunning || left.size > 0);
    },
  };
}
