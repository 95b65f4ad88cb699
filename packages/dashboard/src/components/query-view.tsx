import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemNotice } from "./notice.js";
import { Skeleton } from "./skeleton.js";

/** What a query holds: a skeleton while it comes, the problem where it does not, else its data. Old data stays while it is read again. */
export function QueryView<T>(props: { query: UseQueryResult<T>; lines?: number; children(data: T): ReactNode }) {
  const { query, lines, children } = props;
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton {...(lines !== undefined && { lines })} />;
}
