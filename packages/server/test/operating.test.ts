/** What an operator sees of a server: its settings, its greeting, its log. */
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { MAGIC_NUMBERS } from "../src/transport/sandbox/sandbox.js";
import { cli, cliJson, newDataDir, runShell, startServer } from "./running-server.js";
import { eventually } from "./test-app.js";
import { startReceiver } from "./webhook-receiver.js";

const dataDir = newDataDir();
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe.concurrent("a setting that cannot be used is named, in one sentence:", () => {
  it.each<[string, string, string]>([
    ["WHATSFLOW_PORT", "http", "http is no port from 0 to 65535"],
    ["WHATSFLOW_PORT", "65536", "65536 is no port from 0 to 65535"],
    ["WHATSFLOW_DATABASE_URL", "postgres://localhost/whatsflow", "only SQLite is supported"],
    ["WHATSFLOW_ENCRYPTION_KEY", "secret", "must be 32 bytes as base64 or hex"],
    ["WHATSFLOW_WEBHOOK_ALLOW", "10.0.0.0/33", "10.0.0.0/33 is no host name, address or CIDR block"],
    ["WHATSFLOW_TRUSTED_PROXIES", "10.0.0.0/8, proxy", "proxy is no address or CIDR block"],
    ["WHATSFLOW_PUBLIC_URL", "example.com", "example.com is no http or https address"],
    ["WHATSFLOW_METRICS_TOKEN", "short", "must be 16 to 256 letters, digits"],
    ["WHATSFLOW_RETENTION_DAYS", "forever", "forever is no number of days from 1 to 99999"],
    ["WHATSFLOW_LOG_LEVEL", "loud", "loud is none of trace, debug, info"],
    ["WHATSFLOW_HOST", "no.such.host.invalid", "Cannot listen on no.such.host.invalid:0"],
    ["WHATSFLOW_DATA_DIR", "/dev/null/data", "The data folder /dev/null/data cannot be used"],
  ])("%s=%s", async (name, value, sentence) => {
    const env = { WHATSFLOW_PORT: "0", WHATSFLOW_DATA_DIR: join(dataDir, `unused-${value.length}`), [name]: value };
    const { status, stdout, stderr } = await cli(["serve"], env);
    expect([status, stdout]).toEqual([1, ""]);
    const failure = stderr.trim().split("\n").at(-1);
    expect(failure).toContain(sentence);
    expect(stderr).not.toContain("    at ");
    if (!/HOST|DATA_DIR/.test(name)) expect(failure).toContain(name);
    if (name === "WHATSFLOW_ENCRYPTION_KEY") expect(failure).not.toContain(value);
  });
});

describe("serve --dev", () => {
  it("prints its address, the same test key at every start, and a curl line that works", async () => {
    const folder = join(dataDir, "dev");
    const keys = new Set<string>();
    for (const start of ["first", "second"]) {
      const server = await startServer({ dataDir: folder });
      const greeting = await eventually(
        () => (server.printed.stdout.includes("curl ") ? server.printed.stdout : undefined),
        "the greeting",
      );
      expect(greeting).toContain(`WhatsFlow is ready at ${server.baseUrl}\n`);
      const key = /Your test key: (wf_test_\w{43})\n/.exec(greeting)?.[1] ?? "";
      keys.add(key);
      const line = greeting.split("\n").find((text) => text.includes("curl ")) ?? "";
      const { status, stdout, stderr } = await runShell(line, { PATH: `${curlFolder()}:/usr/bin:/bin` });
      expect([start, status, stderr]).toEqual([start, 0, ""]);
      expect(JSON.parse(stdout)).toMatchObject({ success: true, data: { status: "sent" } });
      const { body } = await server.request("GET", "/messages", { key });
      expect(body.pagination.total).toBe(keys.size === 1 && start === "first" ? 1 : 2);
      await server.stop("SIGTERM");
    }
    expect(keys.size).toBe(1);
  });

  it("makes a new test key when the old one was revoked", async () => {
    const folder = join(dataDir, "dev");
    const data = ["--data", folder];
    const [{ id, key_hint }] = await cliJson(["keys", "list", ...data]);
    await cliJson(["keys", "revoke", id, ...data]);
    const server = await startServer({ dataDir: folder });
    const key = await eventually(() => /wf_test_\w{43}/.exec(server.printed.stdout)?.[0], "the greeting");
    expect(`wf_test_…${key.slice(-4)}`).not.toBe(key_hint);
    expect((await server.request("GET", "/usage", { key })).status).toBe(200);
    await server.stop("SIGTERM");
  });

  it("is not how a server starts by itself: it greets nobody, and keeps loopback closed", async () => {
    const server = await startServer({ dataDir: join(dataDir, "plain"), flags: [] });
    const key = await server.createKey();
    const body = { url: "http://127.0.0.1:9/", events: ["message.sent"] };
    expect((await server.request("POST", "/webhooks", { key, body })).status).toBe(400);
    const { stdout } = await server.stop("SIGTERM");
    // But that nobody can sign in yet.
    expect(stdout).toMatch(/^\nNobody can sign in [^\n]*\n\n {2}http:\S+\n\n$/);
  });
});

