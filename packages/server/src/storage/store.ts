import { AsyncLocalStorage } from "node:async_hooks";
import type { Kysely } from "kysely";
import { migrate } from "./migrate.js";
import type { Database } from "./schema.js";
import { kyselyOver, openReader, openWriter, type Snapshot, type SqliteConnection, shareSnapshots } from "./sqlite.js";

declare const insideWrite: unique symbol;
/** The database inside a transaction; only `Store.write` hands it out, so a function that takes a `Tx` is always part of one. */
export type Tx = Kysely<Database> & { readonly [insideWrite]: true };

export interface Store {
  /** What is committed. */
  readonly read: Kysely<Database>;
  /**
   * Runs `work` in a transaction and resolves with its result once it is on disk.
   *
   * The works of concurrent callers share one transaction, one strictly after the other; a work that throws is undone alone. A work
   * may only query, and changes nothing but the database: when another one throws, it runs a second time. It runs while others
   * wait, so one that waits for a timer, a file or the network is refused, and so is a `write` inside a `write`.
   *
   * `patient`: it may wait some milliseconds for a commit that others need.
   */
  write<T>(work: (tx: Tx) => Promise<T>, options?: { patient?: boolean }): Promise<T>;
  /** Calls `listener` after every commit. */
  onCommit(listener: (commit: Commit) => void): void;
  /** How many writes wait for a commit to begin. */
  waitingWrites(): number;
  /** A number that changes when another process (the CLI) has changed the database. */
  foreignVersion(): number;
  close(): Promise<void>;
}

/** `writes` counts those that took part, also such as were undone alone; `durationMs` is from the begin of the transaction to the disk. */
export interface Commit {
  writes: number;
  durationMs: number;
}

interface Job {
  work(tx: Tx): Promise<unknown>;
  resolve(value: never): void;
  reject(error: unknown): void;
}
type Outcome = { job: Job; value?: unknown; error?: unknown; failed: boolean };

/** Enough that fifty concurrent clients share a commit, few enough that nobody waits long for the others. */
const MAX_JOBS_PER_COMMIT = 256;
/** How long a commit may wait for company, in turns of the event loop. */
const MAX_TURNS = 8;
/** How long a patient write waits for another one. */
const PATIENCE_MS = 3;

/** Opens (and makes or migrates) the database in `file`. */
export async function openStore(file: string): Promise<Store> {
  const writer = openWriter(file);
  const db = kyselyOver(writer);
  try {
    await migrate(writer, db);
  } catch (error) {
    writer.close();
    throw error;
  }
  const reader = openReader(file);
  const snapshot = shareSnapshots(reader);
  const read = kyselyOver(reader, snapshot.begin);
  const queue = createWriteQueue(writer, db, snapshot);
  const dataVersion = writer.prepare("pragma data_version").pluck();
  let knownVersion: number | undefined;
  return {
    read,
    write: queue.write,
    onCommit: queue.onCommit,
    waitingWrites: queue.waitingWrites,
    foreignVersion() {
      const version = Number(dataVersion.get());
      // Whoever reads because of it sees what was changed.
      if (version !== knownVersion) snapshot.renew();
      knownVersion = version;
      return version;
    },
    async close() {
      await queue.idle();
      await read.destroy();
      await db.destroy();
    },
  };
}

