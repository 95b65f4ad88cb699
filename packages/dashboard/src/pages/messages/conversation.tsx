import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Link } from "wouter";
import { NotFoundError } from "../../api/errors.js";
import { conversationOf, toldMessagesQuery } from "../../api/live-messages.js";
import { useLookingAt } from "../../api/new-messages.js";
import { contactQuery, devicesQuery, messagesQuery } from "../../api/queries.js";
import { useClient } from "../../api/use-client.js";
import { Button, ButtonLink } from "../../components/button.js";
import { EmptyState } from "../../components/empty-state.js";
import { Icon } from "../../components/icons.js";
import { ProblemNotice } from "../../components/notice.js";
import { Skeleton } from "../../components/skeleton.js";
import type { Contact, Message } from "../../generated/resources.js";
import { useTitle } from "../../title.js";
import { Composer } from "./composer.js";
import styles from "./conversation.module.css";
import { MessageBubble } from "./message-bubble.js";
import { byDay, contactName } from "./message-words.js";
import { NewBelow } from "./new-below.js";
import { isUntouched, type Outgoing } from "./outbox.js";
import { OutgoingBubble } from "./outgoing-bubble.js";
import { senderOf, useSendingDevices } from "./sending-devices.js";
import { useSending } from "./use-sending.js";

/** All that was exchanged with one contact. */
export function Conversation({ contactId }: { contactId: string }) {
  const client = useClient();
  const contact = useQuery(contactQuery(client, contactId));
  const heading = useRef<HTMLHeadingElement>(null);
  const name = contact.data && contactName(contact.data);
  useTitle(name && `${name} · Messages · WhatsFlow`);
  useLookingAt(client.mode, contactId);
  useEffect(() => {
    if (name !== undefined) heading.current?.focus({ preventScroll: true });
  }, [name]);
  if (contact.data === undefined)
    return (
      <>
        <h1 className="visually-hidden">Conversation</h1>
        {contact.error instanceof NotFoundError ? (
          <EmptyState
            icon="messages"
            title="There is no such contact"
            action={<ButtonLink href="/messages">All messages</ButtonLink>}
          >
            The link may be old, or belong to the other mode.
          </EmptyState>
        ) : contact.error ? (
          <ProblemNotice error={contact.error} onRetry={() => void contact.refetch()} />
        ) : (
          <Skeleton />
        )}
      </>
    );
  const { phone_number } = contact.data;
  return (
    <>
      <header className={styles.header}>
        <Link href="/messages" className={styles.back} aria-label="All messages">
          <Icon name="back" />
        </Link>
        <div>
          <h1 ref={heading} tabIndex={-1} dir="auto">
            {name}
          </h1>
          {phone_number !== name && <p className={styles.number}>{phone_number ?? "WhatsApp hides the number"}</p>}
        </div>
      </header>
      <Exchange contact={contact.data} />
    </>
  );
}