/** The machine may have no curl: this one understands what we print, and nothing else. */
function curlFolder(): string {
  const folder = join(dataDir, "bin");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "curl");
  writeFileSync(
    file,
    `#!${process.execPath}
const { parseArgs } = require("node:util");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { header: { type: "string", short: "H", multiple: true }, data: { type: "string", short: "d" } },
});
const headers = values.header.map((header) => header.split(": "));
fetch(positionals.join(" "), { method: "POST", headers, body: values.data })
  .then((response) => response.text())
  .then((text) => process.stdout.write(text));
`,
  );
  chmodSync(file, 0o755);
  return folder;
}

describe("the log", () => {
  it("has the id of each request, and nothing that is nobody's business", async () => {
    const folder = join(dataDir, "log");
    const server = await startServer({ dataDir: folder });
    const receiver = await startReceiver();
    const key = await server.createKey();
    const ask = (method: string, path: string, body?: unknown, headers = {}) =>
      server.request(method, path, { key, body, headers });
    const events = ["message.sent", "message.failed", "message.received", "webhook.disabled"];
    const webhook = await ask("POST", "/webhooks", { url: `${receiver.url}?token=urltoken`, events });
    const apiKey = await ask("POST", "/api-keys", { name: "private name", scopes: ["messages:read"] });
    const ids: (string | null)[] = [];
    for (const phone_number of ["+94771234567", ...Object.values(MAGIC_NUMBERS)]) {
      const body = { phone_number, message: "a private text", ttl_seconds: 1 };
      const { headers } = await ask("POST", "/messages/send", body, { "idempotency-key": `idem-${phone_number}` });
      ids.push(headers.get("x-request-id"));
    }
    await ask("POST", "/messages/send", {
      phone_number: "+94771234567",
      message: "a private text",
      to: "+94770000000",
    });
    await ask("GET", "/messages?contact_id=contact_private");
    await server.request("GET", "/usage", { key: "wf_test_wrong" });
    await eventually(() => receiver.events.some(({ event }) => event === "message.received") || undefined, "the echo");
    await eventually(() => server.printed.stderr.includes("message expired") || undefined, "the expiry");
    receiver.status = 500;
    await ask("POST", `/webhooks/${webhook.body.data.id}/test`);
    await eventually(() => receiver.requests.some(({ answered }) => answered === 500) || undefined, "the failure");
    await receiver.close();

    const { stderr } = await server.stop("SIGTERM");
    const lines = stderr
      .trim()
      .split("\n")
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(lines.map(({ request_id }) => request_id)).toEqual(expect.arrayContaining(ids));
    expect(new Set(ids).size).toBe(ids.length);
    const { secret } = webhook.body.data;
    const unspeakable = [
      key,
      "wf_test_",
      secret,
      "whsec_",
      apiKey.body.data.key,
      "private",
      "urltoken",
      "idem-",
      "echo:",
    ];
    // Without what is the machine's: it may be called anything, and have any number of digits.
    const told = lines.filter(({ msg }) => msg !== "listening").map(({ time, pid, hostname, ...line }) => line);
    expect(told).toHaveLength(lines.length - 1);
    for (const text of unspeakable) expect(JSON.stringify(told)).not.toContain(text);
    const withoutIds = told.map(({ request_id, key_id, message_id, ...line }) => line);
    expect(JSON.stringify(withoutIds)).not.toMatch(/\d{7}/);
  });
});

it.runIf(process.platform === "linux")(
  "there is a thread for the look-up of a name for every webhook attempt, as each may hang",
  async () => {
    const server = await startServer({ dataDir: join(dataDir, "threads") });
    await eventually(() => readdirSync(`/proc/${server.pid}/task`).length >= 64, "the threads");
    await server.stop("SIGKILL");
  },
);
