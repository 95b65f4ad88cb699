/** kill -9 at any moment: what was acknowledged is there, every event arrives, nothing is doubled, no key is stuck. */
import { rmSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { MAGIC_NUMBERS } from "../src/transport/sandbox/sandbox.js";
import { checkEvent } from "./contract-check.js";
import { seededRandom } from "./random.js";
import { cliJson, newDataDir, type RunningServer, startServer } from "./running-server.js";
import { eventually } from "./test-app.js";
import { startReceiver, type WebhookReceiver } from "./webhook-receiver.js";

/** In the titles of the tests, so that a failure tells it; put it here to see the same moments again. */
const SEED = Date.now() % 1_000_000;
const random = seededRandom(SEED);
const between = (least: number, most: number) => Math.floor(least + random() * (most - least));
const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));

const EVENTS = ["message.sent", "message.delivered", "message.read", "message.failed", "message.received"];
const OF_STATUS: Record<string, string[]> = {
  read: ["message.sent", "message.delivered", "message.read"],
  failed: ["message.failed"],
  pending: [],
};
/** Common numbers come more often than those that play a special case. */
const NUMBERS = [
  ...Array.from({ length: 6 }, (_, contact) => `+9477000000${contact}`),
  MAGIC_NUMBERS.notOnWhatsApp,
  MAGIC_NUMBERS.unacknowledged,
  MAGIC_NUMBERS.echo,
  MAGIC_NUMBERS.echo,
];

