import { expect, it } from "vitest";
import { browserOf } from "./browser-names.js";

it("tells browsers apart that call themselves by each other's names", () => {
  const windows =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";
  expect(browserOf(windows)).toBe("Chrome on Windows");
  expect(browserOf(`${windows} Edg/143.0.0.0`)).toBe("Edge on Windows");
  expect(
    browserOf("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604"),
  ).toBe("Safari on iPhone");
  expect(browserOf("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0")).toBe("Firefox on Linux");
});

it("shows what it does not know as it is", () => {
  expect(browserOf("curl/8.5.0")).toBe("curl/8.5.0");
  expect(browserOf(null)).toBe("Unknown browser");
});