function createWriteQueue(writer: SqliteConnection, db: Kysely<Database>, snapshot: Snapshot) {
  const tx = db as Tx;
  const begin = writer.prepare("begin immediate");
  const commitAll = writer.prepare("commit");
  const rollback = writer.prepare("rollback");
  const savepoint = writer.prepare("savepoint job");
  const release = writer.prepare("release job");
  const rollbackToSavepoint = writer.prepare("rollback to job");
  const running = new AsyncLocalStorage<{ active: boolean }>();
  const listeners: ((commit: Commit) => void)[] = [];
  let waiting: Job[] = [];
  let draining: Promise<void> | undefined;
  /** Whether what waits is to be committed now. */
  let wanted = false;
  let patience: NodeJS.Timeout | undefined;

  function hurry(): void {
    clearTimeout(patience);
    patience = undefined;
    wanted = true;
    draining ??= drain();
  }

  async function drain(): Promise<void> {
    while (wanted) {
      await company();
      const jobs = waiting.slice(0, MAX_JOBS_PER_COMMIT);
      waiting = waiting.slice(jobs.length);
      wanted = waiting.length > 0;
      await commit(jobs);
    }
    draining = undefined;
  }

  /** Lets jobs that are just arriving join this commit: a turn of the event loop, and further ones while each brings some more. */
  async function company(): Promise<void> {
    let before = 0;
    for (let turn = 0; turn < MAX_TURNS && waiting.length > before; turn += 1) {
      before = waiting.length;
      await new Promise((resume) => setImmediate(resume));
    }
  }

  async function commit(jobs: Job[]): Promise<void> {
    const startedAt = performance.now();
    const turn = watchTurn();
    let outcomes: Outcome[];
    try {
      outcomes = (await runTogether(jobs, turn)) ?? (await runApart(jobs, turn));
      // The next read sees this commit, and none keeps the log from being moved into the database.
      snapshot.renew();
      commitAll.run();
    } catch (error) {
      undo();
      for (const job of jobs) job.reject(error);
      return;
    } finally {
      turn.stop();
    }
    const durationMs = performance.now() - startedAt;
    for (const { job, failed, value, error } of outcomes) {
      if (failed) job.reject(error);
      else job.resolve(value as never);
    }
    for (const listener of listeners) listener({ writes: jobs.length, durationMs });
  }

  /** A disk that fails even this is told by the next `begin`, to all who wait. */
  function undo(): void {
    try {
      if (writer.inTransaction) rollback.run();
    } catch {
      // The connection is still in its transaction.
    }
  }

  /**
   * Without savepoints, which are a seventh of a write's cost. Undefined, and nothing done, when a job throws; one that is alone is
   * not tried here, so that an ordinary refusal does not run twice.
   */
  async function runTogether(jobs: Job[], turn: Turn): Promise<Outcome[] | undefined> {
    if (jobs.length < 2) return undefined;
    begin.run();
    const outcomes: Outcome[] = [];
    try {
      for (const job of jobs) outcomes.push({ job, value: await run(job, turn), failed: false });
      return outcomes;
    } catch {
      undo();
      return undefined;
    }
  }

  /** Each in a savepoint of its own, so that one that throws is undone alone. */
  async function runApart(jobs: Job[], turn: Turn): Promise<Outcome[]> {
    begin.run();
    const outcomes: Outcome[] = [];
    for (const job of jobs) {
      savepoint.run();
      try {
        outcomes.push({ job, value: await run(job, turn), failed: false });
      } catch (error) {
        // SQLite itself ends the transaction on a full disk and the like: then everything in it is lost, not this job alone.
        if (!writer.inTransaction) throw error;
        rollbackToSavepoint.run();
        outcomes.push({ job, error, failed: true });
      }
      release.run();
    }
    return outcomes;
  }

  async function run(job: Job, turn: Turn): Promise<unknown> {
    const scope = { active: true };
    // What a job before this one did is not held against it.
    turn.hasEnded();
    try {
      const value = await running.run(scope, () => job.work(tx));
      if (turn.hasEnded()) throw new Error("A database write must not wait for anything but its queries");
      return value;
    } finally {
      scope.active = false;
    }
  }

  return {
    write<T>(work: (tx: Tx) => Promise<T>, { patient = false } = {}): Promise<T> {
      if (running.getStore()?.active) return Promise.reject(new Error("A write inside a write would wait for itself"));
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve, reject });
        if (!patient) hurry();
        else if (!wanted) patience ??= setTimeout(hurry, PATIENCE_MS);
      });
    },
    onCommit(listener: (commit: Commit) => void) {
      listeners.push(listener);
    },
    waitingWrites: () => waiting.length,
    async idle() {
      while (waiting.length > 0 || draining) {
        if (waiting.length > 0) hurry();
        await draining;
      }
    },
  };
}

interface Turn {
  /** Whether the event loop has turned since the last call: then the work in between waited for more than its queries. */
  hasEnded(): boolean;
  stop(): void;
}

/** SQLite answers at once, so a whole transaction fits into one turn of the event loop. */
function watchTurn(): Turn {
  let ended = false;
  const arm = () =>
    setImmediate(() => {
      ended = true;
    });
  let end = arm();
  return {
    hasEnded() {
      if (!ended) return false;
      ended = false;
      end = arm();
      return true;
    },
    stop: () => clearImmediate(end),
  };
}
