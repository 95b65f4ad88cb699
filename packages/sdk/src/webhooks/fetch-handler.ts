import { readWebStream } from "./raw-body.js";
import { createReceive, type WebhookHandlerOptions } from "./receive-webhook.js";

/**
 * Receives webhooks wherever a `Request` is answered with a `Response`: Hono, Next.js, Bun, Deno, edge functions.
 *
 * A request that does not verify is answered with 401 and the reason as JSON. What `onEvent` throws is thrown on, to the
 * framework's error handler, which answers 500.
 *
 * @example
 * ```ts
 * const handler = webhookHandler({
 *   secret: process.env.WHATSFLOW_WEBHOOK_SECRET,
 *   onEvent: async (event) => {
 *     if (event.event === "message.received") await answer(event.data);
 *   },
 * });
 *
 * app.post("/webhooks/whatsflow", (context) => handler(context.req.raw)); // Hono
 * export const POST = handler; // a route handler of Next.js; there, give `secret` as a function
 * Bun.serve({ fetch: handler });
 * Deno.serve(handler);
 * export default { fetch: handler }; // a worker
 * ```
 *
 * @throws TypeError when the secret is missing or malformed, or an option is not valid.
 */
export function webhookHandler(options: WebhookHandlerOptions): (request: Request) => Promise<Response> {
  const receive = createReceive(options);
  return async (request) => {
    requireRequest(request);
    const { method, headers } = request;
    const readBody = (maxBytes: number) => readWebStream(unreadBody(request), maxBytes);
    const { status, headers: answered, body } = await receive({ method, headers, readBody });
    return new Response(body, { status, headers: answered });
  };
}

/** Also for those who call it from JavaScript. */
function requireRequest(request: Partial<Request> | undefined): void {
  if (typeof request?.headers?.get === "function") return;
  throw new TypeError(
    "The handler of webhookHandler takes a Request: in Hono pass context.req.raw. For Express and node:http there is nodeWebhookHandler.",
  );
}

function unreadBody(request: Request): ReadableStream<unknown> | null {
  if (!request.bodyUsed) return request.body;
  throw new TypeError(
    "The request's body was read before the webhook handler got it. Call the handler first, or pass request.clone() to what reads it.",
  );
}
