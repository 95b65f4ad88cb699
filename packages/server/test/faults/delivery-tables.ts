/** What the server's database says of deliveries, read beside the running server by a connection of its own that cannot write. */
import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";

export interface DeliveryRow {
  seq: number;
  id: string;
  webhookId: string;
  eventSeq: number;
  /** Of the event; what is sent. */
  body: string;
  status: "pending" | "succeeded" | "failed" | "skipped";
  lease: string | null;
  dueAt: number | null;
  attemptNumber: number;
  failureCount: number;
  lostCount: number;
}
export interface AttemptRow {
  deliverySeq: number;
  number: number;
  responseStatus: number | null;
  error: string | null;
  attemptedAt: number;
}
export interface WebhookRow {
  id: string;
  successes: number;
  failures: number;
}

export interface DeliveryTables {
  deliveries(): DeliveryRow[];
  attempts(): AttemptRow[];
  webhooks(): WebhookRow[];
  /** Looks again and again until a delivery is as asked for; gives it. */
  until(condition: (row: DeliveryRow) => boolean, what: string): Promise<DeliveryRow>;
  /** Reads what belongs together. */
  atOnce<T>(read: () => T): T;
  close(): void;
}

export const INTERRUPTED = "interrupted by a restart";
/** Far longer than anything takes, on whatever machine. */
const PATIENCE_MS = 60_000;

export function openTables(dataDir: string): DeliveryTables {
  const db = new SqliteDatabase(join(dataDir, "whatsflow.db"), { readonly: true });
  const deliveries = db.prepare<[], DeliveryRow & { body: Buffer }>(`
    select d.seq, d.id, d.webhook_id as webhookId, d.event_seq as eventSeq, e.body, d.status, d.lease, d.due_at as dueAt,
      d.attempt_number as attemptNumber, d.failure_count as failureCount, d.lost_count as lostCount
    from deliveries d join events e on e.seq = d.event_seq order by d.seq`);
  const attempts = db.prepare<[], AttemptRow>(`
    select delivery_seq as deliverySeq, attempt_number as number, response_status as responseStatus, error,
      attempted_at as attemptedAt from delivery_attempts order by delivery_seq, attempt_number`);
  const webhooks = db.prepare<[], WebhookRow>(
    "select id, success_count as successes, failure_count as failures from webhooks",
  );
  const tables: DeliveryTables = {
    deliveries: () => deliveries.all().map((row) => ({ ...row, body: row.body.toString("utf8") })),
    attempts: () => attempts.all(),
    webhooks: () => webhooks.all(),
    async until(condition, what) {
      for (const end = performance.now() + PATIENCE_MS; performance.now() < end; ) {
        const found = tables.deliveries().find(condition);
        if (found) return found;
        await new Promise((again) => setImmediate(again));
      }
      throw new Error(
        `${what} did not happen: ${JSON.stringify(tables.deliveries().map(({ body: _, ...row }) => row))}`,
      );
    },
    atOnce: (read) => db.transaction(read)(),
    close: () => void db.close(),
  };
  return tables;
}

/** What the log contradicts itself in. */
export const contradictions = (tables: DeliveryTables): string[] => tables.atOnce(() => contradictionsIn(tables));

function contradictionsIn(tables: DeliveryTables): string[] {
  const rows = tables.deliveries();
  const attempts = groupBy(tables.attempts(), ({ deliverySeq }) => deliverySeq);
  const of = ({ seq }: DeliveryRow) => attempts.get(seq) ?? [];
  const wrong: string[] = [];
  for (const row of rows) {
    const own = of(row);
    const numbers = own.map(({ number }) => number).join();
    if (numbers !== own.map((_, index) => index + 1).join() || own.length !== row.attemptNumber) {
      wrong.push(`${row.id} has the attempts ${numbers}, and says ${row.attemptNumber}`);
    }
    const last = own.at(-1);
    if (row.status === "succeeded" && last?.error !== null)
      wrong.push(`${row.id} succeeded, and its last attempt did not`);
    if (row.status === "failed" && (last?.error ?? null) === null)
      wrong.push(`${row.id} failed without a failed attempt`);
    if (row.lease !== null && row.status !== "pending") wrong.push(`${row.id} is ${row.status}, and leased`);
  }
  const byWebhook = groupBy(rows, ({ webhookId }) => webhookId);
  for (const { id, successes, failures } of tables.webhooks()) {
    const all = (byWebhook.get(id) ?? []).flatMap(of);
    const succeeded = all.filter(({ error }) => error === null).length;
    const failed = all.filter(({ error }) => error !== null && error !== INTERRUPTED).length;
    if (succeeded !== successes) wrong.push(`${id} counts ${successes} successes of ${succeeded}`);
    if (failed !== failures) wrong.push(`${id} counts ${failures} failures of ${failed}`);
  }
  return wrong;
}

export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
