import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemNotice } from "./notice.js";
import { Skeleton } from "./skeleton.js";

/** Of a list that is read in pages, `MorePages` shows why the next one did not come. */
type Query<T> = Pick<UseQueryResult<T>, "data" | "error" | "refetch"> & { isFetchNextPageError?: boolean };

/** What a query holds: a skeleton while it comes, the problem where it does not, else its data. Old data stays while it is read again, below the
 * problem where that fails. */
export function QueryView<T>(props: { query: Query<T>; lines?: number; children(data: T): ReactNode }) {
  const { query, lines, children } = props;
  const error = query.isFetchNextPageError ? null : query.error;
  return (
    <>
      {error && <ProblemNotice error={error} onRetry={() => void query.refetch()} />}
      {query.data !== undefined ? children(query.data) : !error && <Skeleton {...(lines !== undefined && { lines })} />}
    </>
  );
}
