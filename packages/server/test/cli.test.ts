/** The operator's commands, as a script runs them: beside a running server, and without one. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { SCOPES } from "../src/generated/operations.js";
import { cli, cliJson, evaluate, newDataDir, type RunningServer, startServer } from "./running-server.js";
import { eventually } from "./test-app.js";

const dataDir = newDataDir();
const data = ["--data", dataDir];
const create = (...flags: string[]) => ["keys", "create", "--name", "k", "--mode", "test", ...data, ...flags];
const TEST_KEY = /^wf_test_[0-9A-Za-z]{43}$/;
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const everyCommand = () => {
  it("answers every command in JSON", async () => {
    const key = await cliJson(create("--scopes", "messages:send, messages:read"));
    expect(Object.keys(key)).toEqual(["id", "key", "mode", "scopes"]);
    expect(key).toEqual({
      id: expect.stringMatching(/^key_/),
      key: expect.stringMatching(TEST_KEY),
      mode: "test",
      scopes: ["messages:send", "messages:read"],
    });
    const listed = await cliJson(["keys", "list", ...data]);
    expect(listed).toContainEqual({
      id: key.id,
      name: "k",
      account: "default",
      mode: "test",
      key_hint: `wf_test_…${key.key.slice(-4)}`,
      scopes: key.scopes,
      expires_at: null,
      last_used_at: null,
    });
    expect(await cliJson(["keys", "revoke", key.id, ...data])).toEqual({ id: key.id, revoked: true });
    expect(JSON.stringify(await cliJson(["keys", "list", ...data]))).not.toContain(key.id);

    const name = `shop-${key.id.slice(-6)}`;
    const account = await cliJson(["accounts", "create", name, "--plan", "starter", ...data]);
    expect(account).toEqual({
      id: expect.stringMatching(/^acct_/),
      name,
      plan: "starter",
      requests_per_minute: 30,
      requests_per_hour: 1_800,
      messages_per_month: null,
    });
    const planned = await cliJson(["accounts", "set-plan", name, "--per-minute", "7", ...data]);
    expect(planned).toMatchObject({ plan: "custom", requests_per_minute: 7, requests_per_hour: 420 });
    const limited = await cliJson(["accounts", "set-quota", account.id, "9", ...data]);
    expect(limited).toEqual({ ...planned, messages_per_month: 9 });
    expect(await cliJson(["accounts", "list", ...data])).toContainEqual(limited);
  });

  it("answers people in lines", async () => {
    const { stdout } = await cli(create("--scopes", "all"));
    const [id = "", key, hint] = stdout.split("\n");
    expect([key, hint]).toEqual([expect.stringMatching(TEST_KEY), "Save the key - it will not be shown again."]);
    const list = (await cli(["keys", "list", ...data])).stdout;
    expect(list).toMatch(/^ID +NAME +ACCOUNT +MODE +KEY +SCOPES +EXPIRES\n/);
    expect(list).toContain(id);
    expect(list).not.toContain(key);
    expect((await cli(["keys", "revoke", id, ...data])).stdout).toBe(`Revoked ${id}\n`);
    expect((await cli(["accounts", "list", ...data])).stdout).toMatch(/\nacct_\S+ +default +enterprise +1000 /);
    const none = await cli(["accounts", "set-quota", "default", "0", ...data]);
    expect(none.stdout).toContain("messages_per_month: 0\n");
    const quota = await cli(["accounts", "set-quota", "default", "none", ...data]);
    expect(quota.stdout).toContain("messages_per_month: none\n");
  });
};

describe("while no server runs, every command", everyCommand);

describe("beside a running server, every command", () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ dataDir });
  });
  afterAll(async () => void (await server.stop("SIGKILL")));
  const ask = async (key: string, path = "/usage") => (await server.request("GET", path, { key })).status;

  everyCommand();

  it("takes effect with the next request: keys", async () => {
    const { id, key, scopes } = await cliJson(create("--scopes", "all"));
    expect(scopes).toEqual(SCOPES);
    expect(await ask(key)).toBe(200);
    await cliJson(["keys", "revoke", id, ...data]);
    expect(await ask(key)).toBe(401);
    const narrow = await server.createKey("--scopes", "messages:read");
    expect([await ask(narrow, "/messages"), await ask(narrow, "/devices")]).toEqual([200, 403]);
  });

  it("takes effect with the next request: keys that expire", async () => {
    const lasting = await cliJson(create("--scopes", "all", "--expires-in", "1h"));
    const brief = await cliJson(create("--scopes", "all", "--expires-in", "1s"));
    expect(await ask(lasting.key)).toBe(200);
    await eventually(async () => (await ask(brief.key)) === 401 || undefined, "the end of the key");
    const listed = await cliJson(["keys", "list", ...data]);
    const { expires_at } = listed.find(({ id }: { id: string }) => id === lasting.id);
    const hours = (Date.parse(expires_at) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(0.9);
    expect(hours).toBeLessThanOrEqual(1);
  });

  it("takes effect with the next request: plans and quotas", async () => {
    await cliJson(["accounts", "create", "tenant", ...data]);
    const key = await server.createKey("--account", "tenant");
    const limit = async () => (await server.request("GET", "/usage", { key })).headers.get("x-ratelimit-limit");
    expect(await limit()).toBe("1000");
    await cliJson(["accounts", "set-plan", "tenant", "business", ...data]);
    expect(await limit()).toBe("300");
    await cliJson(["accounts", "set-plan", "tenant", "--per-minute", "1000", "--per-hour", "2000", ...data]);
    expect(await limit()).toBe("1000");

    const send = () =>
      server.request("POST", "/messages/send", { key, body: { phone_number: "+94771234567", message: "x" } });
    await cliJson(["accounts", "set-quota", "tenant", "1", ...data]);
    expect((await send()).status).toBe(200);
    const refused = await send();
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ error: "Usage limit exceeded", code: "quota_exceeded", retryable: false });
    expect((await server.request("GET", "/messages", { key })).body.pagination.total).toBe(1);
    await cliJson(["accounts", "set-quota", "tenant", "none", ...data]);
    expect((await send()).status).toBe(200);
  });
});

describe.concurrent("--help", () => {
  it.each([
    "",
    "serve",
    "listen",
    "trigger",
    "keys",
    "keys create",
    "keys list",
    "keys revoke",
    "deliveries",
    "deliveries list",
    "deliveries replay",
    "accounts",
    "accounts create",
    "accounts list",
    "accounts set-plan",
    "accounts set-quota",
  ])("explains whatsflow %s", async (command) => {
    const { status, stdout, stderr } = await cli([...command.split(" "), "--help"].filter(Boolean));
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`Usage: ${`whatsflow ${command}`.trim()} `);
  });
});

describe.concurrent("a mistake is told in one line, with status 1:", () => {
  it.each<[string, string[], RegExp]>([
    ["an unknown command", ["launch"], /unknown command 'launch'/],
    ["an unknown account", create("--scopes", "all", "--account", "nobody"), /There is no account nobody\. See: /],
    ["a scope that is none", create("--scopes", "messages:send,fly"), /fly is no scope\. Scopes are messages:send, /],
    ["no scope", create("--scopes", ""), /is no scope/],
    ["a mode that is none", [...create("--scopes", "all"), "--mode", "prod"], /'prod' is invalid.*test, live/],
    ["an empty name", [...create("--scopes", "all"), "--name", ""], /--name: .* 1 to 100 characters/],
    ["a time that is none", create("--scopes", "all", "--expires-in", "soon"), /number and one of s, m, h, d, w, y/],
    ["no time at all", create("--scopes", "all", "--expires-in", "0d"), /number and one of s, m, h, d, w, y/],
    ["more years than a key may live", create("--scopes", "all", "--expires-in", "999999y"), /It may be 100y at most/],
    ["a little more than that", create("--scopes", "all", "--expires-in", "36501d"), /It may be 100y at most/],
    ["a key that is none", ["keys", "revoke", "key_x", ...data], /No API key has the id key_x/],
    ["an account that is there", ["accounts", "create", "default", ...data], /There is an account default already/],
    ["a bad name", ["accounts", "create", "a b", ...data], /An account's name has 1 to 64 letters/],
    ["a plan that is none", ["accounts", "set-plan", "default", "gold", ...data], /gold is none of trial, starter/],
    ["two plans", ["accounts", "set-plan", "default", "trial", "--per-minute", "1", ...data], /not both/],
    ["no plan", ["accounts", "set-plan", "default", ...data], /Give a plan \(.*\) or --per-minute/],
    [
      "a limit of 0",
      ["accounts", "set-plan", "default", "--per-minute", "0", ...data],
      /a number from 1 to 1000000000/,
    ],
    ["half a message", ["accounts", "set-quota", "default", "0.5", ...data], /a number from 0 to 1000000000, or none/],
    [
      "less than nothing",
      ["accounts", "set-quota", "default", "-5", ...data],
      /a number from 0 to 1000000000, or none/,
    ],
  ])("%s", async (_, args, sentence) => {
    const { status, stdout, stderr } = await cli(args);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe.concurrent("a folder without an installation", () => {
  const empty = (name: string) => join(dataDir, "empty", name);
  it.each([
    ["keys", "list"],
    ["keys", "revoke", "key_x"],
    ["devices", "list"],
    ["devices", "logout", "device_x"],
  ])("is refused, and not made, by %s %s", async (...command) => {
    const folder = empty(command.join("-"));
    const { status, stdout, stderr } = await cli([...command, "--data", folder]);
    expect([status, stdout, stderr]).toEqual([
      1,
      "",
      `whatsflow: There is no installation in ${folder}. Name its folder with --data, or start one with: whatsflow serve --data ${folder}\n`,
    ]);
    expect(existsSync(folder)).toBe(false);
  });

  it.each([
    ["keys", "create", "--name", "k", "--mode", "test", "--scopes", "all"],
    ["accounts", "create", "shop"],
    ["accounts", "list"],
  ])("becomes one by %s %s", async (...command) => {
    const folder = empty(command.slice(0, 2).join("-"));
    await cliJson([...command, "--data", folder]);
    expect(await cliJson(["keys", "list", "--data", folder])).toHaveLength(command[0] === "keys" ? 1 : 0);
  });
});

describe("an old Node", () => {
  const bin = new URL("../bin/whatsflow.js", import.meta.url);
  const oldest = /^>=(\d+\.\d+)$/.exec(packageJson.engines.node)?.[1];
  it.each(["0.10.48", "18.20.8", "20.20.2", "22.11.0", "22.12.0", "22.13.1"])(
    "%s is refused with one sentence",
    async (version) => {
      const script = `
      Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });
      import(${JSON.stringify(bin.href)});`;
      const { status, stdout, stderr } = await evaluate(script);
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(/^whatsflow needs Node\.js (.*) or newer.*; this is (.*)\.\n$/);
      expect(stderr).toContain(`Node.js ${oldest} or newer`);
      expect(stderr).toContain(`this is ${version}.`);
    },
  );

  it("can read the check", () => {
    const beforeTheImport = readFileSync(fileURLToPath(bin), "utf8").split("import(")[0];
    expect(beforeTheImport).not.toMatch(/\b(const|let|await|import|export|class)\b|=>|`|\?\.|\?\?/);
  });
});