const folders: string[] = [];
const leftOver: { stop?: RunningServer; close?: WebhookReceiver } = {};
function newFolder(): string {
  const folder = newDataDir();
  folders.push(folder);
  return folder;
}
async function start(dataDir: string): Promise<RunningServer> {
  leftOver.stop = await startServer({ dataDir });
  return leftOver.stop;
}
afterEach(async () => {
  await leftOver.stop?.stop("SIGKILL");
  await leftOver.close?.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function newKey(server: RunningServer): Promise<string> {
  const data = ["--data", server.dataDir];
  await cliJson(["accounts", "set-plan", "default", "--per-minute", "1000000000", ...data]);
  return server.createKey();
}

/** Everything that is stored, by walking along the cursors. */
async function allMessages(server: RunningServer, key: string) {
  const messages: { id: string; content: string; direction: string; status: string; phone_number: string }[] = [];
  let query = "limit=100";
  for (;;) {
    const { body } = await server.request("GET", `/messages?${query}`, { key });
    messages.push(...body.data);
    if (body.pagination.next_cursor === null) return messages;
    query = `limit=100&cursor=${body.pagination.next_cursor}`;
  }
}

const deliveryId = (request: WebhookReceiver["requests"][number]) => request.headers["x-webhook-delivery-id"];

describe(`kill -9 between accept and delivery (seed ${SEED})`, () => {
  /** What the client saw: the ids by their texts, each of which was sent once. */
  const acknowledged = new Map<string, string>();
  let texts = 0;

  async function sendUntilItDies(server: RunningServer, key: string): Promise<void> {
    for (;;) {
      texts += 1;
      const message = `text ${texts}`;
      const phone_number = NUMBERS[between(0, NUMBERS.length)];
      const answer = await server
        .request("POST", "/messages/send", { key, body: { phone_number, message } })
        .catch((error: unknown) => {
          if (error instanceof TypeError) return undefined;
          throw error;
        });
      if (!answer) return;
      expect([200, 500]).toContain(answer.status);
      acknowledged.set(message, answer.status === 200 ? answer.body.data.message_id : answer.body.message_id);
    }
  }

  it("loses nothing and doubles nothing, five times on one folder", { timeout: 180_000 }, async () => {
    const dataDir = newFolder();
    let server = await start(dataDir);
    const key = await newKey(server);
    const receiver = await startReceiver();
    leftOver.close = receiver;
    const { body } = await server.request("POST", "/webhooks", { key, body: { url: receiver.url, events: EVENTS } });
    receiver.secret = body.data.secret;

    // The refusals come first: what was refused twice would be due again only after half a minute.
    for (const state of ["refuses", "hangs", "answers", "hangs", "answers"] as const) {
      receiver.status = state === "refuses" ? 503 : 200;
      receiver.hangs = state === "hangs";
      const [before, known] = [receiver.requests.length, acknowledged.size];
      const clients = Array.from({ length: 8 }, () => sendUntilItDies(server, key));
      await eventually(() => receiver.requests.length > before || undefined, "a first delivery");
      await pause(between(0, 600));
      // However slow the machine is, each kill has something to lose.
      await eventually(() => acknowledged.size > known + 10 || undefined, "some answers");
      await server.stop("SIGKILL");
      await Promise.all(clients);
      server = await start(dataDir);
    }
    receiver.hangs = false;

    const moving = (status: string) => status === "sent" || status === "delivered";
    const messages = await eventually(async () => {
      const all = await allMessages(server, key);
      return all.every(({ direction, status }) => direction === "inbound" || !moving(status)) ? all : undefined;
    }, "the last receipt");
    const outbound = messages.filter(({ direction }) => direction === "outbound");
    expect(outbound.length).toBeGreaterThan(50);
    expect(new Set(messages.map(({ content }) => content)).size).toBe(messages.length);
    const echoing = outbound.filter(({ phone_number }) => phone_number === MAGIC_NUMBERS.echo);
    const inbound = messages.filter(({ direction }) => direction === "inbound");
    expect(inbound.map(({ content }) => content).sort()).toEqual(
      echoing.map(({ content }) => `echo: ${content}`).sort(),
    );
    const stored = new Map(outbound.map(({ content, id }) => [content, id]));
    for (const [text, id] of acknowledged) expect([text, stored.get(text)]).toEqual([text, id]);

    const expected = messages
      .flatMap(({ id, direction, status }) =>
        (direction === "inbound" ? ["message.received"] : (OF_STATUS[status] ?? [`no event: ${status}`])).map(
          (name) => `${id} ${name}`,
        ),
      )
      .sort();
    // The receiver remembers delivery ids; what it did not take does not count as arrived.
    const taken = () => new Set(receiver.requests.filter(({ answered }) => answered === 200).map(deliveryId));
    while (taken().size < expected.length) {
      const { size } = taken();
      const what = `the delivery after ${size} of ${expected.length}`;
      // One that two crashes cut short waits for half a minute.
      await eventually(() => taken().size > size || undefined, what, { seconds: 60 });
    }
    expect(taken()).toEqual(new Set(receiver.requests.map(deliveryId)));
    expect(receiver.events.map(({ event, data }) => `${data.message_id} ${event}`).sort()).toEqual(expected);
    expect(receiver.refused).toEqual([]);
    for (const event of receiver.events) checkEvent(event);
  });
});

describe(`kill -9 with requests under Idempotency-Keys in flight (seed ${SEED})`, () => {
  it("makes of every key one message, one webhook, one API key, and leaves none stuck", {
    timeout: 180_000,
  }, async () => {
    const dataDir = newFolder();
    let server = await start(dataDir);
    const key = await newKey(server);
    const requests = (round: number) =>
      Array.from({ length: 60 }, (_, index) => {
        const name = `round-${round}-${index}`;
        const options = { key, headers: { "idempotency-key": name } };
        if (index % 20 === 1) return { name, path: "/webhooks", ...options, body: webhook(name) };
        if (index % 20 === 2) return { name, path: "/api-keys", ...options, body: { name, scopes: ["messages:read"] } };
        return { name, path: "/messages/send", ...options, body: { phone_number: NUMBERS[0], message: name } };
      });
    const webhook = (description: string) => ({ url: "https://example.com/", events: ["message.sent"], description });
    const results = new Map<string, unknown>();

    for (let round = 1; round <= 5; round += 1) {
      const batch = requests(round);
      const beforeTheKill = batch.map(async ({ name, path, ...options }) => {
        const answer = await server.request("POST", path, options).catch(() => undefined);
        if (answer) results.set(name, answer.body.data);
      });
      // Some rounds end before the first answer, some after the last.
      await Promise.race([pause(between(5, 120)), Promise.all(beforeTheKill)]);
      await server.stop("SIGKILL");
      await Promise.all(beforeTheKill);
      server = await start(dataDir);

      for (const { name, path, ...options } of batch) {
        const { status, body } = await server.request("POST", path, options);
        expect([name, status]).toEqual([name, path === "/messages/send" ? 200 : 201]);
        // Whoever had an answer before the kill gets the same again, secrets included.
        if (results.has(name)) expect(body.data).toEqual(results.get(name));
        results.set(name, body.data);
        const again = await server.request("POST", path, options);
        expect([again.body.data, again.headers.get("idempotent-replayed")]).toEqual([body.data, "true"]);
      }
    }
    const names = (path: string) => [...results.keys()].filter((name) => pathOf(name) === path).sort();
    const pathOf = (name: string) => requests(1).find((one) => name.endsWith(one.name.slice(7)))?.path;
    const messages = await allMessages(server, key);
    expect(messages.map(({ content }) => content).sort()).toEqual(names("/messages/send"));
    const webhooks = (await server.request("GET", "/webhooks", { key })).body.data;
    expect(webhooks.map((one: { description: string }) => one.description).sort()).toEqual(names("/webhooks"));
    const keys = (await server.request("GET", "/api-keys", { key })).body.data;
    const made = keys.map((one: { name: string }) => one.name).filter((name: string) => name.startsWith("round"));
    expect(made.sort()).toEqual(names("/api-keys"));
  });
});

describe("kill -9 in a minute whose limit is used up", () => {
  it("does not give the minute anew", { timeout: 180_000 }, async () => {
    const dataDir = newFolder();
    let server = await start(dataDir);
    const data = ["--data", dataDir];
    const statusOf = async (key: string) => (await server.request("GET", "/usage", { key })).status;
    const minute = () => Math.floor(Date.now() / 60_000);
    // When the minute changes on the way, nothing is proven: then again, with an account that has asked for nothing yet.
    for (let tries = 1; ; tries += 1) {
      const account = `try-${tries}`;
      await cliJson(["accounts", "create", account, ...data]);
      await cliJson(["accounts", "set-plan", account, "--per-minute", "5", ...data]);
      const key = await server.createKey("--account", account);
      const begun = minute();
      const before = [];
      for (let asked = 0; asked < 6; asked += 1) before.push(await statusOf(key));
      await server.stop("SIGKILL");
      server = await start(dataDir);
      const after = await statusOf(key);
      if (minute() !== begun) continue;
      expect([...before, after]).toEqual([200, 200, 200, 200, 200, 429, 429]);
      return;
    }
  });
});
