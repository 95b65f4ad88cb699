import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, openPage } from "./browser.js";
import { ANA, acceptLink, chooseInAccountMenu, heading, signedInPage, signIn, type User } from "./signing-in.js";
import { memberOf, startWhatsFlow, type WhatsFlow } from "./whatsflow.js";

let server: WhatsFlow;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startWhatsFlow(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const BEN: User = { name: "Ben", password: "eleven loud geese" };

describe("signing in", () => {
  it("begins with the link that the server prints, which works once", async () => {
    const page = await openPage(browser, server.url);
    await page.goto(server.firstLink);
    await heading(page, "Welcome").waitFor();
    await page.getByLabel("Name").fill(ANA.name);
    await page.getByLabel("New password", { exact: true }).fill(ANA.password);
    await page.getByLabel("New password, again").fill("something else");
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    await page.getByText("The two are not the same.").waitFor();
    await page.getByLabel("New password, again").fill(ANA.password);
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    await heading(page, "Overview").waitFor();
    expect(page.url()).toBe(`${server.url}/live/overview`);

    const other = await openPage(browser, server.url);
    await other.goto(server.firstLink);
    await other.getByLabel("Name").fill("Eve");
    await other.getByLabel("New password", { exact: true }).fill(ANA.password);
    await other.getByLabel("New password, again").fill(ANA.password);
    await other.getByRole("button", { name: "Set password and sign in" }).click();
    await heading(other, "This link does not work").waitFor();
    await other.getByRole("link", { name: "Go to the sign-in" }).click();
    await heading(other, "Sign in").waitFor();
  });

  it("refuses a wrong password, takes the right one, and leads to where one wanted to go", async () => {
    const page = await openPage(browser, server.url);
    await page.goto("/test/devices");
    await heading(page, "Sign in").waitFor();
    await signIn(page, { ...ANA, password: "not my password" });
    await page.getByRole("alert").waitFor();
    expect(await page.getByLabel("Password").inputValue()).toBe("");
    await signIn(page, ANA);
    await heading(page, "Devices").waitFor();
    expect(page.url()).toBe(`${server.url}/test/devices`);
  });

  it("ends with signing out: the page is closed to whoever comes back to it", async () => {
    const page = await signedInPage(browser, server);
    await page.goto("/live/overview");
    await heading(page, "Overview").waitFor();
    await chooseInAccountMenu(page, "Sign out");
    await heading(page, "Sign in").waitFor();
    expect(await page.getByText("You were signed out.").count()).toBe(0);
    await page.goto("/live/devices");
    await heading(page, "Sign in").waitFor();
    await signIn(page, ANA);
    await heading(page, "Devices").waitFor();
  });

  it("is for invited colleagues, whom the audit log names", async () => {
    const page = await signedInPage(browser, server);
    await page.goto("/live/settings/users");
    await page.getByRole("button", { name: "Invite a colleague" }).click();
    const dialog = page.getByRole("dialog", { name: "An invitation, shown this once" });
    const link = (await dialog.getByText("/#/welcome?token=").textContent()) ?? "";
    await page.keyboard.press("Escape");
    await dialog.getByRole("button", { name: "Done" }).click();
    const open = page.getByRole("table", { name: "Open invitations" });
    await open.getByRole("row").filter({ hasText: "A new user" }).filter({ hasText: ANA.name }).waitFor();

    const other = await openPage(browser, server.url);
    await other.goto(link.trim());
    await other.getByLabel("Name").fill(BEN.name);
    await other.getByLabel("New password", { exact: true }).fill(BEN.password);
    await other.getByLabel("New password, again").fill(BEN.password);
    await other.getByRole("button", { name: "Set password and sign in" }).click();
    await heading(other, "Overview").waitFor();

    await page.goto("/live/settings/users");
    await page.getByRole("row", { name: BEN.name }).waitFor();
    await page.getByText("None. A link stands here").waitFor();
    await page.getByRole("link", { name: "Audit log" }).click();
    await heading(page, "Audit log").waitFor();
    const log = page.getByRole("table", { name: "Audit log" });
    await log.getByRole("row").filter({ hasText: BEN.name }).first().waitFor();
    await log.getByRole("row").filter({ hasText: ANA.name }).first().waitFor();
  });

  it("is not for who has a link that was voided, which others can see and void", async () => {
    const link = String(memberOf(await server.run("users", "invite"), "url"));
    const page = await signedInPage(browser, server);
    await page.goto("/live/settings/users");
    const open = page.getByRole("table", { name: "Open invitations" });
    await open.getByRole("row").filter({ hasText: "on the server's machine" }).waitFor();
    await open.getByRole("button", { name: "Void: A new user" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Void link" }).click();
    await page.getByText("None. A link stands here").waitFor();
    await expect(acceptLink(server, link, { name: "Eve", password: ANA.password })).rejects.toThrow("404");
  });

  it("is over on the open page of a user who is removed", async () => {
    const page = await signedInPage(browser, server, BEN);
    await page.goto("/live/devices");
    await heading(page, "Devices").waitFor();
    const ana = await signedInPage(browser, server);
    await ana.goto("/live/settings/users");
    await ana.getByRole("button", { name: `Actions for ${BEN.name}` }).click();
    await ana.getByRole("menuitem", { name: "Remove" }).click();
    await ana.getByRole("button", { name: "Remove user" }).click();
    await ana.getByText(`${BEN.name} was removed`).waitFor();
    await heading(page, "Sign in").waitFor();
    await page.getByText("You were signed out.").waitFor();
    await signIn(page, BEN);
    await page.getByRole("alert").waitFor();
  });

  it("is over on every open page when one signs out everywhere", async () => {
    const [here, there] = [await signedInPage(browser, server), await signedInPage(browser, server)];
    await there.goto("/test/overview");
    await heading(there, "Overview").waitFor();
    await here.goto("/live/settings/account");
    await here.getByRole("button", { name: "Sign out everywhere" }).click();
    await here.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
    await heading(here, "Sign in").waitFor();
    expect(await here.getByText("You were signed out.").count()).toBe(0);
    await heading(there, "Sign in").waitFor();
    await there.getByText("You were signed out.").waitFor();
  });

  it("works with a new password after the command line has reset it", async () => {
    const eve: User = { name: "Eve Greenwood", password: "nine slow trains" };
    await acceptLink(server, String(memberOf(await server.run("users", "invite"), "url")), eve);
    const link = String(memberOf(await server.run("users", "reset-password", eve.name), "url"));
    const page = await openPage(browser, server.url);
    await page.goto(`${server.url}/${new URL(link).hash}`);
    await heading(page, `Set a new password for ${eve.name}`).waitFor();
    const name = page.getByLabel("Name");
    expect([await name.inputValue(), await name.isEditable()]).toEqual([eve.name, false]);
    const setPassword = async (password: string) => {
      await page.getByLabel("New password", { exact: true }).fill(password);
      await page.getByLabel("New password, again").fill(password);
      await page.getByRole("button", { name: "Set password and sign in" }).click();
    };
    await setPassword("eve greenwood");
    await page.getByText("Use something else than the name.").waitFor();

    const accepted = await loseAnswers(page, "/invitations/accept");
    const password = "ten quick trains";
    await setPassword(password);
    await page.getByText("The link may have worked all the same.").waitFor();
    expect(accepted).toEqual([200]);
    // Of a lost answer the browser has no cookie either.
    await page.context().clearCookies();
    await page.getByRole("link", { name: "Go to the sign-in" }).click();
    await heading(page, "Sign in").waitFor();
    await signIn(page, { ...eve, password });
    await heading(page, "Overview").waitFor();
  });
});

/** From now on the server does what it is asked for at such an address, and the page never hears of it. Gives what was answered. */
async function loseAnswers(page: Page, path: string): Promise<number[]> {
  const answered: number[] = [];
  await page.exposeFunction("noteLost", (status: number) => answered.push(status));
  // In the page, as the console would tell of a broken connection.
  await page.evaluate((lost) => {
    const { fetch } = globalThis;
    globalThis.fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (!answer.url.endsWith(lost)) return answer;
      await Reflect.get(globalThis, "noteLost")(answer.status);
      throw new TypeError("Failed to fetch");
    };
  }, path);
  return answered;
}
