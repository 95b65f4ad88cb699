import { type Answer, failed } from "./answers.js";
import { keptBody, type ParsedRequest, readNodeStream } from "./raw-body.js";
import { createReceive, type Incoming, type WebhookHandlerOptions } from "./receive-webhook.js";

/** A request of `node:http`, with what Express and others add to it. */
export type NodeWebhookRequest = ParsedRequest &
  AsyncIterable<unknown> & {
    method?: string | undefined;
    headers: Record<string, string | string[] | undefined>;
    readableDidRead?: boolean;
  };

/** A response of `node:http`. */
export type NodeWebhookResponse = {
  headersSent?: boolean;
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body: string): unknown;
};

/**
 * Receives webhooks in Express and whatever else hands on Node's own request and response, and in `node:http` alone.
 *
 * A request that does not verify is answered with 401 and the reason as JSON. What `onEvent` throws goes to `next`, and so to
 * Express's error handlers. Without a `next` it is printed, and answered with 500.
 *
 * @example
 * ```ts
 * // Before app.use(express.json()), which would leave nothing of the bytes that are signed.
 * app.post("/webhooks/whatsflow", nodeWebhookHandler({
 *   secret: process.env.WHATSFLOW_WEBHOOK_SECRET,
 *   onEvent: async (event) => {
 *     if (event.event === "message.received") await answer(event.data);
 *   },
 * }));
 *
 * createServer(nodeWebhookHandler({ secret, onEvent })).listen(3000); // node:http
 * ```
 *
 * @throws TypeError when the secret is missing or malformed, or an option is not valid.
 */
export function nodeWebhookHandler(
  options: WebhookHandlerOptions,
): (request: NodeWebhookRequest, response: NodeWebhookResponse, next?: (error?: unknown) => void) => Promise<void> {
  const receive = createReceive(options);
  return async (request, response, next) => {
    const answer = await receive(incomingOf(request, request, EXPRESS_CURE)).catch((error: unknown) => {
      if (next) return next(toError(error));
      // There is nobody else to tell.
      console.error(error);
      return failed();
    });
    if (answer) sendResponse(response, answer);
  };
}

export function sendResponse(response: NodeWebhookResponse, { status, headers, body }: Answer): void {
  // Somebody else has answered by now, such as a middleware that ends what takes long.
  if (response.headersSent) return;
  response.writeHead(status, headers);
  response.end(body);
}

const EXPRESS_CURE =
  "In Express put this route before express.json(), or give it express.raw({ type: 'application/json' }) in place of express.json().";

/** What parsers have made of the body is in `parsed`; `cure` is told when they have read it and kept no bytes. */
export function incomingOf(request: NodeWebhookRequest, parsed: ParsedRequest, cure: string): Incoming {
  return {
    method: request.method,
    headers: request.headers,
    // A parser leaves alone what has another type, and may set a body all the same: the stream itself knows.
    readBody: (maxBytes) =>
      request.readableDidRead ? keptBody(parsed, maxBytes, cure) : readNodeStream(request, maxBytes),
  };
}

/** To Express nothing, and some texts, mean that all is well. */
const toError = (error: unknown): object =>
  typeof error === "object" && error !== null ? error : new Error("onEvent threw what is no Error", { cause: error });
