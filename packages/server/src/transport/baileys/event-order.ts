import type { Logger } from "pino";
import type { TransportEvent, TransportListener } from "../transport.js";
import { reasonOf } from "./quiet-logger.js";

/** Tells a device's events one batch after the other, in their order; what comes while one is being stored makes the next. */
export interface EventOrder {
  /** `done` is called once the event is on disk; `failed` when it could not be stored. */
  tell(event: TransportEvent, done?: () => void, failed?: () => void): void;
  /** The same for events that are still being made; their place is where the promise was handed over. */
  tellLater(events: Promise<TransportEvent[]>, done?: () => void, failed?: () => void): void;
  idle(): Promise<void>;
}

interface Planned {
  events: TransportEvent[] | Promise<TransportEvent[]>;
  /** Nobody waits for it: the listener may take its time, and others go on. */
  isPatient: boolean;
  done: (() => void) | undefined;
  failed: (() => void) | undefined;
}

const MOST_AT_ONCE = 100;

export function createEventOrder({ listener, log }: { listener: TransportListener; log: Logger }): EventOrder {
  let planned: Planned[] = [];
  let isRunning = false;
  let running = Promise.resolve();
  const left = new Set<Promise<void>>();

  async function run(): Promise<void> {
    while (planned.length > 0) {
      const batch = planned.slice(0, MOST_AT_ONCE);
      planned = planned.slice(batch.length);
      const storing = store(batch);
      if (batch.every(({ isPatient }) => isPatient)) leave(storing);
      else await storing;
    }
    isRunning = false;
  }

  function leave(storing: Promise<void>): void {
    left.add(storing);
    void storing.finally(() => left.delete(storing));
  }

  async function store(batch: Planned[]): Promise<void> {
    const made = await Promise.allSettled(batch.map((plan) => plan.events));
    const ready = batch.flatMap((plan, index) => {
      const events = made[index];
      if (events?.status === "fulfilled") return [{ plan, events: events.value }];
      log.error({ reason: reasonOf(events?.reason) }, "an event could not be read");
      plan.failed?.();
      return [];
    });
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
    tell: (event, done, failed) => add({ events: [event], isPatient: event.type === "receipt", done, failed }),
    tellLater(events, done, failed) {
      // Looked at later; until then a failure is not an unhandled one.
      events.catch(() => {});
      add({ events, isPatient: false, done, failed });
    },
    async idle() {
      do await Promise.all([running, ...left]);
      while (isRunning || left.size > 0);
    },
  };
}
