import { ButtonLink } from "../../components/button.js";
import { EmptyState } from "../../components/empty-state.js";
import { Icon, type IconName } from "../../components/icons.js";
import { Notice } from "../../components/notice.js";
import { Card } from "../../components/page.js";
import { RelativeTime } from "../../components/relative-time.js";
import type { Attention } from "../../generated/resources.js";
import { ADD_A_DEVICE } from "../devices/add-a-device.js";
import { type AttentionWords, attentionWords } from "./attention-words.js";
import styles from "./overview.module.css";

/** What somebody should look at, the worst first. */
export function AttentionList({ items, hasDevices }: { items: readonly Attention[]; hasDevices: boolean }) {
  if (items.length === 0 && !hasDevices)
    return (
      <EmptyState
        icon="devices"
        title="Connect your first phone"
        action={
          <ButtonLink href={ADD_A_DEVICE} kind="primary" icon="plus">
            Add a device
          </ButtonLink>
        }
      >
        Messages go out and come in through a phone's WhatsApp. Or switch to test mode, and try everything in a sandbox
        first.
      </EmptyState>
    );
  if (items.length === 0) return <Notice tone="ok">All is well. Nothing needs your attention.</Notice>;
  return (
    <Card title="Needs attention">
      <ul className={styles.attention}>
        {items.map((item) => {
          const { title, text, tone, link } = attentionWords(item);
          return (
            <li key={`${item.kind} ${item.subject_id ?? ""}`} data-tone={tone}>
              <Icon name={ICONS[tone]} />
              <div className={styles.matter}>
                <strong>{title}</strong>
                <p>
                  {text}{" "}
                  {item.since && (
                    <span className={styles.since}>
                      Since <RelativeTime at={item.since} near="a moment ago" />.
                    </span>
                  )}
                </p>
                {link && (
                  <ButtonLink href={link.href} size="s">
                    {link.label}
                  </ButtonLink>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

const ICONS: Record<AttentionWords["tone"], IconName> = { danger: "error", warn: "warning", info: "info" };
