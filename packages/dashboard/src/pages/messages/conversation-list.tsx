import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useEffect } from "react";
import { Link } from "wouter";
import { useNewMessages } from "../../api/new-messages.js";
import { conversationsQuery } from "../../api/queries.js";
import { useClient } from "../../api/use-client.js";
import { MorePages } from "../../components/more-pages.js";
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
  const client = useClient();
  const query = useInfiniteQuery(conversationsQuery(client, search));
  const unseen = useNewMessages(client.mode);
  const { data, hasNextPage, isFetching, isFetchNextPageError, isPlaceholderData, fetchNextPage } = query;
  // One page of a search looks only so far back. Nobody should have to ask for the next one where it found nothing.
  const mustGoOn = hasNextPage && !isFetchNextPageError && data?.pages.at(-1)?.items.length === 0;
  useEffect(() => {
    if (mustGoOn && !isFetching) void fetchNextPage();
  }, [mustGoOn, isFetching, fetchNextPage]);
  const isSearching = mustGoOn || isPlaceholderData;
  return (
    <QueryView query={query} lines={6}>
      {({ pages }) => {
        const conversations = pages.flatMap(({ items }) => items);
        const found = `${conversations.length}${hasNextPage ? " or more" : ""} found`;
        return (
          <>
            <p role="status" className="visually-hidden">
              {search !== "" && (isSearching ? "Searching" : found)}
            </p>
            {conversations.length === 0 &&
              (isSearching ? (
                <p className={styles.none}>
                  {mustGoOn
                    ? `Not among the latest. Searching further back, part ${pages.length + 1} …`
                    : "Searching …"}
                </p>
              ) : search === "" ? (
                empty
              ) : (
                !hasNextPage && <p className={styles.none}>No contact has “{search}” in its name or number.</p>
              ))}
            <ul className={styles.conversations} aria-label="Conversations">
              {conversations.map((each) => (
                <Row
                  key={each.contact.id}
                  conversation={each}
                  isOpen={each.contact.id === openId}
                  isNew={unseen.has(each.contact.id)}
                />
              ))}
            </ul>
            {(conversations.length > 0 || isFetchNextPageError) && (
              <MorePages query={query} label={conversations.length > 0 ? "Show more" : "Search on"} />
            )}
          </>
        );
      }}
    </QueryView>
  );
}

function Row({ conversation, isOpen, isNew }: { conversation: Conversation; isOpen: boolean; isNew: boolean }) {
  const now = useNow();
  const { contact, last_message } = conversation;
  const { created_at, direction, status } = last_message;
  return (
    <li>
      <Link
        href={`/messages/${contact.id}`}
        className={styles.row}
        data-new={isNew || undefined}
        aria-current={isOpen ? "true" : undefined}
      >
        <span className={styles.who} dir="auto">
          {contactName(contact)}
        </span>
        <time className={styles.when} dateTime={created_at} title={absoluteTime(created_at)}>
          {shortTime(created_at, now)}
        </time>
        <span className={styles.last}>
          {direction === "outbound" && <Ticks status={status} />}
          <span className={styles.preview} dir="auto">
            {direction === "outbound" && "You: "}
            <bdi>{previewOf(last_message)}</bdi>
          </span>
          {isNew && (
            <span className={styles.new}>
              <span className="visually-hidden">new</span>
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}
