import { ButtonLink } from "../../components/button.js";
import { EmptyState } from "../../components/empty-state.js";
import { Notice } from "../../components/notice.js";
import { RelativeTime } from "../../components/relative-time.js";
import type { Attention } from "../../generated/resources.js";
import { attentionWords } from "./attention-words.js";
import styles from "./overview.module.css";

/** What somebody should look at, the worst first. */
export function AttentionList({ items, hasDevices }: { items: readonly Attention[]; hasDevices: boolean }) {
  if (items.length === 0 && !hasDevices)
    return (
      <EmptyState
        icon="devices"
        title="Connect your first phone"
        action={
          <ButtonLink href="/devices" kind="primary" icon="plus">
            Add a device
          </ButtonLink>
        }
      >
        Messages go out and come in through a phone's WhatsApp. Or switch to test mode, and try everything in a sandbox
        first.
      </EmptyState>
    );
  return (
    <section aria-label="Needs attention" className={styles.attention}>
      {items.length === 0 && <Notice tone="ok">All is well. Nothing needs your attention.</Notice>}
      {items.map((item) => {
        const { title, text, tone, link } = attentionWords(item);
        return (
          <Notice
            key={`${item.kind} ${item.subject_id ?? ""}`}
            tone={tone}
            title={title}
            action={
              link && (
                <ButtonLink href={link.href} size="s">
                  {link.label}
                </ButtonLink>
              )
            }
          >
            {text}{" "}
            {item.since && (
              <span className={styles.since}>
                Since <RelativeTime at={item.since} />.
              </span>
            )}
          </Notice>
        );
      })}
    </section>
  );
}
