/** `whatsflow deliveries …`, beside a running server. */
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, cliJson, type RunningServer, startServer } from "./running-server.js";
import { eventually } from "./test-app.js";
import { startReceiver, type WebhookReceiver } from "./webhook-receiver.js";

const TIMEOUT = { timeout: 30_000 };
let server: RunningServer;
let receiver: WebhookReceiver;
let key: string;
let data: string[];
beforeAll(async () => {
  server = await startServer();
  receiver = await startReceiver({ status: 500 });
  key = await server.createKey();
  data = ["--data", server.dataDir];
}, 30_000);
afterAll(async () => {
  await receiver.close();
  await server.stop("SIGKILL");
  rmSync(server.dataDir, { recursive: true, force: true });
});

/** A webhook with a test event whose first attempt has failed. */
async function fail(): Promise<{ webhook: string; delivery: string; path: string }> {
  receiver.status = 500;
  const body = { url: receiver.url, events: ["webhook.test"] };
  const created = await server.request("POST", "/webhooks", { key, body });
  const webhook = created.body.data.id;
  const tested = await server.request("POST", `/webhooks/${webhook}/test`, { key });
  const delivery = tested.body.data.delivery_id;
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
  it("lists what was delivered and what was not, and chooses", TIMEOUT, async () => {
    const { webhook, delivery } = await fail();
    const [listed] = await cliJson(["deliveries", "list", "--webhook", webhook, ...data]);
    expect(listed).toEqual({
      id: delivery,
      webhook_id: webhook,
      url: receiver.url,
      event_type: "webhook.test",
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

describe("whatsflow deliveries replay", () => {
  it("sends one again; the running server notices", TIMEOUT, async () => {
    const { delivery, path, webhook } = await fail();
    // Not before it would have been tried anyway.
    await server.request("PUT", `/webhooks/${webhook}`, { key, body: { is_active: false } });
    receiver.status = 200;
    const { stdout } = await cli(["deliveries", "replay", delivery, ...data]);
    expect(stdout).toBe(`${delivery} is sent again\n`);
    await received(path);
  });

  it("sends all again that were skipped since a time", TIMEOUT, async () => {
    const { path, webhook } = await fail();
    await server.request("PUT", `/webhooks/${webhook}`, { key, body: { is_active: false } });
    await server.request("PUT", `/webhooks/${webhook}`, { key, body: { is_active: true } });
    receiver.status = 200;
    const { stdout } = await cli(["deliveries", "replay", "--webhook", webhook, "--since", "2025-01-01", ...data]);
    expect(stdout).toBe("1 delivery is sent again\n");
    await received(path);
  });

  it.each<[string, string[], RegExp]>([
    ["nothing", [], /Give the id of a delivery, or --webhook and --since/],
    ["both", ["delivery_1", "--since", "2025-01-01"], /Give the id of a delivery, or --webhook and --since/],
    ["a delivery that is none", ["delivery_1"], /No delivery has the id delivery_1/],
    ["a webhook that is none", ["--webhook", "w", "--since", "2025-01-01"], /No webhook has the id w/],
    ["a time that is none", ["--webhook", "w", "--since", "soon"], /A time is a date such as 2025-10-11/],
  ])("refuses %s in one line", TIMEOUT, async (_, args, sentence) => {
    const { status, stdout, stderr } = await cli(["deliveries", "replay", ...args, ...data]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
