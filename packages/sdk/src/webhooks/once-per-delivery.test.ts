import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startSqliteStore } from "../../test/sqlite-delivery-store.js";
import {
  DeliveryInProgressError,
  type DeliveryStore,
  memoryDeliveryStore,
  oncePerDelivery,
  type WebhookEvent,
} from "./index.js";

const EVENT: WebhookEvent = {
  event: "$unknown",
  name: "call.received",
  timestamp: "2025-10-11T10:30:00.000Z",
  data: {},
};
const DELIVERY = { deliveryId: "delivery_1" };
const FAILURE = new Error("no room in the inbox");

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

/** An `onEvent` whose runs are ended by the test. */
function controlled() {
  const runs: { succeed: () => void; fail: () => void }[] = [];
  const onEvent = () =>
    new Promise<void>((resolve, reject) => runs.push({ succeed: () => resolve(), fail: () => reject(FAILURE) }));
  return { runs, onEvent };
}

/** What became of a delivery, once everything that was ready has run. */
const outcome = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "done",
    (error: unknown) => (error instanceof DeliveryInProgressError ? "in progress" : error),
  );
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

const STORES: [name: string, start: () => DeliveryStore][] = [
  ["in memory", () => memoryDeliveryStore()],
  ["in SQL", startSqliteStore],
];

