import { memo, useState } from "react";
import { Button } from "../../components/button.js";
import { Icon } from "../../components/icons.js";
import { absoluteTime, clockTime } from "../../components/times.js";
import type { Message, MessageStatus } from "../../generated/resources.js";
import styles from "./conversation.module.css";
import { kindOf, statusWords } from "./message-words.js";

type Props = {
  message: Message;
  /** Who wrote it, where it came. */
  from: string;
  /** Where there are several. */
  deviceName: string | undefined;
  /** Sends a failed text anew. */
  onSendAgain(message: Message): void;
};

/** Drawn again only when it changed itself: a conversation may be long. */
export const MessageBubble = memo(function MessageBubble({ message, from, deviceName, onSendAgain }: Props) {
  const { direction, content, status, failure, created_at, origin, group_name, group_id } = message;
  const kind = kindOf(message);
  const [isSentAgain, setSentAgain] = useState(false);
  return (
    <li className={styles.message} data-direction={direction} data-failed={status === "failed" || undefined}>
      <div className={styles.bubble}>
        <span className="visually-hidden">{direction === "inbound" ? `${from}: ` : "You: "}</span>
        {group_id !== undefined && (
          <p className={styles.kind}>
            In the group <bdi>{group_name ?? "without a known name"}</bdi>
          </p>
        )}
        {kind && <p className={styles.kind}>{kind}</p>}
        {content && (
          <p className={styles.text} dir="auto">
            {content}
          </p>
        )}
        <p className={styles.meta}>
          {origin === "phone" && <span>on the phone ·</span>}
          {deviceName && <span>{deviceName} ·</span>}
          <time dateTime={created_at} title={absoluteTime(created_at)}>
            {clockTime(created_at)}
          </time>
          {direction === "outbound" && <Ticks status={status} />}
        </p>
      </div>
      {status === "failed" && (
        <div className={styles.failure}>
          <p>Not sent. {failure?.message ?? "WhatsApp did not take it."}</p>
          {content && message.message_type === "text" && !isSentAgain && (
            <Button
              size="s"
              icon="refresh"
              onClick={() => {
                setSentAgain(true);
                onSendAgain(message);
              }}
            >
              Send again
            </Button>
          )}
        </div>
      )}
    </li>
  );
});

const TICK = "M1.5 6.500l3 3L10 3.500";
const SECOND = "M7 9.500l.500.500L13.500 3.500";

/** How far it got: drawn for the eye, in words for everybody else. */
export function Ticks({ status }: { status: MessageStatus }) {
  return (
    <span className={styles.ticks} data-status={status} title={statusWords(status)}>
      {status === "failed" ? (
        <Icon name="error" size={14} />
      ) : (
        <svg width="15" height="13" viewBox="0 0 15 13" fill="none" stroke="currentColor" aria-hidden="true">
          {status === "pending" ? (
            <path d="M7.500 12a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM7.500 4v2.700l2 1.300" />
          ) : (
            <path d={status === "sent" ? TICK : TICK + SECOND} strokeWidth="1.5" strokeLinecap="round" />
          )}
        </svg>
      )}
      <span className="visually-hidden">{statusWords(status)}</span>
    </span>
  );
}
