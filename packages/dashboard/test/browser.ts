/** Chromium, and pages that are watched: an error on the console, a breach of the policy or a request elsewhere fails the test. */
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, type ConsoleMessage, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** How long a text or a control may take to appear, and the browser to start, on a machine that has other things to do. */
const PATIENCE_MS = 60_000;

/** A browser of the machine, as none comes with npm. */
function executable(): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(existsSync);
  if (found === undefined)
    throw new Error("There is no Chromium on the PATH. Install it, in Debian: apt-get install chromium");
  return found;
}

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executable(),
    timeout: PATIENCE_MS,
    // No name leads anywhere, so that the browser itself asks for nothing.
    args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
  });

/** A page in a profile of its own; closed at the end of the test, with a picture of it where that failed. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: DESKTOP, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const wrongs = watch(page, url);
  onTestFinished(async ({ task }) => {
    if (task.result?.state === "fail" || wrongs.length > 0) await keepPicture(page, task.name);
    await context.close();
    if (wrongs.length > 0) throw new Error(`On the page ${page.url()}:\n${wrongs.join("\n")}`);
  });
  return page;
}

/** The browser itself says on the console that it was refused something, which the page is made to handle. */
const REFUSAL = /^Failed to load resource: the server responded with a status of 4\d\d/;
/** By the contract, what WhatsApp or a device did not take is a 500. */
const isRefusal = (message: ConsoleMessage): boolean =>
  REFUSAL.test(message.text()) ||
  (message.text().includes("a status of 500") && message.location().url.endsWith("/messages/send"));

function watch(page: Page, origin: string): string[] {
  const wrongs: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !isRefusal(message)) wrongs.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrongs.push(`uncaught: ${error.stack ?? error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith("data:")) wrongs.push(`request elsewhere: ${url}`);
  });
  return wrongs;
}

async function keepPicture(page: Page, test: string): Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), "whatsflow-failed-")), `${test.replace(/[^a-z0-9]+/gi, "-")}.png`);
  await page.screenshot({ path, fullPage: true }).then(
    () => console.error(`The page as it was: ${path}`),
    (error: unknown) => console.error(`There is no picture of the page: ${error}`),
  );
}