describe.each(STORES)("with a store %s, a delivery", (_name, start) => {
  function receiver(options = {}) {
    const { runs, onEvent } = controlled();
    const handle = oncePerDelivery(onEvent, { store: start(), ...options });
    return {
      runs,
      deliver: async (context = DELIVERY) => {
        const ended = outcome(Promise.resolve(handle(EVENT, context)));
        await turn();
        return ended;
      },
      /** Begins, and does not wait for the end. */
      begin: async (context = DELIVERY) => {
        const ended = outcome(Promise.resolve(handle(EVENT, context)));
        await turn();
        return { ended };
      },
    };
  }

  it("that was processed is not processed again", async () => {
    const { runs, begin, deliver } = receiver();
    const { ended } = await begin();
    runs[0]?.succeed();
    expect(await ended).toBe("done");
    expect(await deliver()).toBe("done");
    expect(runs).toHaveLength(1);
    await begin({ deliveryId: "delivery_2" });
    expect(runs).toHaveLength(2);
  });

  it("that failed is processed again, and counts as processed only after a success", async () => {
    const { runs, begin, deliver } = receiver();
    const first = await begin();
    runs[0]?.fail();
    expect(await first.ended).toBe(FAILURE);
    const second = await begin();
    expect(runs).toHaveLength(2);
    runs[1]?.succeed();
    expect(await second.ended).toBe("done");
    expect(await deliver()).toBe("done");
    expect(runs).toHaveLength(2);
  });

  it("that comes while it is being processed is told to come again", async () => {
    const { runs, begin, deliver } = receiver();
    const first = await begin();
    expect(await deliver()).toBe("in progress");
    runs[0]?.fail();
    await first.ended;
    const second = await begin();
    expect(await deliver()).toBe("in progress");
    runs[1]?.succeed();
    expect(await second.ended).toBe("done");
    expect(runs).toHaveLength(2);
  });

  it("whose process died is processed again when the lease has ended", async () => {
    const { runs, begin, deliver } = receiver({ leaseSeconds: 60 });
    await begin();
    pass(59);
    expect(await deliver()).toBe("in progress");
    pass(1);
    const second = await begin();
    expect(runs).toHaveLength(2);
    runs[1]?.succeed();
    expect(await second.ended).toBe("done");
  });

  it("that ends after its lease takes nothing from the one that runs by then", async () => {
    const { runs, begin, deliver } = receiver({ leaseSeconds: 60 });
    const slow = await begin();
    pass(61);
    const second = await begin();
    runs[0]?.fail();
    expect(await slow.ended).toBe(FAILURE);
    expect(await deliver()).toBe("in progress");
    runs[1]?.succeed();
    expect(await second.ended).toBe("done");
    expect(await deliver()).toBe("done");
    expect(runs).toHaveLength(2);
  });

  it("that succeeds after its lease was processed, whoever runs by then", async () => {
    const { runs, begin, deliver } = receiver({ leaseSeconds: 60 });
    const slow = await begin();
    pass(61);
    const second = await begin();
    runs[0]?.succeed();
    expect(await slow.ended).toBe("done");
    runs[1]?.fail();
    expect(await second.ended).toBe(FAILURE);
    expect(await deliver()).toBe("done");
    expect(runs).toHaveLength(2);
  });

  it("is remembered for 34 days: 30 in which it can be sent again, and four of retries", async () => {
    const { runs, begin, deliver } = receiver();
    const { ended } = await begin();
    runs[0]?.succeed();
    await ended;
    pass(34 * 24 * 60 * 60 - 1);
    expect(await deliver()).toBe("done");
    pass(1);
    await begin();
    expect(runs).toHaveLength(2);
  });

  it("never runs twice at a time, nor again after a success, whatever happens in whatever order", async () => {
    const step = fc.record({
      act: fc.constantFrom("deliver", "succeed", "fail"),
      id: fc.constantFrom("delivery_1", "delivery_2", "delivery_3"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const running = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
        const processed = new Set<string>();
        const handle = oncePerDelivery(
          (_event, { deliveryId }) => {
            expect([running.has(deliveryId), processed.has(deliveryId)]).toEqual([false, false]);
            return new Promise<void>((resolve, reject) => running.set(deliveryId, { resolve, reject }));
          },
          { store: start() },
        );
        for (const { act, id } of steps) {
          const run = running.get(id);
          if (act === "deliver") {
            const before = processed.has(id) ? "done" : run ? "in progress" : "begun";
            const ended = outcome(Promise.resolve(handle(EVENT, { deliveryId: id })));
            expect(await Promise.race([ended, turn().then(() => "begun")])).toBe(before);
          } else if (run) {
            running.delete(id);
            if (act === "succeed") processed.add(id);
            if (act === "succeed") run.resolve();
            else run.reject(FAILURE);
            await turn();
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("oncePerDelivery", () => {
  const claimed: DeliveryStore = { claim: () => "claimed", commit: () => {}, release: () => {} };

  it("tells both errors when the store cannot release what failed", async () => {
    const lost = new Error("the store is gone");
    const store = { ...claimed, release: () => Promise.reject(lost) };
    const handle = oncePerDelivery(() => Promise.reject(FAILURE), { store });
    await expect(handle(EVENT, DELIVERY)).rejects.toMatchObject({ errors: [FAILURE, lost] });
  });

  it("fails when the store cannot remember what succeeded: the event comes again", async () => {
    const lost = new Error("the store is gone");
    const store = { ...claimed, commit: () => Promise.reject(lost) };
    await expect(oncePerDelivery(() => {}, { store })(EVENT, DELIVERY)).rejects.toBe(lost);
  });

  it.each([true, "OK", undefined])("takes %j of a store for no claim", async (answer) => {
    const onEvent = vi.fn();
    // @ts-expect-error no claim
    const store: DeliveryStore = { ...claimed, claim: () => answer };
    await expect(oncePerDelivery(onEvent, { store })(EVENT, DELIVERY)).rejects.toThrow('"processing" or "processed"');
    expect(onEvent).not.toHaveBeenCalled();
  });

  it("refuses a store that lacks a method", () => {
    const { release: _, ...store } = memoryDeliveryStore();
    // @ts-expect-error release is missing
    expect(() => oncePerDelivery(() => {}, { store })).toThrow("store.release is missing");
  });

  it("refuses options that would remember nothing, or for ever", () => {
    // @ts-expect-error no function
    expect(() => oncePerDelivery(undefined)).toThrow("onEvent is missing");
    for (const seconds of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => oncePerDelivery(() => {}, { leaseSeconds: seconds })).toThrow("leaseSeconds must be");
      expect(() => oncePerDelivery(() => {}, { rememberSeconds: seconds })).toThrow("rememberSeconds must be");
    }
    expect(() => memoryDeliveryStore({ maxDeliveries: 0 })).toThrow("maxDeliveries must be");
  });
});

describe("a store in memory", () => {
  it("forgets the oldest when it is full", async () => {
    const store = memoryDeliveryStore({ maxDeliveries: 2 });
    for (const id of ["1", "2", "3"]) await store.commit(id, 60);
    expect(await Promise.all(["1", "2", "3"].map((id) => store.claim(id, id, 60)))).toEqual([
      "claimed",
      "processed",
      "processed",
    ]);
  });

  it("takes no more than that at a time, until a lease ends", async () => {
    const store = memoryDeliveryStore({ maxDeliveries: 2 });
    const claim = (id: string) => store.claim(id, id, 60);
    expect([await claim("1"), await claim("2"), await claim("3")]).toEqual(["claimed", "claimed", "processing"]);
    await store.release("1", "1");
    expect([await claim("3"), await claim("4")]).toEqual(["claimed", "processing"]);
    pass(60);
    expect(await claim("4")).toBe("claimed");
  });
});
