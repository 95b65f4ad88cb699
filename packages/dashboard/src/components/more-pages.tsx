import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Button } from "./button.js";
import styles from "./more-pages.module.css";
import { ProblemNotice } from "./notice.js";

/** The button below a list that is read in pages, and why the next one did not come. */
export function MorePages({ query, label }: { query: UseInfiniteQueryResult<InfiniteData<unknown>>; label: string }) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage } = query;
  if (!hasNextPage) return null;
  return (
    <div className={styles.more}>
      {isFetchNextPageError && <ProblemNotice error={error} />}
      <Button size="s" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {label}
      </Button>
    </div>
  );
}
