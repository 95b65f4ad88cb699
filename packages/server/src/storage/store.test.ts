import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Commit, openStore, type Store, type Tx } from "./store.js";

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "whatsflow-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "whatsflow.db");
}
async function open(file = newFile()): Promise<Store> {
  const store = await openStore(file);
  onTestFinished(() => store.close());
  return store;
}
/** Some row with a name that must be its own. */
const put = (tx: Tx, name: string) =>
  tx
    .insertInto("accounts")
    .values({ ...LIMITS, id: name, name, plan: "trial", messages_per_month: null, created_at: 0 })
    .execute();
const LIMITS = { requests_per_minute: 1, requests_per_hour: 1 };
const names = async (store: Store) =>
  (await store.read.selectFrom("accounts").select("name").orderBy("name").execute()).map(({ name }) => name);
const countCommits = (store: Store) => {
  const counted = { commits: 0 };
  store.onCommit(() => {
    counted.commits += 1;
  });
  return counted;
};

describe("whoever listens to commits", () => {
  it("is told how many writes took part and how long it took; before it they are waiting", async () => {
    const store = await open();
    const told: Commit[] = [];
    store.onCommit((commit) => told.push(commit));
    const writes = Array.from({ length: 5 }, () => store.write(async () => {}));
    expect(store.waitingWrites()).toBe(5);
    await Promise.all(writes);
    expect(told).toEqual([{ writes: 5, durationMs: expect.any(Number) }]);
    expect(told[0]?.durationMs).toBeGreaterThan(0);
    expect(store.waitingWrites()).toBe(0);
  });
});

describe("concurrent writes", () => {
  it("share a commit", async () => {
    const store = await open();
    const counted = countCommits(store);
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, number) => store.write((tx) => put(tx, `n${number}`).then(() => number))),
    );
    expect(results).toEqual(Array.from({ length: 100 }, (_, number) => number));
    expect(await names(store)).toHaveLength(100);
    expect(counted.commits).toBe(1);
  });

  it("fail alone, and leave nothing of what failed", async () => {
    const store = await open();
    const work = (number: number) => async (tx: Tx) => {
      await put(tx, `n${number}`);
      if (number % 3 === 0) throw new Error(`no ${number}`);
      if (number % 3 === 1) await put(tx, `n${number}`);
    };
    const outcomes = await Promise.allSettled([0, 1, 2, 3, 4, 5].map((number) => store.write(work(number))));
    expect(outcomes.map((outcome) => (outcome.status === "rejected" ? String(outcome.reason) : "done"))).toEqual([
      "Error: no 0",
      expect.stringContaining("UNIQUE"),
      "done",
      "Error: no 3",
      expect.stringContaining("UNIQUE"),
      "done",
    ]);
    expect(await names(store)).toEqual(["n2", "n5"]);
  });

  it("are each done once, and in their order, though another one fails", async () => {
    const store = await open();
    const seen: string[][] = [];
    const outcomes = await Promise.allSettled(
      ["a", "b", "fails", "c"].map((name) =>
        store.write(async (tx) => {
          await put(tx, name);
          if (name === "fails") throw new Error("no");
          return (await tx.selectFrom("accounts").select("name").orderBy("name").execute()).map((row) => row.name);
        }),
      ),
    );
    for (const outcome of outcomes) if (outcome.status === "fulfilled") seen.push(outcome.value);
    expect(seen).toEqual([["a"], ["a", "b"], ["a", "b", "c"]]);
    expect(await names(store)).toEqual(["a", "b", "c"]);
  });

  it("keep the log short, though each meets a read under way", async () => {
    const file = newFile();
    const store = await open(file);
    const megabyte = Buffer.alloc(1_000_000);
    for (let count = 0; count < 100; count += 1) {
      await store.write(async (tx) => {
        await names(store);
        const value = megabyte.fill(count);
        await tx
          .insertInto("settings")
          .values({ name: "dev_key", value })
          .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
          .execute();
      });
    }
    expect(statSync(`${file}-wal`).size).toBeLessThan(50 * megabyte.length);
  });

  it("run one after the other, and see what those before them wrote", async () => {
    const store = await open();
    const seen = await Promise.all(
      [0, 1, 2].map((number) =>
        store.write(async (tx) => {
          await put(tx, `n${number}`);
          return (await tx.selectFrom("accounts").select("name").execute()).length;
        }),
      ),
    );
    expect(seen).toEqual([1, 2, 3]);
  });

  it("are more than one commit holds, and all done", async () => {
    const store = await open();
    const counted = countCommits(store);
    await Promise.all(Array.from({ length: 600 }, (_, number) => store.write((tx) => put(tx, `n${number}`))));
    expect(await names(store)).toHaveLength(600);
    expect(counted.commits).toBe(3);
  });
});

