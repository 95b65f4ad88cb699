/** The bytes of a body as they came, and no more of them than wanted. */
import { incompleteBody, tooLarge } from "./answers.js";
import type { RawBody } from "./receive-webhook.js";

type Collector = {
  /** False as soon as there are too many. */
  add(chunk: unknown): boolean;
  /** @throws RefusedRequest when there were too many. */
  bytes(): Uint8Array;
};

function collector(maxBytes: number): Collector {
  let chunks: Uint8Array[] = [];
  let size = 0;
  return {
    add(chunk) {
      const bytes = chunkBytes(chunk);
      size += bytes.length;
      if (size <= maxBytes) chunks.push(bytes);
      else chunks = [];
      return size <= maxBytes;
    },
    bytes() {
      if (size > maxBytes) throw tooLarge(maxBytes);
      const whole = new Uint8Array(size);
      let at = 0;
      for (const chunk of chunks) {
        whole.set(chunk, at);
        at += chunk.length;
      }
      return whole;
    },
  };
}

/** A stream gives text when somebody has set its encoding. */
function chunkBytes(chunk: unknown): Uint8Array {
  if (typeof chunk === "string") return new TextEncoder().encode(chunk);
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError("The request's body is a stream of something else than bytes");
}

/** Reads the body of a Fetch `Request`. */
export async function readWebStream(stream: ReadableStream<unknown> | null, maxBytes: number): Promise<Uint8Array> {
  const collected = collector(maxBytes);
  const reader = stream?.getReader();
  while (reader) {
    const { done, value } = await reader.read().catch(rejectIncomplete);
    if (done) break;
    if (!collected.add(value)) await reader.cancel();
  }
  return collected.bytes();
}

/**
 * Reads a Node stream. What is too large is read to its end all the same, without being kept: Node would break the connection
 * otherwise, and the sender would not see the answer.
 */
export async function readNodeStream(stream: AsyncIterable<unknown>, maxBytes: number): Promise<Uint8Array> {
  const collected = collector(maxBytes);
  const chunks = stream[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await chunks.next().catch(rejectIncomplete);
    if (done) return collected.bytes();
    collected.add(value);
  }
}

const rejectIncomplete = (cause: unknown): never => {
  throw incompleteBody(cause);
};

/** A request of Node's, and what body parsers may have left in it. */
export type ParsedRequest = { body?: unknown; rawBody?: unknown };

/**
 * The bytes that a body parser kept. What it made of them, written as JSON again, may be other bytes, so that is no way.
 *
 * @throws TypeError with `cure` when none did.
 */
export function keptBody({ rawBody, body }: ParsedRequest, maxBytes: number, cure: string): RawBody {
  const kept = [rawBody, body].find(isRaw);
  if (kept === undefined) {
    throw new TypeError(`A webhook's signature is over the bytes that came, and a parser has read them. ${cure}`);
  }
  const bytes = chunkBytes(kept);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return bytes;
}

/** Not `instanceof`, which says no to bytes of another realm, such as a test runner's. */
const isRaw = (body: unknown): body is string | ArrayBufferView => typeof body === "string" || ArrayBuffer.isView(body);
