/** Server-sent events as text (https://html.spec.whatwg.org/multipage/server-sent-events.html): lines of `field: value`, blocks that end with an empty line. */

/** How long a client waits before it connects again, where it leaves that to the server. */
const RETRY_MS = 2_000;

/** The first block: a client that loses the stream before any event comes back with this id. */
export const openingBlock = (id: number): string => `retry: ${RETRY_MS}\nid: ${id}\n\n`;

/** The bodies are JSON on one line, so none of them can end its block. */
export const eventBlock = (id: number, name: string, body: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(`id: ${id}\nevent: ${name}\ndata: `), body, Buffer.from("\n\n")]);

/** Without `data` no event is dispatched; the client only remembers the id. */
export const idBlock = (id: number): string => `id: ${id}\n\n`;

/** Keeps the connection, and whatever lies between, awake. */
export const HEARTBEAT = ": still here\n\n";

export const gapBlock = (requested: number, resumesAfter: number): string =>
  `id: ${resumesAfter}\nevent: gap\ndata: ${JSON.stringify({
    requested: String(requested),
    resumes_after: String(resumesAfter),
  })}\n\n`;
