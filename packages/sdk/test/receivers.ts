/** The frameworks that the SDK has adapters for, each started for real on a port of its own. */
import { createServer, type RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Controller, type ExceptionFilter, Inject, Injectable, Module, Post, Req, Res } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { ExpressAdapter, type NestExpressApplication } from "@nestjs/platform-express";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { onTestFinished } from "vitest";
import {
  fastifyWebhook,
  nestWebhookHandler,
  nodeWebhookHandler,
  type WebhookHandlerOptions,
  webhookHandler,
} from "../src/webhooks/index.js";

export const PATH = "/webhooks/whatsflow";

/** Resolves to the address of the webhook; the server ends with the test. */
export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server does not listen");
  return `http://127.0.0.1:${address.port}${PATH}`;
}

@Injectable()
class Inbox {
  constructor(@Inject("OPTIONS") readonly options: WebhookHandlerOptions) {}
}

@Controller(PATH)
class WebhooksController {
  private readonly webhook;

  constructor(@Inject(Inbox) inbox: Inbox) {
    this.webhook = nestWebhookHandler(inbox.options);
  }

  @Post()
  receive(@Req() request: express.Request, @Res() response: express.Response) {
    return this.webhook(request, response);
  }
}

@Module({ controllers: [WebhooksController] })
class Application {}

const nestModule = (options: WebhookHandlerOptions) => ({
  module: Application,
  providers: [Inbox, { provide: "OPTIONS", useValue: options }],
});

/** What Nest logs is not the tests' matter. */
const NEST = { logger: false, abortOnError: false } as const;

type NestChoices = { rawBody?: boolean; filters?: ExceptionFilter[] };

async function started(app: NestExpressApplication | NestFastifyApplication, filters: ExceptionFilter[] = []) {
  app.useGlobalFilters(...filters);
  onTestFinished(() => app.close());
  await app.listen(0, "127.0.0.1");
  return (await app.getUrl()) + PATH;
}

export async function startNestOnExpress(options: WebhookHandlerOptions, choices: NestChoices = {}): Promise<string> {
  const { rawBody = true, filters } = choices;
  const created = { ...NEST, rawBody };
  const adapter = new ExpressAdapter();
  return started(await NestFactory.create<NestExpressApplication>(nestModule(options), adapter, created), filters);
}

export async function startNestOnFastify(options: WebhookHandlerOptions, choices: NestChoices = {}): Promise<string> {
  const { rawBody = true, filters } = choices;
  const created = { ...NEST, rawBody };
  const adapter = new FastifyAdapter();
  return started(await NestFactory.create<NestFastifyApplication>(nestModule(options), adapter, created), filters);
}

export type Receiver = {
  name: string;
  start(options: WebhookHandlerOptions): Promise<string>;
  /** What becomes of a GET. */
  wrongMethod: 404 | 405;
  /** It has parsed the body before the handler is called, and refuses what is no JSON by itself. */
  parsesFirst: boolean;
};

export const RECEIVERS: Receiver[] = [
  {
    name: "node:http",
    start: async (options) => listen(nodeWebhookHandler(options)),
    wrongMethod: 405,
    parsesFirst: false,
  },
  {
    name: "Express",
    start: async (options) => listen(express().post(PATH, nodeWebhookHandler(options)).use(express.json())),
    wrongMethod: 404,
    parsesFirst: false,
  },
  {
    name: "Express with express.raw()",
    start: async (options) =>
      listen(express().post(PATH, express.raw({ type: "application/json" }), nodeWebhookHandler(options))),
    wrongMethod: 404,
    parsesFirst: false,
  },
  {
    name: "Fastify",
    async start(options) {
      const app = fastify();
      onTestFinished(() => app.close());
      app.register(fastifyWebhook, { path: PATH, ...options });
      return (await app.listen({ port: 0, host: "127.0.0.1" })) + PATH;
    },
    wrongMethod: 404,
    parsesFirst: false,
  },
  {
    name: "Hono",
    async start(options) {
      const handler = webhookHandler(options);
      const app = new Hono().post(PATH, (context) => handler(context.req.raw));
      return listen(getRequestListener(app.fetch));
    },
    wrongMethod: 404,
    parsesFirst: false,
  },
  {
    name: "NestJS on Express",
    start: (options) => startNestOnExpress(options),
    wrongMethod: 404,
    parsesFirst: true,
  },
  {
    name: "NestJS on Fastify",
    start: (options) => startNestOnFastify(options),
    wrongMethod: 404,
    parsesFirst: true,
  },
];
