import { useQuery } from "@tanstack/react-query";
import { overviewQuery } from "../../api/queries.js";
import { useClient } from "../../api/use-client.js";
import { Page } from "../../components/page.js";
import { QueryView } from "../../components/query-view.js";
import { AttentionList } from "./attention-list.js";
import { Figures } from "./figures.js";
import { HoursChart } from "./hours-chart.js";
import styles from "./overview.module.css";
import { UsageMeters } from "./usage-meters.js";

export function OverviewPage() {
  const client = useClient();
  const query = useQuery(overviewQuery(client));
  return (
    <Page title="Overview">
      <QueryView query={query} lines={5}>
        {(overview) => (
          <div className={styles.overview}>
            <AttentionList items={overview.attention} hasDevices={countDevices(overview.devices) > 0} />
            <Figures overview={overview} />
            <HoursChart hours={overview.messages.hours} />
            <UsageMeters usage={overview.usage} />
          </div>
        )}
      </QueryView>
    </Page>
  );
}

const countDevices = (devices: { connected: number; qr_pending: number; disconnected: number }): number =>
  devices.connected + devices.qr_pending + devices.disconnected;
