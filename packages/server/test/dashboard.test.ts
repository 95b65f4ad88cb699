import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDashboard } from "../src/http/dashboard.js";
import { newDataDir, startServer } from "./running-server.js";
import { startTestApp, type TestApp } from "./test-app.js";

const PAGE = "<!doctype html><title>The dashboard</title>";
const SCRIPT = "console.log('the dashboard');".repeat(50);

/** As the build leaves it, below a folder that is called as one of its own. */
function makeBuild(): string {
  const folder = join(mkdtempSync(join(tmpdir(), "whatsflow-dashboard-")), "assets");
  mkdirSync(join(folder, "assets"), { recursive: true });
  for (const [name, text] of [
    ["index.html", PAGE],
    ["assets/index-Ab12.js", SCRIPT],
  ] as const) {
    writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(text));
  }
  writeFileSync(join(folder, "assets/secret.pem"), "not for the browser");
  return folder;
}

let app: TestApp;
let bare: TestApp;
beforeAll(async () => {
  app = await startTestApp({ dashboard: readDashboard(makeBuild()) });
  bare = await startTestApp();
});
afterAll(() => Promise.all([app.close(), bare.close()]));

const get = (path: string, headers: Record<string, string> = {}) => fetch(app.url + path, { headers });

type Raw = { status: number | undefined; encoding: string | undefined; bytes: number };

/** As it is written and as it was sent, where `fetch` would tidy the path up and unpack the answer. */
const getRaw = (path: string, base = app.url, encoding = "identity"): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const { hostname: host, port } = new URL(base);
    request({ host, port, path, headers: { "accept-encoding": encoding } }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on("end", () =>
        resolve({ status: answer.statusCode, encoding: answer.headers["content-encoding"], bytes }),
      );
    })
      .on("error", reject)
      .end();
  });

describe("the dashboard", () => {
  it.each(["/", "/sign-in", "/live/overview", "/test/settings/webhooks/webhook_1?tab=2"])(
    "is one page under all of its addresses, such as %s",
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(await answer.text()).toBe(PAGE);
    },
  );

  it("takes nothing from the API: unknown paths are its 404 in JSON, whoever asks", async () => {
    for (const path of [
      "/api",
      "/api/public/v1/nothing",
      "/assets/index-Old0.js",
      "/lively",
      "/livez",
      "/index.html",
    ]) {
      const answer = await get(path, { accept: "text/html" });
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.json()).toMatchObject({ success: false, code: "not_found" });
    }
    expect((await get("/healthz")).headers.get("content-type")).toContain("application/json");
    expect((await get("/openapi.json")).headers.get("content-type")).toContain("application/json");
    expect((await fetch(`${app.url}/live/overview`, { method: "POST" })).status).toBe(404);
  });

  it("lets no script in but its own files, and no page frame it", async () => {
    for (const path of ["/", "/assets/index-Ab12.js"]) {
      const { headers } = await get(path);
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).not.toContain("unsafe");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("permissions-policy")).toContain("camera=()");
    }
  });

  it("is asked for anew each time, its files only once: their names change with what is in them", async () => {
    const page = await get("/");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const again = await get("/live/devices", { "if-none-match": page.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
    const script = await get("/assets/index-Ab12.js");
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  });

  it.each([
    ["gzip, deflate, br, zstd", "br"],
    ["gzip, deflate", "gzip"],
    ["br;q=0, gzip;q=0.5", "gzip"],
    ["identity", null],
  ])("comes compressed as the browser can read it: %s", async (accepted, encoding) => {
    const answer = await get("/assets/index-Ab12.js", { "accept-encoding": accepted });
    expect(answer.headers.get("content-encoding")).toBe(encoding);
    expect(answer.headers.get("vary")).toBe("Accept-Encoding");
    expect(await answer.text()).toBe(SCRIPT);
  });

  it("has nothing but its own files", async () => {
    for (const path of [
      "/assets/../../package.json",
      "/assets/..%2f..%2fpackage.json",
      "/assets/%2e%2e/%2e%2e/etc/passwd",
      "/assets/secret.pem",
      "/assets/index-Ab12.js.br",
      "/assets/",
    ])
      expect([path, (await getRaw(path)).status]).toEqual([path, 404]);
  });
});

describe("a server without its dashboard", () => {
  it("says how to build it, and is an API all the same", async () => {
    const answer = await fetch(`${bare.url}/`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: "not_found", message: expect.stringContaining("npm run build") });
    expect((await bare.request("GET", "/usage")).status).toBe(200);
  });
});

describe("the program as it is shipped", () => {
  it("brings the dashboard along, whose first load is small and comes from nowhere else", async () => {
    const server = await startServer({ dataDir: newDataDir() });
    const gzipped = async (path: string) => {
      const { status, bytes, encoding } = await getRaw(path, server.url, "gzip");
      expect([path, status, encoding]).toEqual([path, 200, "gzip"]);
      return bytes;
    };
    const page = await (await fetch(`${server.url}/`)).text();
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = ""]) => path);
    expect(files.length).toBeGreaterThan(2);
    expect(files.filter((path) => !path.startsWith("/assets/"))).toEqual([]);
    const sizes = await Promise.all(["/", ...files].map(gzipped));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
    // What the policy would refuse anyway.
    expect(page).not.toMatch(/<style|<script(?![^>]+src=)|style="/);
    await server.stop("SIGTERM");
  });
});

/** Without the page that is opened, which takes the rest of 200 kB. */
const MOST_BYTES = 180_000;

it("where nothing was built there is no dashboard", () => {
  expect(readDashboard(mkdtempSync(join(tmpdir(), "whatsflow-nothing-")))).toBeUndefined();
});
