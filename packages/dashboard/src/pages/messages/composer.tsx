import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { onForget } from "../../api/session.js";
import { Button, ButtonLink } from "../../components/button.js";
import { Notice } from "../../components/notice.js";
import type { Device } from "../../generated/resources.js";
import { reasonWords } from "../devices/device-words.js";
import styles from "./conversation.module.css";
import { DeviceSelect, deviceLabel } from "./device-select.js";

/** What was typed and not sent, for who looks at another conversation in between. */
const drafts = new Map<string, string>();
onForget(() => drafts.clear());

type Props = {
  /** Under which the draft is kept. */
  draftId: string;
  to: string;
  connected: readonly Device[];
  sender: Device | undefined;
  /** The one that should send, where it is not connected. */
  absent: Device | undefined;
  onSender(id: string): void;
  onSend(text: string): void;
};

/** Enter sends, Shift and Enter break the line. */
export function Composer({ draftId, to, connected, sender, absent, onSender, onSend }: Props) {
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
    if (text.trim() === "" || !sender) return;
    onSend(text);
    write("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While characters are composed, as in Japanese, Enter chooses among them.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <form className={styles.composer} onSubmit={submit}>
      <div role="status" className={styles.absence}>
        {(absent || !sender) && <Absence absent={absent} sender={sender} />}
      </div>
      {sender && connected.length > 1 && <DeviceSelect connected={connected} sender={sender} onSender={onSender} />}
      <div className={styles.write}>
        <textarea
          ref={area}
          className={styles.area}
          dir="auto"
          aria-label={`Message to ${to}`}
          aria-describedby={hint}
          placeholder="Write a message"
          rows={Math.min(6, text.split("\n").length)}
          maxLength={65_536}
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" kind="primary" aria-disabled={text.trim() === "" || !sender}>
          Send
        </Button>
      </div>
      <p id={hint} className={styles.hint}>
        Enter sends, Shift + Enter breaks the line.
      </p>
    </form>
  );
}

/** Who does not send, why, and who does instead: another number may surprise whoever reads it. */
function Absence({ absent, sender }: { absent: Device | undefined; sender: Device | undefined }) {
  const why = absent?.reason && reasonWords(absent.reason);
  return (
    <Notice
      tone="warn"
      title={absent ? `${absent.device_name} is not connected` : "No device is connected"}
      action={
        <ButtonLink href={absent ? `/devices/${absent.id}` : "/devices"} size="s">
          {absent ? "Open device" : "Open devices"}
        </ButtonLink>
      }
    >
      {sender
        ? `What you send now goes out from ${deviceLabel(sender)}.`
        : why
          ? `${why.what} ${why.cure} What you write is kept.`
          : "Connect one, then send. What you write is kept."}
    </Notice>
  );
}
