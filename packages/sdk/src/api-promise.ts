/** What every method of a resource returns. */
import { WhatsFlowError } from "./errors.js";

/** What is left of the rate limit that this request counted against. */
export type RateLimit = {
  /** Requests in one window. */
  limit: number;
  remaining: number;
  /** When the window ends. */
  resetAt: Date;
};

/** The data, and what the answer said besides. */
export type WithResponse<T> = {
  data: T;
  /** The HTTP status. */
  status: number;
  headers: Headers;
  /** Quote it when you ask for help; it stands in the server's log. */
  requestId: string | undefined;
  /** Undefined where the answer tells none. */
  rateLimit: RateLimit | undefined;
  /** What the API has to say about the data, such as that a secret is not shown again. */
  notice: string | undefined;
};

/** How a request ended, for those who do not throw. `ok` tells the two apart. */
export type Result<T> = { ok: true; data: T } | { ok: false; error: WhatsFlowError };

/**
 * The promise of the data itself, which can tell more when it is asked.
 *
 * @example
 * ```ts
 * const message = await client.messages.get("msg_0mh9x0f2k3v8q1w7z5c4b6n");
 * const { data, requestId, rateLimit } = await client.messages.get("msg_0mh9x0f2k3v8q1w7z5c4b6n").withResponse();
 * const result = await client.messages.get("msg_0mh9x0f2k3v8q1w7z5c4b6n").result();
 * if (result.ok) console.log(result.data.status);
 * else console.error(result.error.message);
 * ```
 */
export type ApiPromise<T> = Promise<T> & {
  /** The data with the answer's status, headers, request id and rate limit. It rejects as the promise itself does. */
  withResponse(): Promise<WithResponse<T>>;
  /**
   * The data or the error. It rejects only with what is no `WhatsFlowError`: the reason of an aborted signal, and wrong use.
   */
  result(): Promise<Result<T>>;
};

/** One request, whichever of its three forms is asked for. */
export function apiPromise<T>(answer: Promise<WithResponse<T>>): ApiPromise<T> {
  const promise = answer.then(({ data }) => data);
  return Object.assign(promise, {
    withResponse() {
      // Whoever asks for more gets the rejection there, and only there.
      promise.catch(() => {});
      return answer.then((whole) => whole);
    },
    result: () =>
      promise.then(
        (data): Result<T> => ({ ok: true, data }),
        (error: unknown): Result<T> => {
          if (error instanceof WhatsFlowError) return { ok: false, error };
          throw error;
        },
      ),
  });
}
