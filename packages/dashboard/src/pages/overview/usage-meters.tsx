import { Meter } from "@base-ui/react/meter";
import { Card } from "../../components/page.js";
import { RelativeTime } from "../../components/relative-time.js";
import type { Usage } from "../../generated/resources.js";
import styles from "./overview.module.css";

const NUMBER = new Intl.NumberFormat();
const NEARLY_FULL = 0.9;

/** What is used of plan and quota. */
export function UsageMeters({ usage }: { usage: Usage }) {
  const { plan, requests_per_minute, requests_per_hour, messages_per_month } = usage;
  return (
    <Card title={`Usage of the ${plan} plan`}>
      <div className={styles.meters}>
        <UsageMeter label="Requests this minute" {...requests_per_minute} />
        <UsageMeter label="Requests this hour" {...requests_per_hour} />
        <UsageMeter label="Messages this month" {...messages_per_month} />
      </div>
    </Card>
  );
}

function UsageMeter(props: { label: string; limit: number | null; used: number; resets_at: string }) {
  const { label, limit, used, resets_at } = props;
  const of = limit === null ? `${NUMBER.format(used)}, no limit` : `${NUMBER.format(used)} of ${NUMBER.format(limit)}`;
  if (limit === null)
    return (
      <div className={styles.meter}>
        <span>{label}</span>
        <span className={styles.meterValue}>{of}</span>
      </div>
    );
  return (
    <Meter.Root
      className={styles.meter}
      value={Math.min(used, limit)}
      max={Math.max(limit, 1)}
      getAriaValueText={() => of}
      data-full={used >= limit * NEARLY_FULL}
    >
      <Meter.Label>{label}</Meter.Label>
      <span className={styles.meterValue} aria-hidden="true">
        {of}
      </span>
      <Meter.Track className={styles.track}>
        <Meter.Indicator className={styles.indicator} />
      </Meter.Track>
      <span className={styles.quiet}>
        Begins anew <RelativeTime at={resets_at} near="within a minute" />
      </span>
    </Meter.Root>
  );
}
