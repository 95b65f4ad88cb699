/** `GET /events`, as programs use it. */
import { connect } from "node:net";
import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { MAX_STREAMS_PER_SPACE } from "../src/events/event-streams.js";
import { checkEvent } from "./contract-check.js";
import { type EventReader, readEvents } from "./event-reader.js";
import { createFakeClock } from "./fake-clock.js";
import { eventually, startTestApp, type TestApp } from "./test-app.js";
import { startReceiver } from "./webhook-receiver.js";

let app: TestApp;
const readers: EventReader[] = [];
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.leave();
  await app.close();
});

async function read(options: { key?: string; lastId?: string | undefined; query?: string } = {}): Promise<EventReader> {
  const reader = await readEvents(app.baseUrl, options.key ?? app.key, options);
  readers.push(reader);
  return reader;
}
const trigger = async (event = "message.received", key = app.key): Promise<string> => {
  const { status, body } = await app.request("POST", "/events/trigger", { key, body: { event } });
  expect(status).toBe(200);
  return body.data.id;
};
const triggerAll = async (count: number) => {
  for (let made = 0; made < count; made += 1) await trigger();
};
/** Many at once, of some size each, numbered from 1. */
const insertEvents = ({ count, bytes }: { count: number; bytes: number }) =>
  app.store.write((tx) =>
    sql`with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${count})
      insert into events (id, space_id, name, device_id, body, created_at)
      select 'evt_' || n, (select id from spaces where mode = 'test' order by id limit 1), 'message.received', null,
        cast('{"n":' || n || ',"text":"' || hex(zeroblob(${bytes / 2})) || '"}' as blob), 0 from numbers`.execute(tx),
  );
const names = (reader: EventReader) => reader.events.map(({ event }) => event);
const revoke = async (key: string) => {
  const { body } = await app.request("GET", "/api-keys");
  const { id } = body.data.find(({ key_hint }: { key_hint: string }) => key_hint.endsWith(key.slice(-4)));
  expect((await app.request("DELETE", `/api-keys/${id}`)).status).toBe(200);
};