describe("a write", () => {
  it("is not seen by readers before it is committed", async () => {
    const store = await open();
    const inside = await store.write(async (tx) => {
      await put(tx, "a");
      return names(store);
    });
    expect([inside, await names(store)]).toEqual([[], ["a"]]);
  });

  it("inside a write is refused; after it, it is not", async () => {
    const store = await open();
    let later: Promise<void> | undefined;
    await expect(store.write(() => store.write(async () => {}))).rejects.toThrow("A write inside a write");
    await store.write(async (tx) => {
      await put(tx, "a");
      later = new Promise((resolve) => setImmediate(resolve))
        .then(() => store.write((other) => put(other, "b")))
        .then(() => {});
    });
    await later;
    expect(await names(store)).toEqual(["a", "b"]);
  });

  it("that waits for a timer is refused and undone; its neighbours are not", async () => {
    const store = await open();
    const slow = store.write(async (tx) => {
      await put(tx, "slow");
      // Not before a turn of the event loop: a timer that is over already when the loop comes to it held nobody up.
      await new Promise((resolve) => setImmediate(() => setTimeout(resolve, 5)));
    });
    const neighbours = ["a", "b"].map((name) => store.write((tx) => put(tx, name)));
    await expect(slow).rejects.toThrow("must not wait for anything but its queries");
    await Promise.all(neighbours);
    expect(await names(store)).toEqual(["a", "b"]);
  });

  it("that is patient shares the commit of the next one, or makes one by itself in the end", async () => {
    const store = await open();
    const counted = countCommits(store);
    const patient = store.write((tx) => put(tx, "a"), { patient: true });
    await store.write((tx) => put(tx, "b"));
    expect(counted.commits).toBe(1);
    await patient;
    await store.write((tx) => put(tx, "c"), { patient: true });
    expect(counted.commits).toBe(2);
    expect(await names(store)).toEqual(["a", "b", "c"]);
  });

  it("that is patient is done before the store closes", async () => {
    const file = newFile();
    const store = await openStore(file);
    const written = store.write((tx) => put(tx, "a"), { patient: true });
    await store.close();
    await written;
    expect(await names(await open(file))).toEqual(["a"]);
  });

  it("is done before the store closes", async () => {
    const file = newFile();
    const store = await openStore(file);
    const written = store.write((tx) => put(tx, "a"));
    await store.close();
    await written;
    expect(await names(await open(file))).toEqual(["a"]);
  });

  it("fails as busy when another process does not end, and the next goes on", async () => {
    const file = newFile();
    const store = await open(file);
    const other = new SqliteDatabase(file);
    other.exec("begin immediate");
    await expect(store.write((tx) => put(tx, "a"))).rejects.toThrow("locked");
    other.exec("rollback");
    other.close();
    await store.write((tx) => put(tx, "b"));
    expect(await names(store)).toEqual(["b"]);
  });
});

describe("a read", () => {
  it("sees one moment in a turn of the event loop, and what its own process committed since", async () => {
    const file = newFile();
    const [store, other] = [await open(file), await open(file)];
    await names(store);
    await other.write((tx) => put(tx, "theirs"));
    expect(await names(store)).toEqual(["theirs"]);
    const turn = new SqliteDatabase(file);
    onTestFinished(() => void turn.close());
    expect(await names(store)).toEqual(["theirs"]);
    turn.exec("update accounts set name = 'renamed'");
    expect(await names(store)).toEqual(["theirs"]);
    // Asking for changes shows them.
    store.foreignVersion();
    expect(await names(store)).toEqual(["renamed"]);
    turn.exec("update accounts set name = 'again'");
    await new Promise((nextTurn) => setImmediate(nextTurn));
    expect(await names(store)).toEqual(["again"]);
    await store.write((tx) => put(tx, "ours"));
    expect(await names(store)).toEqual(["again", "ours"]);
  });
});

describe("foreignVersion", () => {
  it("changes by what others write, and by nothing else", async () => {
    const file = newFile();
    const [store, other] = [await open(file), await open(file)];
    const before = store.foreignVersion();
    await store.write((tx) => put(tx, "own"));
    await names(store);
    expect(store.foreignVersion()).toBe(before);
    await other.write((tx) => put(tx, "foreign"));
    const after = store.foreignVersion();
    expect(after).not.toBe(before);
    expect(store.foreignVersion()).toBe(after);
    expect(await names(store)).toEqual(["foreign", "own"]);
  });
});

describe("opening", () => {
  it("refuses a database of a newer version, and leaves it as it is", async () => {
    const file = newFile();
    await (await openStore(file)).close();
    const newer = new SqliteDatabase(file);
    newer.exec("insert into kysely_migration values ('9999-later', '2100-01-01T00:00:00.000Z')");
    const versionOf = () => newer.prepare("select group_concat(name) from kysely_migration").pluck().get();
    const before = versionOf();
    await expect(openStore(file)).rejects.toThrow(
      "The database was written by a newer version of whatsflow. Start that version, or use another data folder.",
    );
    expect(versionOf()).toBe(before);
    newer.close();
  });

  it("refuses a file that is no database", async () => {
    const file = newFile();
    writeFileSync(file, "not a database".repeat(1_000));
    await expect(openStore(file)).rejects.toThrow("file is not a database");
  });
});
