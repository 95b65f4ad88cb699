import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue } from "react";
import { Link } from "wouter";
import { conversationsQuery } from "../../api/queries.js";
import { useClient } from "../../api/use-client.js";
import { Button } from "../../components/button.js";
import { QueryView } from "../../components/query-view.js";
import { useNow } from "../../components/relative-time.js";
import { absoluteTime } from "../../components/times.js";
import type { Conversation } from "../../generated/resources.js";
import { Ticks } from "./message-bubble.js";
import { contactName, previewOf, shortTime } from "./message-words.js";
import styles from "./messages.module.css";

/** Whom there were messages with, the latest first. */
export function ConversationList(props: { search: string; openId: string | undefined; empty: ReactNode }) {
  const { openId, empty } = props;
  const search = useDeferredValue(props.search.trim());
  const query = useInfiniteQuery(conversationsQuery(useClient(), search));
  return (
    <QueryView query={query} lines={6}>
      {({ pages }) => {
        const conversations = pages.flatMap(({ items }) => items);
        return (
          <>
            <p role="status" className="visually-hidden">
              {search !== "" && `${conversations.length}${query.hasNextPage ? " or more" : ""} found`}
            </p>
            {conversations.length === 0 &&
              (search === "" ? empty : <p className={styles.none}>No contact has “{search}” in its name or number.</p>)}
            <ul className={styles.conversations} aria-label="Conversations">
              {conversations.map((each) => (
                <Row key={each.contact.id} conversation={each} isOpen={each.contact.id === openId} />
              ))}
            </ul>
            {query.hasNextPage && (
              <div className={styles.more}>
                <Button size="s" isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  Show more
                </Button>
              </div>
            )}
          </>
        );
      }}
    </QueryView>
  );
}

function Row({ conversation, isOpen }: { conversation: Conversation; isOpen: boolean }) {
  const now = useNow();
  const { contact, last_message } = conversation;
  const { created_at, direction, status } = last_message;
  return (
    <li>
      <Link href={`/messages/${contact.id}`} className={styles.row} aria-current={isOpen ? "true" : undefined}>
        <span className={styles.who}>{contactName(contact)}</span>
        <time className={styles.when} dateTime={created_at} title={absoluteTime(created_at)}>
          {shortTime(created_at, now)}
        </time>
        <span className={styles.last}>
          {direction === "outbound" && <Ticks status={status} />}
          <span className={styles.preview}>{previewOf(last_message)}</span>
        </span>
      </Link>
    </li>
  );
}
