import { invalid } from "./errors.js";

/** How a list is asked for; `page` and `cursor` exclude each other. */
export interface ListRequest {
  page?: number | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** A place in a list: the sort key of the last row that was shown. */
export type Position = readonly number[];

/** One page of rows, and where the next begins; `total` where the list was read by page. */
export interface ListPage<Row> {
  rows: Row[];
  next: Position | null;
  page?: number;
  total?: number;
}

/** @throws ApiError when page and cursor come together. */
export function checkListRequest({ page, cursor }: ListRequest): void {
  if (page !== undefined && cursor !== undefined)
    throw invalid("cursor", "cannot be combined with page; send one of them");
}

/** Cursors are opaque to callers: base64url of the numbers of a position. */
export const encodeCursor = (position: Position): string => Buffer.from(position.join(".")).toString("base64url");

/**
 * The position behind a cursor, which has `length` numbers.
 *
 * @throws ApiError when it is none of ours.
 */
export function decodeCursor(cursor: string, length: number): Position {
  const numbers = Buffer.from(cursor, "base64url").toString("latin1").split(".").map(Number);
  const ours =
    numbers.length === length &&
    numbers.every((number) => Number.isSafeInteger(number)) &&
    encodeCursor(numbers) === cursor;
  if (!ours) throw invalid("cursor", "is not a cursor; take pagination.next_cursor of the page before");
  return numbers;
}

/** Splits the row that was read beyond the limit off: it says that there is a next page. */
export function toListPage<Row>(rows: Row[], limit: number, positionOf: (row: Row) => Position): ListPage<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? positionOf(last) : null };
}

/** The contract's `pagination`. */
export function toPagination({ next, page, total }: ListPage<unknown>, limit: number) {
  const next_cursor = next && encodeCursor(next);
  if (page === undefined || total === undefined) return { limit, next_cursor };
  return { page, limit, total, pages: Math.ceil(total / limit), next_cursor };
}