describe("the stream of events", () => {
  it("tells what webhooks are told, byte for byte", async () => {
    app = await startTestApp();
    const receiver = await startReceiver();
    await app.request("POST", "/webhooks", {
      body: { url: receiver.url, events: ["message.sent", "message.received"] },
    });
    const reader = await read();
    expect(reader.text).toMatch(/^retry: 2000\nid: \d+\n\n$/);
    expect(Object.fromEntries(reader.response.headers)).toMatchObject({
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      "x-ratelimit-limit": "1000",
    });
    await app.request("POST", "/messages/send", {
      body: { phone_number: "+12025550104", message: "Zoë \u2028 \n\n😀" },
    });
    await reader.count(4);
    const [sent, ...later] = reader.events;
    expect(sent).toMatchObject({ event: "message.sent", data: { event: "message.sent" } });
    expect(later.map(({ event }) => event).sort()).toEqual(["message.delivered", "message.read", "message.received"]);
    for (const { data } of reader.events) checkEvent(data);
    await eventually(() => receiver.requests.length === 2, "the deliveries");
    const streamed = reader.events.filter(({ event }) => /sent|received/.test(event)).map(({ text }) => text);
    expect(receiver.requests.map(({ body }) => body).sort()).toEqual(streamed.sort());
    const ids = reader.events.map(({ id }) => Number(id));
    expect(ids).toEqual([...ids].sort((one, other) => one - other));
    await receiver.close();
  });

  it("begins now, and goes on after the id that a client comes back with, by header or by query", async () => {
    app = await startTestApp();
    await trigger("message.sent");
    const first = await read();
    await trigger("message.delivered");
    await first.count(1);
    expect(names(first)).toEqual(["message.delivered"]);
    first.leave();
    await trigger("message.read");
    await trigger("message.failed");
    const second = await read({ lastId: first.lastId });
    await second.count(2);
    expect(names(second)).toEqual(["message.read", "message.failed"]);
    const third = await read({ query: `?last_event_id=${first.lastId}` });
    await third.count(2);
    expect(third.events).toEqual(second.events);
    const both = await read({ lastId: second.lastId, query: `?last_event_id=${first.lastId}` });
    await trigger("device.connected");
    await both.count(1);
    expect(names(both)).toEqual(["device.connected"]);
  });

  it("has an id before the first event, so that nothing of the meantime is missed", async () => {
    app = await startTestApp();
    const first = await read();
    first.leave();
    await trigger();
    const second = await read({ lastId: first.lastId });
    await second.count(1);
  });

  it("tells all of thousands of stored events, once and in order", async () => {
    app = await startTestApp();
    const { lastId } = await read();
    await insertEvents({ count: 3_000, bytes: 500 });
    await insertEvents({ count: 10, bytes: 90_000 });
    const reader = await read({ lastId });
    await reader.count(3_010);
    const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
    expect(reader.events.map(({ data }) => data.n)).toEqual([...numbers(3_000), ...numbers(10)]);
    await trigger();
    await reader.count(3_011);
  });

  it("tells of a gap where events are no longer kept, or an id is of another database", async () => {
    app = await startTestApp();
    const { lastId } = await read();
    await triggerAll(3);
    const { seqs } = await app.store.write(async (tx) => {
      const rows = await tx.selectFrom("events").select(["seq", "space_id"]).orderBy("seq").execute();
      const [, second] = rows;
      const pruned = second?.seq ?? 0;
      await tx.deleteFrom("deliveries").execute();
      await tx.deleteFrom("events").where("seq", "<=", pruned).execute();
      await tx
        .updateTable("spaces")
        .set({ pruned_event_seq: pruned })
        .where("id", "=", second?.space_id ?? 0)
        .execute();
      return { seqs: rows.map(({ seq }) => seq) };
    });
    const late = await read({ lastId });
    await late.count(2);
    expect(late.events).toMatchObject([
      { event: "gap", id: String(seqs[1]), data: { requested: lastId, resumes_after: String(seqs[1]) } },
      { event: "message.received", id: String(seqs[2]) },
    ]);
    const inTime = await read({ lastId: String(seqs[1]) });
    await inTime.count(1);
    expect(names(inTime)).toEqual(["message.received"]);

    const ahead = await read({ lastId: "999999" });
    await trigger("message.read");
    await ahead.count(2);
    expect(ahead.events).toMatchObject([
      { event: "gap", data: { requested: "999999", resumes_after: String(seqs[2]) } },
      { event: "message.read" },
    ]);
  });

  it("is no gap when everything that is pruned was read", async () => {
    app = await startTestApp();
    const first = await read();
    await triggerAll(2);
    await first.count(2);
    await app.store.write(async (tx) => {
      await tx.deleteFrom("events").execute();
      await tx
        .updateTable("spaces")
        .set({ pruned_event_seq: Number(first.lastId) })
        .where("mode", "=", "test")
        .execute();
    });
    const second = await read({ lastId: first.lastId });
    const fresh = await read();
    expect(fresh.lastId).toBe(first.lastId);
    await trigger("message.read");
    await second.count(1);
    expect(names(second)).toEqual(["message.read"]);
  });

  it("tells only the events that are asked for; the ids of others come with the signs of life", async () => {
    const clock = createFakeClock();
    app = await startTestApp({ clock });
    const reader = await read({ query: "?events=message.failed,%20message.read" });
    const quiet = await read({ query: "?events=webhook.disabled" });
    await trigger("message.sent");
    await trigger("message.read");
    await reader.count(1);
    expect(names(reader)).toEqual(["message.read"]);
    clock.advance(15_000);
    await reader.says(": still here\n\n");
    await quiet.says(`id: ${reader.lastId}\n\n`);
    expect(quiet.events).toEqual([]);
    clock.advance(15_000);
    await quiet.says(": still here\n\n");
  });

  it("refuses ids and names that cannot be, naming them", async () => {
    app = await startTestApp();
    for (const lastId of ["x", "-1", "1.5", "9".repeat(16)]) {
      const { status, body } = await app.request("GET", "/events", { headers: { "last-event-id": lastId } });
      expect([status, body.details]).toEqual([
        400,
        [{ path: "Last-Event-ID", message: "must be an id that the stream told: up to 15 digits, such as 42" }],
      ]);
    }
    expect((await app.request("GET", "/events?last_event_id=x")).body.details[0].path).toBe("last_event_id");
    const { status, body } = await app.request("GET", "/events?events=message.received,message.came");
    expect([status, body.details[0].path]).toEqual([400, "events"]);
    expect(body.message).toContain("group.message.received");
    expect(await app.countStreams()).toBe(0);
  });

  it("crosses neither accounts nor modes", async () => {
    app = await startTestApp();
    const strangers = [
      await read({ key: await app.createKey({ mode: "live" }) }),
      await read({ key: await app.createKey({ account: "other" }) }),
    ];
    const reader = await read();
    await trigger();
    await reader.count(1);
    const other = await app.createKey({ account: "other" });
    await trigger("message.read", other);
    await strangers[1]?.count(1);
    expect(strangers.map(names)).toEqual([[], ["message.read"]]);
    expect(names(reader)).toEqual(["message.received"]);
  });

  it("tells a key that is limited to devices what is about them", async () => {
    app = await startTestApp();
    const [device] = (await app.request("GET", "/devices")).body.data;
    const own = await read({ key: await app.createKey({ deviceIds: [device.id] }) });
    const foreign = await read({ key: await app.createKey({ deviceIds: ["device_other"] }) });
    const all = await read();
    await trigger("webhook.disabled");
    await trigger("device.connected");
    await all.count(2);
    await own.count(1);
    expect(names(own)).toEqual(["device.connected"]);
    expect(names(foreign)).toEqual([]);
  });

  it("answers HEAD with its head alone, and any Accept", async () => {
    app = await startTestApp();
    const headers = { authorization: `Bearer ${app.key}`, accept: "image/png" };
    const head = await fetch(`${app.baseUrl}/events`, { method: "HEAD", headers });
    expect([head.status, head.headers.get("content-type"), await head.text()]).toEqual([200, "text/event-stream", ""]);
    expect(await app.countStreams()).toBe(0);
    const { status, headers: got } = await app.request("GET", "/events", { headers: { accept: "application/json" } });
    expect([status, got.get("content-type")]).toEqual([200, "text/event-stream"]);
  });
});

