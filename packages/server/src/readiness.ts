import { sql } from "kysely";
import type { Logger } from "pino";
import type { Clock } from "./clock.js";
import { countDevices } from "./devices/device-counts.js";
import { freeBytes } from "./storage/disk.js";
import { missingMigrations } from "./storage/migrate.js";
import type { Store } from "./storage/store.js";
import { databaseFault } from "./storage/usable-database.js";

/** `failing`: requests should go elsewhere, or wait. `warning`: somebody should look, but the server does its work. */
type Check = { status: "ok" } | { status: "warning" | "failing"; message: string };
type Checks = Record<"server" | "deliveries" | "database" | "migrations" | "disk" | "devices", Check>;
export interface ReadinessReport {
  status: "ready" | "not_ready";
  checks: Checks;
}

/** Whether requests should come to this server, for whoever sends them here: a load balancer, a service manager. */
export interface Readiness {
  /** The checks, as old as a second: whoever asks more often costs nothing. */
  report(): Promise<ReadinessReport>;
  /** Everything has begun. */
  begin(): void;
  /** From now on it is not ready. Resolves when whoever has been asking lately has heard of it, or after some seconds. */
  end(): Promise<void>;
}

export interface ReadinessOptions {
  store: Store;
  clock: Clock;
  log: Pick<Logger, "info" | "warn">;
  databaseFile: string;
  isDelivering: () => boolean;
  /** Less free space than this is too little: SQLite's log grows to 32 MB before it is moved into the database. */
  leastFreeBytes?: number;
}

const GOOD_FOR_MS = 1_000;
/** Longer than a commit ever takes on a disk that works. */
const CHECK_TIMEOUT_MS = 3_000;
const LEAST_FREE_BYTES = 64 * 1024 * 1024;
/** Who has asked within this time will probably ask again. */
const WATCHED_FOR_MS = 30_000;
/** Requests and webhooks need what is left of the time that service managers give to a stop. */
const LONGEST_NOTICE_MS = 4_000;
/** Ends of a connection that somebody wished for, or let happen; nothing is to be done about them. */
const WISHED: readonly (string | null)[] = ["logged_out", "pairing_expired", "stopped"];

const OK: Check = { status: "ok" };
const failing = (message: string): Check => ({ status: "failing", message });

export function createReadiness(options: ReadinessOptions): Readiness {
  const { store, clock, log, databaseFile, isDelivering, leastFreeBytes = LEAST_FREE_BYTES } = options;
  let phase: "starting" | "running" | "stopping" = "starting";
  let looking: Promise<Pick<Checks, "database" | "migrations" | "disk" | "devices">> | undefined;
  let lookedAt = 0;
  let writing: Promise<Check> | undefined;
  let lastAskedAt: number | undefined;
  let wasReady = true;
  let heard: (() => void) | undefined;

  /** What SQLite says holds no data of users; any other error could. */
  function reasonOf(error: unknown): string {
    const fault = databaseFault(error);
    if (fault === undefined) log.warn({ err: error }, "a check of the readiness failed");
    return fault ?? "see the log";
  }

  const server = (): Check => {
    if (phase === "starting") return failing("The server is starting");
    return phase === "running" ? OK : failing("The server is stopping");
  };

  /** Changes nothing, and yet has to go to disk. One at a time: what hangs must not pile up. */
  function database(): Promise<Check> {
    writing ??= store
      .write((tx) => sql`pragma user_version = 0`.execute(tx))
      .then(() => OK)
      .catch((error: unknown) => failing(`The database cannot be written: ${reasonOf(error)}`))
      .finally(() => {
        writing = undefined;
      });
    const seconds = CHECK_TIMEOUT_MS / 1_000;
    return withinTime(writing, `The database has not committed a write within ${seconds} seconds`);
  }

  async function migrations(): Promise<Check> {
    const { missing, unknown } = await missingMigrations(store.read);
    if (unknown) return failing("A newer version has changed the database. Restart the server with that version");
    return missing ? failing("The database lacks migrations. Restart the server") : OK;
  }

  async function disk(): Promise<Check> {
    if ((await freeBytes(databaseFile)) >= leastFreeBytes) return OK;
    return failing(`Less than ${Math.ceil(leastFreeBytes / 1024 / 1024)} MB are free on the disk of the database`);
  }

  /** Never failing: the API is what such a device is mended with, and the others work. */
  async function devices(): Promise<Check> {
    const lost = (await countDevices(store.read)).some(
      ({ mode, status, reason, count }) =>
        mode === "live" && status === "disconnected" && count > 0 && !WISHED.includes(reason),
    );
    return lost ? { status: "warning", message: "A live device has lost its connection. GET /devices says which" } : OK;
  }

  function withinTime(check: Promise<Check>, otherwise: string): Promise<Check> {
    return new Promise((resolve) => {
      const cancel = clock.after(CHECK_TIMEOUT_MS, () => resolve(failing(otherwise)));
      void check.then(resolve).finally(cancel);
    });
  }

  async function look() {
    const unreadable = (error: unknown) => failing(`It could not be looked at: ${reasonOf(error)}`);
    const [inOrder, migrated, free, connected] = await Promise.all([
      database(),
      migrations().catch(unreadable),
      withinTime(disk().catch(unreadable), "The disk of the database does not answer"),
      devices().catch(unreadable),
    ]);
    return { database: inOrder, migrations: migrated, disk: free, devices: connected };
  }

  return {
    async report() {
      const now = clock.now();
      lastAskedAt = now;
      if (!looking || now - lookedAt >= GOOD_FOR_MS || now < lookedAt) {
        lookedAt = now;
        looking = look();
      }
      const looked = await looking;
      const deliveries = isDelivering() ? OK : failing("Webhooks are not being delivered. The log says why");
      const checks: Checks = { server: server(), deliveries, ...looked };
      const isReady = Object.values(checks).every(({ status }) => status !== "failing");
      if (phase === "running" && isReady !== wasReady) {
        if (isReady) log.info("ready again");
        else log.warn({ checks }, "not ready");
        wasReady = isReady;
      }
      if (phase === "stopping") heard?.();
      return { status: isReady ? "ready" : "not_ready", checks };
    },
    begin() {
      phase = "running";
    },
    end() {
      phase = "stopping";
      if (lastAskedAt === undefined || clock.now() - lastAskedAt > WATCHED_FOR_MS) return Promise.resolve();
      return new Promise((resolve) => {
        const cancel = clock.after(LONGEST_NOTICE_MS, resolve);
        heard = () => {
          cancel();
          resolve();
        };
      });
    },
  };
}
