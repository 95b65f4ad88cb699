import { expect, it } from "vitest";
import { nextPath, signInPath } from "./sign-in-path.js";

const through = (from: string) => nextPath(new URL(signInPath(from), "http://server").search);

it("leads back to where one was", () => {
  expect(through("/live/devices/device_1")).toBe("/live/devices/device_1");
  expect(through("/test/messages?search=anna%20b")).toBe("/test/messages?search=anna%20b");
  expect(through("/test/docs#sendMessage")).toBe("/test/docs#sendMessage");
  expect(through("/")).toBe("/");
});

it("never leads elsewhere", () => {
  for (const next of [
    "https://evil.example/live/",
    "//evil.example/live/",
    "/\\evil.example",
    "javascript:alert(1)",
    "/live/../../evil?#",
    "",
  ])
    expect([next, nextPath(`?next=${encodeURIComponent(next)}`)]).toEqual([next, "/"]);
});
