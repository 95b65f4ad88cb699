import type { ReactNode } from "react";
import { problemOf } from "../api/errors.js";
import { Button } from "./button.js";
import { Icon, type IconName } from "./icons.js";
import styles from "./notice.module.css";

type Tone = "info" | "ok" | "warn" | "danger";
const ICONS: Record<Tone, IconName> = { info: "info", ok: "check", warn: "warning", danger: "error" };

/** A few words in a frame, in the place that they are about. */
export function Notice(props: { tone: Tone; title?: string; children?: ReactNode; action?: ReactNode }) {
  const { tone, title, children, action } = props;
  return (
    <div className={styles.notice} data-tone={tone}>
      <Icon name={ICONS[tone]} />
      <div className={styles.text}>
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

/** What went wrong, and the way out. Read out at once. */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { title, text, wayOut, fields, requestId } = problemOf(error);
  return (
    <div role="alert">
      <Notice
        tone="danger"
        title={title}
        action={
          onRetry && (
            <Button size="s" icon="refresh" onClick={onRetry}>
              Try again
            </Button>
          )
        }
      >
        <p>{[text, wayOut].filter(Boolean).join(" ")}</p>
        {fields.length > 0 && (
          <ul className={styles.fields}>
            {fields.map(({ path, message }) => (
              <li key={path}>
                <code>{path}</code>: {message}
              </li>
            ))}
          </ul>
        )}
        {requestId && (
          <p className={styles.request}>
            Request <code>{requestId}</code>
          </p>
        )}
      </Notice>
    </div>
  );
}
