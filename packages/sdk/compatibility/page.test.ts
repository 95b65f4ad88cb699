/** The tour in a page, in a real browser. The server answers no other origin than its own, so a proxy stands before it that has the page, too. */
import { readFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { join } from "node:path";
import { type Browser, chromium as driver } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { PROGRAM_FILES } from "./bundles.js";
import { reportOf } from "./report.js";
import { chromium } from "./runtimes.js";

const { url, key } = inject("whatsflow");
const FILES: Record<string, { type: string; text: string }> = {
  "/": { type: "text/html", text: `<!doctype html><script type="module" src="/${PROGRAM_FILES.page}"></script>` },
  [`/${PROGRAM_FILES.page}`]: {
    type: "text/javascript",
    text: readFileSync(join(inject("directory"), PROGRAM_FILES.page), "utf8"),
  },
};

let proxy: Server;
let site: string;
let browser: Browser;
beforeAll(async () => {
  proxy = createServer((incoming, answer) => {
    const file = FILES[incoming.url ?? ""];
    if (file) return answer.writeHead(200, { "Content-Type": `${file.type}; charset=utf-8` }).end(file.text);
    const { method, headers } = incoming;
    const forwarded = request(new URL(incoming.url ?? "", url), { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answer.flushHeaders();
      answered.pipe(answer);
    });
    // Where the page leaves the stream, so does the proxy.
    answer.once("close", () => forwarded.destroy());
    forwarded.on("error", () => answer.destroy());
    return incoming.pipe(forwarded);
  });
  await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
  const address = proxy.address();
  site = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  browser = await driver.launch({
    executablePath: chromium(),
    // No name but the site's leads anywhere, so that the browser itself asks for nothing.
    args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
  });
});
afterAll(async () => {
  await browser?.close();
  proxy?.closeAllConnections();
  proxy?.close();
});

it("a page takes the tour, with WebCrypto", async () => {
  const page = await browser.newPage();
  const broken: Error[] = [];
  page.on("pageerror", (error) => broken.push(error));
  await page.goto(site);
  const message = "Hello from a page";
  const destination = { baseUrl: site, apiKey: key, message };
  const report = await page.evaluate(`takeTour(${JSON.stringify(destination)})`);
  expect({ report, broken }).toEqual({
    report: reportOf(message, { hasNodeCrypto: false, isBrowser: true }),
    broken: [],
  });
});
