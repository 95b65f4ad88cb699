import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch } from "./browser.js";
import { ANA, acceptLink, heading, signedInPage } from "./signing-in.js";
import { memberOf, startWhatsFlow, type WhatsFlow } from "./whatsflow.js";

let server: WhatsFlow;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startWhatsFlow(), launch()]);
  await acceptLink(server, server.firstLink, ANA);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const entry = (page: Page, title: string) =>
  page.locator("details").filter({ has: page.getByRole("heading", { level: 3, name: title, exact: true }) });

async function openEntry(page: Page, title: string) {
  await entry(page, title).locator("summary").first().click();
  return entry(page, title);
}

describe("the API reference", () => {
  it("calls an operation with a test key that it makes, and shows the answer", async () => {
    const page = await signedInPage(browser, server);
    await page.goto("/live/docs");
    await heading(page, "API Docs").waitFor();
    const send = await openEntry(page, "Send a message");
    await send.getByRole("button", { name: "Send the request" }).click();
    await send.getByText("Fill in your key at the top").waitFor();
    // Nobody's number stands there while it would be written to.
    await send.getByText("With a live key this really happens").waitFor();
    expect(await send.getByLabel("Body (JSON)").inputValue()).toContain('"phone_number": ""');

    await page.getByRole("button", { name: "Create a test key" }).click();
    const dialog = page.getByRole("dialog", { name: "Create a test key?" });
    await dialog.getByRole("button", { name: "Create test key" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await page.getByRole("textbox", { name: "API key" }).inputValue()).toMatch(/^wf_test_/);
    await send.getByText("With a live key this really happens").waitFor({ state: "detached" });
    expect(await send.getByLabel("Body (JSON)").inputValue()).toContain('"phone_number": "+94771234567"');
    await send.getByLabel("Body (JSON)").fill('{"phone_number": "+94771234567"}');
    await send.getByRole("button", { name: "Send the request" }).click();
    await send.getByText("400 Bad Request").waitFor();
    await send.getByLabel("Body (JSON)").fill('{"phone_number": "+94771234567", "message": "From the reference"}');
    await send.getByRole("button", { name: "Send the request" }).click();
    await send.getByText("200 OK").waitFor();
    const messages = await server.ask("test", "GET", "/messages");
    expect(memberOf(memberOf(messages, "0"), "content")).toBe("From the reference");
    const keys = await server.ask("test", "GET", "/api-keys");
    expect(JSON.stringify(keys)).toContain('"API Docs"');
  });

  it("fills parameters in, and says which are missing", async () => {
    const page = await signedInPage(browser, server);
    await page.goto("/test/docs#getMessage");
    const get = entry(page, "Get message status");
    await get.getByRole("button", { name: "Send the request" }).waitFor();
    await page.getByRole("textbox", { name: "API key" }).fill("wf_test_unknown");
    await get.getByRole("button", { name: "Send the request" }).click();
    await get.getByText("Fill in id.").waitFor();
    await get.getByLabel("id (path, required)").fill("msg_1");
    await get.getByRole("button", { name: "Send the request" }).click();
    await get.getByText("401 Unauthorized").waitFor();
  });

  it("shows a stream as it comes, and stops it", async () => {
    const page = await signedInPage(browser, server);
    await page.goto("/test/docs");
    await page.getByRole("button", { name: "Create a test key" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Create test key" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const stream = await openEntry(page, "Stream events");
    await stream.getByRole("button", { name: "Send the request" }).click();
    await stream.getByText("200 OK").waitFor();
    await server.ask("test", "POST", "/messages/send", { phone_number: "+94771234568", message: "While it streams" });
    await stream.getByText("While it streams").waitFor();
    await stream.getByRole("button", { name: "Stop" }).click();
    await stream.getByRole("button", { name: "Stop" }).waitFor({ state: "detached" });
  });

  it("has the events with their fields, and finds what is searched for", async () => {
    const page = await signedInPage(browser, server);
    await page.goto("/live/docs");
    await page.getByLabel("Find an operation or an event").fill("message.read");
    const read = await openEntry(page, "Message read by recipient");
    await read.getByText('"event": "message.read"').waitFor();
    await read.getByText("Fields of data").click();
    await read.getByText("message_id", { exact: true }).waitFor();
    expect(await page.getByRole("heading", { level: 3, name: "Send a message", exact: true }).count()).toBe(0);
    await page.getByLabel("Find an operation or an event").fill("no such thing");
    await page.getByText("Nothing is called that").waitFor();
  });

  it("has an entry for everything in the contract", async () => {
    const contract: unknown = await (await fetch(`${server.url}/openapi.json`)).json();
    const operations = Object.values(Object(memberOf(contract, "paths"))).flatMap((path) =>
      Object.values(Object(path)).map((operation) => memberOf(operation, "operationId")),
    );
    const ids = [...operations, ...Object.keys(Object(memberOf(contract, "webhooks")))].filter(
      (id) => id !== undefined,
    );
    const page = await signedInPage(browser, server);
    await page.goto("/live/docs");
    await entry(page, "Send a message").waitFor();
    const shown = await page.locator("main details[id]").evaluateAll((all) => all.map(({ id }) => id));
    expect(new Set(shown)).toEqual(new Set(ids));
  });
});
