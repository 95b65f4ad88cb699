/**
 * Every figure is a ratio to something measured in the same run: `npm run bench`, or `npm run bench -- reads` for one part.
 * The targets are printed beside the figures; the command fails when one is missed.
 */
import { median, paired, throughput } from "./load.js";
import { type RunningServer, type RunningWhatsFlow, startFloor, startWhatsFlow } from "./processes.js";
import { sdkParts } from "./sdk.js";
import { seedMessages } from "./seed.js";
import { meets, megabytes, milliseconds, perSecond, print, type Row } from "./table.js";
import { verifyParts } from "./verify.js";
import { webhookParts } from "./webhooks.js";
import { whatsappParts } from "./whatsapp.js";

const hello = { phone_number: "+94771234567", message: "Hello! How can we help you today?" };

async function sendOne({ baseUrl, headers }: RunningWhatsFlow): Promise<string> {
  const response = await fetch(`${baseUrl}/messages/send`, { method: "POST", headers, body: JSON.stringify(hello) });
  const { data } = (await response.json()) as { data: { message_id: string } };
  return data.message_id;
}

async function against(
  floor: RunningServer,
  name: string,
  request: Parameters<typeof throughput>[0],
  target?: Row["target"],
): Promise<Row> {
  const { ratio, one, other } = await paired(
    () => throughput(request),
    () => throughput({ url: floor.url }),
  );
  return {
    name,
    figure: perSecond(one),
    against: `${perSecond(other)} bare node:http`,
    ratio,
    ...(target && { target }),
  };
}

const parts: Record<string, () => Promise<Row[]>> = {
  async reads() {
    const [floor, server] = [await startFloor(), await startWhatsFlow()];
    const id = await sendOne(server);
    for (let more = 0; more < 100; more += 1) await sendOne(server);
    const get = (path: string) => ({ url: server.baseUrl + path, headers: server.headers });
    const rows = [
      await against(floor, "read a message by id, 50 connections", get(`/messages/${id}`), { atLeast: 0.25 }),
      await against(floor, "list 20 messages, 50 connections", get("/messages?limit=20")),
      await against(floor, "list 50 messages, 50 connections", get("/messages")),
    ];
    await Promise.all([floor.stop(), server.stop()]);
    return rows;
  },

  async sends() {
    const [floor, server] = [await startFloor(), await startWhatsFlow()];
    const send = {
      url: `${server.baseUrl}/messages/send`,
      method: "POST",
      headers: server.headers,
      body: JSON.stringify(hello),
    } as const;
    const rows = [
      await against(floor, "send a message (on disk, acknowledged by the sandbox), 50 connections", send, {
        atLeast: 0.12,
      }),
    ];
    await Promise.all([floor.stop(), server.stop()]);
    return rows;
  },

  async sizes() {
    const [small, large] = [
      await startWhatsFlow({ prepare: (file) => seedMessages(file, 1_000) }),
      await startWhatsFlow({ prepare: (file) => seedMessages(file, 1_000_000) }),
    ];
    const rate = (server: RunningWhatsFlow, path: string) =>
      throughput({ url: server.baseUrl + path, headers: server.headers }, { connections: 10 });
    const first = await paired(
      () => rate(small, "/messages?limit=20"),
      () => rate(large, "/messages?limit=20"),
    );
    const deep = [await deepPath(small, 500), await deepPath(large, 500_000)] as const;
    const walked = await paired(
      () => rate(small, deep[0]),
      () => rate(large, deep[1]),
    );
    await Promise.all([small.stop(), large.stop()]);
    const row = (name: string, { ratio, one, other }: Awaited<ReturnType<typeof paired>>): Row => ({
      name,
      figure: `${perSecond(other)} with 1,000,000 messages`,
      against: `${perSecond(one)} with 1,000`,
      ratio,
      target: { atMost: 1.5 },
    });
    return [row("first page of 20 messages", first), row("a cursor page of 20 from the middle", walked)];
  },

  async start() {
    const floors: number[] = [];
    const starts: number[] = [];
    const memories: number[] = [];
    const floorMemories: number[] = [];
    for (let times = 0; times < 5; times += 1) {
      const [floor, server] = [await startFloor(), await startWhatsFlow()];
      floors.push(floor.coldStartMs);
      starts.push(server.coldStartMs);
      memories.push(server.memoryMb());
      floorMemories.push(floor.memoryMb());
      await Promise.all([floor.stop(), server.stop()]);
    }
    return [
      {
        name: "cold start to the first answer",
        figure: milliseconds(median(starts)),
        against: `${milliseconds(median(floors))} bare node:http`,
        ratio: median(starts) / median(floors),
      },
      {
        name: "memory when idle",
        figure: megabytes(median(memories)),
        against: `${megabytes(median(floorMemories))} bare node:http`,
        ratio: median(memories) / median(floorMemories),
      },
    ];
  },

  ...verifyParts,
  ...sdkParts,
  ...webhookParts,
  ...whatsappParts,
};

/** A path whose cursor lies `depth` messages below the newest. */
async function deepPath({ baseUrl, headers }: RunningWhatsFlow, depth: number): Promise<string> {
  const until = new Date(Date.now() - depth * 1_000).toISOString();
  const response = await fetch(`${baseUrl}/messages?limit=1&until=${until}`, { headers });
  const { pagination } = (await response.json()) as { pagination: { next_cursor: string } };
  return `/messages?limit=20&cursor=${pagination.next_cursor}`;
}

const chosen = process.argv.slice(2);
const rows: Row[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  rows.push(...(await measure()));
}
print(rows);
process.exitCode = rows.every(meets) ? 0 : 1;
