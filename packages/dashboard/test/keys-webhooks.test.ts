import { createServer, type Server } from "node:http";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch } from "./browser.js";
import { ANA, acceptLink, heading, signedInPage } from "./signing-in.js";
import { memberOf, startWhatsFlow, type WhatsFlow } from "./whatsflow.js";

let server: WhatsFlow;
let browser: Browser;
let receiver: Server;
/** The id of each delivery that came, in their order. */
const received: string[] = [];
beforeAll(async () => {
  [server, browser] = await Promise.all([startWhatsFlow(), launch()]);
  await acceptLink(server, server.firstLink, ANA);
  receiver = createServer((request, answer) => {
    received.push(String(request.headers["x-webhook-delivery-id"]));
    request.resume().once("end", () => answer.writeHead(request.url === "/broken" ? 500 : 200).end("taken"));
  });
  await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  receiver?.close();
});

function receiverUrl(path = "/hooks"): string {
  const address = receiver.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}${path}`;
}

/** TypeScript does not know it yet. */
type Scheduler = { postTask(task: () => void, options: { priority: "user-blocking" }): Promise<void> };

/** The second time in a task of its own, which comes before timers as a user's input does. */
const clickTwice = (button: Locator) =>
  button.evaluate((element: HTMLElement) => {
    const scheduler: Scheduler = Reflect.get(globalThis, "scheduler");
    element.click();
    return scheduler.postTask(() => element.click(), { priority: "user-blocking" });
  });

/** What the page asks for that changes something. */
function changesOf(page: Page): string[] {
  const changes: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") changes.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  return changes;
}

describe("an API key", () => {
  it("is created on the page, shown once, and works until it is revoked there: once each, however fast one clicks", async () => {
    const page = await signedInPage(browser, server);
    const changes = changesOf(page);
    await page.goto("/test/settings/api-keys");
    await heading(page, "API keys").waitFor();
    await page
      .getByRole("button", { name: /^Create a/ })
      .first()
      .click();
    await page.getByRole("dialog").getByLabel("Name").fill("Accounting");
    let answer = (): void => undefined;
    const answering = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route("**/api-keys", (route) => answering.then(() => route.continue()));
    await clickTwice(page.getByRole("dialog").getByRole("button", { name: "Create test key" }));
    // Nobody would ever see the key that is being made.
    await page.keyboard.press("Escape");
    for (const name of ["Close", "Cancel"])
      await expect.poll(() => page.getByRole("dialog").getByRole("button", { name }).isDisabled()).toBe(true);
    answer();
    const shown = page.getByRole("dialog", { name: "Accounting, shown this once" });
    await shown.waitFor();
    await page.keyboard.press("Escape");
    const key = (await shown.getByText(/^wf_test_/).textContent()) ?? "";
    await shown.getByRole("button", { name: "I have saved it" }).press("Enter");

    const send = () =>
      fetch(`${server.url}/api/public/v1/messages/send`, {
        method: "POST",
        headers: { authorization: `Bearer ${key.trim()}`, "content-type": "application/json" },
        body: JSON.stringify({ phone_number: "+94771234567", message: "With a new key" }),
      });
    expect((await send()).status).toBe(200);
    await page.getByRole("row", { name: "Accounting" }).getByRole("button", { name: "Actions for Accounting" }).click();
    await page.getByRole("menuitem", { name: "Revoke" }).click();
    await clickTwice(page.getByRole("alertdialog").getByRole("button", { name: /^Revoke/ }));
    await page.getByRole("row", { name: "Accounting" }).waitFor({ state: "detached" });
    expect((await send()).status).toBe(401);
    expect(changes).toEqual([
      "POST /api/public/v1/api-keys",
      expect.stringMatching(/^DELETE \/api\/public\/v1\/api-keys\//),
    ]);
  });
});

describe("a webhook", () => {
  it("is added, tested, told of a message, and told again from its delivery", async () => {
    const page = await signedInPage(browser, server);
    await page.goto("/test/settings/webhooks");
    await heading(page, "Webhooks").waitFor();
    await page.getByRole("button", { name: "Add a webhook" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address").fill(receiverUrl());
    await dialog.getByRole("button", { name: "Nothing" }).click();
    await dialog.getByLabel("message.sent").check();
    await dialog.getByRole("button", { name: "Add webhook" }).click();
    await page.getByRole("dialog", { name: "The webhook's secret, shown this once" }).waitFor();
    await page.keyboard.press("Escape");
    const secret = await page.getByText(/^whsec_/).textContent();
    await page.getByRole("button", { name: "I have saved it" }).click();

    await page.getByRole("button", { name: `Actions for ${receiverUrl()}` }).click();
    await page.getByRole("menuitem", { name: "Rotate the secret" }).click();
    await dialog.getByLabel("Use the old one beside it for").selectOption("0");
    await dialog.getByRole("button", { name: "Make a new secret" }).click();
    await page.getByRole("dialog", { name: "The new secret, shown this once" }).waitFor();
    await page.keyboard.press("Escape");
    expect(await page.getByText(/^whsec_/).textContent()).not.toBe(secret);
    await page.getByRole("button", { name: "I have saved it" }).click();

    await page.getByRole("button", { name: "Test, and check that it verifies" }).click();
    await page.getByText("Failed: the receiver does not verify signatures").waitFor();
    received.length = 0;
    await server.ask("test", "POST", "/messages/send", { phone_number: "+94771234567", message: "For the webhook" });
    await page.getByRole("button", { name: "Details of the delivery of message.sent" }).click();
    const delivery = page.getByRole("dialog", { name: "Delivery" });
    await delivery.getByText("Received", { exact: true }).waitFor();
    await delivery.getByText("For the webhook").or(delivery.getByText('"event": "message.sent"')).first().waitFor();
    expect(received).toHaveLength(1);
    await delivery.getByRole("button", { name: "Send again" }).click();
    await page.getByText("It is sent again").waitFor();
    await expect.poll(() => received.length).toBe(2);
    expect(received[1]).toBe(received[0]);
    await expect.poll(() => delivery.getByRole("listitem").count()).toBe(2);
  });

  it("that fails says so, in the list and on its page", async () => {
    const url = receiverUrl("/broken");
    const made = await server.ask("test", "POST", "/webhooks", { url, events: ["webhook.test"] });
    const path = `/webhooks/${memberOf(made, "id")}`;
    await server.ask("test", "POST", `${path}/test`);
    const page = await signedInPage(browser, server);
    await page.goto("/test/settings/webhooks");
    await page.getByRole("row", { name: url }).getByText("Failing", { exact: true }).waitFor();
    await page.getByRole("link", { name: url }).click();
    await page.getByText("The last attempt failed.").waitFor();
    expect(await page.getByRole("button", { name: "Resume" }).count()).toBe(0);
    await server.ask("test", "DELETE", path);
  });

  it("gets one new secret by a double click, which stays shown", async () => {
    const page = await signedInPage(browser, server);
    await page.goto("/test/settings/webhooks");
    await page.getByRole("button", { name: "Actions for" }).click();
    await page.getByRole("menuitem", { name: "Rotate the secret" }).click();
    const changes = changesOf(page);
    await page.getByRole("dialog").getByRole("button", { name: "Make a new secret" }).dblclick();
    const shown = page.getByRole("dialog", { name: "The new secret, shown this once" });
    await shown.getByText(/^whsec_/).waitFor();
    expect(changes).toHaveLength(1);
    // As where the answer came between the two clicks.
    await shown.getByRole("button", { name: "I have saved it" }).dispatchEvent("click", { detail: 2 });
    await shown.getByRole("button", { name: "I have saved it" }).click();
    await shown.waitFor({ state: "detached" });
  });
});