describe("the end of a stream", () => {
  it("is the client's going; nothing is left of it", async () => {
    app = await startTestApp();
    const some = await Promise.all(Array.from({ length: 5 }, () => read()));
    expect(await app.countStreams()).toBe(5);
    for (const reader of some) reader.leave();
    await eventually(async () => (await app.countStreams()) === 0, "the end of the streams");
  });

  it("comes at once when its key is revoked over the API; others go on", async () => {
    app = await startTestApp({ clock: createFakeClock() });
    const key = await app.createKey();
    const [doomed, other] = [await read({ key }), await read()];
    await trigger();
    await doomed.count(1);
    await revoke(key);
    await doomed.ended();
    await trigger();
    await other.count(2);
    expect(doomed.events).toHaveLength(1);
    expect(await app.countStreams()).toBe(1);
  });

  it("comes when another process revokes its key: within a second, and before any other event", async () => {
    const clock = createFakeClock();
    app = await startTestApp({ clock });
    const [key, second] = [await app.createKey(), await app.createKey()];
    const [idle, busy] = [await read({ key }), await read({ key: second })];
    await trigger();
    await idle.count(1);
    await busy.count(1);
    await app.revokeKey(key);
    clock.advance(1_000);
    await idle.ended();
    await app.revokeKey(second);
    // No request brings the news.
    await insertEvents({ count: 1, bytes: 10 });
    await busy.ended();
    expect([idle.events.length, busy.events.length]).toEqual([1, 1]);
  });

  it("comes when its key expires", async () => {
    const clock = createFakeClock();
    app = await startTestApp({ clock });
    const reader = await read({ key: await app.createKey({ expiresAt: clock.now() + 62_000 }) });
    clock.advance(59_000);
    await trigger();
    await reader.count(1);
    // Without its turn to be sent a sign of life.
    clock.advance(3_000);
    await reader.ended();
  });

  it("comes when the database cannot be read, without a word of why", async () => {
    app = await startTestApp();
    const reader = await read();
    await app.store.write((tx) => sql`alter table spaces rename column pruned_event_seq to away`.execute(tx));
    await reader.ended();
    expect(reader.text).not.toContain("away");
    expect(reader.text).not.toContain("Error");
    await app.store.write((tx) => sql`alter table spaces rename column away to pruned_event_seq`.execute(tx));
    expect((await read({ lastId: reader.lastId })).response.status).toBe(200);
  });
});

