import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { onForget } from "../../api/session.js";
import { Button, ButtonLink } from "../../components/button.js";
import { Notice } from "../../components/notice.js";
import type { Device } from "../../generated/resources.js";
import styles from "./conversation.module.css";
import { DeviceSelect } from "./device-select.js";

/** What was typed and not sent, for who looks at another conversation in between. */
const drafts = new Map<string, string>();
onForget(() => drafts.clear());

type Props = {
  /** Under which the draft is kept. */
  draftId: string;
  to: string;
  connected: readonly Device[];
  sender: Device | undefined;
  onSender(id: string): void;
  onSend(text: string): void;
};

/** Enter sends, Shift and Enter break the line. */
export function Composer({ draftId, to, connected, sender, onSender, onSend }: Props) {
  const [text, setText] = useState(drafts.get(draftId) ?? "");
  const area = useRef<HTMLTextAreaElement>(null);
  const hint = useId();
  const write = (next: string) => {
    setText(next);
    if (next === "") drafts.delete(draftId);
    else drafts.set(draftId, next);
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    area.current?.focus();
    if (text.trim() === "") return;
    onSend(text);
    write("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While characters are composed, as in Japanese, Enter chooses among them.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  if (!sender)
    return (
      <div className={styles.composer}>
        <Notice
          tone="warn"
          title="No device is connected"
          action={
            <ButtonLink href="/devices" size="s">
              Open devices
            </ButtonLink>
          }
        >
          Connect one, then write here.
        </Notice>
      </div>
    );
  return (
    <form className={styles.composer} onSubmit={submit}>
      {connected.length > 1 && <DeviceSelect connected={connected} sender={sender} onSender={onSender} />}
      <div className={styles.write}>
        <textarea
          ref={area}
          className={styles.area}
          aria-label={`Message to ${to}`}
          aria-describedby={hint}
          placeholder="Write a message"
          rows={Math.min(6, text.split("\n").length)}
          maxLength={65_536}
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" kind="primary" aria-disabled={text.trim() === ""}>
          Send
        </Button>
      </div>
      <p id={hint} className={styles.hint}>
        Enter sends, Shift + Enter breaks the line.
      </p>
    </form>
  );
}
