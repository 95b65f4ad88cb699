/** Signing in behind a proxy that the server does not hear: what is refused says how to mend it. */
import { rmSync } from "node:fs";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newDataDir, type RunningServer, startServer } from "./running-server.js";
import { eventually } from "./test-app.js";

const HOST = { host: "wa.example.com" };
const FORWARDED = { ...HOST, "x-forwarded-host": HOST.host, "x-forwarded-for": "203.0.113.9" };
const TLS = { ...FORWARDED, "x-forwarded-proto": "https" };
const ORIGIN = { origin: "https://wa.example.com" };
const BROWSER = { ...ORIGIN, "sec-fetch-site": "same-origin" };
const TRUST =
  "The proxy at 127.0.0.1 is not trusted. If it is yours, set WHATSFLOW_TRUSTED_PROXIES=127.0.0.1, and restart";
const SAY_TLS = "Let the proxy at 127.0.0.1 send X-Forwarded-Proto: https.";
const OTHER_SITE = "The request comes from a page of another site.";

/** `fetch` lets nobody choose the Host. */
function signIn(
  server: RunningServer,
  headers: Record<string, string>,
): Promise<[code: string, message: string, requestId: string]> {
  const body = JSON.stringify({ name: "nobody", password: "correct horse battery" });
  const type = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(`${server.baseUrl}/session`, { method: "POST", headers: { ...type, ...headers } });
    sent.once("error", reject).once("response", async (incoming) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const { code, message, request_id } = JSON.parse(String(Buffer.concat(chunks)));
      resolve([code, message, request_id]);
    });
    sent.end(body);
  });
}

function setServer(env: Record<string, string>) {
  const dataDir = newDataDir();
  const running: { server?: RunningServer } = {};
  beforeAll(async () => {
    running.server = await startServer({ dataDir, flags: [], env });
  });
  afterAll(async () => {
    await running.server?.stop("SIGTERM");
    rmSync(dataDir, { recursive: true, force: true });
  });
  return () => {
    if (!running.server) throw new Error("The server has not started");
    return running.server;
  };
}

describe("without trusted proxies", () => {
  const server = setServer({});

  it.each<[string, Record<string, string>, string, string]>([
    ["a browser behind a proxy that passes everything on", { ...TLS, ...BROWSER }, "unauthorized", TRUST],
    [
      "the same, at a Host that the proxy has replaced",
      { ...TLS, host: "whatsflow", ...BROWSER },
      "unauthorized",
      TRUST,
    ],
    ["a browser behind a proxy that passes on the Host alone", { ...HOST, ...BROWSER }, "unauthorized", SAY_TLS],
    ["a browser behind a proxy that does not tell the scheme", { ...FORWARDED, ...BROWSER }, "unauthorized", SAY_TLS],
    ["an old browser, or a program, behind a proxy", TLS, "insecure_connection", TRUST],
    ["a page of another site", { ...TLS, origin: "https://evil.example.com" }, "unauthorized", OTHER_SITE],
    [
      "one that the browser tells of",
      { ...TLS, ...ORIGIN, "sec-fetch-site": "cross-site" },
      "unauthorized",
      OTHER_SITE,
    ],
    ["a page of this name over plain HTTP", { ...TLS, origin: "http://wa.example.com" }, "insecure_connection", TRUST],
  ])("%s is told what to do", async (_, headers, code, cure) => {
    const [refused, message] = await signIn(server(), headers);
    expect([refused, message]).toEqual([code, expect.stringContaining(cure)]);
  });

  it("the log warns of the proxy, once", async () => {
    for (let times = 0; times < 2; times += 1) await signIn(server(), { ...TLS, ...BROWSER });
    const linesWith = (text: string) =>
      server()
        .printed.stderr.split("\n")
        .filter((line) => line.includes(text));
    // No request waits for its line in the log, but the lines keep their order.
    const [, , requestId] = await signIn(server(), { ...TLS, ...BROWSER });
    await eventually(() => linesWith(requestId).length > 0, "the line of the last request");
    const warnings = linesWith("is not trusted").map((line) => JSON.parse(line));
    expect(warnings).toEqual([
      expect.objectContaining({ level: 40, proxy: "127.0.0.1", msg: expect.stringContaining(TRUST) }),
    ]);
  });

  it("who comes over plain HTTP is told the port that the server listens on", async () => {
    const { port } = new URL(server().url);
    const [code, message] = await signIn(server(), HOST);
    expect(code).toBe("insecure_connection");
    expect(message).toContain(`at http://localhost:${port} on the server's machine`);
    expect(message).toContain(`ssh -L ${port}:localhost:${port} <server>`);
  });
});

describe("with a trusted proxy", () => {
  const server = setServer({ WHATSFLOW_TRUSTED_PROXIES: "127.0.0.1" });

  it("that does not tell the scheme, a browser is told what to do", async () => {
    const [code, message] = await signIn(server(), { ...FORWARDED, ...BROWSER });
    expect([code, message]).toEqual(["unauthorized", SAY_TLS]);
  });

  it("that tells it, passwords are looked at", async () => {
    expect((await signIn(server(), { ...TLS, ...BROWSER }))[0]).toBe("wrong_password");
  });
});

describe("with another trusted proxy", () => {
  const server = setServer({ WHATSFLOW_TRUSTED_PROXIES: "10.0.0.1" });

  it("the one that is not trusted is to be added", async () => {
    const [, message] = await signIn(server(), { ...TLS, ...BROWSER });
    expect(message).toContain("add 127.0.0.1 to WHATSFLOW_TRUSTED_PROXIES, and restart the server.");
  });
});
