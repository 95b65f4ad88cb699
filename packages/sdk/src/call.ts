/** How a resource's method becomes a request, and its answer what the method resolves to. */
import { type StreamedEvent, type StreamOptions, type StreamSettings, streamEvents } from "./event-stream.js";
import { type PageInfo, type PagePromise, paginate } from "./pagination.js";
import { parseJson, type Send, toApiError } from "./retry.js";

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

type Parts = {
  method: "GET" | "PUT" | "POST" | "DELETE" | "PATCH";
  path: string;
  params?: Record<string, string>;
  query?: object | undefined;
  body?: unknown;
};

export type Call = {
  /** Resolves to the answer's `data`. */
  data<T>(parts: Parts, options: RequestOptions | undefined): Promise<T>;
  /** Resolves to the answer's `message`, where there is nothing to return. */
  message(parts: Parts, options: RequestOptions | undefined): Promise<string>;
  /** Resolves to a page, whose items and pagination stand in the answer at the given paths. */
  page<T>(
    parts: Parts,
    where: { items: string; pagination: string },
    options: RequestOptions | undefined,
  ): PagePromise<T>;
  /** Yields events as they happen, across lost connections. */
  stream(parts: Parts, options: StreamOptions | undefined): AsyncIterable<StreamedEvent>;
};

/** The calls of a client at `baseUrl`. */
export function createCall(
  baseUrl: string,
  headers: Record<string, string>,
  send: Send,
  settings: StreamSettings,
): Call {
  function requestOf(parts: Parts, signal: AbortSignal | undefined, further: Record<string, string>): Request {
    const { method, body } = parts;
    return new Request(baseUrl + pathOf(parts) + queryOf(parts), {
      method,
      headers: { ...headers, ...further },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  }

  async function answer(parts: Parts, options: RequestOptions = {}): Promise<unknown> {
    const further: Record<string, string> = parts.body === undefined ? {} : { "Content-Type": "application/json" };
    const response = await send(requestOf(parts, options.signal, further), options);
    const parsed = parseJson(await response.text());
    if (!response.ok || typeof parsed !== "object" || parsed === null) {
      throw toApiError({ status: response.status, headers: response.headers, body: parsed });
    }
    return parsed;
  }

  // The contract's types are not checked at run time: the server's tests hold its answers to them.
  const typed = <T>(value: unknown) => value as T;
  return {
    data: async (parts, options) => typed(at(await answer(parts, options), "data")),
    message: async (parts, options) => typed(at(await answer(parts, options), "message")),
    page: <T>(parts: Parts, where: { items: string; pagination: string }, options: RequestOptions | undefined) =>
      paginate(async (cursor) => {
        const query = cursor === undefined ? parts.query : { ...parts.query, page: undefined, cursor };
        const body = await answer({ ...parts, query }, options);
        return { data: typed<T[]>(at(body, where.items)), pagination: typed<PageInfo>(at(body, where.pagination)) };
      }),
    stream: (parts, options = {}) =>
      streamEvents(
        (lastId, signal, isFirst) => {
          const further = { Accept: "text/event-stream", ...(lastId !== undefined && { "Last-Event-ID": lastId }) };
          return send(requestOf(parts, signal, further), isFirst ? {} : { maxRetries: 0 });
        },
        options,
        settings,
      ),
  };
}

/** The value at a path such as `data.contacts`. */
function at(body: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (node, key) => (typeof node === "object" && node !== null ? Reflect.get(node, key) : undefined),
      body,
    );
}

/** @throws TypeError for an id that would lead to another path, such as an empty one. */
function pathOf({ path, params = {} }: Parts): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => pathSegment(name, params[name]));
}

/** One segment of a path. `""`, `"."` and `".."` would make another path of it, and so address something else. */
export function pathSegment(name: string, value: unknown): string {
  if (typeof value !== "string" || ["", ".", ".."].includes(value)) {
    throw new TypeError(`${name} must be the id of something, not ${JSON.stringify(value)}`);
  }
  return encodeURIComponent(value);
}

function queryOf({ query = {} }: Parts): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return search.size ? `?${search}` : "";
}
