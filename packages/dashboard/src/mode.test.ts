import { expect, it } from "vitest";
import { inMode, modeOf } from "./mode.js";

it("is the first part of an address, and nothing else is", () => {
  expect(modeOf("/live/overview")).toBe("live");
  expect(modeOf("/test")).toBe("test");
  for (const path of ["/", "/lively", "/devices/live", "/sign-in"]) expect(modeOf(path)).toBeUndefined();
});

it("leads to the same page of the other mode, and to the list where a page is about one thing", () => {
  expect(inMode("test", "/live/settings/webhooks")).toBe("/test/settings/webhooks");
  expect(inMode("test", "/live/devices/device_1")).toBe("/test/devices");
  expect(inMode("live", "/test/settings/webhooks/webhook_1/deliveries/delivery_1")).toBe("/live/settings/webhooks");
});
