/** The examples in the documentation of the SDK's methods run as they stand, with ids that exist, and with a test key. */
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { WhatsFlow } from "@whatsflow/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commentSamples } from "../../packages/sdk/test/samples.js";
import { EXAMPLES } from "./programs.js";
import { type RunningServer, startWhatsFlow } from "./whatsflow.js";

/** Such as `messages.send`. */
const methodOf = (code: string): string => /\bclient\.(\w+\.\w+)\(/.exec(code)?.[1] ?? code;
const samples = commentSamples("packages/sdk/src/generated/resources.ts").map(({ code }) => ({
  method: methodOf(code),
  code,
}));

/** What a test key may not, or what its sandbox has none of. All others succeed. */
const REFUSED: Record<string, string> = {
  "devices.create": "mode_not_allowed",
  "devices.delete": "mode_not_allowed",
  "devices.logout": "mode_not_allowed",
  "devices.pairingCode": "device_already_connected",
  "devices.qr": "device_already_connected",
};

let server: RunningServer;
let receiver: Server;
let receiverUrl: string;
beforeAll(async () => {
  server = await startWhatsFlow();
  receiver = createServer((request, response) => request.resume().on("end", () => response.end()));
  await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));
  const address = receiver.address();
  receiverUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
});
afterAll(async () => {
  receiver?.close();
  await server?.stop();
});

/** Makes one of each kind of thing, by the beginning of its id. */
async function things(): Promise<Record<string, string>> {
  const { client } = server;
  const sent = await client.messages.send({ phone_number: "+94771234567", message: "Hello" });
  const message = await client.messages.get(sent.message_id);
  const webhook = await client.webhooks.create({ url: receiverUrl, events: ["message.received"] });
  const { delivery_id } = await client.webhooks.test(webhook.id);
  const key = await client.apiKeys.create({ name: "Sample", scopes: ["messages:read"] });
  return {
    msg: message.id,
    contact: message.contact_id,
    device: message.device_id,
    webhook: webhook.id,
    delivery: delivery_id,
    key: key.id,
  };
}

/** Every id of the example is one that exists, and every webhook leads to this machine. */
async function made(code: string): Promise<string> {
  const ids = await things();
  return code
    .replace(/"(\w+)_0mh9x0f2k3v8q1w7z5c4b6n"/g, (_, kind: string) => JSON.stringify(ids[kind]))
    .replace(/"https:\/\/[^"]+"/g, JSON.stringify(receiverUrl));
}

type Run = (client: WhatsFlow, console: { log(item: unknown): void }) => Promise<void>;

async function run(code: string, client: WhatsFlow): Promise<{ printed: unknown[] }> {
  const module = `export default async (client, console) => {\n${await made(code)}};`;
  const { default: sample }: { default: Run } = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(module)}`
  );
  const printed: unknown[] = [];
  await sample(client, { log: (item) => printed.push(item) });
  return { printed };
}

describe("the example of", () => {
  it.each(samples.filter(({ method }) => method !== "events.stream"))("$method", async ({ method, code }) => {
    const outcome = await run(code, server.client).then(
      () => "success",
      (error: { code?: string }) => error.code ?? error,
    );
    expect(outcome).toEqual(REFUSED[method] ?? "success");
  });

  it("events.stream, which goes on until the reader has enough", async () => {
    const code = samples
      .find(({ method }) => method === "events.stream")
      ?.code.replace("console.log(item);", "{ console.log(item); break; }");
    // Once the stream is open, something happens.
    const client = new WhatsFlow({
      apiKey: server.key,
      baseUrl: server.url,
      logger: ({ url }) => {
        if (new URL(url).pathname.endsWith("/events")) void server.client.events.trigger({ event: "device.connected" });
      },
    });
    const { printed } = await run(code ?? "", client);
    // Receipts of what other examples sent may come first.
    expect(printed).toMatchObject([{ event: expect.stringMatching(/^\w+\.\w+/), id: expect.any(String) }]);
  });

  it("every method is run", () => {
    const contract = readFileSync(join(EXAMPLES, "../openapi.yaml"), "utf8");
    // The dashboard's own are not in the published client.
    const operations = contract.split("operationId:").filter((text) => !text.includes("x-audience: operator"));
    const methods = operations.flatMap((text) => {
      const [, resource, method] = text.match(/x-sdk: \{ resource: (\w+), method: (\w+) \}/) ?? [];
      return method === undefined ? [] : [`${resource}.${method}`];
    });
    expect(methods).toEqual(expect.arrayContaining(Object.keys(REFUSED)));
    expect(samples.map(({ method }) => method).sort()).toEqual(methods.sort());
  });
});
