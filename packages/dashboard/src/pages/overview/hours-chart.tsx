import { useEffect, useRef, useState } from "react";
import { Card } from "../../components/page.js";
import { clockTime } from "../../components/times.js";
import type { HourOfMessages } from "../../generated/resources.js";
import { axisOf, barHeight } from "./chart-scale.js";
import styles from "./hours-chart.module.css";

const HEIGHT = 168;
/** Room for the numbers of the axis, the hours below, and the topmost number. */
const LEFT = 40;
const BOTTOM = 22;
const TOP = 8;
const PLOT = HEIGHT - BOTTOM - TOP;
const NUMBER = new Intl.NumberFormat();

/** Messages of the last 24 hours: for each hour what was sent, with what failed on top, beside what was received. */
export function HoursChart({ hours }: { hours: readonly HourOfMessages[] }) {
  const [frame, width] = useWidth();
  const [pointed, setPointed] = useState<number | undefined>(undefined);
  const { top, lines } = axisOf(Math.max(...hours.flatMap(({ inbound, outbound }) => [inbound, outbound])));
  const slot = Math.max(width - LEFT, 0) / Math.max(hours.length, 1);
  const bar = Math.max(2, Math.min(14, slot * 0.36));
  const y = (value: number) => TOP + PLOT - barHeight(value, top, PLOT);
  // So many hours between two labels that these do not touch, and half as many between the last one and the edge.
  const every = slot > 40 ? 2 : slot > 22 ? 3 : 6;
  const shown = pointed === undefined ? undefined : hours[pointed];
  return (
    <Card title="Messages in the last 24 hours" actions={<Legend hour={shown} />}>
      <div ref={frame} className={styles.frame}>
        <svg width={width} height={HEIGHT} aria-hidden="true" onPointerLeave={() => setPointed(undefined)}>
          {lines.map((value) => (
            <g key={value}>
              <line
                className={styles.line}
                x1={LEFT}
                x2={width}
                y1={TOP + PLOT - (value / top) * PLOT}
                y2={TOP + PLOT - (value / top) * PLOT}
              />
              <text className={styles.tick} x={LEFT - 8} y={TOP + PLOT - (value / top) * PLOT + 4} textAnchor="end">
                {NUMBER.format(value)}
              </text>
            </g>
          ))}
          {hours.map(({ starts_at, inbound, outbound, failed }, index) => {
            const middle = LEFT + slot * (index + 0.5);
            const sent = barHeight(outbound, top, PLOT);
            const lost = Math.min(sent, barHeight(failed, top, PLOT));
            return (
              <g key={starts_at} data-pointed={pointed === index}>
                <rect
                  className={styles.slot}
                  x={LEFT + slot * index}
                  y={TOP}
                  width={slot}
                  height={PLOT}
                  onPointerEnter={() => setPointed(index)}
                />
                <rect
                  className={styles.sent}
                  x={middle - bar - 0.5}
                  y={y(outbound) + lost}
                  width={bar}
                  height={sent - lost}
                />
                <rect className={styles.failed} x={middle - bar - 0.5} y={y(outbound)} width={bar} height={lost} />
                <rect
                  className={styles.received}
                  x={middle + 0.5}
                  y={y(inbound)}
                  width={bar}
                  height={barHeight(inbound, top, PLOT)}
                />
                {(hours.length - 1 - index) % every === Math.floor(every / 2) && (
                  <text className={styles.tick} x={middle} y={HEIGHT - 4} textAnchor="middle">
                    {clockTime(starts_at)}
                  </text>
                )}
              </g>
            );
          })}
          {hours.every(({ inbound, outbound }) => inbound + outbound === 0) && (
            <text className={styles.tick} x={LEFT + (width - LEFT) / 2} y={TOP + PLOT / 2} textAnchor="middle">
              No messages in these hours
            </text>
          )}
        </svg>
      </div>
      <HoursTable hours={hours} />
    </Card>
  );
}

/** What the colours mean; with the numbers of the hour that is pointed at. */
function Legend({ hour }: { hour: HourOfMessages | undefined }) {
  const value = (count: number | undefined) => (count === undefined ? "" : ` ${NUMBER.format(count)}`);
  return (
    <p className={styles.legend} aria-hidden="true">
      {hour && <span className={styles.hour}>from {clockTime(hour.starts_at)}</span>}
      <span data-of="sent">Sent{value(hour?.outbound)}</span>
      <span data-of="failed">Failed{value(hour?.failed)}</span>
      <span data-of="received">Received{value(hour?.inbound)}</span>
    </p>
  );
}

/** The same for who cannot see it. */
function HoursTable({ hours }: { hours: readonly HourOfMessages[] }) {
  return (
    <div className="visually-hidden">
      <table>
        <caption>Messages in the last 24 hours, by the hour</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Sent</th>
            <th scope="col">Failed</th>
            <th scope="col">Received</th>
          </tr>
        </thead>
        <tbody>
          {hours.map(({ starts_at, outbound, failed, inbound }) => (
            <tr key={starts_at}>
              <th scope="row">{clockTime(starts_at)}</th>
              <td>{outbound}</td>
              <td>{failed}</td>
              <td>{inbound}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How wide an element is, whenever that changes. */
function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width] as const;
}
