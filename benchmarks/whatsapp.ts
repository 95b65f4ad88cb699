/** The whole server against bare Baileys: the same store, the same simulated WhatsApp, the same run. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { median, paired, throughput } from "./load.js";
import { megabytes, milliseconds, perSecond, type Row } from "./table.js";
import { setStage } from "./whatsapp-stage.js";
import { sharedNow } from "./worker.js";

const SERVER_PHONE = "15550000001";
const BARE_PHONE = "15550000002";
const PEOPLE = Array.from({ length: 20 }, (_, index) => `1555100${String(index).padStart(4, "0")}`);

const SEND_SECONDS = 2;
const BURST = 500;
const TRICKLE = 100;
const TRICKLE_EVERY_MS = 50;
const IDLE_DEVICES = 20;
const RECONNECTS = 7;

/** With one device each, and sessions with all people. */
async function setPairedStage() {
  const stage = await setStage();
  const device = await stage.pairServer(SERVER_PHONE);
  await stage.pairBare(BARE_PHONE);
  for (const phone of [SERVER_PHONE, BARE_PHONE]) await stage.whatsapp.ask("greet", phone, PEOPLE);
  return { ...stage, device };
}

type Stage = Awaited<ReturnType<typeof setPairedStage>>;

async function sends(): Promise<Row[]> {
  const stage = await setPairedStage();
  const { server, bare } = stage;
  const requests = PEOPLE.map((number) => ({
    method: "POST" as const,
    body: JSON.stringify({ phone_number: `+${number}`, message: "Hello! How can we help you today?" }),
  }));
  const rows: Row[] = [];
  for (const connections of [1, 20]) {
    const { ratio, one, other } = await paired(
      () =>
        throughput(
          { url: `${server.baseUrl}/messages/send`, headers: server.headers, requests },
          { connections, seconds: SEND_SECONDS },
        ),
      () => bare.ask("send", BARE_PHONE, PEOPLE, connections, SEND_SECONDS),
    );
    rows.push({
      name: `send and be acknowledged, ${connections === 1 ? "one client" : "twenty in flight"}`,
      figure: perSecond(one),
      against: `${perSecond(other)} bare Baileys`,
      ratio,
      target: { atLeast: 0.8 },
    });
  }
  await checkAllSent(stage);
  await stage.stop();
  return rows;
}

/** A message that waited in vain for its acknowledgement is answered, too, as pending. */
async function checkAllSent({ request }: Stage): Promise<void> {
  await setTimeout(500);
  for (const status of ["pending", "failed"]) {
    const { data } = await request<{ data: object[] }>("GET", `/messages?status=${status}&limit=1`);
    if (data.length > 0) throw new Error(`Some messages are ${status}`);
  }
}

async function inbound(): Promise<Row[]> {
  const stage = await setPairedStage();
  const { whatsapp } = stage;
  const stored = await paired(
    async () => {
      const before = await countMessages(stage);
      const written = whatsapp.ask("burst", SERVER_PHONE, PEOPLE, BURST);
      while ((await countMessages(stage)) < before + BURST) await setTimeout(20);
      const at = sharedNow();
      return rate(at - (await written).first);
    },
    () => bareBurst(stage),
  );
  const receiver = await startReceiver();
  await stage.request("POST", "/webhooks", { url: receiver.url, events: ["message.received"] });
  const announced = await paired(
    async () => {
      receiver.received.length = 0;
      const written = await whatsapp.ask("burst", SERVER_PHONE, PEOPLE, BURST);
      while (receiver.received.length < BURST) await setTimeout(1);
      return rate((receiver.received.at(-1)?.at ?? Number.NaN) - written.first);
    },
    () => bareBurst(stage),
  );
  const latency = await trickle(stage, receiver);
  await receiver.close();
  await stage.stop();
  const row = (name: string, { ratio, one, other }: typeof stored): Row => ({
    name,
    figure: perSecond(one),
    against: `${perSecond(other)} in bare Baileys' messages.upsert`,
    ratio,
  });
  return [
    { ...row(`receive ${BURST} messages at once: stored`, stored), target: { atLeast: 0.8 } },
    // Beyond what Baileys does: a request for each message, and its result on disk.
    row(`receive ${BURST} messages at once: at the webhook receiver`, announced),
    {
      name: "20 messages a second, from the wire to the webhook receiver, p50",
      figure: milliseconds(latency.server),
      against: `${milliseconds(latency.bare)} to bare Baileys' messages.upsert`,
      ratio: latency.server / latency.bare,
      target: { atMostMs: 10, ms: latency.server },
    },
  ];
}

