import { type FastifyWebhookReply, sendReply } from "./fastify-plugin.js";
import { incomingOf, type NodeWebhookRequest, type NodeWebhookResponse, sendResponse } from "./node-handler.js";
import type { ParsedRequest } from "./raw-body.js";
import { createReceive, type WebhookHandlerOptions } from "./receive-webhook.js";

/** Nest's request on Express, which is Node's, or on Fastify, which has Node's inside. */
export type NestWebhookRequest = NodeWebhookRequest | (ParsedRequest & { raw: NodeWebhookRequest });
/** Nest's response, on Express or on Fastify. */
export type NestWebhookResponse = NodeWebhookResponse | FastifyWebhookReply;

/**
 * Receives webhooks in a controller of NestJS, on Express or Fastify. Give `NestFactory.create` the option `rawBody: true`:
 * Nest parses bodies before a controller sees them.
 *
 * A request that does not verify is answered with 401 and the reason as JSON. What `onEvent` throws is thrown on, to Nest's
 * exception filters.
 *
 * @example
 * ```ts
 * import type { Request, Response } from "express"; // or FastifyRequest and FastifyReply
 *
 * @Controller("webhooks/whatsflow")
 * export class WebhooksController {
 *   private readonly webhook = nestWebhookHandler({
 *     secret: process.env.WHATSFLOW_WEBHOOK_SECRET,
 *     onEvent: (event) => this.inbox.handle(event),
 *   });
 *
 *   constructor(private readonly inbox: InboxService) {}
 *
 *   @Post()
 *   receive(@Req() request: Request, @Res() response: Response) {
 *     return this.webhook(request, response);
 *   }
 * }
 * ```
 *
 * @throws TypeError when the secret is missing or malformed, or an option is not valid.
 */
export function nestWebhookHandler(
  options: WebhookHandlerOptions,
): (request: NestWebhookRequest, response: NestWebhookResponse) => Promise<void> {
  const receive = createReceive(options);
  return async (request, response) => {
    const answer = await receive(incomingOf(nodeRequestOf(request), request, NEST_CURE));
    if ("writeHead" in response) sendResponse(response, answer);
    else sendReply(response, answer);
  };
}

const NEST_CURE = "In NestJS pass { rawBody: true } to NestFactory.create().";

const nodeRequestOf = (request: NestWebhookRequest): NodeWebhookRequest => ("raw" in request ? request.raw : request);
