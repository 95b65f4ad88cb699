/** What differs between the frameworks: where errors go, and how the body as it came can get lost. */
import { createHmac } from "node:crypto";
import { getRequestListener } from "@hono/node-server";
import type { ArgumentsHost } from "@nestjs/common";
import express, { type ErrorRequestHandler } from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { NextRequest } from "next/server.js";
import { describe, expect, expectTypeOf, it, onTestFinished, vi } from "vitest";
import {
  fastifyWebhook,
  nestWebhookHandler,
  nodeWebhookHandler,
  type WebhookEvent,
  type WebhookHandlerOptions,
  webhookHandler,
} from "../src/webhooks/index.js";
import { delivery, messageReceived, ownScheme, post, postChunked, SECRET } from "./deliveries.js";
import { listen, PATH, RECEIVERS, startNestOnExpress, startNestOnFastify } from "./receivers.js";

const FAILURE = new Error("no room in the inbox");
const fails: WebhookHandlerOptions = {
  secret: SECRET,
  onEvent() {
    throw FAILURE;
  },
};

/** Counts what it is given, and what reaches the framework's error handler. */
function witness() {
  const events: WebhookEvent[] = [];
  const errors: unknown[] = [];
  return { events, errors, options: { secret: SECRET, onEvent: (event: WebhookEvent) => void events.push(event) } };
}

/** The message of the only error; it must be a TypeError. */
function misuse(errors: unknown[]): string {
  const [error] = errors;
  expect(errors).toHaveLength(1);
  expect(error).toBeInstanceOf(TypeError);
  return error instanceof Error ? error.message : "";
}

describe("Express", () => {
  const collect =
    (errors: unknown[]): ErrorRequestHandler =>
    (error, _request, response, _next) => {
      errors.push(error);
      response.status(500).end();
    };

  it("gets what onEvent threw in its error handlers", async () => {
    const errors: unknown[] = [];
    const url = await listen(express().post(PATH, nodeWebhookHandler(fails)).use(collect(errors)));
    expect((await post(url, await delivery())).status).toBe(500);
    expect(errors).toEqual([FAILURE]);
  });

  it.each([undefined, null, "route", "router", 0])("goes to no other route when onEvent throws %j", async (thrown) => {
    const errors: unknown[] = [];
    const onEvent = () => Promise.reject(thrown);
    const app = express().post(PATH, nodeWebhookHandler({ secret: SECRET, onEvent }));
    app.use((_request, response) => void response.end("another route"));
    const url = await listen(app.use(collect(errors)));
    expect((await post(url, await delivery())).status).toBe(500);
    expect(errors).toEqual([expect.objectContaining({ message: "onEvent threw what is no Error", cause: thrown })]);
  });

  it("is told how to get the raw body when express.json() came first", async () => {
    const { events, errors, options } = witness();
    const app = express().use(express.json()).post(PATH, nodeWebhookHandler(options)).use(collect(errors));
    const { status } = await post(await listen(app), await delivery());
    expect([status, events]).toEqual([500, []]);
    expect(misuse(errors)).toContain("before express.json(), or give it express.raw(");
  });

  it("is told so where express.raw() came after express.json(), and has nothing left to read", async () => {
    const { errors, options } = witness();
    const app = express().use(express.json());
    app.post(PATH, express.raw({ type: "application/json" }), nodeWebhookHandler(options)).use(collect(errors));
    expect((await post(await listen(app), await delivery())).status).toBe(500);
    expect(misuse(errors)).toContain("express.raw(");
  });

  it("may parse the body when it keeps the bytes too", async () => {
    const { events, errors, options } = witness();
    const keep = express.json({
      verify: (request, _response, bytes) => void Object.assign(request, { rawBody: bytes }),
    });
    const app = express().use(keep).post(PATH, nodeWebhookHandler(options)).use(collect(errors));
    expect((await post(await listen(app), await delivery())).status).toBe(200);
    expect([events.length, errors]).toEqual([1, []]);
  });

  it("may have answered by the time that onEvent ends", async () => {
    let ended: Promise<void> | undefined;
    const app = express().post(PATH, (request, response) => {
      const answered = new Promise<void>((resolve) => response.once("finish", () => resolve()));
      ended = nodeWebhookHandler({ secret: SECRET, onEvent: () => answered })(request, response);
      response.sendStatus(503);
    });
    expect((await post(await listen(app), await delivery())).status).toBe(503);
    await expect(ended).resolves.toBeUndefined();
  });

  it("may keep the body as text", async () => {
    const { events, options } = witness();
    const app = express().post(PATH, express.text({ type: "*/*" }), nodeWebhookHandler(options));
    expect((await post(await listen(app), await delivery())).status).toBe(200);
    expect(events).toHaveLength(1);
  });
});

