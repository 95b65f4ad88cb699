import { setTimeout as sleep } from "node:timers/promises";
import { type Dispatcher as HttpClient, request } from "undici";
import { type ApiAccess, refusalOf, unreachable } from "./api-access.js";

export interface ServedEvent {
  id: string;
  name: string;
  /** As the server stored it, byte for byte. */
  body: Buffer;
}

export interface EventSourceOptions {
  client: HttpClient;
  /** Names with commas; undefined for all. */
  events: string | undefined;
  signal: AbortSignal;
  onConnect(): void;
  onLost(): void;
}

/** The server gives a sign of life every 15 seconds. */
const SILENCE_MS = 45_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/**
 * The events of a server as they happen, until `signal`; across lost connections and restarts of the server, each once.
 *
 * @throws ConfigError when the server does not answer at first, or refuses.
 */
export async function* readEvents(access: ApiAccess, options: EventSourceOptions): AsyncGenerator<ServedEvent> {
  const { signal } = options;
  let lastId: string | undefined;
  let waitMs = FIRST_WAIT_MS;
  let wasConnected = false;
  while (!signal.aborted) {
    const answer = await connect(access, options, lastId);
    if (!answer && !wasConnected && !signal.aborted) throw unreachable(access);
    if (answer) {
      wasConnected = true;
      options.onConnect();
      for await (const block of readBlocks(answer)) {
        lastId = block.id ?? lastId;
        waitMs = FIRST_WAIT_MS;
        if (block.event) yield block.event;
      }
      if (!signal.aborted) options.onLost();
    }
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
  }
}

/** Undefined when there is no answer, or one that may be another soon. */
async function connect(
  { baseUrl, apiKey }: ApiAccess,
  { client, events, signal }: EventSourceOptions,
  lastId: string | undefined,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const query = events === undefined ? "" : `?events=${encodeURIComponent(events)}`;
  const answer = await request(`${baseUrl}/events${query}`, {
    dispatcher: client,
    headers: {
      authorization: `Bearer ${apiKey}`,
      accept: "text/event-stream",
      ...(lastId !== undefined && { "last-event-id": lastId }),
    },
    bodyTimeout: SILENCE_MS,
    signal,
  }).catch(() => undefined);
  if (!answer) return undefined;
  if (answer.statusCode === 200 && answer.headers["content-type"] === "text/event-stream") return answer.body;
  const text = await answer.body.text().catch(() => "");
  const mayPass = answer.statusCode === 429 || answer.statusCode >= 500;
  if (mayPass && lastId !== undefined) return undefined;
  throw refusalOf({ baseUrl, apiKey }, answer.statusCode, text);
}

interface Block {
  id: string | undefined;
  event: ServedEvent | undefined;
}

/** The blocks of a connection until it ends, in whatever way. */
async function* readBlocks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const chunk of chunks) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
      rest = blocks.pop() ?? "";
      yield* blocks.map(parseBlock);
    }
  } catch {
    // Lost: what came whole has been told, and the rest comes again.
  }
}

function parseBlock(text: string): Block {
  const lines = text.split("\n");
  const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const [id, name, data] = [field("id"), field("event"), field("data")];
  const isEvent = id !== undefined && name !== undefined && data !== undefined;
  return { id, event: isEvent ? { id, name, body: Buffer.from(data) } : undefined };
}
