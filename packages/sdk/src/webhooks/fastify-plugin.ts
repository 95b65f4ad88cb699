import type { Answer } from "./answers.js";
import { readNodeStream } from "./raw-body.js";
import { createReceive, type WebhookHandlerOptions } from "./receive-webhook.js";

export type FastifyWebhookOptions = WebhookHandlerOptions & {
  /** Where webhooks are received, such as `/webhooks/whatsflow`. */
  path: string;
};

type Request = { method: string; headers: Record<string, string | string[] | undefined>; body: unknown };

export type FastifyWebhookReply = {
  code(status: number): unknown;
  headers(headers: Record<string, string>): unknown;
  send(body: string): unknown;
};

type Parser = (request: unknown, payload: unknown, done: (error: null, body: unknown) => void) => void;

/** Of a Fastify instance what the plugin needs. */
export type FastifyWebhookInstance = {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(contentType: string, parser: Parser): unknown;
  post(path: string, handler: (request: Request, reply: FastifyWebhookReply) => Promise<unknown>): unknown;
};

/**
 * Receives webhooks in Fastify, as a plugin: parsers of bodies belong to a scope, and this one has its own, which leaves the
 * body as it came. The parsers of the rest of the application stay as they are.
 *
 * A request that does not verify is answered with 401 and the reason as JSON. What `onEvent` throws goes to Fastify's error
 * handler.
 *
 * @example
 * ```ts
 * app.register(fastifyWebhook, {
 *   path: "/webhooks/whatsflow",
 *   secret: process.env.WHATSFLOW_WEBHOOK_SECRET,
 *   onEvent: async (event) => {
 *     if (event.event === "message.received") await answer(event.data);
 *   },
 * });
 * ```
 *
 * @throws TypeError, when the application starts, if the secret is missing or malformed, or an option is not valid.
 */
export async function fastifyWebhook(instance: FastifyWebhookInstance, options: FastifyWebhookOptions): Promise<void> {
  const receive = createReceive(options);
  if (typeof options.path !== "string" || !options.path.startsWith("/")) {
    throw new TypeError("path is missing. Pass where webhooks are received, such as /webhooks/whatsflow.");
  }
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
  instance.post(options.path, async ({ method, headers, body }, reply) => {
    // A request without a body has been to no parser.
    const readBody = (maxBytes: number) => (isStream(body) ? readNodeStream(body, maxBytes) : "");
    sendReply(reply, await receive({ method, headers, readBody }));
    return reply;
  });
}

const isStream = (body: unknown): body is AsyncIterable<unknown> =>
  typeof body === "object" && body !== null && Symbol.asyncIterator in body;

export function sendReply(reply: FastifyWebhookReply, { status, headers, body }: Answer): void {
  reply.code(status);
  reply.headers(headers);
  reply.send(body);
}