describe("node:http", () => {
  it("has no error handler: the error is printed, and the answer tells nothing of it", async () => {
    const printed = vi.spyOn(console, "error").mockReturnValue();
    const { status, text } = await post(await listen(nodeWebhookHandler(fails)), await delivery());
    const message = "The event was not processed. Send it again.";
    expect([status, JSON.parse(text)]).toEqual([500, { error: "event_not_processed", message }]);
    expect(printed.mock.calls).toEqual([[FAILURE]]);
  });
});

describe("node:http, Express and Fastify", () => {
  const started = RECEIVERS.filter(({ name }) => ["node:http", "Express", "Fastify"].includes(name));

  it.each(started)("let the sender of several MiB see its answer: $name", async ({ start }) => {
    const url = await start(witness().options);
    const large = await delivery({ body: "x".repeat(5_000_000) });
    for (let i = 0; i < 3; i += 1) {
      expect((await post(url, large)).status).toBe(413);
      expect((await postChunked(url, large, 100_000)).status).toBe(413);
    }
  });
});

describe("Fastify", () => {
  async function start(options: WebhookHandlerOptions, errors: unknown[] = []) {
    const app = fastify();
    onTestFinished(() => app.close());
    app.setErrorHandler((error, _request, reply) => {
      errors.push(error);
      return reply.code(500).send({});
    });
    app.addHook("preParsing", async (_request, _reply, payload) => payload);
    app.post("/echo", async (request) => request.body);
    app.register(fastifyWebhook, { path: PATH, prefix: "/v1", ...options });
    return app.listen({ port: 0, host: "127.0.0.1" });
  }

  it("gets what onEvent threw in its error handler", async () => {
    const errors: unknown[] = [];
    const url = await start(fails, errors);
    expect((await post(`${url}/v1${PATH}`, await delivery())).status).toBe(500);
    expect(errors).toEqual([FAILURE]);
  });

  it("keeps its own parsers for all other routes", async () => {
    const { events, options } = witness();
    const url = await start(options);
    const headers = { "Content-Type": "application/json" };
    expect((await post(`${url}/echo`, { body: '{ "a": 1 }', headers })).text).toBe('{"a":1}');
    const xml = await post(`${url}/echo`, { body: "<a/>", headers: { "Content-Type": "text/xml" } });
    expect(xml.status).toBe(500);
    expect((await post(`${url}/v1${PATH}`, await delivery())).status).toBe(200);
    expect(events).toHaveLength(1);
  });

  it("does not start without a path", async () => {
    const app = fastify();
    onTestFinished(() => app.close());
    // @ts-expect-error the path is missing
    app.register(fastifyWebhook, witness().options);
    await expect(app.ready()).rejects.toThrow("path is missing");
  });
});

describe.each([
  ["Express", startNestOnExpress],
  ["Fastify", startNestOnFastify],
])("NestJS on %s", (_name, start) => {
  const filter = (errors: unknown[]) => ({
    catch(error: unknown, host: ArgumentsHost) {
      errors.push(error);
      const response = host.switchToHttp().getResponse();
      response.status(500).send("");
    },
  });

  it("gets what onEvent threw in its exception filters", async () => {
    const errors: unknown[] = [];
    const url = await start(fails, { filters: [filter(errors)] });
    expect((await post(url, await delivery())).status).toBe(500);
    expect(errors).toEqual([FAILURE]);
  });

  it("answers 500 without details by itself", async () => {
    const url = await start(fails);
    const { status, text } = await post(url, await delivery());
    expect([status, JSON.parse(text)]).toEqual([500, { statusCode: 500, message: "Internal server error" }]);
  });

  it("is told of rawBody when it lacks", async () => {
    const { events, errors, options } = witness();
    const url = await start(options, { rawBody: false, filters: [filter(errors)] });
    const { status } = await post(url, await delivery());
    expect([status, events]).toEqual([500, []]);
    expect(misuse(errors)).toContain("pass { rawBody: true } to NestFactory.create()");
  });
});

