/** Draws the pictures of the docs: `npm run screenshots`. A real server, filled with an invented workshop, in a real browser. */
import { mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startSimulator } from "@whatsflow/whatsapp-simulator";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { DESKTOP, launch, PHONE } from "./browser.js";
import { ANA } from "./signing-in.js";
import { startWhatsFlow, type WhatsFlow } from "./whatsflow.js";
import { openWorkshop } from "./workshop.js";

const FOLDER = fileURLToPath(new URL("../../../docs/images/", import.meta.url));
const MOST_BYTES = 150_000;
/** Wherever and whenever it is drawn, it is afternoon, and the workshop is open. */
const HOUR_OF_DAY = 15;

// First, so that no server is left running where there is no Chromium.
const browser = await launch();
const whatsapp = await startSimulator();
const server = await startWhatsFlow(whatsapp);
try {
  await openWorkshop(server, whatsapp);
  mkdirSync(FOLDER, { recursive: true });
  await onDesktop(await signedIn(browser, server));
  await inTheDark(await signedIn(browser, server, { colorScheme: "dark" }));
  await onPhone(await signedIn(browser, server, { viewport: PHONE, isMobile: true, hasTouch: true }));
  await whilePairing(await signedIn(browser, server));
} finally {
  await browser.close();
  await server.stop();
  await whatsapp.close();
}

async function onDesktop(page: Page): Promise<void> {
  await page.goto("/live/overview");
  await picture(page, "overview");
  await page.goto("/live/devices");
  await picture(page, "devices");
  await openConversation(page, "Maya");
  await picture(page, "messages");
  await page.goto("/live/settings/api-keys");
  await picture(page, "api-keys");
  await page.goto("/live/settings/webhooks");
  await page.getByRole("link", { name: /calendar/ }).click();
  const deliveries = page.getByRole("region", { name: "Deliveries" });
  await deliveries.getByText("503").first().waitFor();
  await deliveries.evaluate((section) => section.scrollIntoView());
  await picture(page, "webhook");
  await page.goto("/live/docs");
  await page.getByText("Send a message").waitFor();
  await picture(page, "api-docs");
}

/** Last, as a device that waits for its phone would stand in the other pictures. */
async function whilePairing(page: Page): Promise<void> {
  await page.goto("/live/devices");
  await page.getByRole("button", { name: "Add a device" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Front desk");
  await page.getByRole("dialog").getByRole("button", { name: "Continue" }).click();
  await page.getByRole("img", { name: "QR code to be scanned" }).waitFor();
  await picture(page, "pairing");
}

async function inTheDark(page: Page): Promise<void> {
  await page.goto("/live/overview");
  await picture(page, "overview-dark");
}

async function onPhone(page: Page): Promise<void> {
  await openConversation(page, "Maya");
  await picture(page, "messages-phone");
}

async function openConversation(page: Page, name: string): Promise<void> {
  await page.goto("/live/messages");
  await page.getByRole("list", { name: "Conversations" }).getByRole("link", { name }).click();
  await page
    .getByRole("region", { name: `Messages with ${name}` })
    .getByRole("listitem")
    .first()
    .waitFor();
}

async function signedIn(from: Browser, at: WhatsFlow, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await from.newContext({
    baseURL: at.url,
    viewport: DESKTOP,
    locale: "en-GB",
    timezoneId: timeZone(),
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  const answer = await page.request.post("/api/public/v1/session", {
    headers: { "whatsflow-mode": "live" },
    data: ANA,
  });
  if (!answer.ok()) throw new Error(`Signing in was answered with ${answer.status()}: ${await answer.text()}`);
  return page;
}

/** Where it is that hour now. These names have the sign the other way round. */
function timeZone(): string {
  const behind = new Date().getUTCHours() - HOUR_OF_DAY;
  const offset = behind < -14 ? behind + 24 : behind;
  return `Etc/GMT${offset < 0 ? offset : `+${offset}`}`;
}

async function picture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.locator("h1").waitFor();
  await page.waitForFunction(
    () =>
      !document.body.innerText.includes("Loading") &&
      document.getAnimations().every(({ playState }) => playState !== "running"),
  );
  const path = `${FOLDER}dashboard-${name}.png`;
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
  const { size } = statSync(path);
  if (size > MOST_BYTES) throw new Error(`${path} has ${size} bytes, more than ${MOST_BYTES}: show less on it`);
  console.info(`docs/images/dashboard-${name}.png: ${size} bytes`);
}
