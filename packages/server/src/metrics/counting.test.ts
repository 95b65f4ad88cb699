import pino from "pino";
import { expect, it } from "vitest";
import { createFakeClock } from "../../test/fake-clock.js";
import { createFakeTransport } from "../../test/fake-transport.js";
import { parseMetrics, sampleOf } from "../../test/prometheus-text.js";
import type { InboundMessage, TransportListener } from "../transport/transport.js";
import { countEvents } from "./counting.js";
import { createMetrics, type Metrics } from "./metrics.js";

const log = pino({ level: "silent" });
const device = { id: "device_1", spaceId: 1 };
const message: InboundMessage = {
  spaceId: 1,
  deviceId: device.id,
  whatsappId: "A",
  contact: { phoneNumber: "+94771234567", lid: null },
  contactName: null,
  isBusiness: false,
  direction: "inbound",
  messageType: "text",
  content: "Hello",
  replyTo: null,
  media: null,
  group: null,
  sentAt: 0,
  isHistory: false,
};

/** What a live transport tells, as it is counted on its way to a listener. */
async function telling(listener: TransportListener) {
  const metrics = createMetrics({ log });
  let tell: TransportListener = async () => {};
  const transport = {
    ...createFakeTransport(createFakeClock()),
    start: async (counting: TransportListener) => {
      tell = counting;
    },
  };
  await countEvents("live", transport, metrics).start(listener);
  return { metrics, tell };
}
const value = async (metrics: Metrics, name: string, labels: Record<string, string>) =>
  sampleOf(parseMetrics(await metrics.scrape()), name, labels);

it("tells direct messages, groups, what the phone sent, and history apart", async () => {
  const { metrics, tell } = await telling(async () => {});
  const group = { id: "g", name: "Group" };
  const told: InboundMessage[] = [
    message,
    { ...message, group },
    { ...message, direction: "outbound" },
    { ...message, direction: "outbound", isHistory: true },
    { ...message, group, isHistory: true },
  ];
  await tell(told.map((inbound) => ({ type: "inbound", message: inbound })));
  const counts = await Promise.all(
    ["direct", "group", "phone", "history"].map((kind) =>
      value(metrics, "whatsflow_inbound_messages_total", { mode: "live", kind }),
    ),
  );
  expect(counts).toEqual([1, 1, 1, 2]);
});

it("counts nothing that is not on disk", async () => {
  const { metrics, tell } = await telling(() => Promise.reject(new Error("disk full")));
  const change = { status: "disconnected", reason: "replaced" } as const;
  await expect(tell([{ type: "device", device, change }])).rejects.toThrow("disk full");
  expect(await value(metrics, "whatsflow_device_disconnections_total", { reason: "replaced" })).toBe(0);
});

it("a gauge that cannot be read is left out, and nothing else is", async () => {
  const metrics = createMetrics({ log });
  let broken = false;
  const read = () => {
    if (broken) throw new Error("gone");
    return 7;
  };
  metrics.addGauge({ name: "whatsflow_event_stream_clients", help: "Readers of the event stream.", read });
  metrics.addGauge({
    name: "whatsflow_odd",
    help: "With labels.",
    labelNames: ["name"],
    read: () => (broken ? [] : [{ labels: { name: 'a "quoted" \\ text' }, value: 1 }]),
  });
  const before = parseMetrics(await metrics.scrape());
  expect(sampleOf(before, "whatsflow_event_stream_clients")).toBe(7);
  expect(before.get("whatsflow_odd")?.samples).toHaveLength(1);
  broken = true;
  await metrics.scrape();
  const after = parseMetrics(await metrics.scrape());
  expect(after.get("whatsflow_event_stream_clients")?.samples).toEqual([]);
  expect(after.get("whatsflow_odd")?.samples).toEqual([]);
  expect(sampleOf(after, "whatsflow_scrape_failures_total")).toBeGreaterThan(0);
});
