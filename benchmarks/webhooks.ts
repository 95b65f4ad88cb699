/** Delivery of webhooks: how many a second, how soon, and whether a long backlog of one endpoint makes it dearer for the others. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { ensureDefaultAccount } from "../packages/server/src/accounts/accounts.js";
import { openReader } from "../packages/server/src/storage/sqlite.js";
import { openStore, type Store } from "../packages/server/src/storage/store.js";
import { claimDue, findHeads } from "../packages/server/src/webhooks/delivery-queue.js";
import { MAX_SLOTS_PER_WEBHOOK } from "../packages/server/src/webhooks/slots.js";
import type { BareUndiciCommands } from "./bare-undici.js";
import { median, paired } from "./load.js";
import { type RunningWhatsFlow, startWhatsFlow } from "./processes.js";
import { seedBacklog, seedWaiting } from "./seed.js";
import { milliseconds, perSecond, type Row } from "./table.js";
import type { ReceiverCommands } from "./webhook-receiver.js";
import { startWorker, type Worker } from "./worker.js";

/** Two accounts have the share of slots that lets each of their endpoints have all of its own: 4 of 8 at once. */
const ACCOUNTS = ["default", "second"];
const ENDPOINTS_PER_ACCOUNT = 4;
const ENDPOINTS = ACCOUNTS.length * ENDPOINTS_PER_ACCOUNT;
const EVENTS_PER_ACCOUNT = 1_250;
const BACKLOG = EVENTS_PER_ACCOUNT * ENDPOINTS;

const TESTS = 300;
const PAUSE_MS = 20;

const HEALTHY = 50;
const CLAIM_ROUNDS = 21;

type Receiver = Worker<ReceiverCommands>;

async function setStage() {
  const receiver = startWorker<ReceiverCommands>("webhook-receiver.ts");
  const server = await startWhatsFlow({ env: { WHATSFLOW_WEBHOOK_ALLOW: "127.0.0.1" } });
  return {
    receiver,
    server,
    async stop() {
      await server.stop();
      await receiver.stop();
    },
  };
}

