import type { Logger } from "pino";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { components } from "../generated/openapi.js";
import type { ErrorCode, OperationId } from "../generated/operations.js";
import type { Mode } from "../storage/schema.js";

type Schemas = components["schemas"];

export const ATTEMPT_OUTCOMES = ["succeeded", "failed", "interrupted"] as const;
export const INBOUND_KINDS = ["direct", "group", "phone", "history"] as const;
const MODES = ["live", "test"] as const satisfies Mode[];
const FAILURES = ["not_on_whatsapp", "restricted", "rejected", "expired"] as const satisfies Schemas["FailureCode"][];
const DISCONNECT_REASONS = [
  "logged_out",
  "replaced",
  "connection_lost",
  "pairing_expired",
  "restricted",
  "outdated_version",
  "stopped",
] as const satisfies Schemas["DisconnectReason"][];

/** A value that is asked for at a scrape, since it is known elsewhere: in the database, in a file, in a list. */
export interface MeasuredGauge {
  /** By Prometheus' conventions: `whatsflow_`, what it is, the unit (seconds, bytes). */
  name: string;
  help: string;
  labelNames?: readonly string[];
  /** The value, or one for each set of labels. What it throws is logged, and the gauge is left out of this scrape. */
  read(): Measured | Promise<Measured>;
}
type Measured = number | { labels: Record<string, string>; value: number }[];

/**
 * What the server counts of itself. Labels only ever take names of a fixed list: never an id, an address, a path or a number.
 *
 * A call costs half a microsecond at most; prom-client's children, with labels of their own, would save a fifth of it. Counters begin at 0 with each start of the process, as Prometheus expects; what a restart must
 * not forget is a measured gauge.
 */
export interface Metrics {
  httpRequest(request: { operation: OperationId | "unknown"; status: number; durationMs: number }): void;
  /** `waitedMs` is the time since the event, for a first attempt. */
  webhookAttempt(attempt: {
    outcome: (typeof ATTEMPT_OUTCOMES)[number];
    durationMs: number;
    waitedMs: number | undefined;
  }): void;
  /** How a request to send was answered. */
  send(mode: Mode, outcome: "sent" | "pending"): void;
  /** `refused`: nothing was stored. */
  send(mode: Mode, outcome: "failed" | "refused", code: Schemas["FailureCode"] | ErrorCode): void;
  messagesFailed(code: Schemas["FailureCode"], count?: number): void;
  inboundMessage(mode: Mode, kind: (typeof INBOUND_KINDS)[number]): void;
  deviceDisconnected(reason: Schemas["DisconnectReason"]): void;
  commit(commit: { writes: number; durationMs: number }): void;
  addGauge(gauge: MeasuredGauge): void;
  /** Everything, in Prometheus' text format. Who asks at the same time is answered the same. */
  scrape(): Promise<string>;
  readonly contentType: string;
}

