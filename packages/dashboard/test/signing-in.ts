/** A user of the dashboard, and a page that is signed in as one. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openPage } from "./browser.js";
import type { WhatsFlow } from "./whatsflow.js";

export interface User {
  name: string;
  password: string;
}
export const ANA: User = { name: "Ana", password: "seven green boats" };

/** What a one-time link leads to, without the page. */
export async function acceptLink(server: WhatsFlow, link: string, { name, password }: User): Promise<void> {
  const token = new URLSearchParams(new URL(link).hash.split("?")[1]).get("token");
  const answer = await fetch(`${server.url}/api/public/v1/invitations/accept`, {
    method: "POST",
    headers: { "content-type": "application/json", "whatsflow-mode": "live" },
    body: JSON.stringify({ token, name, password }),
  });
  if (!answer.ok) throw new Error(`The invitation was answered with ${answer.status}: ${await answer.text()}`);
}

/** A page of somebody who is signed in; it shows nothing yet. */
export async function signedInPage(
  browser: Browser,
  server: WhatsFlow,
  user: User = ANA,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await openPage(browser, server.url, options);
  const answer = await page.request.post("/api/public/v1/session", {
    headers: { "whatsflow-mode": "live" },
    data: user,
  });
  if (!answer.ok()) throw new Error(`Signing in was answered with ${answer.status()}: ${await answer.text()}`);
  return page;
}

/** Fills the form of the page. */
export async function signIn(page: Page, { name, password }: User): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true });

/** By the menu at the top. */
export async function chooseInAccountMenu(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Account of" }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}
