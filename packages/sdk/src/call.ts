/** How a resource's method becomes a request, and its answer what the method resolves to. */
import { type ApiPromise, apiPromise, type RateLimit, type WithResponse } from "./api-promise.js";
import { parseJson } from "./attempt.js";
import { toApiError } from "./errors.js";
import type { OpenStream, StreamedEvent, StreamOptions } from "./event-stream.js";
import { type PageInfo, type PagePromise, paginate } from "./pagination.js";
import type { Send } from "./retry.js";

export type { ApiPromise } from "./api-promise.js";
export type { PagePromise } from "./pagination.js";

/** What every method takes as its last argument. */
export type RequestOptions = {
  /** Of a POST: your own key, 1 to 255 visible ASCII characters, so that a repeat after a crash does nothing twice. Drawn where absent. */
  idempotencyKey?: string | undefined;
  /** Aborts the request, also while it waits for a retry. */
  signal?: AbortSignal | undefined;
  /** How long one attempt may take, the answer's body included. */
  timeoutMs?: number | undefined;
  /** How often a failed attempt is repeated; 0 for never. */
  maxRetries?: number | undefined;
};

type Parts = { params?: Record<string, string>; query?: object | undefined; body?: unknown };

/** What the generated methods are made of: requests to the API at `baseUrl`. */
export class Call {
  constructor(
    private readonly baseUrl: string,
    private readonly send: Send,
  ) {}

  /** Resolves to what stands in the answer at `place`: its `data`, or its `message` where there is nothing to return. */
  one<T>(method: string, path: string, place: string, parts: Parts, options?: RequestOptions): ApiPromise<T> {
    return apiPromise(this.answer(method, path, [place], parts, options, ([data]) => typed<T>(data)));
  }

  /** Resolves to a page, whose items and pagination stand in the answer at the given places. */
  page<T>(path: string, items: string, pagination: string, parts: Parts, options?: RequestOptions): PagePromise<T> {
    return paginate((cursor) => {
      const query = cursor === undefined ? parts.query : { ...parts.query, page: undefined, cursor };
      return this.answer("GET", path, [items, pagination], { ...parts, query }, options, ([items, info]) => ({
        items: typed<T[]>(items),
        info: typed<PageInfo>(info),
      }));
    });
  }

  /** Yields events as they happen, across lost connections. */
  async *stream(
    path: string,
    parts: Parts,
    options: StreamOptions = {},
  ): AsyncGenerator<StreamedEvent, void, undefined> {
    // Loaded where it is needed: whoever sends messages does without.
    const { streamEvents } = await import("./event-stream.js");
    const open: OpenStream = (init, sendOptions) => this.send(this.request("GET", path, parts, init), sendOptions);
    yield* streamEvents(open, options);
  }

  /** @throws ApiError also for a success that lacks what should stand at `places`, as of another server. */
  private async answer<T>(
    method: string,
    path: string,
    places: string[],
    parts: Parts,
    options: RequestOptions = {},
    pick: (values: unknown[]) => T,
  ): Promise<WithResponse<T>> {
    const { signal = null } = options;
    const headers = {
      Accept: "application/json",
      ...(parts.body !== undefined && { "Content-Type": "application/json" }),
    };
    const response = await this.send(this.request(method, path, parts, { headers, signal }), options);
    const { ok, status, headers: answered } = response;
    const body = parseJson(await response.text());
    const values = places.map((place) => valueAt(body, place));
    if (!ok || values.includes(undefined)) throw toApiError({ status, headers: answered, body });
    const notice = valueAt(body, "message");
    return {
      data: pick(values),
      status,
      headers: answered,
      requestId: answered.get("X-Request-Id") ?? undefined,
      rateLimit: rateLimitOf(answered),
      notice: typeof notice === "string" ? notice : undefined,
    };
  }

  private request(method: string, path: string, { params = {}, query, body }: Parts, init: RequestInit): Request {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value));
    const url = this.baseUrl + fillIn(path, params) + (search.size ? `?${search}` : "");
    return new Request(url, { ...init, method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  }
}

/** A path with its parameters. @throws TypeError for an id that would make another path of it, such as an empty one. */
export function fillIn(path: string, params: Record<string, unknown>): string {
  return path.replace(/\{(\w+)\}/g, (_, name) => {
    const value = params[name];
    if (typeof value === "string" && !/^\.{0,2}$/.test(value)) return encodeURIComponent(value);
    throw new TypeError(`${name} must be the id of something, not ${JSON.stringify(value)}`);
  });
}

/** The contract's types are not checked at run time: the server's tests hold its answers to them. */
const typed = <T>(value: unknown) => value as T;

/** The value at a path such as `data.contacts`. */
const valueAt = (body: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((node, key) => Object(node)[key], body);

function rateLimitOf(headers: Headers): RateLimit | undefined {
  const [limit, remaining, reset] = ["Limit", "Remaining", "Reset"].map((name) => headers.get(`X-RateLimit-${name}`));
  if (!limit || !remaining || !reset) return undefined;
  return { limit: Number(limit), remaining: Number(remaining), resetAt: new Date(Number(reset) * 1_000) };
}