describe("many streams", () => {
  it("are all told, up to the most that a space may have; one more is a 429 until another is closed", async () => {
    app = await startTestApp();
    const all = await Promise.all(Array.from({ length: MAX_STREAMS_PER_SPACE }, () => read()));
    const { status, headers, body } = await app.request("GET", "/events");
    expect([status, body.code, headers.get("retry-after"), body.retryAfter]).toEqual([429, "rate_limited", "60", 60]);
    expect(body.message).toContain(`at most ${MAX_STREAMS_PER_SPACE} event streams`);
    expect((await app.request("GET", "/events", { key: await app.createKey({ mode: "live" }) })).status).toBe(200);
    await triggerAll(3);
    for (const reader of all) await reader.count(3);
    all.pop()?.leave();
    await eventually(async () => (await app.countStreams()) < MAX_STREAMS_PER_SPACE, "the end of one");
    expect((await app.request("GET", "/events")).status).toBe(200);
  });

  it("are read by the index of their space", async () => {
    app = await startTestApp();
    const plan = async (query: string) => {
      const { rows } = await sql<{ detail: string }>`explain query plan ${sql.raw(query)}`.execute(app.store.read);
      return rows.map(({ detail }) => detail).join("; ");
    };
    expect(
      await plan(
        "select seq, name, device_id, length(body) from events where space_id = 1 and seq > 5 order by seq limit 100",
      ),
    ).toMatch(/^SEARCH events USING INDEX sqlite_autoindex_events_1 \(space_id=\? AND seq>\?\)$/);
    expect(await plan("select space_id, max(seq) from events where seq > 5 group by +space_id")).toMatch(
      /^SEARCH events USING INTEGER PRIMARY KEY/,
    );
    expect(await plan("select max(seq) from events where space_id = 1")).toMatch(/^SEARCH events USING COVERING INDEX/);
  });

  it("that are not read keep nobody waiting, and are read on from storage", async () => {
    app = await startTestApp();
    const { hostname, port } = new URL(app.url);
    const socket = connect({ port: Number(port), host: hostname });
    socket.pause();
    socket.write(`GET /api/public/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${app.key}\r\n\r\n`);
    await eventually(async () => (await app.countStreams()) === 1, "the stream");
    const quick = await read();
    await insertEvents({ count: 300, bytes: 60_000 });
    await quick.count(300);
    let received = "";
    socket.setEncoding("latin1").on("data", (text) => {
      received += text;
    });
    socket.resume();
    await eventually(() => received.includes('{"n":300,') || undefined, "the rest");
    expect(received.match(/^event: /gm)).toHaveLength(300);
    socket.destroy();
  });
});
