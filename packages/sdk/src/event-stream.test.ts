import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { type Answer, type ApiServer, failure, hangUp, startServer } from "../test/api-server.js";
import { WhatsFlow } from "./client.js";
import { type StreamedEvent, streamEvents } from "./event-stream.js";

const TIME = "2025-10-11T10:30:00.000Z";
const block = (id: number, event: string, data: object = {}) =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify({ event, timestamp: TIME, data })}\n\n`;

/** Begins a stream with these chunks, and goes on with it as it is told. */
const stream =
  (chunks: (string | Buffer)[], further: (response: ServerResponse) => void = (response) => response.end()): Answer =>
  async (response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    for (const chunk of chunks) {
      response.write(chunk);
      await new Promise((sent) => setImmediate(sent));
    }
    further(response);
  };
const stayOpen = () => {};

/** With waits that are over at once. */
const quick = ({ url }: ApiServer, silenceMs = 10_000) =>
  streamEvents((init) => fetch(url, init), {}, { backoffMs: 1, silenceMs });

async function take(count: number, events: AsyncIterable<StreamedEvent>): Promise<StreamedEvent[]> {
  const taken: StreamedEvent[] = [];
  for await (const event of events) if (taken.push(event) === count) break;
  return taken;
}

describe("client.events.stream", () => {
  it("yields events with their ids, however the bytes come", async () => {
    const bytes = Buffer.from(
      `retry: 2000\nid: 1\n\n: still here\n\n${block(2, "message.received", { message: "Zoë 😀" })}`,
    );
    const chunks = Array.from(bytes, (byte) => Buffer.from([byte]));
    const server = await startServer(stream([...chunks, block(3, "message.sung").replaceAll("\n", "\r\n")], stayOpen));
    const client = new WhatsFlow({ apiKey: "wf_test_1", baseUrl: server.url });
    const [received, unknown] = await take(2, client.events.stream({ events: "message.received" }));
    expect(received).toEqual({ event: "message.received", timestamp: TIME, data: { message: "Zoë 😀" }, id: "2" });
    expect(unknown).toEqual({ event: "$unknown", name: "message.sung", timestamp: TIME, data: {}, id: "3" });
    expect(server.asked).toMatchObject([
      {
        url: "/api/public/v1/events?events=message.received",
        headers: { authorization: "Bearer wf_test_1", accept: "text/event-stream" },
      },
    ]);
  });

  it("comes back after the last id when the connection breaks or ends, also before the first event", async () => {
    let breakOff = (): void => undefined;
    const heard = new Promise<void>((resolve) => {
      breakOff = resolve;
    });
    const server = await startServer(
      stream(["retry: 2000\nid: 7\n\n"]),
      // Not before the event was heard: what comes together with a break may be lost, and is asked for again.
      stream([block(8, "message.read"), "id: 9\nevent: message.re"], (response) => {
        void heard.then(() => response.destroy());
      }),
      hangUp,
      failure(503, "internal_error", { retryable: true }),
      stream([block(9, "message.read"), "id: 11\n\n"]),
      stream([block(12, "message.read")], stayOpen),
    );
    const ids: string[] = [];
    for await (const { id } of quick(server)) {
      if (id === "8") breakOff();
      if (ids.push(id) === 3) break;
    }
    expect(ids).toEqual(["8", "9", "12"]);
    expect(server.asked.map(({ headers }) => headers["last-event-id"])).toEqual([undefined, "7", "8", "8", "8", "11"]);
  });

  it("tells each position, an event's once it was handled", async () => {
    const server = await startServer(
      stream(["retry: 2000\nid: 7\n\n", block(8, "message.read"), "id: 11\n\n", ": still here\n\n"]),
      stream([block(12, "message.read"), block(13, "message.read")], stayOpen),
    );
    const client = new WhatsFlow({ apiKey: "k", baseUrl: server.url });
    const told: string[] = [];
    for await (const { id } of client.events.stream({}, { onPosition: (position) => told.push(position) })) {
      told.push(`handling ${id}`);
      if (id === "13") break;
    }
    expect(told).toEqual(["7", "handling 8", "8", "11", "handling 12", "12", "handling 13"]);
  });

  it("ends with what the listener for positions throws", async () => {
    const server = await startServer(stream(["id: 1\n\n", block(2, "message.read")], stayOpen));
    const client = new WhatsFlow({ apiKey: "k", baseUrl: server.url });
    const onPosition = (id: string) => {
      if (id === "2") throw new Error("disk full");
    };
    await expect(take(2, client.events.stream({}, { onPosition }))).rejects.toThrow("disk full");
    expect(server.asked).toHaveLength(1);
  });

  it("tells of a gap", async () => {
    const gap = { requested: "12", resumes_after: "57" };
    const server = await startServer(stream([`id: 57\nevent: gap\ndata: ${JSON.stringify(gap)}\n\n`], stayOpen));
    expect(await take(1, quick(server))).toEqual([{ event: "$gap", data: gap, id: "57" }]);
  });

  it("comes back when nothing is heard", async () => {
    const server = await startServer(stream(["id: 1\n\n"], stayOpen), stream([block(2, "message.read")], stayOpen));
    expect(await take(1, quick(server, 50))).toHaveLength(1);
  });

  it("throws what would be the same again: at first, and when it comes back", async () => {
    const refused = await startServer(failure(403, "missing_scope"));
    await expect(take(1, quick(refused))).rejects.toMatchObject({ code: "missing_scope" });
    const revoked = await startServer(stream(["id: 1\n\n"]), failure(401, "unauthorized"));
    await expect(take(1, quick(revoked))).rejects.toMatchObject({ code: "unauthorized" });
    const page = await startServer({ text: "<html>" });
    await expect(take(1, quick(page))).rejects.toThrow("check baseUrl");
  });

  it("throws when not even the first connection comes about", async () => {
    const client = new WhatsFlow({ apiKey: "k", baseUrl: "http://127.0.0.1:1", maxRetries: 0 });
    await expect(take(1, client.events.stream())).rejects.toMatchObject({ name: "ConnectionError" });
  });

  it("ends with its signal, and hangs up when the loop is left", async () => {
    const closed: Promise<void>[] = [];
    const server = await startServer((response, asked) => {
      closed.push(new Promise((done) => response.once("close", done)));
      const begin = stream([block(1, "message.read")], stayOpen);
      if (typeof begin === "function") begin(response, asked);
    });
    const client = new WhatsFlow({ apiKey: "k", baseUrl: server.url });
    const controller = new AbortController();
    const iterator = client.events.stream({}, { signal: controller.signal })[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toMatchObject({ id: "1" });
    const next = iterator.next();
    controller.abort(new Error("enough"));
    await expect(next).rejects.toThrow("enough");
    await closed[0];

    await take(1, client.events.stream());
    await closed[1];
    expect(closed).toHaveLength(2);
  });
});