const rate = (elapsedMs: number) => (BURST * 1_000) / elapsedMs;

async function countMessages({ request }: Stage): Promise<number> {
  return (await request<{ pagination: { total: number } }>("GET", "/messages?limit=1")).pagination.total;
}

async function bareBurst({ whatsapp, bare }: Stage): Promise<number> {
  await bare.ask("forgetReceived");
  const [written, received] = await Promise.all([
    whatsapp.ask("burst", BARE_PHONE, PEOPLE, BURST),
    bare.ask("received", BURST),
  ]);
  return rate((received.at(-1)?.at ?? Number.NaN) - written.first);
}

/** How long messages take that come at a steady pace, in the middle. */
async function trickle({ whatsapp, bare }: Stage, receiver: Receiver): Promise<{ server: number; bare: number }> {
  await bare.ask("forgetReceived");
  receiver.received.length = 0;
  const toServer = await whatsapp.ask("trickle", SERVER_PHONE, PEOPLE, TRICKLE, TRICKLE_EVERY_MS);
  while (receiver.received.length < TRICKLE) await setTimeout(5);
  const toBare = await whatsapp.ask("trickle", BARE_PHONE, PEOPLE, TRICKLE, TRICKLE_EVERY_MS);
  return {
    server: median(latencies(toServer, receiver.received)),
    bare: median(latencies(toBare, await bare.ask("received", TRICKLE))),
  };
}

const latencies = (written: number[], received: { text: string; at: number }[]): number[] => {
  const at = new Map(received.map((message) => [message.text, message.at]));
  return written.map((wire, index) => (at.get(`Trickle ${index}`) ?? Number.NaN) - wire);
};

type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** An integration's end of a webhook. */
async function startReceiver() {
  const received: { text: string; at: number }[] = [];
  const server = createServer((request, response) => {
    const at = sharedNow();
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      response.writeHead(200).end();
      const { data }: { data: { message: string } } = JSON.parse(Buffer.concat(chunks).toString());
      received.push({ text: data.message, at });
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function devices(): Promise<Row[]> {
  const stage = await setPairedStage();
  const { server, bare } = stage;
  const before = { server: await server.keptMemoryMb(), bare: await bare.keptMemoryMb() };
  for (let more = 0; more < IDLE_DEVICES; more += 1) {
    await stage.pairServer(`1555200${String(more).padStart(4, "0")}`);
    await stage.pairBare(`1555300${String(more).padStart(4, "0")}`);
  }
  const each = {
    server: ((await server.keptMemoryMb()) - before.server) / IDLE_DEVICES,
    bare: ((await bare.keptMemoryMb()) - before.bare) / IDLE_DEVICES,
  };
  const connecting = await paired(
    () => reconnectServer(stage),
    () => reconnectBare(stage),
    RECONNECTS,
  );
  await stage.stop();
  return [
    {
      name: `memory of an idle device, one of ${IDLE_DEVICES} more`,
      figure: megabytes(each.server),
      against: `${megabytes(each.bare)} of a bare socket`,
      ratio: each.server / each.bare,
      target: { atMost: 1.3 },
    },
    {
      name: "reconnect a device",
      figure: milliseconds(connecting.one),
      against: `${milliseconds(connecting.other)} of a bare socket`,
      ratio: connecting.ratio,
    },
  ];
}

/** A session that was opened elsewhere is not taken back unasked, so nothing waits for its turn here. */
async function reconnectServer({ whatsapp, request, whenConnected, device }: Stage): Promise<number> {
  await whatsapp.ask("replace", SERVER_PHONE);
  for (;;) {
    const { data } = await request<{ data: { status: string } }>("GET", `/devices/${device}/status`);
    if (data.status === "disconnected") break;
    await setTimeout(5);
  }
  const startedAt = sharedNow();
  await request("POST", `/devices/${device}/reconnect`);
  await whenConnected(device);
  return sharedNow() - startedAt;
}

async function reconnectBare({ whatsapp, bare }: Stage): Promise<number> {
  await whatsapp.ask("replace", BARE_PHONE);
  return bare.ask("reconnect", BARE_PHONE);
}

export const whatsappParts = { "whatsapp-sends": sends, "whatsapp-inbound": inbound, "whatsapp-devices": devices };
