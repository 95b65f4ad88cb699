import { type Simulator, startSimulator } from "@whatsflow/whatsapp-simulator";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { launch } from "./browser.js";
import { scanned } from "./phone-camera.js";
import { ANA, acceptLink, heading, signedInPage } from "./signing-in.js";
import { startWhatsFlow, type WhatsFlow } from "./whatsflow.js";

let whatsapp: Simulator;
let server: WhatsFlow;
let browser: Browser;
beforeAll(async () => {
  whatsapp = await startSimulator();
  [server, browser] = await Promise.all([startWhatsFlow(whatsapp), launch()]);
  await acceptLink(server, server.firstLink, ANA);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await whatsapp?.close();
});

/** From the empty list, or beside the devices that there are. */
async function addDevice(page: Page, name: string): Promise<void> {
  await page.goto("/live/devices");
  await page.getByRole("button", { name: "Add a device" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Continue" }).click();
  await heading(page, name).waitFor();
}

const state = (page: Page, title: string) => page.getByRole("main").getByText(title, { exact: true }).first();

describe("a device", () => {
  it("is paired by scanning the code on the page, which says by itself that it is connected", async () => {
    const phone = whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
    const page = await signedInPage(browser, server);
    await page.goto("/live/overview");
    await page.getByRole("link", { name: "Add a device" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a device" });
    await dialog.getByText("WhatsApp may restrict or ban the number").waitFor();
    await dialog.getByLabel("Name").fill("Sales line");
    await dialog.getByRole("button", { name: "Continue" }).click();
    await heading(page, "Sales line").waitFor();
    const drawing = page.getByRole("img", { name: "QR code to be scanned" });
    await drawing.waitFor();
    await phone.scan(await scanned(drawing));
    await page.getByText("Online, and ready to send and receive.").waitFor();
    await page.getByText("+15550001111").first().waitFor();
    await drawing.waitFor({ state: "detached" });
  });

  it("is paired with a code that is typed into the phone", async () => {
    const phone = whatsapp.createPhone({ phoneNumber: "15550003333", name: "Acme" });
    const page = await signedInPage(browser, server);
    await addDevice(page, "Support line");
    await page.getByRole("tab", { name: "Type a code" }).click();
    await page.getByRole("button", { name: "Get a code" }).click();
    await page.getByText("Write the number, with its country code.").waitFor();
    await page.getByLabel("The phone's own number").fill("+1 555 000 3333");
    await page.getByRole("button", { name: "Get a code" }).click();
    const code = page.getByText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    await code.waitFor();
    await page.getByRole("tab", { name: "Scan a QR code" }).click();
    await page.getByRole("img", { name: "QR code to be scanned" }).waitFor();
    await page.getByRole("tab", { name: "Type a code" }).click();
    await phone.enterPairingCode(((await code.textContent()) ?? "").replace("-", ""));
    await page.getByText("Online, and ready to send and receive.").waitFor();
  });

  it("shows at once that its phone has logged it out, and is paired again from there", async () => {
    const phone = whatsapp.createPhone({ phoneNumber: "15550005555", name: "Acme" });
    const page = await signedInPage(browser, server);
    await addDevice(page, "Front desk");
    const drawing = page.getByRole("img", { name: "QR code to be scanned" });
    await drawing.waitFor();
    await phone.scan(await scanned(drawing));
    await page.getByText("Online, and ready to send and receive.").waitFor();
    await phone.logout();
    await page.getByText("It was logged out, on the phone or on request.").first().waitFor();
    await page.getByRole("button", { name: "Pair again" }).click();
    await drawing.waitFor();
    await phone.scan(await scanned(drawing));
    await page.getByText("Online, and ready to send and receive.").waitFor();
  });

  it("is reconnected after another program took its session, and logged out on request", async () => {
    const phone = whatsapp.createPhone({ phoneNumber: "15550007777", name: "Acme" });
    const page = await signedInPage(browser, server);
    await addDevice(page, "Back office");
    const drawing = page.getByRole("img", { name: "QR code to be scanned" });
    await drawing.waitFor();
    await phone.scan(await scanned(drawing));
    await page.getByText("Online, and ready to send and receive.").waitFor();
    phone.openElsewhere();
    await state(page, "Its session was opened by another program.").waitFor();
    await page.getByRole("button", { name: "Reconnect" }).click();
    await page.getByText("Online, and ready to send and receive.").waitFor();

    await page.getByRole("button", { name: "Actions for Back office" }).click();
    await page.getByRole("menuitem", { name: "Log out" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Log out" }).click();
    await state(page, "It was logged out, on the phone or on request.").waitFor();
  });

  it("that is removed leads back to the list, which says so", async () => {
    const page = await signedInPage(browser, server);
    await addDevice(page, "Old line");
    await page.getByRole("button", { name: "Actions for Old line" }).click();
    await page.getByRole("menuitem", { name: "Remove" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Remove device" }).click();
    await heading(page, "Devices").waitFor();
    await page.getByText("Old line was removed").waitFor();
  });
});
