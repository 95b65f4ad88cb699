import { type Actor, appendAudit } from "../audit/audit-log.js";
import { findSubject, isAudited, summarise } from "../audit/summaries.js";
import { type OperationId, operations } from "../generated/operations.js";
import type { Mode } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import type { AnyAnswer } from "./contract.js";

/** Who does something in which account. */
export interface Doer {
  actor: Actor;
  accountId: string;
  mode: Mode | null;
  /** Who made the link that let the actor in. */
  inviter?: string | undefined;
}

/**
 * Does the work of a request. Where the contract has `x-audit`, whoever asked, it is written to the audit log in the same transaction.
 *
 * @param who asked after the work: by signing in one becomes somebody
 */
export async function audited(
  tx: Tx,
  id: OperationId,
  { params, who, now }: { params: unknown; who: () => Doer | undefined; now: number },
  work: (tx: Tx) => Promise<AnyAnswer>,
): Promise<AnyAnswer> {
  if (!isAudited(id)) return work(tx);
  const named = textAt(params, "id");
  // What is deleted has a name now alone.
  const before = named === undefined ? undefined : await findSubject(tx, named);
  const answer = await work(tx);
  const doer = who();
  if (!doer) throw new Error(`Nobody is known to have done ${id}`);
  const subjectId = named ?? textAt(dataOf(answer), "id") ?? doer.actor.id;
  const subject = before ?? (subjectId === null ? undefined : await findSubject(tx, subjectId));
  const mode = operations[id].audience === "operator" ? null : doer.mode;
  await appendAudit(tx, { ...doer, mode, action: id, subjectId, summary: summarise(id, subject, doer.inviter) }, now);
  return answer;
}

const dataOf = ({ body }: AnyAnswer): unknown =>
  typeof body === "object" && body !== null && "data" in body ? body.data : undefined;

function textAt(value: unknown, name: string): string | undefined {
  const text: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  return typeof text === "string" ? text : undefined;
}