export function createMetrics({ log }: { log: Pick<Logger, "error"> }): Metrics {
  const registry = new Registry();
  const registers = [registry];

  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[], labelNames: string[] = []) =>
    new Histogram({ name, help, buckets, labelNames, registers });

  const requests = counter("whatsflow_http_requests_total", "Answered requests of the API.", ["operation", "status"]);
  const requestDurations = histogram(
    "whatsflow_http_request_duration_seconds",
    "From a request to its answer. A send waits for WhatsApp, for at most 15 seconds.",
    [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 20],
    ["operation"],
  );
  const attempts = counter(
    "whatsflow_webhook_attempts_total",
    "Webhook attempts that were recorded. One is interrupted when the server stops before its answer.",
    ["outcome"],
  );
  const attemptDurations = histogram(
    "whatsflow_webhook_attempt_duration_seconds",
    "From the begin of a webhook attempt to the receiver's answer, or until it was given up. Without interrupted ones.",
    [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30],
  );
  const firstAttemptDelays = histogram(
    "whatsflow_webhook_first_attempt_delay_seconds",
    "From an event to the begin of the first attempt to deliver it.",
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 1_800, 7_200],
  );
  const sends = counter(
    "whatsflow_sends_total",
    "Requests to send, by how they were answered. Of a refused one nothing was stored; a pending one goes on.",
    ["mode", "outcome", "code"],
  );
  const failures = counter(
    "whatsflow_messages_failed_total",
    "Messages that failed after they were stored, also those whose request was answered as pending. Test keys' included.",
    ["code"],
  );
  const inbound = counter(
    "whatsflow_inbound_messages_total",
    "Messages that were taken in: direct ones, of groups, sent by the phone itself, or of its history. A repeat counts.",
    ["mode", "kind"],
  );
  const disconnections = counter(
    "whatsflow_device_disconnections_total",
    "Ends of live devices' connections, and connections that could not be made.",
    ["reason"],
  );
  const writes = counter("whatsflow_database_writes_total", "Writes that were committed; many share a commit.");
  const commitDurations = histogram(
    "whatsflow_database_commit_duration_seconds",
    "From the begin of a transaction until it is on disk.",
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
  );
  const unread = counter(
    "whatsflow_scrape_failures_total",
    "Gauges that could not be read at a scrape; the log says why.",
  );

  // What is known beforehand stands at 0 from the first scrape on, so that the first one counts as an increase.
  for (const outcome of ATTEMPT_OUTCOMES) attempts.inc({ outcome }, 0);
  for (const code of FAILURES) failures.inc({ code }, 0);
  for (const reason of DISCONNECT_REASONS) disconnections.inc({ reason }, 0);
  for (const mode of MODES) {
    for (const outcome of ["sent", "pending"]) sends.inc({ mode, outcome }, 0);
    for (const kind of INBOUND_KINDS) inbound.inc({ mode, kind }, 0);
  }
  for (const code of ["device_not_connected", "quota_exceeded"])
    for (const mode of MODES) sends.inc({ mode, outcome: "refused", code }, 0);

  function addGauge({ name, help, labelNames = [], read }: MeasuredGauge): void {
    const gauge = new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        // What is not measured now must not look as if it were.
        gauge.reset();
        if (labelNames.length === 0) gauge.remove();
        try {
          const measured = await read();
          if (typeof measured === "number") gauge.set(measured);
          else for (const { labels, value } of measured) gauge.set(labels, value);
        } catch (error) {
          log.error({ err: error, metric: name }, "a metric could not be read");
          unread.inc();
        }
      },
    });
  }

  let isProcessWatched = false;
  /** Memory, processor time, the event loop's lag. From the first scrape on: looking 100 times a second costs an idle server 1 % of a processor. */
  function watchProcess(): void {
    if (isProcessWatched) return;
    isProcessWatched = true;
    collectDefaultMetrics({ register: registry });
    // It tells how often is looked, and 292 years when two scrapes come close together.
    registry.removeSingleMetric("nodejs_eventloop_lag_min_seconds");
  }

  let scraping: Promise<string> | undefined;

  return {
    httpRequest({ operation, status, durationMs }) {
      requests.inc({ operation, status: String(status) });
      requestDurations.observe({ operation }, durationMs / 1_000);
    },
    webhookAttempt({ outcome, durationMs, waitedMs }) {
      attempts.inc({ outcome });
      if (outcome !== "interrupted") attemptDurations.observe(durationMs / 1_000);
      if (waitedMs !== undefined) firstAttemptDelays.observe(waitedMs / 1_000);
    },
    send: (mode: Mode, outcome: string, code?: string) => sends.inc({ mode, outcome, ...(code && { code }) }),
    messagesFailed: (code, count = 1) => failures.inc({ code }, count),
    inboundMessage: (mode, kind) => inbound.inc({ mode, kind }),
    deviceDisconnected: (reason) => disconnections.inc({ reason }),
    commit(commit) {
      writes.inc(commit.writes);
      commitDurations.observe(commit.durationMs / 1_000);
    },
    addGauge,
    scrape() {
      watchProcess();
      scraping ??= registry.metrics().finally(() => {
        scraping = undefined;
      });
      return scraping;
    },
    contentType: registry.contentType,
  };
}
