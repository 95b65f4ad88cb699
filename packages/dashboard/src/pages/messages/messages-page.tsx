import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useClient } from "../../api/use-client.js";
import { Button, ButtonLink } from "../../components/button.js";
import { EmptyState } from "../../components/empty-state.js";
import { Field } from "../../components/field.js";
import { ErrorBoundary } from "../../shell/error-boundary.js";
import { useTitle } from "../../title.js";
import { Conversation } from "./conversation.js";
import { ConversationList } from "./conversation-list.js";
import styles from "./messages.module.css";
import { NewMessageDialog } from "./new-message-dialog.js";
import { useSendingDevices } from "./sending-devices.js";

/** The number of the sandbox that answers. */
const ECHO = "+12025550104";

/** Conversations beside the open one; on a phone one after the other. */
export function MessagesPage({ params }: { params: Record<string, string | undefined> }) {
  const { contactId } = params;
  const [search, setSearch] = useState("");
  /** The number to begin with, while the dialog is open. */
  const [writingTo, setWritingTo] = useState<string | undefined>(undefined);
  const [, navigate] = useLocation();
  /** The page is about the conversation, where one is open; on a phone nothing else is shown. */
  const Title = contactId === undefined ? "h1" : "h2";
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(contactId === undefined ? "Messages · WhatsFlow" : undefined);
  useEffect(() => {
    if (contactId !== undefined) return;
    heading.current?.focus({ preventScroll: true });
  }, [contactId]);
  return (
    <div className={styles.screen} data-open={contactId !== undefined || undefined} data-fills-window>
      <div className={styles.pane}>
        <header className={styles.header}>
          <Title ref={heading} tabIndex={-1}>
            Messages
          </Title>
          <Button kind="primary" size="s" icon="plus" onClick={() => setWritingTo("")}>
            New message
          </Button>
        </header>
        <div className={styles.search}>
          <Field
            label="Search"
            type="search"
            placeholder="Name or number"
            dir="auto"
            autoComplete="off"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
        <div className={styles.scroller}>
          <ConversationList search={search} openId={contactId} empty={<NoMessages onWrite={setWritingTo} />} />
        </div>
      </div>
      <section className={styles.conversation} aria-label="Conversation">
        {contactId === undefined ? (
          <p className={styles.none}>Choose a conversation, or write a new message.</p>
        ) : (
          <ErrorBoundary key={contactId}>
            <Conversation contactId={contactId} />
          </ErrorBoundary>
        )}
      </section>
      <NewMessageDialog
        number={writingTo}
        onClose={() => setWritingTo(undefined)}
        onSent={(id) => {
          setWritingTo(undefined);
          navigate(`/messages/${id}`);
        }}
      />
    </div>
  );
}

/** What to do where nothing was exchanged yet. */
function NoMessages({ onWrite }: { onWrite(number: string): void }) {
  const { mode } = useClient();
  const connected = useSendingDevices();
  if (mode === "test")
    return (
      <EmptyState
        icon="messages"
        title="No messages yet"
        action={
          <Button kind="primary" onClick={() => onWrite(ECHO)}>
            Write to {ECHO}
          </Button>
        }
      >
        The sandbox has a number that answers with an echo of your text. Write to it to see both directions.
      </EmptyState>
    );
  if (connected?.length === 0)
    return (
      <EmptyState
        icon="devices"
        title="No device is connected"
        action={
          <ButtonLink href="/devices" kind="primary">
            Open devices
          </ButtonLink>
        }
      >
        Messages go out and come in through a phone. Connect one, then write here.
      </EmptyState>
    );
  return (
    <EmptyState
      icon="messages"
      title="No messages yet"
      action={<Button onClick={() => onWrite("")}>New message</Button>}
    >
      What people write to your devices will stand here, and what you send.
    </EmptyState>
  );
}
