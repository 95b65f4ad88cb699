import { useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { devicesQuery } from "../../api/queries.js";
import { useClient } from "../../api/use-client.js";
import { Badge } from "../../components/badge.js";
import { Button, ButtonLink } from "../../components/button.js";
import { EmptyState } from "../../components/empty-state.js";
import { Notice } from "../../components/notice.js";
import { Card, Page } from "../../components/page.js";
import { QueryView } from "../../components/query-view.js";
import { RelativeTime } from "../../components/relative-time.js";
import { dayOf } from "../../components/times.js";
import type { Device } from "../../generated/resources.js";
import { DeviceActions } from "./device-actions.js";
import { useDeviceChanges } from "./device-changes.js";
import { reasonWords, stateOf } from "./device-words.js";
import styles from "./devices.module.css";
import { Pairing } from "./pairing.js";
import { SandboxNumbers } from "./sandbox-numbers.js";

/** One device: its state and what to do about it, and its pairing while it waits for that. */
export function DevicePage({ params }: { params: Record<string, string | undefined> }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const query = useQuery({
    ...devicesQuery(client),
    // Also where the stream of events does not come through: whoever scans wants to see that it worked.
    refetchInterval: ({ state }) =>
      state.data?.find(({ id }) => id === params.id)?.status === "qr_pending" ? POLL_WHILE_PAIRING_MS : false,
  });
  const device = query.data?.find(({ id }) => id === params.id);
  return (
    <Page
      title={device?.device_name ?? "Device"}
      back={{ href: "/devices", label: "All devices" }}
      actions={
        device &&
        client.mode === "live" && (
          <DeviceActions device={device} onRemoved={() => navigate("/devices", { replace: true })} />
        )
      }
    >
      <QueryView query={query}>
        {() =>
          device ? (
            <>
              <State device={device} />
              {device.status === "qr_pending" && <Pairing device={device} />}
              <Facts device={device} />
              {client.mode === "test" && <SandboxNumbers />}
            </>
          ) : (
            <EmptyState
              icon="devices"
              title="There is no such device"
              action={
                <ButtonLink href="/devices" kind="primary">
                  Show all devices
                </ButtonLink>
              }
            >
              It was removed, or belongs to the other mode.
            </EmptyState>
          )
        }
      </QueryView>
    </Page>
  );
}

const POLL_WHILE_PAIRING_MS = 5_000;

/** Why it is not as it should be, and what to do. Read out when it changes. */
function State({ device }: { device: Device }) {
  const { reconnect } = useDeviceChanges();
  const { status, reason } = device;
  const words = reason ? reasonWords(reason) : undefined;
  const { tone } = stateOf(device);
  const again = (
    <Button
      size="s"
      kind={words?.action === "pair" ? "primary" : "secondary"}
      icon={words?.action === "pair" ? "qr" : "refresh"}
      isBusy={reconnect.isPending}
      onClick={() => reconnect.mutate(device.id)}
    >
      {words?.action === "pair" ? "Pair again" : "Reconnect"}
    </Button>
  );
  return (
    <div role="status">
      {status === "connected" && !words && (
        <Notice tone="ok" title="Connected">
          Online, and ready to send and receive.
        </Notice>
      )}
      {status === "qr_pending" && (
        <Notice tone="info" title="Not linked to a phone yet">
          Link it below: it takes a minute, and the phone at hand.
        </Notice>
      )}
      {status === "disconnected" && !words && (
        <Notice tone="danger" title="Disconnected" action={again}>
          It is offline. Reconnect it; if it was never paired, a QR code follows.
        </Notice>
      )}
      {words && status !== "qr_pending" && (
        <Notice
          tone={tone === "warn" ? "warn" : "danger"}
          title={words.what}
          action={status === "disconnected" && words.action && again}
        >
          {words.cure}
        </Notice>
      )}
    </div>
  );
}

function Facts({ device }: { device: Device }) {
  const { label, tone } = stateOf(device);
  return (
    <Card title="Details">
      <dl className={styles.facts}>
        <dt>State</dt>
        <dd>
          <Badge tone={tone}>{label}</Badge>
        </dd>
        <dt>Number</dt>
        <dd>{device.phone_number ?? "not paired yet"}</dd>
        <dt>Primary</dt>
        <dd>{device.is_primary ? "yes: it sends when a request names no device" : "no"}</dd>
        <dt>Last connected</dt>
        <dd>
          <RelativeTime at={device.last_connected_at} />
        </dd>
        <dt>Added</dt>
        <dd>{dayOf(device.created_at)}</dd>
        <dt>Id</dt>
        <dd>
          <code>{device.id}</code>
        </dd>
      </dl>
    </Card>
  );
}
