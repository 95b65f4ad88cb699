/** `whatsflow deliveries …` and `whatsflow webhooks …`, beside a running server. */
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, cliJson, type RunningServer, startServer } from "./running-server.js";
import { eventually } from "./test-app.js";
import { startReceiver, type WebhookReceiver } from "./webhook-receiver.js";

let server: RunningServer;
let receiver: WebhookReceiver;
let key: string;
let data: string[];
beforeAll(async () => {
  server = await startServer();
  receiver = await startReceiver({ status: 500 });
  // However long the commands take, nothing is tried again meanwhile.
  receiver.headers = { "retry-after": "86400" };
  key = await server.createKey();
  data = ["--data", server.dataDir];
});
afterAll(async () => {
  await receiver.close();
  await server.stop("SIGKILL");
  rmSync(server.dataDir, { recursive: true, force: true });
});

/** A webhook with an event whose first attempt has failed. */
async function fail(): Promise<{ webhook: string; delivery: string; path: string }> {
  receiver.status = 500;
  const body = { url: receiver.url, events: ["message.read"] };
  const created = await server.request("POST", "/webhooks", { key, body });
  const webhook = created.body.data.id;
  await server.request("POST", "/events/trigger", { key, body: { event: "message.read" } });
  const listed = await server.request("GET", `/webhooks/${webhook}/deliveries`, { key });
  const delivery = listed.body.data[0].id;
  const path = `/webhooks/${webhook}/deliveries/${delivery}`;
  await eventually(
    async () => (await server.request("GET", path, { key })).body.data.attempt_number > 0,
    "the attempt",
  );
  return { webhook, delivery, path };
}
const received = (path: string) =>
  eventually(async () => (await server.request("GET", path, { key })).body.data.success, "the delivery");

describe("whatsflow deliveries list", () => {
  it("lists what was delivered and what was not, and chooses", async () => {
    const { webhook, delivery } = await fail();
    const [listed] = await cliJson(["deliveries", "list", "--webhook", webhook, ...data]);
    expect(listed).toEqual({
      id: delivery,
      webhook_id: webhook,
      url: receiver.url,
      event_type: "message.read",
      status: "pending",
      attempt_number: 1,
      response_status: 500,
      error: "answered 500",
      next_attempt_at: expect.any(String),
      created_at: expect.any(String),
    });
    const none = ["--webhook", webhook, "--status", "failed"];
    expect(await cliJson(["deliveries", "list", ...none, ...data])).toEqual([]);
    expect(await cliJson(["deliveries", "list", "--since", "2999-01-01", ...data])).toEqual([]);
    expect(await cliJson(["deliveries", "list", "--limit", "1", ...data])).toHaveLength(1);
    const { stdout } = await cli(["deliveries", "list", ...data]);
    expect(stdout).toMatch(/^ID +CREATED +EVENT +STATUS +ATTEMPTS +LAST ERROR +URL\n/);
    expect(stdout).toContain(delivery);
  });
});

describe("--since", () => {
  it("is in UTC unless it names a zone, and says so", async () => {
    const { webhook } = await fail();
    const listed = async (since: number, zone: string) => {
      const time = new Date(since).toISOString().slice(0, 19) + zone;
      const args = ["deliveries", "list", "--webhook", webhook, "--since", time, ...data];
      return (await cliJson(args, { TZ: "America/New_York" })).length;
    };
    const now = Date.now();
    expect(await listed(now - 3_600_000, "")).toBe(1);
    expect(await listed(now + 60_000, "")).toBe(0);
    expect(await listed(now + 60_000, "+01:00")).toBe(1);
    const { stdout } = await cli(["deliveries", "list", "--help"]);
    expect(stdout.replace(/\s+/g, " ")).toContain("in UTC unless it names a zone");
  });
});

