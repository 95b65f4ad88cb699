/** What samples use without saying where it comes from. A name that is not here does not compile, so that readers are never left to guess. */
import type * as http from "node:http";
import type * as nest from "@nestjs/common";
import type { Express } from "express";
import type { FastifyInstance } from "fastify";
import type { Hono } from "hono";
import type * as sdk from "../src/index.js";
import type * as webhooks from "../src/webhooks/index.js";

declare global {
  // Of the package, where the text says so.
  const WhatsFlow: typeof sdk.WhatsFlow;
  const ApiError: typeof sdk.ApiError;
  const fastifyWebhook: typeof webhooks.fastifyWebhook;
  const nestWebhookHandler: typeof webhooks.nestWebhookHandler;
  const nodeWebhookHandler: typeof webhooks.nodeWebhookHandler;
  const oncePerDelivery: typeof webhooks.oncePerDelivery;
  const signWebhook: typeof webhooks.signWebhook;
  const verifyWebhook: typeof webhooks.verifyWebhook;
  const webhookHandler: typeof webhooks.webhookHandler;

  // Of the platforms, where a comment names them.
  const createServer: typeof http.createServer;
  const Bun: { serve(options: { fetch: Handler }): unknown };
  const Deno: { serve(handler: Handler): unknown };
  const Controller: typeof nest.Controller;
  const Post: typeof nest.Post;
  const Req: typeof nest.Req;
  const Res: typeof nest.Res;

  // What the reader has already.
  const client: sdk.WhatsFlow;
  const app: Pick<Hono, "post"> & Pick<Express, "post"> & Pick<FastifyInstance, "register">;
  const secret: string;
  const event: Exclude<webhooks.WebhookEvent, { event: "$unknown" }>;
  const request: Request;
  const signal: AbortSignal;
  const id: string;
  const phone_number: string;
  const message: string;
  const order: { id: string };

  // What the reader writes.
  const onEvent: webhooks.OnWebhookEvent;
  const handle: (event: sdk.StreamedEvent | webhooks.WebhookEvent) => Promise<void>;
  const answer: (data: webhooks.MessageReceivedEvent["data"]) => Promise<void>;
  const claim: webhooks.DeliveryStore["claim"];
  const commit: webhooks.DeliveryStore["commit"];
  const release: webhooks.DeliveryStore["release"];
  interface InboxService {
    handle(event: webhooks.WebhookEvent): Promise<void>;
  }
}

type Handler = (request: Request) => Promise<Response>;
