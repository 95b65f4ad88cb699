/** `whatsflow listen` and `whatsflow trigger`: a server and a receiver on one machine, and the commands between them. */
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EVENT_NAMES } from "../src/generated/operations.js";
import { freePort } from "./free-port.js";
import {
  cli,
  cliJson,
  newDataDir,
  type RunningCommand,
  type RunningServer,
  startCli,
  startServer,
} from "./running-server.js";
import { eventually } from "./test-app.js";
import { startReceiver, type WebhookReceiver } from "./webhook-receiver.js";

const dataDir = newDataDir();
const data = ["--data", dataDir];
let port: number;
let server: RunningServer;
let key: string;
let receiver: WebhookReceiver;
const listeners: RunningCommand[] = [];
beforeAll(async () => {
  port = await freePort();
  await restart();
  key = await server.createKey();
});
afterAll(async () => {
  await server.stop("SIGTERM");
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.stop("SIGKILL")));
  await receiver.close();
});

const environment = () => ({ WHATSFLOW_API_KEY: key, WHATSFLOW_URL: server.url });
async function listen(flags: string[] = [], env: Record<string, string> = environment()): Promise<RunningCommand> {
  const listener = startCli(["listen", "--forward-to", receiver.url, ...flags], env);
  listeners.push(listener);
  const ready = eventually(() => /Ready|"secret"/.test(listener.printed.stdout) || undefined, "the beginning");
  await Promise.race([ready, listener.ended]);
  receiver.secret = /whsec_[0-9A-Za-z+/=]+/.exec(listener.printed.stdout)?.[0] ?? "";
  return listener;
}
const trigger = async (event: string) => {
  const { status } = await server.request("POST", "/events/trigger", { key, body: { event } });
  expect(status).toBe(200);
};
const names = () => receiver.events.map(({ event }) => event);
/** The server, each time at the same address. */
const restart = async () => {
  server = await startServer({ dataDir, flags: ["--dev", "--port", String(port)] });
};