describe("whatsflow deliveries replay", () => {
  it("sends one again; the running server notices", async () => {
    const { delivery, path, webhook } = await fail();
    // Not before it would have been tried anyway.
    await server.request("PUT", `/webhooks/${webhook}`, { key, body: { is_active: false } });
    receiver.status = 200;
    const { stdout } = await cli(["deliveries", "replay", delivery, ...data]);
    expect(stdout).toBe(`${delivery} is sent again\n`);
    await received(path);
  });

  it("sends all again that were skipped since a time", async () => {
    const { path, webhook } = await fail();
    await server.request("PUT", `/webhooks/${webhook}`, { key, body: { is_active: false } });
    await server.request("PUT", `/webhooks/${webhook}`, { key, body: { is_active: true } });
    receiver.status = 200;
    const { stdout } = await cli(["deliveries", "replay", "--webhook", webhook, "--since", "2025-01-01", ...data]);
    expect(stdout).toBe("1 delivery is sent again\n");
    await received(path);
  });

  it("names the command that enables a webhook which is not active, and sends after it", async () => {
    const { path, webhook } = await fail();
    await cliJson(["webhooks", "disable", webhook, ...data]);
    const replay = () => cli(["deliveries", "replay", "--webhook", webhook, "--since", "2025-01-01", ...data]);
    expect((await replay()).stderr).toBe(
      `whatsflow: ${webhook} is not active (requested). Enable it first: whatsflow webhooks enable ${webhook}\n`,
    );
    await cliJson(["webhooks", "enable", webhook, ...data]);
    receiver.status = 200;
    expect((await replay()).stdout).toBe("1 delivery is sent again\n");
    await received(path);
  });

  it.each<[string, string[], RegExp]>([
    ["nothing", [], /Give the id of a delivery, or --webhook and --since/],
    ["both", ["delivery_1", "--since", "2025-01-01"], /Give the id of a delivery, or --webhook and --since/],
    ["a delivery that is none", ["delivery_1"], /No delivery has the id delivery_1/],
    ["a webhook that is none", ["--webhook", "w", "--since", "2025-01-01"], /No webhook has the id w/],
    ["a time that is none", ["--webhook", "w", "--since", "soon"], /A time is a date such as 2025-10-11/],
  ])("refuses %s in one line", async (_, args, sentence) => {
    const { status, stdout, stderr } = await cli(["deliveries", "replay", ...args, ...data]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("whatsflow webhooks", () => {
  it("lists those of all accounts; disables and enables them for the running server", async () => {
    const { webhook, delivery, path } = await fail();
    const find = async () =>
      (await cliJson(["webhooks", "list", ...data])).find(({ id }: { id: string }) => id === webhook);
    expect(await find()).toEqual({
      id: webhook,
      account: "default",
      mode: "test",
      url: receiver.url,
      events: ["message.read"],
      is_active: true,
      disabled_reason: null,
      failing_since: expect.any(String),
      success_count: 0,
      failure_count: 1,
      pending_count: 1,
      last_triggered_at: expect.any(String),
      created_at: expect.any(String),
    });
    const failing = await cli(["webhooks", "list", ...data]);
    expect(failing.stdout).toMatch(new RegExp(`\n${webhook} +default +test +yes, failing +0 +1 +1 +${receiver.url}\n`));
    const { stdout } = await cli(["webhooks", "disable", webhook, ...data]);
    expect(stdout).toBe(`${webhook} is not active\n`);
    expect(await find()).toMatchObject({ is_active: false, disabled_reason: "requested", pending_count: 0 });
    expect((await server.request("GET", path, { key })).body.data.status).toBe("skipped");
    const listed = await cli(["webhooks", "list", ...data]);
    expect(listed.stdout).toMatch(/^ID +ACCOUNT +MODE +ACTIVE +SUCCEEDED +FAILED +PENDING +URL\n/);
    expect(listed.stdout).toMatch(new RegExp(`\n${webhook} +default +test +no: requested +0 +1 +0 +${receiver.url}\n`));

    expect((await cli(["webhooks", "enable", webhook, ...data])).stdout).toBe(`${webhook} is active\n`);
    receiver.status = 200;
    const again = await server.request("POST", `/webhooks/${webhook}/test`, { key });
    await received(path.replace(delivery, again.body.data.delivery_id));
    expect(await find()).toMatchObject({
      ...{ is_active: true, disabled_reason: null, failing_since: null, success_count: 1 },
    });
  });

  it.each(["enable", "disable"])("refuses to %s one that is none", async (command) => {
    const { status, stderr } = await cli(["webhooks", command, "webhook_1", ...data]);
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^whatsflow: No webhook has the id webhook_1.*\n$/)]);
  });
});