async function request<Data>(server: RunningWhatsFlow, path: string, body: object, key?: string): Promise<Data> {
  const response = await fetch(server.baseUrl + path, {
    method: "POST",
    headers: { ...server.headers, ...(key !== undefined && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Data;
}

const addWebhook = (server: RunningWhatsFlow, url: string, key?: string) =>
  request<{ data: { id: string } }>(server, "/webhooks", { url, events: ["message.received"] }, key);

async function throughput(): Promise<Row> {
  const { receiver, server, stop } = await setStage();
  const bare = startWorker<BareUndiciCommands>("bare-undici.ts");
  const urls = await receiver.ask("listen", ENDPOINTS);
  server.cli("accounts", "create", "second");
  for (const [index, account] of ACCOUNTS.entries()) {
    const key = server.newKey("test", account);
    const own = urls.slice(index * ENDPOINTS_PER_ACCOUNT, (index + 1) * ENDPOINTS_PER_ACCOUNT);
    for (const url of own) await addWebhook(server, url, key);
  }
  const deliver = async () => {
    await receiver.ask("forget");
    // As a command beside the server would: it looks every five seconds whether something is due.
    seedBacklog(server.databaseFile, EVENTS_PER_ACCOUNT);
    const times = await receiver.ask("arrivals", BACKLOG);
    await whenRecorded(server, receiver);
    return rate(times);
  };
  await deliver();
  const { ratio, one, other } = await paired(deliver, async () => {
    const sample = await sampleOf(receiver);
    await receiver.ask("forget");
    await bare.ask("post", urls, sample, BACKLOG / ENDPOINTS, MAX_SLOTS_PER_WEBHOOK);
    return rate(await receiver.ask("arrivals", BACKLOG));
  });
  await bare.stop();
  await stop();
  return {
    name: `deliver a backlog of ${BACKLOG.toLocaleString("en-US")} to ${ENDPOINTS} endpoints, ${MAX_SLOTS_PER_WEBHOOK} in flight to each`,
    figure: perSecond(one),
    against: `${perSecond(other)} bare undici`,
    ratio,
    target: { atLeast: 0.5 },
  };
}

const rate = (times: number[]) =>
  ((times.length - 1) * 1_000) / ((times.at(-1) ?? Number.NaN) - (times[0] ?? Number.NaN));

/** Everything was delivered once, and that is on disk. */
async function whenRecorded({ databaseFile }: RunningWhatsFlow, receiver: Receiver): Promise<void> {
  const db = openReader(databaseFile);
  const waiting = db.prepare("select count(*) from deliveries where status <> 'succeeded'").pluck();
  while (Number(waiting.get()) > 0) await setTimeout(10);
  db.close();
  const { length } = await receiver.ask("arrivals", BACKLOG);
  if (length !== BACKLOG) throw new Error(`${length} requests arrived for ${BACKLOG} deliveries`);
}

/**
 * From the time that the server puts into an event, before it commits it, to the receiver: the commit of the event and that of the
 * claim lie in between. A test event is one commit, and nothing else goes on meanwhile.
 */
async function latency(): Promise<Row[]> {
  const { receiver, server, stop } = await setStage();
  const [url = ""] = await receiver.ask("listen", 1);
  const { data } = await addWebhook(server, url);
  const toReceiver: number[] = [];
  const toAnswer: number[] = [];
  for (let index = 0; index < TESTS; index += 1) {
    await setTimeout(PAUSE_MS);
    await receiver.ask("forget");
    const startedAt = performance.now();
    await request(server, `/webhooks/${data.id}/test`, {});
    toAnswer.push(performance.now() - startedAt);
    await receiver.ask("arrivals", 1);
    const { body, arrivedAt } = await sampleOf(receiver);
    const { timestamp }: { timestamp: string } = JSON.parse(body);
    toReceiver.push(arrivedAt - Date.parse(timestamp));
  }
  await stop();
  const row = (name: string, one: number, other: number): Row => ({
    name: `from an event's time to its webhook receiver, one at a time, ${name}`,
    figure: milliseconds(one),
    against: `${milliseconds(other)} from a request to the API's answer`,
    ratio: one / other,
  });
  const middle = median(toReceiver);
  return [
    { ...row("p50", middle, median(toAnswer)), target: { atMostMs: 5, ms: middle } },
    row("p99", percentile99(toReceiver), percentile99(toAnswer)),
  ];
}

async function sampleOf(receiver: Receiver) {
  const sample = await receiver.ask("sample");
  if (!sample) throw new Error("The receiver has no request to show");
  return sample;
}

const percentile99 = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN;

async function claims(): Promise<Row> {
  const [small, large] = [await openWaiting(1_000), await openWaiting(1_000_000)];
  const { ratio, one, other } = await paired(large.claim, small.claim, CLAIM_ROUNDS);
  await Promise.all([small.close(), large.close()]);
  return {
    name: `claim what is due of ${HEALTHY + 1} endpoints, one of them dead with nearly all that waits`,
    figure: `${milliseconds(one)} with 1,000,000 waiting`,
    against: `${milliseconds(other)} with 1,000`,
    ratio,
    target: { atMost: 1.5 },
  };
}

async function openWaiting(count: number) {
  const folder = mkdtempSync(join(tmpdir(), "whatsflow-bench-"));
  const file = join(folder, "whatsflow.db");
  const made = await openStore(file);
  await made.write((tx) => ensureDefaultAccount(tx, Date.now()));
  await made.close();
  seedWaiting(file, { healthy: HEALTHY, count });
  const store = await openStore(file);
  return {
    claim: () => claimAll(store),
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

class Undone extends Error {}

/** How long it takes to find what is due and to lease as much of it as there can be slots; without the commit, and undone again. */
async function claimAll(store: Store): Promise<number> {
  const now = Date.now();
  const startedAt = performance.now();
  const heads = await findHeads(store.read);
  const foundAfter = performance.now() - startedAt;
  let claimedAfter = Number.NaN;
  const work = store.write(async (tx) => {
    const beganAt = performance.now();
    let count = 0;
    for (const head of heads) count += (await claimDue(tx, head, MAX_SLOTS_PER_WEBHOOK, "lease", now)).length;
    claimedAfter = performance.now() - beganAt;
    if (count !== (HEALTHY + 1) * MAX_SLOTS_PER_WEBHOOK) throw new Error(`${count} deliveries were claimed`);
    throw new Undone();
  });
  await work.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return foundAfter + claimedAfter;
}

export const webhookParts = {
  webhooks: async (): Promise<Row[]> => [await throughput(), ...(await latency()), await claims()],
};
