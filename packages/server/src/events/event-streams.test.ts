import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createFakeClock, type FakeClock } from "../../test/fake-clock.js";
import { createAccount, getSpace } from "../accounts/accounts.js";
import type { Space } from "../accounts/space.js";
import { COMMAND_LINE } from "../audit/audit-log.js";
import { type Caller, createKeyDirectory } from "../keys/key-directory.js";
import { openStore, type Store } from "../storage/store.js";
import { createEventStreams, type EventStreams, MAX_STREAMS_PER_SPACE } from "./event-streams.js";
import { triggerSample } from "./sample-events.js";

let clock: FakeClock;
let store: Store;
/** How many queries read the database. */
let queries: number;
let streams: EventStreams;
let spaces: Space[];

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), "whatsflow-"));
  const opened = await openStore(join(folder, "whatsflow.db"));
  onTestFinished(async () => {
    await opened.close();
    rmSync(folder, { recursive: true });
  });
  store = opened;
  clock = createFakeClock();
  queries = 0;
  const counting: Store = {
    ...opened,
    get read() {
      queries += 1;
      return opened.read;
    },
  };
  const directory = createKeyDirectory({ store: opened, clock });
  streams = createEventStreams({ store: counting, clock, log: pino({ level: "silent" }), directory });
  opened.onCommit(() => streams.wake());
  spaces = await store.write(async (tx) => {
    const accounts = [
      await createAccount(tx, { name: "one", plan: "enterprise" }, 0),
      await createAccount(tx, { name: "two", plan: "enterprise" }, 0),
    ];
    return Promise.all(accounts.map(({ id }) => getSpace(tx, id, "test")));
  });
});

const spaceAt = (index: number): Space => {
  const space = spaces[index];
  if (!space) throw new Error("There is no such space");
  return space;
};
const callerIn = (space: Space): Caller => ({
  actor: COMMAND_LINE,
  space,
  scopes: new Set(["events:read"]),
  deviceIds: null,
  account: { plan: "enterprise", requestsPerMinute: 1, requestsPerHour: 1, messagesPerMonth: null },
  expiresAt: null,
});
const trigger = (space: Space) => store.write((tx) => triggerSample(tx, space, null, "message.read", clock.now()));
const turn = () => new Promise((resume) => setImmediate(resume));

/** A client that reads one chunk after the other, and keeps them. */
async function listen(space: Space, lastId?: number): Promise<string[]> {
  return readAll(await streams.open(callerIn(space), { lastId, names: null, disconnect: () => {} }));
}

async function readAll(body: ReadableStream<Uint8Array>): Promise<string[]> {
  const told: string[] = [];
  const reader = body.getReader();
  const read = async (): Promise<void> => {
    const { done, value } = await reader.read();
    if (done) return;
    told.push(new TextDecoder().decode(value));
    return read();
  };
  void read();
  await turn();
  return told;
}

describe("streams that wait", () => {
  it("cost one query for each commit together; only those whose space has something new look for themselves", async () => {
    const idle = await Promise.all(Array.from({ length: 150 }, () => listen(spaceAt(0))));
    const [busy] = await Promise.all([listen(spaceAt(1))]);
    await trigger(spaceAt(1));
    await turn();
    expect(busy).toHaveLength(2);

    queries = 0;
    for (let commits = 0; commits < 10; commits += 1) await store.write(async () => {});
    await turn();
    expect(queries).toBe(10);

    queries = 0;
    await trigger(spaceAt(1));
    await turn();
    expect(busy).toHaveLength(3);
    expect(queries).toBeLessThan(10);
    expect(idle.every((told) => told.length === 1)).toBe(true);

    queries = 0;
    clock.advance(15_000);
    await turn();
    expect(idle.map((told) => told.slice(1))).toEqual(idle.map(() => [": still here\n\n"]));
    expect(queries).toBe(0);
  });

  it("cost nothing when nobody listens, and whoever comes then misses nothing", async () => {
    queries = 0;
    await trigger(spaceAt(0));
    expect(queries).toBe(0);
    const told = await listen(spaceAt(0));
    await trigger(spaceAt(0));
    await turn();
    expect(told).toHaveLength(2);
    expect(told[1]).toContain("event: message.read");
  });
});

