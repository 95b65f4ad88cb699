import { type Kysely, sql } from "kysely";
import type { Space } from "../accounts/space.js";
import { type Device, listDevices } from "../devices/devices.js";
import type { components } from "../generated/openapi.js";
import { QUARTER_MS } from "../messages/message-counts.js";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";

export interface Counts {
  inbound: number;
  outbound: number;
  failed: number;
}
export type HourOfMessages = Counts & { startsAt: number };
type AttentionKind = components["schemas"]["AttentionKind"];
/** What somebody should look at. */
export interface Attention {
  kind: AttentionKind;
  subjectId: string | null;
  subject: string;
  reason: string | null;
  since: number | null;
}

const QUARTERS_PER_HOUR = 4;
const HOURS = 24;
/** As far as is counted: the server stands still meanwhile. */
export const MOST_PENDING_COUNTED = 10_000;
/** One failed attempt is nothing yet: the next may reach the receiver. */
const FAILURES_TO_MIND = 2;
const QUOTA_TO_MIND = 0.9;

const NONE: Counts = { inbound: 0, outbound: 0, failed: 0 };
const sum = (some: readonly Counts[]): Counts =>
  some.reduce(
    (all, one) => ({
      inbound: all.inbound + one.inbound,
      outbound: all.outbound + one.outbound,
      failed: all.failed + one.failed,
    }),
    NONE,
  );

const countsOf = prepared<{ spaceId: number; from: number; to: number }, Counts & { quarter: number }>((db, value) =>
  db
    .selectFrom("message_counts")
    .select(["quarter", "inbound", "outbound", "failed"])
    .where("space_id", "=", value.spaceId)
    .where("quarter", ">=", value.from)
    .where("quarter", "<=", value.to),
);

/** The messages since a time, and those of each of the last 24 hours; the hours begin when those of `since` do. */
export async function countMessages(
  db: Kysely<Database>,
  space: Space,
  { since, now }: { since: number; now: number },
): Promise<{ since: number; today: Counts; hours: HourOfMessages[] }> {
  const [first, present] = [Math.floor(since / QUARTER_MS), Math.floor(now / QUARTER_MS)];
  const hourStart = present - ((present - first) % QUARTERS_PER_HOUR);
  const chartStart = hourStart - (HOURS - 1) * QUARTERS_PER_HOUR;
  const rows = await countsOf(db, { spaceId: space.id, from: Math.min(first, chartStart), to: present });
  const between = (from: number, to: number) => sum(rows.filter(({ quarter }) => quarter >= from && quarter < to));
  return {
    since: first * QUARTER_MS,
    today: between(first, present + 1),
    hours: Array.from({ length: HOURS }, (_, hour) => {
      const start = chartStart + hour * QUARTERS_PER_HOUR;
      return { startsAt: start * QUARTER_MS, ...between(start, start + QUARTERS_PER_HOUR) };
    }),
  };
}

const webhooksOf = prepared<{ spaceId: number }, WebhookState>((db, { spaceId }) =>
  db
    .selectFrom("webhooks")
    .select(["id", "url", "is_active", "disabled_reason", "failing_count", "failing_since"])
    .where("space_id", "=", spaceId)
    // In which they were made, too.
    .orderBy("id"),
);
type WebhookState = Pick<Database["webhooks"], "id" | "url" | "is_active" | "disabled_reason" | "failing_since"> & {
  failing_count: number;
};

/** Steps from webhook to webhook, so that a long backlog costs no more than a short one. */
const pendingOf = prepared<{ spaceId: number }, { count: number; oldest: number | null }>((db, { spaceId }) =>
  db.selectNoFrom([
    sql<number>`(select count(*) from (select 1 from webhooks join deliveries on deliveries.webhook_id = webhooks.id
      and deliveries.status = 'pending' where webhooks.space_id = ${spaceId} and webhooks.is_active = 1
      limit ${sql.lit(MOST_PENDING_COUNTED)}))`.as("count"),
    sql<number | null>`(select min(events.created_at) from webhooks join events on events.seq = (select min(event_seq)
      from deliveries where webhook_id = webhooks.id and status = 'pending')
      where webhooks.space_id = ${spaceId} and webhooks.is_active = 1)`.as("oldest"),
  ]),
);

/** How the webhooks of a space are, and what waits for them. */
export async function lookAtWebhooks(db: Kysely<Database>, space: Space) {
  const webhooks = await webhooksOf(db, { spaceId: space.id });
  const [pending] = await pendingOf(db, { spaceId: space.id });
  const active = webhooks.filter(({ is_active }) => is_active === 1);
  return {
    active: active.length,
    failing: active.filter(({ failing_count }) => failing_count > 0).length,
    disabled: webhooks.filter((webhook) => webhook.is_active === 0 && !isPaused(webhook)).length,
    paused: webhooks.filter(isPaused).length,
    pending: pending?.count ?? 0,
    oldestPendingAt: pending?.oldest ?? null,
    attention: webhooks.flatMap(mindWebhook),
  };
}

/** Not active on purpose, which is no alarm. */
const isPaused = ({ is_active, disabled_reason }: Pick<WebhookState, "is_active" | "disabled_reason">): boolean =>
  is_active === 0 && disabled_reason === "requested";

function mindWebhook(webhook: WebhookState): Attention[] {
  const { id, url, is_active, disabled_reason, failing_count, failing_since } = webhook;
  const about = { subjectId: id, subject: url };
  if (isPaused(webhook)) return [];
  if (is_active === 0) return [{ kind: "webhook_disabled", ...about, reason: disabled_reason, since: failing_since }];
  if (failing_count < FAILURES_TO_MIND) return [];
  return [{ kind: "webhook_failing", ...about, reason: null, since: failing_since }];
}

/** How the devices of a space are. */
export async function lookAtDevices(db: Kysely<Database>, space: Space) {
  const devices = await listDevices(db, space, null);
  const count = (status: Device["status"]) => devices.filter((device) => device.status === status).length;
  return {
    connected: count("connected"),
    qr_pending: count("qr_pending"),
    disconnected: count("disconnected"),
    attention: devices.flatMap(mindDevice),
  };
}

function mindDevice({ id, device_name, status, reason, last_connected_at }: Device): Attention[] {
  const kind = kindOf(status, reason);
  return kind ? [{ kind, subjectId: id, subject: device_name, reason, since: last_connected_at }] : [];
}

function kindOf(status: Device["status"], reason: Device["reason"]): AttentionKind | undefined {
  if (reason === "restricted") return "device_restricted";
  if (status === "qr_pending") return "device_not_paired";
  if (status === "connected" || reason === "stopped") return undefined;
  return reason === "connection_lost" ? "device_unstable" : "device_disconnected";
}

/** A quota that will soon be used up; all that is sent then is refused. */
export function mindQuota(
  { id, name }: { id: string; name: string },
  { limit, used }: { limit: number | null; used: number },
): Attention[] {
  if (limit === null || used < limit * QUOTA_TO_MIND) return [];
  return [{ kind: "quota_low", subjectId: null, subject: name || id, reason: null, since: null }];
}

/** The worst first. */
const ORDER: Record<AttentionKind, number> = {
  device_restricted: 0,
  device_disconnected: 1,
  webhook_disabled: 2,
  quota_low: 3,
  webhook_failing: 4,
  device_unstable: 5,
  device_not_paired: 6,
};

export const byUrgency = (a: Attention, b: Attention): number => ORDER[a.kind] - ORDER[b.kind];