describe("Hono", () => {
  async function start(app: Hono, errors: unknown[]) {
    app.onError((error, context) => {
      errors.push(error);
      return context.body(null, 500);
    });
    return listen(getRequestListener(app.fetch));
  }

  it("gets what onEvent threw in onError", async () => {
    const errors: unknown[] = [];
    const handler = webhookHandler(fails);
    const app = new Hono().post(PATH, (context) => handler(context.req.raw));
    expect((await post(await start(app, errors), await delivery())).status).toBe(500);
    expect(errors).toEqual([FAILURE]);
  });

  it("is told what to do when the body was read before", async () => {
    const { events, errors, options } = witness();
    const handler = webhookHandler(options);
    const app = new Hono();
    app.use(async (context, next) => {
      await context.req.json();
      await next();
    });
    app.post(PATH, (context) => handler(context.req.raw));
    const { status } = await post(await start(app, errors), await delivery());
    expect([status, events]).toEqual([500, []]);
    expect(misuse(errors)).toContain("request.clone()");
  });

  it("is told to pass the request when it passes its context", async () => {
    const { errors, options } = witness();
    const handler: (context: never) => Promise<Response> = webhookHandler(options);
    const app = new Hono().post(PATH, (context) => Reflect.apply(handler, undefined, [context]));
    expect((await post(await start(app, errors), await delivery())).status).toBe(500);
    expect(misuse(errors)).toContain("pass context.req.raw");
  });
});

describe("Fetch", () => {
  const url = "http://localhost/webhooks/whatsflow";

  it("is a route handler of Next.js", async () => {
    const { events, options } = witness();
    const POST: (request: NextRequest, context: { params: Promise<object> }) => Promise<Response> =
      webhookHandler(options);
    const { body, headers } = await delivery();
    const request = () => new NextRequest(url, { method: "POST", body, headers });
    expect((await POST(request(), { params: Promise.resolve({}) })).status).toBe(200);
    expect(events).toHaveLength(1);
  });

  it("throws what onEvent threw, and at each request that a secret is missing which comes from a function", async () => {
    const { body, headers } = await delivery();
    const request = () => new Request(url, { method: "POST", body, headers });
    await expect(webhookHandler(fails)(request())).rejects.toBe(FAILURE);
    const unset = webhookHandler({ secret: () => undefined, onEvent: () => {} });
    await expect(unset(request())).rejects.toThrow("secret is missing");
    const misplaced = new Error("the vault is closed");
    const closed = webhookHandler({ secret: () => Promise.reject(misplaced), onEvent: () => {} });
    await expect(closed(request())).rejects.toBe(misplaced);
  });

  it("believes what comes, not what a Content-Length says of it", async () => {
    const { body, headers } = await delivery();
    const handler = webhookHandler({ secret: SECRET, onEvent: () => {}, maxBodyBytes: 1000 });
    const answer = async (given: string, length: string) =>
      (
        await handler(
          new Request(url, { method: "POST", body: given, headers: { ...headers, "Content-Length": length } }),
        )
      ).status;
    for (const length of ["0", "1000", "-1", "many", ""]) expect(await answer(body, length)).toBe(200);
    expect(await answer(body, "1001")).toBe(413);
    for (const length of ["0", "10", "many"]) expect(await answer(body.padEnd(1001), length)).toBe(413);
  });

  it("stops reading what is too large", async () => {
    let pulls = 0;
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulls += 1;
        controller.enqueue(new Uint8Array(100));
      },
      cancel() {
        cancelled = true;
      },
    });
    const handler = webhookHandler({ secret: SECRET, onEvent: () => {}, maxBodyBytes: 1000 });
    // Node asks for `duplex`, which the browser's types do not know.
    const init: RequestInit & { duplex: "half" } = { method: "POST", body: endless, duplex: "half" };
    expect((await handler(new Request(url, init))).status).toBe(413);
    expect([cancelled, pulls < 20]).toEqual([true, true]);
  });

  it("answers 400 when the body breaks off", async () => {
    const body = new ReadableStream({ pull: () => Promise.reject(new Error("reset")) });
    const init: RequestInit & { duplex: "half" } = { method: "POST", body, duplex: "half" };
    const response = await webhookHandler(witness().options)(new Request(url, init));
    expect([response.status, await response.json()]).toMatchObject([400, { error: "body_incomplete" }]);
  });

  it("takes no error of onEvent for one of the sender", async () => {
    const { verifyWebhook } = await import("../src/webhooks/index.js");
    const { body, headers } = await delivery();
    const onEvent = () => verifyWebhook({ body, headers: {}, secret: SECRET });
    const handler = webhookHandler({ secret: SECRET, onEvent });
    await expect(handler(new Request(url, { method: "POST", body, headers }))).rejects.toMatchObject({
      code: "missing_header",
    });
  });
});

