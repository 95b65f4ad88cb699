/** Streams of a server in a process of its own: killed, stopped, and read with the SDK. */
import { rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { type StreamedEvent, WhatsFlow } from "@whatsflow/sdk";
import SqliteDatabase from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEvents } from "./event-reader.js";
import { freePort } from "./free-port.js";
import { cliJson, newDataDir, type RunningServer, startServer } from "./running-server.js";
import { eventually } from "./test-app.js";

let dataDir: string;
let flags: string[];
let server: RunningServer;
let key: string;
beforeEach(async () => {
  dataDir = newDataDir();
  // Whoever reads comes back to the port while nobody listens at it: it must not become another's meanwhile.
  flags = ["--dev", "--port", String(await freePort())];
  server = await startServer({ dataDir, flags });
  key = await server.createKey();
  await cliJson(["accounts", "set-plan", "default", "--per-minute", "1000000000", "--data", dataDir]);
});
afterEach(async () => {
  await server.stop("SIGKILL");
  rmSync(dataDir, { recursive: true, force: true });
});

const trigger = async (event = "message.read"): Promise<boolean> =>
  server.request("POST", "/events/trigger", { key, body: { event } }).then(
    ({ status }) => status === 200,
    () => false,
  );

/** A client that asks for the stream and then reads nothing. */
async function stuckClient(): Promise<Socket> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname).on("error", () => {});
  socket.write(`GET /api/public/v1/events?last_event_id=0 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\n\r\n`);
  await new Promise((begun) => socket.once("data", begun));
  socket.pause();
  return socket;
}

describe("a stream", () => {
  it("loses and doubles nothing when the server is killed again and again, whoever reads", async () => {
    const client = new WhatsFlow({ apiKey: key, baseUrl: server.url });
    const told: StreamedEvent[] = [];
    const leaving = new AbortController();
    const reading = (async () => {
      for await (const event of client.events.stream({}, { signal: leaving.signal })) told.push(event);
    })();
    await eventually(async () => ((await trigger()) && told.length > 0) || undefined, "the first event");
    let answered = told.length;
    for (let round = 0; round < 3; round += 1) {
      const bursts = Promise.all(
        Array.from({ length: 8 }, async () => {
          for (let count = 0; count < 40; count += 1) if (await trigger()) answered += 1;
        }),
      );
      await eventually(() => told.length > answered / 2 || undefined, "some events");
      await server.stop("SIGKILL");
      await bursts;
      server = await startServer({ dataDir, flags });
    }
    await trigger("device.connected");
    await eventually(() => told.at(-1)?.event === "device.connected" || undefined, "the last event");
    leaving.abort();
    await expect(reading).rejects.toThrow("abort");
    await server.stop("SIGTERM");
    const database = new SqliteDatabase(`${dataDir}/whatsflow.db`, { readonly: true });
    const stored = database.prepare("select seq from events order by seq").pluck().all();
    database.close();
    expect(stored.length).toBeGreaterThanOrEqual(answered);
    const ids = told.map(({ id }) => Number(id));
    // The first ones may have been triggered before the stream had begun.
    expect(ids).toEqual(stored.slice(stored.indexOf(ids[0])));
  });

  it("does not keep the server from stopping, be it read or not; readers see a clean end", async () => {
    // They have read all that they want: who has not is cut off, as the one that is stuck.
    const query = "?events=device.connected";
    const readers = await Promise.all(Array.from({ length: 20 }, () => readEvents(server.baseUrl, key, { query })));
    const database = new SqliteDatabase(`${dataDir}/whatsflow.db`);
    database.exec(`with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 400)
      insert into events (id, space_id, name, device_id, body, created_at)
      select 'evt_' || n, (select id from spaces where mode = 'test'), 'message.read', null,
        cast('{"text":"' || hex(zeroblob(40000)) || '"}' as blob), 0 from numbers`);
    database.close();
    const socket = await stuckClient();
    const { status, stderr } = await server.stop("SIGTERM");
    expect([status, stderr]).toEqual([0, expect.not.stringContaining("cutting off")]);
    for (const reader of readers) await reader.ended();
    expect(readers.every(({ text }) => text.endsWith("\n\n"))).toBe(true);
    socket.destroy();
  });

  it("ends when the command line revokes its key, though nothing else happens", async () => {
    const data = ["--data", dataDir];
    const doomed = await cliJson([
      "keys",
      "create",
      "--name",
      "k",
      "--mode",
      "test",
      "--scopes",
      "events:read",
      ...data,
    ]);
    const reader = await readEvents(server.baseUrl, doomed.key);
    await cliJson(["keys", "revoke", doomed.id, ...data]);
    await reader.ended();
    expect((await readEvents(server.baseUrl, doomed.key, { lastId: reader.lastId })).response.status).toBe(401);
  });
});
