import { stat } from "node:fs/promises";
import type { Clock } from "../clock.js";
import { countDevices } from "../devices/device-counts.js";
import { freeBytes } from "../storage/disk.js";
import type { Store } from "../storage/store.js";
import { countWaiting, countWebhooks, findOldestDue, findOldestPending, MOST_COUNTED } from "../webhooks/backlog.js";
import type { Metrics } from "./metrics.js";

/** Adds what is read where it is true, at each scrape: it must be right after a restart, too. */
export function addMeasured(
  metrics: Metrics,
  { store, clock, databaseFile }: { store: Store; clock: Clock; databaseFile: string },
): void {
  metrics.addGauge({
    name: "whatsflow_webhook_deliveries_waiting",
    help: `Deliveries that are not finished: they wait for an attempt, or for its end. Counted up to ${MOST_COUNTED}: at this value there may be more.`,
    read: () => countWaiting(store.read),
  });
  metrics.addGauge({
    name: "whatsflow_webhook_oldest_due_seconds",
    help: "For how long the delivery that waits longest could have been tried; 0 when none is due.",
    async read() {
      const now = clock.now();
      const dueAt = await findOldestDue(store.read);
      return Math.max(0, now - (dueAt ?? now)) / 1_000;
    },
  });
  metrics.addGauge({
    name: "whatsflow_webhook_oldest_pending_seconds",
    help: "The age of the oldest event that is still to be delivered, also while it waits for a retry or for its turn; 0 when there is none.",
    async read() {
      const now = clock.now();
      return Math.max(0, now - ((await findOldestPending(store.read)) ?? now)) / 1_000;
    },
  });
  metrics.addGauge({
    name: "whatsflow_webhooks",
    help: "Webhooks by their state: active, failing (the last attempt failed), disabled (by the server), paused (by their owner).",
    labelNames: ["state"],
    read: async () =>
      (await countWebhooks(store.read)).map(({ state, count }) => ({ labels: { state }, value: count })),
  });
  metrics.addGauge({
    name: "whatsflow_devices",
    help: "Devices by their status. The reason says why a device is disconnected, or that WhatsApp restricts it.",
    labelNames: ["mode", "status", "reason"],
    read: async () =>
      (await countDevices(store.read)).map(({ mode, status, reason, count }) => ({
        labels: { mode, status, ...(reason !== null && { reason }) },
        value: count,
      })),
  });
  metrics.addGauge({
    name: "whatsflow_database_writes_waiting",
    help: "Writes that wait for a commit.",
    read: () => store.waitingWrites(),
  });
  metrics.addGauge({
    name: "whatsflow_database_file_bytes",
    help: "Size of the database's files: the database itself, and the log that is moved into it (wal).",
    labelNames: ["file"],
    read: async () => [
      { labels: { file: "database" }, value: await sizeOf(databaseFile) },
      { labels: { file: "wal" }, value: await sizeOf(`${databaseFile}-wal`) },
    ],
  });
  metrics.addGauge({
    name: "whatsflow_disk_free_bytes",
    help: "What the server may still write on the disk of the database.",
    read: () => freeBytes(databaseFile),
  });
}

/** A log that is not there yet, or no more, is an empty one. */
async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
    throw error;
  }
}
