/** What the webhooks' entry takes and gives, as the compiler sees it. Nothing here runs. */
import type { RequestListener } from "node:http";
import type { Request as ExpressRequest, Response as ExpressResponse, RequestHandler } from "express";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "hono";
import { describe, expectTypeOf, it } from "vitest";
import {
  type EventName,
  type FastifyWebhookOptions,
  fastifyWebhook,
  type MessageReceivedEvent,
  nestWebhookHandler,
  nodeWebhookHandler,
  type OnWebhookEvent,
  oncePerDelivery,
  signWebhook,
  verifyWebhook,
  type WebhookContext,
  type WebhookEvent,
  WebhookVerificationError,
  type WebhookVerificationErrorCode,
  webhookHandler,
} from "../src/webhooks/index.js";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr";

/** Compiles only where no event is forgotten. */
function everyEvent(event: WebhookEvent): string | null | undefined {
  switch (event.event) {
    case "message.received":
    case "group.message.received":
      return event.data.message;
    case "message.sent":
    case "message.delivered":
    case "message.read":
      return event.data.message_id;
    case "message.failed":
      return event.data.failure?.message;
    case "device.connected":
    case "device.disconnected":
    case "device.restricted":
      return event.data.device_id;
    case "device.qr_updated":
      return event.data.qr;
    case "webhook.disabled":
    case "webhook.test":
      return event.data.webhook_id;
    case "$unknown":
      return event.name;
    default: {
      const none: never = event;
      return none;
    }
  }
}

describe("an event", () => {
  it("has all names of the contract, and one for those of newer servers", () => {
    expectTypeOf<WebhookEvent["event"]>().toEqualTypeOf<EventName | "$unknown">();
    expectTypeOf(everyEvent).parameter(0).toEqualTypeOf<WebhookEvent>();
  });

  it("narrows by its name", async () => {
    const event = await verifyWebhook({ body: "", headers: {}, secret });
    expectTypeOf(event).toEqualTypeOf<WebhookEvent>();
    if (event.event === "message.received") expectTypeOf(event).toEqualTypeOf<MessageReceivedEvent>();
    // @ts-expect-error not every event is about a message
    event.data.message_id;
    // @ts-expect-error there is no such event
    if (event.event === "message.sendt") return;
  });

  it("leaves none over where one is forgotten", () => {
    const forgetful = (event: WebhookEvent): void => {
      if (event.event === "$unknown") return;
      // @ts-expect-error the known ones are left
      const none: never = event;
      void none;
    };
    expectTypeOf(forgetful).returns.toBeVoid();
  });
});

describe("verifyWebhook", () => {
  it("takes a Headers object or a record, one secret or several, and the raw body", () => {
    expectTypeOf(verifyWebhook).toBeCallableWith({ body: new Uint8Array(), headers: new Headers(), secret: [secret] });
    expectTypeOf(verifyWebhook).toBeCallableWith({ body: "", headers: { "webhook-id": ["a"] }, secret: undefined });
    // @ts-expect-error a parsed body is not what was signed
    verifyWebhook({ body: { event: "message.received" }, headers: {}, secret });
    // @ts-expect-error the secret lacks; a variable that is not set is told at run time
    verifyWebhook({ body: "", headers: {} });
  });

  it("throws errors whose code is one of a few", () => {
    expectTypeOf(WebhookVerificationError)
      .instance.toHaveProperty("code")
      .toEqualTypeOf<WebhookVerificationErrorCode>();
  });
});

describe("signWebhook", () => {
  it("signs a body or an event, not both, and none that nobody knows", async () => {
    expectTypeOf(signWebhook).returns.resolves.toEqualTypeOf<{ body: string; headers: Record<string, string> }>();
    const timestamp = "2025-10-11T10:30:00.000Z";
    const event = { event: "webhook.test", timestamp, data: { webhook_id: "webhook_1", message: "" } } as const;
    expectTypeOf(signWebhook).toBeCallableWith({ event, secret });
    // @ts-expect-error which of the two should be signed?
    signWebhook({ event, body: "{}", secret });
    // @ts-expect-error its name is not known
    signWebhook({ event: { event: "$unknown", name: "new", timestamp, data: {} }, secret });
  });
});

describe("handlers", () => {
  it("tell onEvent of the event and its delivery", () => {
    expectTypeOf<OnWebhookEvent>().parameters.toEqualTypeOf<[event: WebhookEvent, context: WebhookContext]>();
    webhookHandler({
      secret: async () => secret,
      onEvent: (event, context) => {
        expectTypeOf(event).toEqualTypeOf<WebhookEvent>();
        expectTypeOf(context.deliveryId).toBeString();
      },
    });
    webhookHandler({
      secret,
      onEvent: oncePerDelivery((event) => {
        expectTypeOf(event).toEqualTypeOf<WebhookEvent>();
      }),
    });
    // @ts-expect-error nothing is told
    webhookHandler({ secret });
    // @ts-expect-error there is no such option
    nodeWebhookHandler({ secret, onEvent: () => {}, onError: () => {} });
  });

  it("fit their frameworks", () => {
    const options = { secret, onEvent: () => {} };
    expectTypeOf(nodeWebhookHandler(options)).toExtend<RequestHandler>();
    expectTypeOf(nodeWebhookHandler(options)).toExtend<RequestListener>();
    // In a controller, on Express or on Fastify.
    expectTypeOf(nestWebhookHandler(options)).toExtend<
      (request: ExpressRequest, response: ExpressResponse) => unknown
    >();
    expectTypeOf(nestWebhookHandler(options)).toExtend<(request: FastifyRequest, response: FastifyReply) => unknown>();
    expectTypeOf(webhookHandler(options)).toExtend<(request: Context["req"]["raw"]) => Promise<Response>>();
    const register = (app: FastifyInstance) =>
      app.register(fastifyWebhook, { ...options, path: "/webhooks/whatsflow" });
    expectTypeOf(register).toBeFunction();
    // @ts-expect-error the path lacks
    const incomplete: FastifyWebhookOptions = options;
    void incomplete;
  });
});
