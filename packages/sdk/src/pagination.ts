/** One shape for all lists that come in pages, wherever the answer keeps its `pagination`. */
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
 * One page of a list. Iterating over it yields its items and then those of the following pages.
 *
 * @example
 * ```ts
 * const page = await client.messages.list({ limit: 100 });
 * page.data; // this page
 * await page.nextPage(); // the next one, null after the last
 * for await (const message of page) console.log(message.id); // all from here on
 * ```
 */
export type Page<T> = AsyncIterable<T> & {
  data: T[];
  pagination: PageInfo;
  /** The following page, read by cursor; null on the last one. */
  nextPage(): Promise<Page<T> | null>;
};

/** The promise of a page, which may be iterated without awaiting it first. */
export type PagePromise<T> = Promise<Page<T>> & AsyncIterable<T>;

type Fetched<T> = { data: T[]; pagination: PageInfo };

/** Reads the first page and lends it the means to read on. `read` gets the cursor, undefined for the first page. */
export function paginate<T>(read: (cursor: string | undefined) => Promise<Fetched<T>>): PagePromise<T> {
  const load = async (cursor: string | undefined): Promise<Page<T>> => {
    const { data, pagination } = await read(cursor);
    const { next_cursor } = pagination;
    const page: Page<T> = {
      data,
      pagination,
      nextPage: async () => {
        if (next_cursor === null || next_cursor === undefined) return null;
        if (next_cursor === cursor) throw new WhatsFlowError("The API answered a cursor that leads to the same page");
        return load(next_cursor);
      },
      [Symbol.asyncIterator]: () => items(page),
    };
    return page;
  };
  const first = load(undefined);
  return Object.assign(first, {
    [Symbol.asyncIterator]: async function* () {
      yield* await first;
    },
  });
}

async function* items<T>(first: Page<T>): AsyncGenerator<T, void, undefined> {
  for (let page: Page<T> | null = first; page; page = await page.nextPage()) yield* page.data;
}
