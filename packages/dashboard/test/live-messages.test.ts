import { type Person, type Phone, type Simulator, startSimulator } from "@whatsflow/whatsapp-simulator";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch } from "./browser.js";
import { pairDevice } from "./paired-device.js";
import { ANA, acceptLink, heading, signedInPage } from "./signing-in.js";
import { memberOf, startWhatsFlow, type WhatsFlow } from "./whatsflow.js";

let whatsapp: Simulator;
let server: WhatsFlow;
let browser: Browser;
let sales: Phone;
let support: Phone;
let supportId: string;
/** She gives no receipts by herself. */
let maya: Person;
let noah: Person;
beforeAll(async () => {
  whatsapp = await startSimulator();
  [server, browser] = await Promise.all([startWhatsFlow(whatsapp), launch()]);
  await acceptLink(server, server.firstLink, ANA);
  const pair = (name: string, phoneNumber: string) => pairDevice(server, whatsapp, { name, phoneNumber });
  ({ phone: sales } = await pair("Sales line", "15550001111"));
  ({ phone: support, id: supportId } = await pair("Support line", "15550003333"));
  maya = whatsapp.createPerson({ phoneNumber: "15550002222", name: "Maya" });
  maya.automaticReceipts = "none";
  noah = whatsapp.createPerson({ phoneNumber: "15550004444", name: "Noah" });
  await maya.send(sales, { text: "Is my coat ready?" }, minutesAgo(60));
  await noah.send(support, { text: "Do you repair zips?" }, minutesAgo(59));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await whatsapp?.close();
});

/** WhatsApp tells the time in whole seconds, so what is written within one has no order. */
const minutesAgo = (minutes: number) => ({ at: new Date(Date.now() - minutes * 60_000) });

const rows = (page: Page) => page.getByRole("list", { name: "Conversations" }).getByRole("link");
const statusOf = async (id: string) => memberOf(await server.ask("live", "GET", `/devices/${id}/status`), "status");
const bubble = (page: Page, text: string) =>
  page.getByRole("region", { name: "Messages with" }).getByRole("listitem").filter({ hasText: text });
const composer = (page: Page) => page.getByLabel("Message to");

async function openConversation(page: Page, name: string): Promise<void> {
  await page.goto("/live/messages");
  await rows(page).filter({ hasText: name }).click();
  await heading(page, name).waitFor();
}

async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
}

