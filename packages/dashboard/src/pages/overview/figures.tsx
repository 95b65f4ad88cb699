import type { ReactNode } from "react";
import { Link } from "wouter";
import { Badge } from "../../components/badge.js";
import { RelativeTime } from "../../components/relative-time.js";
import type { Overview } from "../../generated/resources.js";
import styles from "./overview.module.css";

const NUMBER = new Intl.NumberFormat();

/** The numbers of the day. */
export function Figures({ overview: { devices, messages, webhooks } }: { overview: Overview }) {
  const total = devices.connected + devices.qr_pending + devices.disconnected;
  const { today } = messages;
  const pending = webhooks.pending_deliveries >= 10_000 ? "10,000 or more" : NUMBER.format(webhooks.pending_deliveries);
  return (
    <dl className={styles.figures}>
      <Figure label="Devices connected" href="/devices" value={`${devices.connected} of ${total}`}>
        {devices.disconnected > 0 && <Badge tone="danger">{devices.disconnected} disconnected</Badge>}
        {devices.qr_pending > 0 && <Badge tone="info">{devices.qr_pending} to be paired</Badge>}
        {total > 0 && devices.connected === total && <Badge tone="ok">All online</Badge>}
      </Figure>
      <Figure label="Sent today" href="/messages" value={NUMBER.format(today.outbound)}>
        {today.failed > 0 ? (
          <Badge tone="danger">{NUMBER.format(today.failed)} failed</Badge>
        ) : (
          <span className={styles.quiet}>none failed</span>
        )}
      </Figure>
      <Figure label="Received today" href="/messages" value={NUMBER.format(today.inbound)}>
        <span className={styles.quiet}>since midnight</span>
      </Figure>
      <Figure label="Webhooks active" href="/settings/webhooks" value={String(webhooks.active)}>
        {webhooks.failing > 0 && <Badge tone="warn">{webhooks.failing} failing</Badge>}
        {webhooks.disabled > 0 && <Badge tone="danger">{webhooks.disabled} disabled</Badge>}
        {webhooks.paused > 0 && <Badge>{webhooks.paused} paused</Badge>}
        {webhooks.pending_deliveries > 0 ? (
          <span className={styles.quiet}>
            {pending} to deliver, the oldest <RelativeTime at={webhooks.oldest_pending_at} absent="just now" />
          </span>
        ) : (
          webhooks.active > 0 && webhooks.failing === 0 && <Badge tone="ok">All delivered</Badge>
        )}
        {webhooks.active + webhooks.disabled + webhooks.paused === 0 && (
          <span className={styles.quiet}>none set up</span>
        )}
      </Figure>
    </dl>
  );
}

function Figure(props: { label: string; value: string; href: string; children?: ReactNode }) {
  const { label, value, href, children } = props;
  return (
    <div className={styles.figure}>
      <dt>
        <Link href={href}>{label}</Link>
      </dt>
      <dd>
        <span className={styles.value}>{value}</span>
        <span className={styles.notes}>{children}</span>
      </dd>
    </div>
  );
}
