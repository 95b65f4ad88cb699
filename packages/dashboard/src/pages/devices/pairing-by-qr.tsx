import { useQuery } from "@tanstack/react-query";
import encodeQR from "qr";
import { useMemo } from "react";
import { ApiError } from "../../api/errors.js";
import { deviceQrQuery } from "../../api/queries.js";
import { useClient } from "../../api/use-client.js";
import { Button } from "../../components/button.js";
import { Notice, ProblemNotice } from "../../components/notice.js";
import type { Device, DeviceQr } from "../../generated/resources.js";
import { useDeviceChanges } from "./device-changes.js";
import styles from "./devices.module.css";

/** The code of the moment. The next ones come with events; where these do not come, it is asked for. */
export function PairingByQr({ device }: { device: Device }) {
  const client = useClient();
  const query = useQuery({
    ...deviceQrQuery(client, device.id),
    refetchInterval: ({ state }) => nextAskMs(state.data),
  });
  return (
    <div className={styles.pairing}>
      <div className={styles.qr}>
        <QrPlace query={query} device={device} />
      </div>
      <ol className={styles.steps}>
        <li>
          Open <strong>WhatsApp</strong> on the phone.
        </li>
        <li>
          Android: tap <strong>⋮</strong>, then <strong>Linked devices</strong>. iPhone: <strong>Settings</strong>, then{" "}
          <strong>Linked devices</strong>.
        </li>
        <li>
          Tap <strong>Link a device</strong>, and point the phone at this code.
        </li>
        <li>This page says so as soon as it is connected. The code changes by itself every few seconds.</li>
      </ol>
    </div>
  );
}

function QrPlace({ query, device }: { query: ReturnType<typeof useQuery<DeviceQr>>; device: Device }) {
  const { reconnect } = useDeviceChanges();
  if (query.error instanceof ApiError && query.error.code === "qr_not_available")
    return (
      <Notice
        tone="warn"
        title="There is no code any more"
        action={
          <Button
            kind="primary"
            size="s"
            isBusy={reconnect.isPending}
            onClick={() => reconnect.mutate(device.id, { onSuccess: () => query.refetch() })}
          >
            Start again
          </Button>
        }
      >
        Nobody scanned it in time.
      </Notice>
    );
  // Connected a moment ago: the device's own state is about to say so.
  const isPaired = query.error instanceof ApiError && query.error.code === "device_already_connected";
  if (query.error && !isPaired) return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data || isPaired)
    return (
      <p role="status" className={styles.waiting}>
        {isPaired ? "Connecting…" : "Waiting for WhatsApp's code…"}
      </p>
    );
  return <QrDrawing text={query.data.qr} />;
}

/** Always dark on white, whatever the theme: cameras expect it. */
function QrDrawing({ text }: { text: string }) {
  const { size, path } = useMemo(() => drawingOf(text), [text]);
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="QR code to be scanned with WhatsApp on the phone"
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

const QUIET_ZONE = 2;

function drawingOf(text: string): { size: number; path: string } {
  const rows = encodeQR(text, "raw", { ecc: "low", border: QUIET_ZONE });
  const path = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return { size: rows.length, path };
}

/** A moment after a code has ended, when no event brought the next one. */
const LATE_MS = 1_500;
const ASK_AT_MOST_EVERY_MS = 3_000;

function nextAskMs(qr: DeviceQr | undefined): number | false {
  return qr ? Math.max(ASK_AT_MOST_EVERY_MS, Date.parse(qr.expires_at) - Date.now() + LATE_MS) : false;
}