function Exchange({ contact }: { contact: Contact }) {
  const client = useClient();
  const query = useInfiniteQuery(messagesQuery(client, contact.id));
  const { data: told } = useQuery(toldMessagesQuery(client.mode, contact.id));
  const { data: devices } = useQuery(devicesQuery(client));
  const connected = useSendingDevices();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const { outgoing, send, tryAgain, discard } = useSending(contact);
  const pages = query.data?.pages;
  const messages = useMemo(() => (pages ? conversationOf(pages, told) : []), [pages, told]);
  const days = useMemo(() => byDay(messages), [messages]);
  const incoming = messages[0]?.direction === "inbound" ? messages[0] : undefined;
  const sender = connected && senderOf(connected, chosen, messages[0]?.device_id);
  const senderId = sender?.id;
  const usual = devices?.find(({ id }) => id === (chosen ?? messages[0]?.device_id));
  const scroller = useRef<HTMLElement>(null);
  const onSend = useCallback(
    (text: string, key?: string) => {
      // To the end, where it will stand: in a reversed column that is zero.
      scroller.current?.scrollTo({ top: 0 });
      void send(text, senderId, key);
    },
    [send, senderId],
  );
  const onSendAgain = useCallback(
    // However often it is asked for, it goes out anew once from each device.
    ({ id, content }: Message) => onSend(content ?? "", `again-${id}-${senderId ?? ""}`),
    [onSend, senderId],
  );
  const onTryAgain = ({ key, text, deviceId, error }: Outgoing) => {
    if (!isUntouched(error)) return void tryAgain(key, deviceId);
    discard(key);
    onSend(text);
  };
  const name = contactName(contact);
  const deviceName = (id: string) =>
    devices && devices.length > 1 ? devices.find((device) => device.id === id)?.device_name : undefined;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard */}
      <section ref={scroller} className={styles.scroller} aria-label={`Messages with ${name}`} tabIndex={0}>
        {/* The one child of a reversed column: the browser keeps its end in view, also when something comes before it. */}
        <div className={styles.messages}>
          {query.data === undefined ? (
            query.error ? (
              <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
            ) : (
              <Skeleton />
            )
          ) : (
            <>
              {query.hasNextPage && <Older isBusy={query.isFetching} onShow={() => void query.fetchNextPage()} />}
              {query.error && <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />}
              {messages.length === 0 && outgoing.length === 0 && (
                <p className={styles.nothing}>
                  Nothing was exchanged with <bdi>{name}</bdi> yet. Write the first message below.
                </p>
              )}
              {days.map(({ day, messages }) => (
                <section key={day} aria-label={day}>
                  <h3 className={styles.day}>{day}</h3>
                  <ol className={styles.list}>
                    {messages.map((message) => (
                      <MessageBubble
                        key={message.id}
                        message={message}
                        from={name}
                        deviceName={deviceName(message.device_id)}
                        onSendAgain={onSendAgain}
                      />
                    ))}
                  </ol>
                </section>
              ))}
              {outgoing.length > 0 && (
                <ol className={styles.list} aria-label="Being sent">
                  {outgoing.map((each) => (
                    <OutgoingBubble
                      key={each.key}
                      outgoing={each}
                      onTryAgain={() => onTryAgain(each)}
                      onDiscard={() => discard(each.key)}
                    />
                  ))}
                </ol>
              )}
            </>
          )}
        </div>
      </section>
      <NewBelow scroller={scroller} newest={messages[0]} />
      <Arrivals newest={incoming} from={name} />
      {connected && (
        <Composer
          draftId={`${client.mode} ${contact.id}`}
          to={name}
          connected={connected}
          sender={sender}
          absent={usual?.status === "connected" ? undefined : usual}
          onSender={setChosen}
          onSend={onSend}
        />
      )}
    </>
  );
}

/** Reads on by itself, once each time that one scrolls to it, and on a click. */
function Older({ isBusy, onShow }: { isBusy: boolean; onShow(): void }) {
  const place = useRef<HTMLDivElement>(null);
  const [isWanted, setWanted] = useState(false);
  const show = useRef(onShow);
  show.current = onShow;
  useEffect(() => {
    if (!place.current) return;
    // One for as long as this is shown: a new one would tell of what is in view already, and so read page after page.
    const observer = new IntersectionObserver((entries) => setWanted(entries.at(-1)?.isIntersecting ?? false));
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!isWanted || isBusy) return;
    setWanted(false);
    show.current();
  }, [isWanted, isBusy]);
  return (
    <div ref={place} className={styles.older}>
      <Button size="s" isBusy={isBusy} onClick={onShow}>
        Show older messages
      </Button>
    </div>
  );
}

/** Reads out what comes in while the conversation is open. */
function Arrivals({
  newest,
  from,
}: {
  newest: { created_at: string; content: string | null } | undefined;
  from: string;
}) {
  const [since] = useState(() => new Date().toISOString());
  const isNew = newest !== undefined && newest.created_at > since;
  return (
    <p role="status" className="visually-hidden">
      {isNew ? `${from}: ${newest.content ?? "a message without text"}` : ""}
    </p>
  );
}