describe("the options", () => {
  const makers = { webhookHandler, nodeWebhookHandler, nestWebhookHandler };

  it.each(Object.entries(makers))("of %s are checked when it is made", (_name, make) => {
    const { options } = witness();
    expect(() => make({ ...options, secret: undefined })).toThrow("secret is missing");
    // @ts-expect-error no function
    expect(() => make({ ...options, onEvent: undefined })).toThrow("onEvent is missing");
    for (const maxBodyBytes of [0, -1, 1.5, Number.NaN])
      expect(() => make({ ...options, maxBodyBytes })).toThrow("maxBodyBytes must be a whole number from 1");
  });

  const malformed = ["whsec_!!!", `whsec_${SECRET}`, "abc", SECRET.slice("whsec_".length), "whsec_a", "whsec_a=b"];

  it.each(malformed)("do not take %j for a secret, alone, in a list or from a function", async (secret) => {
    const { events, options } = witness();
    const message = "secret is not whsec_ followed by base64, such as whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw.";
    for (const secrets of [secret, [SECRET, secret]]) {
      expect(() => webhookHandler({ ...options, secret: secrets })).toThrow(TypeError);
      expect(() => webhookHandler({ ...options, secret: secrets })).toThrow(message);
      const asked = webhookHandler({ ...options, secret: () => secrets });
      const request = async () => new Request("http://localhost/", { method: "POST", ...(await delivery()) });
      await expect(asked(await request())).rejects.toThrow(message);
    }
    expect(events).toEqual([]);
  });

  it("take a secret of any form from a server that sends X-Webhook-Signature alone", async () => {
    const { events, options } = witness();
    const secret = "whsec_your_secret_here";
    const handler = webhookHandler({ ...options, secret, strict: false });
    const body = JSON.stringify(messageReceived());
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    const headers = { "X-Webhook-Signature": `sha256=${signature}` };
    expect((await handler(new Request("http://localhost/", { method: "POST", body, headers }))).status).toBe(200);
    expect(events).toHaveLength(1);
  });

  it("take nothing but false for the wish to believe X-Webhook-Signature alone", async () => {
    const signed = ownScheme(await delivery());
    const status = async (strict: unknown) => {
      const options: object = { ...witness().options, strict };
      const handler: (request: Request) => Promise<Response> = Reflect.apply(webhookHandler, undefined, [options]);
      return (await handler(new Request("http://localhost/", { method: "POST", ...signed }))).status;
    };
    for (const strict of [undefined, null, 0, "", true]) expect(await status(strict)).toBe(401);
    expect(await status(false)).toBe(200);
  });

  it("give onEvent a typed event", () => {
    webhookHandler({
      secret: SECRET,
      onEvent(event, { deliveryId }) {
        expectTypeOf(deliveryId).toEqualTypeOf<string>();
        if (event.event === "message.received") expectTypeOf(event.data.contact_id).toEqualTypeOf<string>();
        if (event.event === "$unknown") expectTypeOf(event.data).toEqualTypeOf<unknown>();
      },
    });
  });
});
