/** One shape for all lists that come in pages, wherever the answer keeps its `pagination`. */
import { type ApiPromise, apiPromise, type WithResponse } from "./api-promise.js";
import { WhatsFlowError } from "./errors.js";

/** Where a page stands. `page`, `total` and `pages` are there when the list was read by page. */
export type PageInfo = {
  limit: number;
  /** For the next page; null on the last one. */
  next_cursor: string | null;
  page?: number;
  total?: number;
  pages?: number;
};

/**
 * One page of a list. Iterating over it yields its items and then those of the following pages, which are read by cursor: what is added
 * to the list meanwhile neither doubles an item nor hides one.
 *
 * @example
 * ```ts
 * const page = await client.messages.list({ limit: 100 });
 * page.items; // this page
 * await page.next(); // the next one, null after the last
 * for await (const message of page) console.log(message.id); // all from here on
 * ```
 */
export type Page<T> = AsyncIterable<T> & {
  items: T[];
  info: PageInfo;
  /** The following page, read by cursor; null on the last one. */
  next(): Promise<Page<T> | null>;
};

/** The promise of a page, which may be iterated without awaiting it first. */
export type PagePromise<T> = ApiPromise<Page<T>> & AsyncIterable<T>;

type Fetched<T> = { items: T[]; info: PageInfo };

/** Reads the first page and lends it the means to read on. `read` gets the cursor, undefined for the first page. */
export function paginate<T>(read: (cursor?: string) => Promise<WithResponse<Fetched<T>>>): PagePromise<T> {
  const load = async (cursor?: string): Promise<WithResponse<Page<T>>> => {
    const { data, ...response } = await read(cursor);
    const { next_cursor } = data.info;
    const page: Page<T> = {
      ...data,
      async next() {
        if (!next_cursor) return null;
        if (next_cursor === cursor) throw new WhatsFlowError("The API answered a cursor that leads to the same page");
        return (await load(next_cursor)).data;
      },
      async *[Symbol.asyncIterator]() {
        for (let each: Page<T> | null = page; each; each = await each.next()) yield* each.items;
      },
    };
    return { data: page, ...response };
  };
  const first = apiPromise(load());
  return Object.assign(first, {
    async *[Symbol.asyncIterator]() {
      yield* await first;
    },
  });
}
