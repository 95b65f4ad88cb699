import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { devicesQuery } from "../../api/queries.js";
import { useClient } from "../../api/use-client.js";
import { Badge } from "../../components/badge.js";
import { Button } from "../../components/button.js";
import { EmptyState } from "../../components/empty-state.js";
import { Notice } from "../../components/notice.js";
import { Page } from "../../components/page.js";
import { QueryView } from "../../components/query-view.js";
import { RelativeTime } from "../../components/relative-time.js";
import { type Column, Table } from "../../components/table.js";
import type { Device } from "../../generated/resources.js";
import { ADDING } from "./add-a-device.js";
import { DeviceActions } from "./device-actions.js";
import { useDeviceChanges } from "./device-changes.js";
import { DeviceNameDialog } from "./device-name-dialog.js";
import { reasonWords, stateOf } from "./device-words.js";
import styles from "./devices.module.css";

export function DevicesPage() {
  const client = useClient();
  const query = useQuery(devicesQuery(client));
  const isLive = client.mode === "live";
  const isAsked = useSearch() === ADDING;
  const [isAdding, setAdding] = useState(isLive && isAsked);
  const [, navigate] = useLocation();
  const { create } = useDeviceChanges();
  useEffect(() => {
    // Once is enough: neither on a reload nor on the way back.
    if (isAsked) navigate("/devices", { replace: true });
  }, [isAsked, navigate]);
  const closeAdding = () => {
    setAdding(false);
    create.reset();
  };
  const add = (
    <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
      Add a device
    </Button>
  );
  return (
    <Page
      title="Devices"
      description={
        isLive
          ? "Phones that are linked to this server. Messages go out and come in through them."
          : "The sandbox stands for a phone: it answers as WhatsApp would, and reaches nobody."
      }
      actions={isLive && query.data && query.data.length > 0 && add}
    >
      <QueryView query={query}>
        {(devices) =>
          devices.length === 0 ? (
            <EmptyState icon="devices" title="No device yet" action={isLive && add}>
              Add one, and link it as you would link a computer: scan a QR code with WhatsApp on the phone. It takes a
              minute.
            </EmptyState>
          ) : (
            <Table label="Devices" columns={isLive ? LIVE : SHOWN} rows={devices} rowKey={({ id }) => id} />
          )
        }
      </QueryView>
      <DeviceNameDialog
        isOpen={isAdding}
        onClose={closeAdding}
        title="Add a device"
        description="Keep the phone at hand: you link it in the next step."
        notice={
          <Notice tone="info" title="Before you link a number">
            WhatsFlow is an unofficial client, which WhatsApp's terms do not allow: WhatsApp may restrict or ban the
            number. Never use one that you cannot afford to lose.
          </Notice>
        }
        action="Continue"
        name=""
        isBusy={create.isPending}
        error={create.error}
        onSubmit={(name) => create.mutate(name, { onSuccess: ({ id }) => navigate(`/devices/${id}`) })}
      />
    </Page>
  );
}

const SHOWN: Column<Device>[] = [
  {
    head: "Name",
    isTitle: true,
    cell: ({ id, device_name, is_primary }) => (
      <span className={styles.name}>
        <Link href={`/devices/${id}`}>{device_name}</Link>
        {is_primary && <Badge tone="accent">Primary</Badge>}
      </span>
    ),
  },
  {
    head: "State",
    cell: (device) => {
      const { label, tone } = stateOf(device);
      return (
        <span className={styles.state}>
          <Badge tone={tone}>{label}</Badge>
          {device.reason && <span className={styles.reason}>{reasonWords(device.reason).what}</span>}
        </span>
      );
    },
  },
  {
    head: "Number",
    cell: ({ phone_number }) => <span className={styles.number}>{phone_number ?? "not paired yet"}</span>,
  },
  {
    head: "Last connected",
    cell: ({ last_connected_at }) => <RelativeTime at={last_connected_at} />,
  },
];

const LIVE: Column<Device>[] = [
  ...SHOWN,
  { head: "Actions", isActions: true, cell: (device) => <DeviceActions device={device} /> },
];
