/** The receivers of the examples: each accepts every genuine event, whatever its text, and refuses everything else. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Command, freePort, go, node, php, python, ruby, startReceiver, WITH_COMPILING_MS } from "./programs.js";
import { ASCII_TEXTS, echoAll, ONLY_GENUINE, OTHER_TEXTS, registerWebhook, tamper } from "./receivers.js";
import { type RunningServer, startWhatsFlow } from "./whatsflow.js";

let server: RunningServer;
beforeAll(async () => {
  server = await startWhatsFlow();
});
afterAll(() => server?.stop());

const RECEIVERS: [name: string, command: (port: number) => Command | Promise<Command>][] = [
  ["Express with the SDK", () => node("express/server.ts")],
  ["Express with the SDK's verifier alone", () => node("express/verify.ts")],
  ["Hono with the SDK", () => node("hono/server.ts")],
  ["Node alone", () => node("node-crypto/receiver.mjs")],
  ["Flask", () => python("python/receiver.py")],
  ["PHP", (port) => php("-S", `127.0.0.1:${port}`, "php/receiver.php")],
  ["Go", () => go("receiver")],
  ["Sinatra", () => ruby("ruby/receiver.rb")],
];

it.each(RECEIVERS)(
  "%s",
  async (_name, command) => {
    const port = await freePort();
    const webhook = await registerWebhook(server, port);
    const env = { WHATSFLOW_WEBHOOK_SECRET: webhook.secret };
    const receiver = await startReceiver(await command(port), port, { env });
    try {
      const deliveries = await echoAll(server, webhook.id, [...ASCII_TEXTS, ...OTHER_TEXTS]);
      expect(deliveries.map(({ response_status }) => response_status)).toEqual(deliveries.map(() => 200));
      await receiver.whenPrinted("New message: echo: Hello");
      await receiver.whenPrinted("New message: echo: Grüße");
      expect(await tamper(webhook.url, webhook.secret)).toEqual(ONLY_GENUINE);
    } finally {
      await receiver.stop();
      await server.client.webhooks.delete(webhook.id);
    }
  },
  WITH_COMPILING_MS,
);