describe("a live message", () => {
  it("that comes in appears in the open conversation and at the top of the list, without the page being loaded", async () => {
    const page = await signedInPage(browser, server);
    await openConversation(page, "Maya");
    let loads = 0;
    page.on("framenavigated", () => loads++);
    await noah.send(support, { text: "Also on Saturdays?" }, minutesAgo(30));
    await expect.poll(() => rows(page).first().textContent()).toContain("Also on Saturdays?");
    await maya.send(sales, { text: "I come at noon" }, minutesAgo(20));
    await bubble(page, "I come at noon").waitFor();
    await expect.poll(() => rows(page).first().textContent()).toContain("I come at noon");
    expect(await bubble(page, "Also on Saturdays?").count()).toBe(0);
    expect(loads).toBe(0);
  });

  it("gets its ticks from the phone that receives it, in the conversation and in the list", async () => {
    const page = await signedInPage(browser, server);
    await openConversation(page, "Maya");
    await write(page, "It hangs in the hall");
    const sent = bubble(page, "It hangs in the hall");
    const row = rows(page).filter({ hasText: "You: It hangs in the hall" });
    await sent.getByText("Sent: WhatsApp has it").waitFor();
    await row.getByText("Sent: WhatsApp has it").waitFor();
    const message = await maya.nextMessage();
    expect(message).toMatchObject({ text: "It hangs in the hall", from: sales.phoneNumber });
    maya.sendReceipt(message.id, "delivered");
    await sent.getByText("Delivered to the phone").waitFor();
    await row.getByText("Delivered to the phone").waitFor();
    maya.sendReceipt(message.id, "read");
    await sent.getByText("Read", { exact: true }).waitFor();
    await row.getByText("Read", { exact: true }).waitFor();
    expect(await sent.count()).toBe(1);
  });

  it("goes out from the device that is chosen, which stays so for the conversation", async () => {
    const page = await signedInPage(browser, server);
    await openConversation(page, "Maya");
    const chosen = () => page.getByLabel("Send from").locator("option:checked").textContent();
    expect(await chosen()).toBe("Sales line (+15550001111)");
    await page.getByLabel("Send from").selectOption("Support line (+15550003333)");
    await write(page, "This is the workshop");
    expect(await maya.nextMessage()).toMatchObject({ text: "This is the workshop", from: support.phoneNumber });
    await bubble(page, "This is the workshop").getByText("Support line").waitFor();
    await bubble(page, "This is the workshop").getByText("Sent: WhatsApp has it").waitFor();
    await page.reload();
    await heading(page, "Maya").waitFor();
    await expect.poll(chosen).toBe("Support line (+15550003333)");
  });

  it("reaches its phone once, though the connection was lost while it went out", async () => {
    const page = await signedInPage(browser, server);
    await openConversation(page, "Maya");
    whatsapp.acknowledge({ mode: "disconnect", deliver: false, times: 1 });
    await write(page, "Lost on the way?");
    expect((await maya.nextMessage()).text).toBe("Lost on the way?");
    await bubble(page, "Lost on the way?").getByText("Sent: WhatsApp has it").waitFor();
    expect(await bubble(page, "Lost on the way?").count()).toBe(1);
    expect(maya.shown.filter(({ text }) => text === "Lost on the way?")).toHaveLength(1);
    await support.whenConnected();
  });

  it("that comes in elsewhere is marked until its conversation is opened, and the tab counts it", async () => {
    const page = await signedInPage(browser, server);
    await openConversation(page, "Noah");
    await expect.poll(() => page.title()).toBe("Noah · Messages · WhatsFlow");
    await maya.send(sales, { text: "Is it still there?" }, minutesAgo(5));
    const row = rows(page).filter({ hasText: "Maya" });
    await row.getByText("new", { exact: true }).waitFor();
    await expect.poll(() => page.title()).toBe("(1) Noah · Messages · WhatsFlow");
    const entry = page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name: "Messages" });
    await entry.getByText("1 new").waitFor();
    await row.click();
    await bubble(page, "Is it still there?").waitFor();
    await row.getByText("new", { exact: true }).waitFor({ state: "detached" });
    await expect.poll(() => page.title()).toBe("Maya · Messages · WhatsFlow");
    expect(await entry.textContent()).toBe("Messages");
  });

  it("that comes in below what is read is told of, and a click leads to it", async () => {
    const page = await signedInPage(browser, server, ANA, { viewport: { width: 1280, height: 440 } });
    await openConversation(page, "Maya");
    await bubble(page, "Is it still there?").waitFor();
    const conversation = page.getByRole("region", { name: "Messages with" });
    await conversation.evaluate((element) => element.scrollTo({ top: -element.scrollHeight }));
    const before = await conversation.evaluate((element) => element.scrollTop);
    expect(before).toBeLessThan(-48);
    await maya.send(sales, { text: "שלום, the coat" });
    const below = page.getByRole("button", { name: "New message below" });
    await below.click();
    expect(await conversation.evaluate((element) => element.scrollTop)).toBe(0);
    const text = bubble(page, "the coat").getByText("שלום, the coat");
    expect(await text.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
    expect(await below.count()).toBe(0);
  });

  it("that its device could not take stays with the reason, and goes out once when it is tried again", async () => {
    const page = await signedInPage(browser, server);
    await openConversation(page, "Noah");
    // The device is lost while the text is on its way to the server.
    await page.route(
      "**/messages/send",
      async (route) => {
        support.openElsewhere();
        await expect.poll(() => statusOf(supportId)).toBe("disconnected");
        await route.continue();
      },
      { times: 1 },
    );
    await write(page, "We open at nine");
    const unsent = page.getByRole("list", { name: "Being sent" }).getByRole("listitem");
    await unsent.getByText("is not connected. Connect it, then try again.").waitFor();
    await server.ask("live", "POST", `/devices/${supportId}/reconnect`);
    await expect.poll(() => statusOf(supportId)).toBe("connected");
    await unsent.getByRole("button", { name: "Try again" }).click();
    await bubble(page, "We open at nine").getByText("Delivered to the phone").waitFor();
    expect(await noah.nextMessage()).toMatchObject({ text: "We open at nine", from: support.phoneNumber });
    expect(await bubble(page, "We open at nine").count()).toBe(1);
    expect(noah.shown).toHaveLength(1);
  });

  it("waits for a device: the page says which is gone and what sends instead, and keeps what is written", async () => {
    const page = await signedInPage(browser, server);
    await openConversation(page, "Noah");
    await composer(page).fill("Yes, zips as well");
    support.openElsewhere();
    await page.getByText("Support line is not connected").waitFor();
    await page.getByText("What you send now goes out from Sales line (+15550001111).").waitFor();
    expect(await page.getByLabel("Send from").count()).toBe(0);

    sales.openElsewhere();
    await page.getByText("Its session was opened by another program.").waitFor();
    expect(await composer(page).inputValue()).toBe("Yes, zips as well");
    await composer(page).press("Enter");
    expect(await page.getByRole("list", { name: "Being sent" }).count()).toBe(0);
    expect(await composer(page).inputValue()).toBe("Yes, zips as well");

    await noah.send(support, { text: "Are you there?" });
    await page.getByRole("link", { name: "Open device" }).click();
    await heading(page, "Support line").waitFor();
    await page.getByRole("button", { name: "Reconnect" }).click();
    await page.getByText("Online, and ready to send and receive.").waitFor();
    await page.goBack();
    await bubble(page, "Are you there?").waitFor();
    expect(await composer(page).inputValue()).toBe("Yes, zips as well");
    await composer(page).press("Enter");
    expect(await noah.nextMessage()).toMatchObject({ text: "Yes, zips as well", from: support.phoneNumber });
    await bubble(page, "Yes, zips as well").getByText("Delivered to the phone").waitFor();
  });
});
