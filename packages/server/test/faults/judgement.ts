/** What has to hold when a round is over, by what the clients, the receiver and the delivery log say. */
import { type AttemptRow, contradictions, type DeliveryRow, type DeliveryTables, groupBy } from "./delivery-tables.js";
import type { Arrival, FickleReceiver } from "./fickle-receiver.js";

export interface Acknowledged {
  messageId: string;
}
export interface Hook {
  id: string;
  name: string;
  ordered: boolean;
}
/** What a round leaves behind. */
export interface Evidence {
  hooks: readonly Hook[];
  acknowledged: readonly Acknowledged[];
  receiver: Pick<FickleReceiver, "arrivals" | "forged">;
  givenUp: ReadonlySet<string>;
  /** What was found on the way. */
  violations: readonly string[];
}
export interface Judgement {
  received: number;
  lost: number;
  doubled: number;
  violations: string[];
}

export function judge(evidence: Evidence, tables: DeliveryTables): Judgement {
  const { hooks, receiver } = evidence;
  const violations = [
    ...evidence.violations,
    ...contradictions(tables),
    ...receiver.forged.map((id) => `forged: ${id}`),
  ];
  const deliveries = new Map(tables.deliveries().map((row) => [row.id, row]));
  const attempts = groupBy(tables.attempts(), ({ deliverySeq }) => deliverySeq);
  const arrivals = groupBy(receiver.arrivals, ({ deliveryId }) => deliveryId);
  let doubled = 0;
  for (const row of deliveries.values()) {
    const own = arrivals.get(row.id) ?? [];
    doubled += Math.max(0, own.filter(({ taken }) => taken).length - 1);
    violations.push(...judgeDelivery(row, own, attempts.get(row.seq) ?? []));
  }
  for (const id of arrivals.keys()) if (!deliveries.has(id)) violations.push(`${id} arrived, and is not in the log`);
  for (const hook of hooks) if (hook.ordered) violations.push(...judgeOrder(hook, evidence, deliveries));
  const missing = findLost(evidence);
  violations.push(...missing);
  const received = new Set(receiver.arrivals.filter(({ taken }) => taken).map(({ deliveryId }) => deliveryId)).size;
  return { received, lost: missing.length, doubled, violations };
}

const messageIdOf = (body: string): string => JSON.parse(body).data.message_id;

/** By what the clients were told and the receiver took, whatever the database says. */
function findLost({ hooks, acknowledged, receiver }: Evidence): string[] {
  const taken = new Set(
    receiver.arrivals.filter((arrival) => arrival.taken).map(({ hook, body }) => `${hook} ${messageIdOf(body)}`),
  );
  return hooks.flatMap(({ name }) =>
    acknowledged
      .filter(({ messageId }) => !taken.has(`${name} ${messageId}`))
      .map(({ messageId }) => `lost: ${messageId} was acknowledged, and never reached ${name}`),
  );
}

/** The log knows of every request, and tells nothing that did not happen. */
function judgeDelivery(row: DeliveryRow, arrivals: readonly Arrival[], attempts: readonly AttemptRow[]): string[] {
  const wrong: string[] = [];
  const taken = arrivals.filter((arrival) => arrival.taken).length;
  const succeeded = attempts.filter(({ error }) => error === null).length;
  const failed = attempts.length - succeeded;
  const told = `${row.id}: ${arrivals.map(({ mood }) => mood)} against ${attempts.map(({ error }) => error ?? "succeeded")}`;
  if (row.status !== "succeeded") wrong.push(`${told}, and it is ${row.status}`);
  if (arrivals.some(({ body }) => body !== row.body)) wrong.push(`${told}, with other bytes than are stored`);
  if (arrivals.length > attempts.length) wrong.push(`${told}: a request that is not in the log`);
  if (succeeded > taken) wrong.push(`${told}: a success that the receiver knows nothing of`);
  if (taken > succeeded + failed) wrong.push(`${told}: taken twice for no reason`);
  for (const [status, mood] of [
    [500, "refuses"],
    [429, "busy"],
    [410, "gone"],
  ] as const) {
    const answered = arrivals.filter((arrival) => arrival.mood === mood).length;
    const logged = attempts.filter(({ responseStatus }) => responseStatus === status).length;
    if (logged > answered) wrong.push(`${told}: ${logged} times ${status}, which was answered ${answered} times`);
  }
  return wrong;
}

/** Nothing comes to an ordered webhook before what is earlier was taken, unless that was given up meanwhile. */
function judgeOrder(hook: Hook, { receiver, givenUp }: Evidence, deliveries: Map<string, DeliveryRow>): string[] {
  const inOrder = [...deliveries.values()]
    .filter(({ id, webhookId }) => webhookId === hook.id && !givenUp.has(id))
    .sort((one, other) => one.eventSeq - other.eventSeq);
  const places = new Map(inOrder.map(({ id }, index) => [id, index]));
  const taken = new Set<number>();
  /** All before it were taken. */
  let frontier = 0;
  const wrong: string[] = [];
  for (const arrival of receiver.arrivals) {
    const place = places.get(arrival.deliveryId);
    if (place === undefined) continue;
    if (place > frontier)
      wrong.push(`${hook.name}: ${arrival.deliveryId} came before ${inOrder[frontier]?.id} was taken`);
    if (arrival.taken) taken.add(place);
    while (taken.has(frontier)) frontier += 1;
  }
  return wrong;
}
