/** What holds for every page: nothing that keeps people out, no page wider than a phone, and few bytes at first. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PAGES } from "../src/pages/pages.js";
import { DESKTOP, launch, openPage, PHONE } from "./browser.js";
import { ANA, acceptLink, chooseInAccountMenu, heading, signedInPage } from "./signing-in.js";
import { type Mode, memberOf, startWhatsFlow, type WhatsFlow } from "./whatsflow.js";

let server: WhatsFlow;
let browser: Browser;
/** What stands for the parameters of the pages' paths, by mode and by the path before them. */
const IDS: Record<Mode, Record<string, string>> = { live: {}, test: {} };

beforeAll(async () => {
  [server, browser] = await Promise.all([startWhatsFlow(), launch()]);
  await acceptLink(server, server.firstLink, ANA);
  // So that there is one to show.
  await server.run("users", "invite");
  const idOf = (answer: unknown) => String(memberOf(answer, "id"));
  const listOf = async (mode: Mode, path: string): Promise<unknown[]> =>
    Object.values(Object(await server.ask(mode, "GET", path)));
  for (const mode of ["live", "test"] as const) {
    const webhook = { url: "http://127.0.0.1:18089/hooks", events: ["message.sent", "message.read"] };
    IDS[mode]["/settings/webhooks"] = idOf(await server.ask(mode, "POST", "/webhooks", webhook));
  }
  IDS.live["/devices"] = idOf(await server.ask("live", "POST", "/devices", { device_name: "A line with a long name" }));
  IDS.test["/devices"] = idOf((await listOf("test", "/devices"))[0]);
  for (const [index, text] of ["Hello", `A long word: ${"a".repeat(300)}`].entries()) {
    const sent = { phone_number: `+9477123456${index}`, message: text };
    await server.ask("test", "POST", "/messages/send", sent);
  }
  const [newest] = await listOf("test", "/messages");
  IDS.test["/messages"] = String(memberOf(newest, "contact_id"));
  IDS.live["/messages"] = "contact_none";
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Every address of a mode; a page with a parameter that nothing stands for is an error, never left out. */
function pathsOf(mode: Mode): string[] {
  return PAGES.flatMap(({ path }) => {
    const [before = "", parameter] = path.split("/:");
    if (parameter === undefined) return `/${mode}${path}`;
    const id = IDS[mode][before];
    if (id === undefined) throw new Error(`pages.test.ts has nothing to show at ${path}: add it to IDS`);
    const list = parameter.endsWith("?") ? [`/${mode}${before}`] : [];
    return [...list, `/${mode}${before}/${id}`];
  });
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Read, and come to rest: colours that fade in are no colours yet. */
async function settled(page: Page): Promise<void> {
  await page.locator("h1").waitFor({ state: "attached" });
  await page.waitForFunction(
    () =>
      !document.body.innerText.includes("Loading") &&
      document.getAnimations().every(({ playState }) => playState !== "running"),
  );
}

/** Colours are looked at wherever they differ, all else once for each size. */
async function barriers(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((only) => {
    const checker: typeof axe = Reflect.get(globalThis, "axe");
    return checker.run(only ? { runOnly: only } : {});
  }, rules);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${page.url()} ${id}: ${help}, at ${nodes.map(({ target }) => target).join("; ")}`);
}

/** One heading says what the page is; what is not displayed does not count. */
async function titles(page: Page): Promise<string[]> {
  const titles = await page.getByRole("heading", { level: 1 }).allTextContents();
  return titles.length === 1 ? [] : [`${page.url()} has ${titles.length} titles: ${titles.join(", ")}`];
}

/** What is wider than the window makes the whole page move sideways. */
async function wideParts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    return [
      `${location.pathname} is ${scrollWidth} wide, with ${wide.map(({ tagName, className }) => `${tagName}.${className}`).slice(0, 5)}`,
    ];
  });
}

type Look = {
  mode: Mode;
  colorScheme: "light" | "dark";
  size: string;
  viewport: typeof DESKTOP;
  rules: string[] | undefined;
};
describe.each<Look>([
  { mode: "live", colorScheme: "light", size: "desktop", viewport: DESKTOP, rules: undefined },
  { mode: "live", colorScheme: "dark", size: "phone", viewport: PHONE, rules: ["color-contrast"] },
  { mode: "test", colorScheme: "light", size: "phone", viewport: PHONE, rules: undefined },
  { mode: "test", colorScheme: "dark", size: "desktop", viewport: DESKTOP, rules: ["color-contrast"] },
])("in $mode mode, $colorScheme, on a $size", ({ mode, colorScheme, viewport, rules }) => {
  it("every page is for everybody, and fits", async () => {
    const page = await signedInPage(browser, server, ANA, { viewport, colorScheme });
    const wrong: string[] = [];
    for (const path of [...pathsOf(mode), `/${mode}/no-such-page`]) {
      await page.goto(path);
      await settled(page);
      wrong.push(...(await barriers(page, rules)), ...(await wideParts(page)), ...(await titles(page)));
    }
    expect(wrong).toEqual([]);
  });

  it("so are the pages before one is signed in", async () => {
    const page = await openPage(browser, server.url, { viewport, colorScheme });
    const wrong: string[] = [];
    for (const path of [
      "/sign-in",
      "/#/welcome?token=unknown",
      "/#/welcome?token=unknown&name=Ana",
      "/#/welcome?token=",
    ]) {
      await page.goto("about:blank");
      await page.goto(path);
      await settled(page);
      wrong.push(...(await barriers(page, rules)), ...(await wideParts(page)));
    }
    expect(wrong).toEqual([]);
  });
});

describe("a phone", () => {
  it("leads everywhere by its bar", async () => {
    const page = await signedInPage(browser, server, ANA, { viewport: PHONE });
    await page.goto("/live/overview");
    const bar = page.getByRole("navigation", { name: "Main, short" });
    await bar.getByRole("link", { name: "Devices" }).click();
    await heading(page, "Devices").waitFor();
    await bar.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Audit log" }).click();
    await heading(page, "Audit log").waitFor();
  });

  it("reads an opened operation of the reference without moving sideways", async () => {
    const page = await signedInPage(browser, server, ANA, { viewport: PHONE });
    await page.goto("/test/docs#sendMessage");
    await page.getByRole("button", { name: "Send the request" }).waitFor();
    for (const summary of await page.locator("#sendMessage details > summary").all()) await summary.click();
    expect([...(await barriers(page)), ...(await wideParts(page))]).toEqual([]);
  });
});

describe("the colours", () => {
  it("are dark where they are chosen dark, and stay so", async () => {
    const page = await signedInPage(browser, server, ANA, { colorScheme: "light" });
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await page.goto("/live/overview");
    await heading(page, "Overview").waitFor();
    const light = await background();
    await chooseInAccountMenu(page, "Dark");
    await expect.poll(background).not.toBe(light);
    const dark = await background();
    await page.reload();
    await heading(page, "Overview").waitFor();
    expect(await background()).toBe(dark);
  });
});

describe("the first load", () => {
  it("takes less than 200 kB, and no part of the reference", async () => {
    const page = await signedInPage(browser, server);
    const protocol = await page.context().newCDPSession(page);
    let bytes = 0;
    const scripts: string[] = [];
    protocol.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    page.on("response", (answer) => scripts.push(answer.url()));
    await protocol.send("Network.enable");
    await page.goto("/live/overview");
    await settled(page);
    await page.getByText("Loading").waitFor({ state: "detached" });
    console.info(`The first load took ${bytes} bytes in ${scripts.length} answers`);
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThan(200_000);
    expect(scripts.filter((url) => url.includes("api-docs") || url.endsWith("/openapi.json"))).toEqual([]);
  });
});
