import type { Post } from "./attempt.js";
import type { AttemptResult } from "./delivery-log.js";

/**
 * Finds out whether a receiver verifies signatures: after an event that it took comes a copy which nobody but this server can have
 * made, and yet not with these signatures.
 */

/** The same request with another body, under the signatures of the first. */
export function tamper(post: Post): Post {
  const event: { data: object } = JSON.parse(Buffer.from(post.body).toString("utf8"));
  const data = { ...event.data, message: "This copy was changed after it was signed. Refuse it." };
  return { ...post, body: Buffer.from(JSON.stringify({ ...event, data })) };
}

/** An answer to such a copy: a success only where it refused. */
export function judgeRefusal(result: AttemptResult): AttemptResult {
  const { outcome, responseStatus: status } = result;
  if (outcome === "interrupted") return result;
  if (status !== null && status >= 400 && status < 500) return { ...result, outcome: "succeeded", error: null };
  const answer = status === null ? result.error : `answered ${status}`;
  return {
    ...result,
    outcome: "failed",
    error: `${answer} to a wrongly signed copy; a receiver that verifies answers 4xx`,
  };
}
