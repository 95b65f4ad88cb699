import { problemOf } from "../../api/errors.js";
import { Button } from "../../components/button.js";
import { clockTime } from "../../components/times.js";
import styles from "./conversation.module.css";
import { Ticks } from "./message-bubble.js";
import type { Outgoing } from "./outbox.js";

/** A text on its way to the server, or one that did not get there. */
export function OutgoingBubble(props: { outgoing: Outgoing; onTryAgain(): void; onDiscard(): void }) {
  const { outgoing, onTryAgain, onDiscard } = props;
  const { text, at, isSending, error } = outgoing;
  const problem = isSending ? undefined : problemOf(error);
  return (
    <li className={styles.message} data-direction="outbound" data-failed={problem ? true : undefined}>
      <div className={styles.bubble}>
        <span className="visually-hidden">You: </span>
        <p className={styles.text} dir="auto">
          {text}
        </p>
        <p className={styles.meta}>
          <time dateTime={at}>{clockTime(at)}</time>
          <Ticks status={problem ? "failed" : "pending"} />
        </p>
      </div>
      {problem && (
        <div className={styles.failure} role="alert">
          <p>
            {problem.title}. {[problem.text, ...problem.fields.map(({ message }) => message), problem.wayOut].join(" ")}
          </p>
          <Button size="s" icon="refresh" onClick={onTryAgain}>
            Try again
          </Button>
          <Button size="s" kind="quiet" onClick={onDiscard}>
            Discard
          </Button>
        </div>
      )}
    </li>
  );
}
