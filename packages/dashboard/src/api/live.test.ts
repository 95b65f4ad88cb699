import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StreamedEvent } from "../event-stream.js";
import type { Device } from "../generated/resources.js";
import { applyEvent, createInvalidator, keysChangedBy, type Refreshing } from "./live.js";
import { keys } from "./query-keys.js";

const at = "2025-10-11T10:30:00.000Z";
const phone: Device = {
  id: "device_1",
  device_name: "Sales Line",
  phone_number: null,
  status: "qr_pending",
  reason: null,
  is_primary: true,
  last_connected_at: null,
  disconnected_at: null,
  created_at: at,
};
const told = { device_id: phone.id, device_name: phone.device_name, phone_number: "+94771234567", reason: null };
const connected: StreamedEvent = {
  id: "7",
  event: "device.connected",
  timestamp: at,
  data: { ...told, status: "connected" },
};
const qrUpdated: StreamedEvent = {
  id: "6",
  event: "device.qr_updated",
  timestamp: at,
  data: { ...told, phone_number: null, status: "qr_pending", qr: "second", expires_at: at },
};

describe("an event of the stream", () => {
  it("shows a scanned device as connected without asking the server, with what the event says of it", () => {
    const queryClient = new QueryClient();
    queryClient.setQueryData(keys.devices("live"), [phone, { ...phone, id: "device_2" }]);
    applyEvent(queryClient, "live", connected);
    const devices = queryClient.getQueryData<Device[]>(keys.devices("live"));
    expect(devices?.map(({ status, phone_number }) => [status, phone_number])).toEqual([
      ["connected", "+94771234567"],
      ["qr_pending", null],
    ]);
  });

  it("replaces the QR code that is shown", () => {
    const queryClient = new QueryClient();
    queryClient.setQueryData(keys.deviceQr("live", phone.id), { qr: "first", expires_at: at });
    applyEvent(queryClient, "live", qrUpdated);
    expect(queryClient.getQueryData(keys.deviceQr("live", phone.id))).toEqual({ qr: "second", expires_at: at });
  });

  it("keeps no QR code that nobody looks at", () => {
    const queryClient = new QueryClient();
    applyEvent(queryClient, "live", qrUpdated);
    expect(queryClient.getQueryData(keys.deviceQr("live", phone.id))).toBeUndefined();
  });

  it("changes nothing of the other mode", () => {
    const queryClient = new QueryClient();
    queryClient.setQueryData(keys.devices("test"), [phone]);
    applyEvent(queryClient, "live", connected);
    expect(queryClient.getQueryData<Device[]>(keys.devices("test"))).toEqual([phone]);
    expect(keysChangedBy(connected, "live").every(([mode]) => mode === "live")).toBe(true);
  });

  it("makes all of its mode old where events were missed", () => {
    const gap: StreamedEvent = { id: "9", event: "$gap", data: { requested: "1", resumes_after: "8" } };
    expect(keysChangedBy(gap, "test")).toEqual([["test"]]);
  });
});

describe("asking again", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const follow = (more: Partial<Refreshing> = {}) => {
    const asked: string[] = [];
    const refresh = async (key: readonly unknown[]) => asked.push(key.join("/")) && 1;
    return { asked, invalidator: createInvalidator({ isUnderWay: () => false, refresh, ...more }, 1_000) };
  };

  it("happens at once for the first event, and once for the many that follow", async () => {
    const { asked, invalidator } = follow();
    invalidator.add([keys.devices("live")]);
    expect(asked).toEqual(["live/devices"]);
    for (let i = 0; i < 500; i++) invalidator.add([keys.conversations("live"), keys.overview("live")]);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked.slice(1)).toEqual(["live/conversations", "live/overview"]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(3);
    invalidator.add([keys.devices("live")]);
    expect(asked).toHaveLength(4);
  });

  it("never cuts an answer short that is under way, and asks once it has come", async () => {
    let isUnderWay = true;
    const { asked, invalidator } = follow({ isUnderWay: () => isUnderWay });
    invalidator.add([keys.conversations("live")]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual([]);
    isUnderWay = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual(["live/conversations"]);
  });

  it("waits for the answer, and the longer the more requests it took", async () => {
    let asked = 0;
    const answers: ((requests: number) => void)[] = [];
    const refresh = () => {
      asked += 1;
      return new Promise<number>((resolve) => answers.push(resolve));
    };
    const { invalidator } = follow({ refresh });
    invalidator.add([["live"]]);
    invalidator.add([["live"]]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(1);
    answers[0]?.(10);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toBe(2);
  });

  it("ends with the page", async () => {
    const { asked, invalidator } = follow();
    invalidator.add([["live"]]);
    invalidator.add([["live"]]);
    invalidator.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
  });
});
