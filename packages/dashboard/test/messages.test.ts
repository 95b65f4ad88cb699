import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Person, type Phone, type Simulator, startSimulator } from "@whatsflow/whatsapp-simulator";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch } from "./browser.js";
import { ANA, acceptLink, chooseInAccountMenu, heading, signedInPage, signIn } from "./signing-in.js";
import { memberOf, startWhatsFlow, type WhatsFlow } from "./whatsflow.js";

let whatsapp: Simulator;
let server: WhatsFlow;
let browser: Browser;
let phone: Phone;
let maya: Person;
beforeAll(async () => {
  whatsapp = await startSimulator();
  [server, browser] = await Promise.all([startWhatsFlow(whatsapp), launch()]);
  await acceptLink(server, server.firstLink, ANA);
  phone = whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
  maya = whatsapp.createPerson({ phoneNumber: "15550002222", name: "Maya" });
  // Her receipts come when a test says so, one after the other.
  maya.automaticReceipts = "none";
  const id = memberOf(await server.ask("live", "POST", "/devices", { device_name: "Sales line" }), "id");
  await phone.scan(String(memberOf(await server.ask("live", "GET", `/devices/${id}/qr`), "qr")));
  await phone.whenConnected();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await whatsapp?.close();
});

describe("messages", () => {
  it("are sent from the page, whose ticks follow them to the phone, and answers appear by themselves", async () => {
    const page = await signedInPage(browser, server);
    await page.goto("/live/messages");
    await heading(page, "Messages").waitFor();
    await page.getByRole("button", { name: "New message" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New message" });
    await dialog.getByLabel("Number").fill("+1 555 000 2222");
    await dialog.getByLabel("Message").fill("Do you still have my coat?");
    await dialog.getByRole("button", { name: "Send" }).click();
    const bubble = page.getByRole("listitem").filter({ hasText: "Do you still have my coat?" }).last();
    await bubble.getByText("Sent: WhatsApp has it").waitFor();
    const message = await maya.nextMessage();
    maya.sendReceipt(message.id, "delivered");
    await bubble.getByText("Delivered to the phone").waitFor();
    maya.sendReceipt(message.id, "read");
    await bubble.getByText("Read", { exact: true }).waitFor();

    await maya.send(phone, { text: "Yes, it hangs in the hall" });
    await page.getByRole("listitem").filter({ hasText: "Yes, it hangs in the hall" }).last().waitFor();
    await page.getByLabel("Message to").fill("Thank you!");
    await page.getByLabel("Message to").press("Enter");
    await page.getByRole("listitem").filter({ hasText: "Thank you!" }).last().getByText("Sent: WhatsApp").waitFor();
    expect((await maya.nextMessage()).text).toBe("Thank you!");
  });

  it("appear also when they came after the conversation was read and before its events are followed", async () => {
    const page = await signedInPage(browser, server);
    let follow = (): void => undefined;
    const following = new Promise<void>((resolve) => {
      follow = resolve;
    });
    await page.goto("/live/messages");
    await page.getByRole("list", { name: "Conversations" }).getByText("Maya").first().click();
    await page.getByLabel("Message to").waitFor();
    await page.route("**/events", (route) => following.then(() => route.continue()));
    await page.reload();
    const count = await countLive();
    await page
      .getByRole("region", { name: "Messages with" })
      .getByRole("listitem")
      .nth(count - 1)
      .waitFor();
    await maya.send(phone, { text: "Are you closed today?" });
    await expect.poll(countLive).toBe(count + 1);
    follow();
    await page.getByRole("region", { name: "Messages with" }).getByText("Are you closed today?").waitFor();
  });

  it("are found however far back: a search that has found nobody yet goes on by itself", async () => {
    const page = await signedInPage(browser, server);
    const asked: (string | null)[] = [];
    // As from a server with more conversations than are looked at for one page.
    await page.route("**/conversations?*search=*", (route) => {
      const url = new URL(route.request().url());
      asked.push(url.searchParams.get("cursor"));
      const pagination = { limit: 30, has_more: true, next_cursor: "further" };
      if (asked.length === 1) return route.fulfill({ json: { success: true, data: [], pagination } });
      if (asked.length === 2) return route.fulfill({ status: 400, json: { success: false } });
      url.searchParams.delete("cursor");
      return route.continue({ url: url.href });
    });
    await page.goto("/live/messages");
    const list = page.getByRole("list", { name: "Conversations" });
    await list.getByText("Maya").first().waitFor();
    await page.getByLabel("Search").fill("Maya");
    await page.getByRole("button", { name: "Search on" }).click();
    await list.getByText("Maya").first().waitFor();
    expect(asked).toEqual([null, "further", "further"]);
  });

  it("leave no draft and no unsent text to whoever signs in next", async () => {
    const page = await signedInPage(browser, server);
    await page.route("**/messages/send", (route) => route.fulfill({ status: 400, json: { success: false } }));
    await page.goto("/live/messages");
    const open = async () => {
      await page.getByRole("list", { name: "Conversations" }).getByRole("link").first().click();
      await page.getByRole("listitem").filter({ hasText: "Thank you!" }).last().waitFor();
    };
    await open();
    await page.getByLabel("Message to").fill("Never sent");
    await page.getByLabel("Message to").press("Enter");
    await page.getByRole("list", { name: "Being sent" }).getByText("Never sent").waitFor();
    await page.getByLabel("Message to").fill("Not for the eyes of others");
    await chooseInAccountMenu(page, "Sign out");
    await heading(page, "Sign in").waitFor();
    await signIn(page, ANA);
    await heading(page, "Overview").waitFor();
    await page.getByRole("link", { name: "Messages" }).first().click();
    await open();
    expect(await page.getByLabel("Message to").inputValue()).toBe("");
    expect(await page.getByText("Never sent").count()).toBe(0);
  });

  it("leave no draft and no unsent text to whoever signs in in another tab", async () => {
    const cy = { name: "Cy", password: "nine quiet lamps" };
    await acceptLink(server, String(memberOf(await server.run("users", "invite"), "url")), cy);
    const page = await signedInPage(browser, server);
    await page.goto("/live/messages");
    await page.getByRole("list", { name: "Conversations" }).getByRole("link").first().click();
    await page.getByLabel("Message to").fill("Not for the eyes of others");
    const tab = await page.context().newPage();
    await tab.goto("/live/overview");
    await chooseInAccountMenu(tab, "Sign out");
    await heading(page, "Sign in").waitFor();
    await signIn(tab, cy);
    await heading(tab, "Overview").waitFor();
    await page.getByRole("button", { name: "Account of Cy" }).waitFor();
    await page.getByRole("listitem").filter({ hasText: "Thank you!" }).last().waitFor();
    expect(await page.getByLabel("Message to").inputValue()).toBe("");
  });

  it("can be read and written while 10,000 of them are stored", async () => {
    const sent = { phone_number: "+94771234567", message: "The first of many" };
    await server.ask("test", "POST", "/messages/send", sent);
    multiply(10_000);
    const page = await signedInPage(browser, server);
    await page.goto("/test/messages");
    await page.getByRole("list", { name: "Conversations" }).getByText("+94771234567").first().click();
    await page.getByText("Number 10000", { exact: true }).waitFor();
    const conversation = page.getByRole("region", { name: "Messages with" });
    const bubbles = conversation.getByRole("listitem");
    expect(await bubbles.count()).toBe(50);
    // At the top one page comes in, above what is in view.
    await conversation.evaluate((element) => element.scrollTo({ top: -element.scrollHeight }));
    await expect.poll(() => bubbles.count()).toBe(100);
    const older = page.getByRole("button", { name: /older/i });
    await expect.poll(() => isWithin(older, conversation)).toBe(false);
    await expect.poll(() => isWithin(page.getByText("Number 9951", { exact: true }), conversation)).toBe(true);
    // Without the mouse, which would have to scroll there.
    await older.dispatchEvent("click");
    await expect.poll(() => bubbles.count()).toBe(150);
    await page.getByLabel("Message to").fill("One more");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const sentNow = bubbles.filter({ hasText: "One more" });
    await sentNow.getByText("Read", { exact: true }).waitFor();
    await expect.poll(() => isWithin(sentNow, conversation)).toBe(true);
    expect(await bubbles.count()).toBe(151);
    await page.getByRole("link", { name: "Overview" }).first().click();
    await heading(page, "Overview").waitFor();
  });
});

/** How many of them the server has. */
async function countLive(): Promise<number> {
  return Object(await server.ask("live", "GET", "/messages?limit=100")).length;
}

/** Whether all of its height is in view. */
async function isWithin(locator: Locator, scroller: Locator): Promise<boolean> {
  const [box, view] = await Promise.all([locator.boundingBox(), scroller.boundingBox()]);
  return box !== null && view !== null && box.y >= view.y && box.y + box.height <= view.y + view.height;
}

/** Copies of the one message of the test mode, each a millisecond younger; by the API it would take its limits' time. */
function multiply(count: number): void {
  const database = new DatabaseSync(join(server.dataDir, "whatsflow.db"));
  database.exec("pragma busy_timeout = 10000");
  const columns = database
    .prepare("select name from pragma_table_info('messages') where name <> 'seq'")
    .all()
    .map(({ name }) => String(name));
  const copies: Record<string, string> = {
    id: "'msg_copy' || n",
    content: "'Number ' || n",
    created_at: `created_at - ${count} + n - 60000`,
    status: "'read'",
  };
  database.exec(
    `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})
     insert into messages (${columns.join(", ")})
     select ${columns.map((name) => copies[name] ?? `messages.${name}`).join(", ")}
     from numbers, messages where messages.content = 'The first of many'`,
  );
  database.close();
}