describe("whatsflow listen", () => {
  it("posts every event as a webhook does: its body, its headers, both signatures", async () => {
    const hooked = await startReceiver();
    const { body } = await server.request("POST", "/webhooks", { key, body: { url: hooked.url, events: EVENT_NAMES } });
    const listener = await listen();
    expect(listener.printed.stdout).toBe(
      `Forwarding the events of ${server.baseUrl} to ${receiver.url}\nThey are signed with ${receiver.secret}\nReady. Stop with Ctrl-C.\n`,
    );
    const message = "Zo\u00eb \u2028 \ud83d\ude00 \n\n data: x";
    await server.request("POST", "/messages/send", { key, body: { phone_number: "+12025550104", message } });
    await eventually(() => receiver.requests.length === 4 && hooked.requests.length === 4, "the events");
    expect(receiver.refused).toEqual([]);
    const bodies = (of: WebhookReceiver) => of.requests.map((request) => request.body).sort();
    expect(bodies(receiver)).toEqual(bodies(hooked));
    for (const { headers, body } of receiver.requests) {
      new Webhook(receiver.secret).verify(body, {
        "webhook-id": String(headers["webhook-id"]),
        "webhook-timestamp": String(headers["webhook-timestamp"]),
        "webhook-signature": String(headers["webhook-signature"]),
      });
      expect(headers["x-webhook-delivery-id"]).toMatch(/^delivery_[0-9a-z]{25}$/);
    }
    expect(Object.keys(receiver.requests[0]?.headers ?? {})).toEqual(Object.keys(hooked.requests[0]?.headers ?? {}));
    await eventually(() => listener.printed.stdout.trim().split("\n").length === 7, "the lines");
    expect(listener.printed.stdout).toMatch(/\n\d\d:\d\d:\d\d {2}message\.received {2}\d+ → 200 \(\d+ ms\)\n/);
    await server.request("DELETE", `/webhooks/${body.data.id}`, { key });
    await hooked.close();
  });

  it("ends with status 0 on Ctrl-C", async () => {
    const listener = await listen();
    expect(await listener.stop("SIGINT")).toMatchObject({ status: 0, stderr: "" });
  });

  it("signs with the secret that it is given, which it does not show, and forwards only what is asked for", async () => {
    const secret = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;
    const given = { ...environment(), WHATSFLOW_WEBHOOK_SECRET: secret };
    const listener = await listen(["--events", "message.read,device.connected", "--json"], given);
    expect(JSON.parse(listener.printed.stdout)).toEqual({
      url: server.baseUrl,
      forward_to: receiver.url,
      secret: null,
    });
    receiver.secret = secret;
    for (const name of ["message.sent", "device.connected", "message.read"]) await trigger(name);
    await eventually(() => receiver.requests.length === 2, "the events");
    expect(names()).toEqual(["device.connected", "message.read"]);
    await eventually(() => listener.printed.stdout.trim().split("\n").length === 3, "the lines");
    expect(JSON.parse(listener.printed.stdout.split("\n")[1] ?? "")).toMatchObject({
      event: "device.connected",
      response_status: 200,
      error: null,
      tries: 1,
    });
    await listener.stop("SIGINT");
    expect(receiver.refused).toEqual([]);
    const again = await listen([], given);
    expect(again.printed.stdout).toContain("They are signed with the secret of WHATSFLOW_WEBHOOK_SECRET\n");
    expect(again.printed.stdout).not.toContain(secret);
  });

  it("draws one secret for the data folder, and a new one at each start where there is none", async () => {
    const kept = { ...environment(), WHATSFLOW_DATA_DIR: dataDir };
    const secretOf = async (env: Record<string, string>) => {
      await (await listen([], env)).stop("SIGINT");
      return receiver.secret;
    };
    const secret = await secretOf(kept);
    expect(secret).toMatch(/^whsec_/);
    expect(await secretOf(kept)).toBe(secret);
    const file = join(dataDir, "listen.secret");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const elsewhere = { ...environment(), WHATSFLOW_DATA_DIR: join(dataDir, "none") };
    expect(await secretOf(elsewhere)).not.toBe(await secretOf(elsewhere));

    writeFileSync(file, "hush\n");
    const to = ["listen", "--forward-to", receiver.url];
    expect((await cli(to, kept)).stderr).toBe(
      `whatsflow: ${file} holds no secret. Remove it to have a new one drawn\n`,
    );
    rmSync(file);
    mkdirSync(file);
    expect((await cli(to, kept)).stderr).toMatch(
      /^whatsflow: The secret of whatsflow listen cannot be kept in .*or set WHATSFLOW_WEBHOOK_SECRET\n$/,
    );
    rmSync(file, { recursive: true });
  });

  it("misses nothing and doubles nothing when the server is killed and started again", async () => {
    const listener = await listen();
    for (const name of ["message.sent", "message.delivered"]) await trigger(name);
    await eventually(() => receiver.requests.length === 2, "the first events");
    await server.stop("SIGKILL");
    await restart();
    for (const name of ["message.read", "message.failed"]) await trigger(name);
    await eventually(() => receiver.requests.length === 4, "the events of the meantime");
    await trigger("device.connected");
    await eventually(() => receiver.requests.length === 5, "an event after that");
    expect(receiver.requests.map(({ headers }) => headers["x-webhook-event"])).toEqual([
      "message.sent",
      "message.delivered",
      "message.read",
      "message.failed",
      "device.connected",
    ]);
    expect(new Set(receiver.requests.map(({ headers }) => headers["webhook-id"])).size).toBe(5);
    expect(listener.printed.stderr).toBe(
      "The server went away. What happens meanwhile comes when it is back.\nConnected again.\n",
    );
  });

  it("tells what failed and goes on; what may pass is tried twice again, as the same delivery", async () => {
    await receiver.close();
    const port = await freePort();
    receiver = await startReceiver({ port });
    const listener = await listen();
    receiver.status = 401;
    await trigger("message.sent");
    await eventually(() => /→ answered 401 \(/.test(listener.printed.stdout) || undefined, "the refusal");
    expect(receiver.requests).toHaveLength(1);
    receiver.status = 503;
    await trigger("message.read");
    await eventually(() => /→ answered 503, after 3 tries/.test(listener.printed.stdout) || undefined, "the failure");
    const tried = receiver.requests.slice(1).map(({ headers }) => headers["x-webhook-delivery-id"]);
    expect(tried).toHaveLength(3);
    expect(new Set(tried).size).toBe(1);
    receiver.status = 200;
    await trigger("device.connected");
    await eventually(() => /device\.connected {2}\d+ → 200/.test(listener.printed.stdout) || undefined, "the next one");
    await receiver.close();
    await trigger("message.read");
    await eventually(
      () => /→ connect ECONNREFUSED, after 3 tries/.test(listener.printed.stdout) || undefined,
      "the error",
    );
    receiver = await startReceiver({ port });
    await trigger("message.sent");
    await eventually(() => receiver.requests.length === 1, "the event after that");
  });

  it("shows what the receiver says of what it refuses, in one harmless line, and tells once how to give it the secret", async () => {
    const listener = await listen();
    receiver.status = 400;
    receiver.answer = `\u001b[2J\u202eno\r\n\tsuch \u0007 thing${"é".repeat(300)}`;
    await trigger("message.sent");
    await eventually(() => /→ answered 400/.test(listener.printed.stdout) || undefined, "the refusal");
    expect(listener.printed.stdout).toMatch(/ → answered 400 \(\d+ ms\): \[2J no such thingé{183}\n$/);
    expect(listener.printed.stderr).toBe("");
    receiver.status = 401;
    receiver.answer = "";
    for (const name of ["message.sent", "message.read"]) await trigger(name);
    await eventually(() => /message\.read.* → answered 401 \(\d+ ms\)\n/.test(listener.printed.stdout), "the last one");
    expect(listener.printed.stderr).toBe(
      `The receiver probably has another secret. Start it with WHATSFLOW_WEBHOOK_SECRET=${receiver.secret}\n`,
    );
    await listener.stop("SIGINT");

    const secret = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;
    const given = await listen(["--json"], { ...environment(), WHATSFLOW_WEBHOOK_SECRET: secret });
    receiver.status = 401;
    receiver.answer = '{"error":"Invalid signature"}';
    await trigger("message.sent");
    await eventually(() => given.printed.stderr !== "" || undefined, "the note");
    expect(given.printed.stderr).toMatch(/^The receiver probably has another secret\. .*WHATSFLOW_WEBHOOK_SECRET/);
    expect(given.printed.stderr).not.toContain(secret);
    expect(JSON.parse(given.printed.stdout.split("\n")[1] ?? "")).toMatchObject({ answer: receiver.answer });
  });

  it("ends with one sentence when its key is revoked meanwhile", async () => {
    const { id, key: doomed } = await cliJson([
      "keys",
      "create",
      "--name",
      "k",
      "--mode",
      "test",
      "--scopes",
      "all",
      ...data,
    ]);
    const listener = await listen([], { ...environment(), WHATSFLOW_API_KEY: doomed });
    await cliJson(["keys", "revoke", id, ...data]);
    const { status, stderr } = await listener.ended;
    expect(status).toBe(1);
    expect(stderr).toContain(
      `whatsflow: The server at ${new URL(server.url).host} does not accept the API key. Set WHATSFLOW_API_KEY to one of its own\n`,
    );
    expect(stderr).not.toContain(doomed);
  });

  it("says in one sentence what keeps it from beginning", async () => {
    const { host } = new URL(server.url);
    const poor = (
      await cliJson(["keys", "create", "--name", "k", "--mode", "test", "--scopes", "messages:read", ...data])
    ).key;
    const to = ["--forward-to", receiver.url];
    const empty = newDataDir();
    const run = (flags: string[], env: Record<string, string> = {}) =>
      cli(["listen", ...flags], { ...environment(), ...env });
    const outcomes: [Promise<{ status: number | null; stdout: string; stderr: string }>, string][] = [
      [run(to, { WHATSFLOW_API_KEY: "wf_test_x" }), `The server at ${host} does not accept the API key.`],
      [run(to, { WHATSFLOW_API_KEY: "two keys" }), "WHATSFLOW_API_KEY: has spaces"],
      [run(to, { WHATSFLOW_API_KEY: poor }), "Missing scope events:read. Use a key that has it."],
      [
        run([...to, "--url", "http://127.0.0.1:1"]),
        "No server answers at http://127.0.0.1:1. Start it with: whatsflow serve",
      ],
      [run([...to, "--url", "localhost:2152"]), "--url / WHATSFLOW_URL: localhost:2152 is no address of a server"],
      [run(to, { WHATSFLOW_WEBHOOK_SECRET: "hush" }), "WHATSFLOW_WEBHOOK_SECRET: must be whsec_ and base64"],
      [run(["--forward-to", "localhost:3000"]), "such as http://localhost:3000/webhooks."],
      [run([...to, "--events", "message.came"]), "message.came is no event. Events are message.received,"],
      [run(to, { WHATSFLOW_API_KEY: "" }), "WHATSFLOW_API_KEY is not set."],
      [run([...to, "--data", empty]), `There is no installation in ${empty}.`],
      [run([...to, ...data, "--url", server.url]), "--data and --url may name two servers. Give one of them"],
    ];
    for (const [outcome, sentence] of outcomes) {
      const { status, stdout, stderr } = await outcome;
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toContain(sentence);
      expect(stderr).not.toContain("    at ");
      expect(stderr).not.toContain("hush");
    }
  });
});

describe("whatsflow trigger", () => {
  const run = (event: string, env: Record<string, string> = environment()) => cli(["trigger", event], env);

  it("makes an event happen, and names those that there are", async () => {
    const { status, stdout } = await run("message.received");
    expect([status, stdout.replace(/evt_[0-9a-z]{25}\n$/, "ID")]).toEqual([
      0,
      `Triggered message.received at ${server.baseUrl}: ID`,
    ]);
    const unknown = await run("message.came");
    expect(unknown.status).toBe(1);
    for (const name of EVENT_NAMES) expect(unknown.stderr).toContain(name);
  });

  it("is refused with a live key, in the server's words", async () => {
    const live = (await cliJson(["keys", "create", "--name", "k", "--mode", "live", "--scopes", "all", ...data])).key;
    const { status, stderr } = await run("message.read", { ...environment(), WHATSFLOW_API_KEY: live });
    expect([status, stderr]).toEqual([
      1,
      "whatsflow: Events are triggered with a test key: a live one tells what did happen\n",
    ]);
  });
});

describe("--data", () => {
  it("chooses the server of that folder and its test key, whatever the environment says", async () => {
    const wrong = { WHATSFLOW_API_KEY: "wf_test_of_another_server", WHATSFLOW_URL: receiver.url };
    const triggered = await cliJson(["trigger", "message.read", ...data], wrong);
    expect(triggered).toEqual({ id: expect.stringMatching(/^evt_/), event: "message.read", url: server.baseUrl });
    const listener = await listen(data, wrong);
    expect(listener.printed.stdout).toContain(`Forwarding the events of ${server.baseUrl} to`);
    expect(receiver.requests).toEqual([]);
  });

  it("says what is missing where no server runs, or none with a test key; then a key that is set serves", async () => {
    const other = newDataDir();
    const trigger = (env: Record<string, string> = {}) => cli(["trigger", "message.read", "--data", other], env);
    const { key: own } = await cliJson([
      "keys",
      "create",
      "--name",
      "k",
      "--mode",
      "test",
      "--scopes",
      "all",
      "--data",
      other,
    ]);
    expect((await trigger(environment())).stderr).toBe(
      `whatsflow: No server runs on the data folder ${other}. Start it with: whatsflow serve --dev --data ${other}\n`,
    );
    const second = await startServer({ dataDir: other, flags: [] });
    expect((await trigger()).stderr).toBe(
      `whatsflow: The server of ${other} has no test key to show. Start it with --dev, or set WHATSFLOW_API_KEY to one of its keys\n`,
    );
    expect((await trigger({ WHATSFLOW_API_KEY: own })).stdout).toContain(`at ${second.baseUrl}: evt_`);
    await second.stop("SIGTERM");
    rmSync(other, { recursive: true });
  });
});

describe("without a key", () => {
  it("both find the server of the data folder and the test key that it shows; no other server is given that key", async () => {
    const folder = { WHATSFLOW_DATA_DIR: dataDir };
    const listener = await listen([], folder);
    expect(listener.printed.stdout).toContain(`Forwarding the events of ${server.baseUrl} to`);
    expect(await cliJson(["trigger", "device.restricted"], folder)).toMatchObject({ event: "device.restricted" });
    await eventually(() => receiver.requests.length === 1, "the event");
    const elsewhere = await cli(["trigger", "device.restricted", "--url", receiver.url], folder);
    expect(elsewhere.stderr).toContain("WHATSFLOW_API_KEY is not set.");
    expect(receiver.requests).toHaveLength(1);
  });
});