describe("a stream that begins where newer events are gone than some that are kept", () => {
  beforeEach(async () => {
    for (let count = 0; count < 3; count += 1) await trigger(spaceAt(0));
    await store.write(async (tx) => {
      await tx.deleteFrom("events").where("seq", ">", 1).execute();
      await tx.updateTable("spaces").set({ pruned_event_seq: 3 }).where("id", "=", spaceAt(0).id).execute();
    });
  });

  it.each([undefined, 3])("tells of no gap after %s, and its ids do not go back", async (lastId) => {
    const told = await listen(spaceAt(0), lastId);
    await trigger(spaceAt(0));
    await turn();
    expect(told).toEqual(["retry: 2000\nid: 3\n\n", expect.stringMatching(/^id: 4\nevent: message\.read\n/)]);
  });

  it("tells of the gap to who has not read what is gone", async () => {
    const told = await listen(spaceAt(0), 2);
    expect(told[1]).toBe('id: 3\nevent: gap\ndata: {"requested":"2","resumes_after":"3"}\n\n');
    expect(told).toHaveLength(2);
  });
});

describe("a stream that is not read", () => {
  it("reads nothing from the database", async () => {
    await streams.open(callerIn(spaceAt(0)), { lastId: 0, names: null, disconnect: () => {} });
    await trigger(spaceAt(0));
    queries = 0;
    for (let count = 0; count < 5; count += 1) await trigger(spaceAt(0));
    await turn();
    expect(queries).toBe(5);
    clock.advance(60_000);
    await turn();
    expect(queries).toBe(5);
  });

  it("loses its place after a minute, which is when one too many is told to come again; one that is read keeps it", async () => {
    const space = spaceAt(0);
    const cut: number[] = [];
    const open = (index: number) =>
      streams.open(callerIn(space), { lastId: undefined, names: null, disconnect: () => cut.push(index) });
    const told = await readAll(await open(0));
    const slow = (await open(1)).getReader();
    for (let index = 2; index < MAX_STREAMS_PER_SPACE; index += 1) await open(index);
    await expect(open(-1)).rejects.toMatchObject({ code: "rate_limited", extras: { retryAfterSeconds: 60 } });
    const beat = async () => {
      clock.advance(15_000);
      await turn();
    };
    for (let count = 0; count < 3; count += 1) await beat();
    await slow.read();
    expect(cut).toEqual([]);
    await beat();
    expect(cut).toHaveLength(MAX_STREAMS_PER_SPACE - 2);
    expect(streams.count).toBe(2);
    await open(-1);
    for (let count = 0; count < 3; count += 1) await beat();
    expect(cut.slice(MAX_STREAMS_PER_SPACE - 2)).toEqual([1]);
    expect(told).toHaveLength(8);
    await trigger(space);
    await turn();
    expect(told.at(-1)).toContain("event: message.read");
  });

  it("is told of a gap when retention overtakes it", async () => {
    const space = spaceAt(0);
    const body = await streams.open(callerIn(space), { lastId: 0, names: null, disconnect: () => {} });
    for (let count = 0; count < 3; count += 1) await trigger(space);
    await store.write(async (tx) => {
      await tx.deleteFrom("events").where("seq", "<=", 2).execute();
      await tx.updateTable("spaces").set({ pruned_event_seq: 2 }).where("id", "=", space.id).execute();
    });
    const told = await readAll(body);
    expect(told.slice(0, 2)).toEqual([
      "retry: 2000\nid: 0\n\n",
      'id: 2\nevent: gap\ndata: {"requested":"0","resumes_after":"2"}\n\n',
    ]);
    expect(told[2]).toMatch(/^id: 3\nevent: message\.read\n/);
    expect(told).toHaveLength(3);
  });

  it("is cut off a second after it was ended; one that is read just ends", async () => {
    const cut: string[] = [];
    const open = (name: string) =>
      streams.open(callerIn(spaceAt(0)), { lastId: undefined, names: null, disconnect: () => cut.push(name) });
    await open("unread");
    const reader = (await open("read")).getReader();
    await reader.read();
    const next = reader.read();
    await turn();
    streams.stop();
    expect(await next).toEqual({ done: true, value: undefined });
    clock.advance(999);
    expect(cut).toEqual([]);
    clock.advance(1);
    expect(cut).toEqual(["unread"]);
    expect(streams.count).toBe(0);
  });
});

it("after the stop ends at once", async () => {
  streams.stop();
  const body = await streams.open(callerIn(spaceAt(0)), { lastId: undefined, names: null, disconnect: () => {} });
  expect(await body.getReader().read()).toEqual({ done: true, value: undefined });
});
