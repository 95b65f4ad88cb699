/** The published client against the real server: what a developer does in the first hour. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { BadRequestError, WhatsFlow } from "@whatsflow/sdk";
import { verifyWebhook, type WebhookEvent } from "@whatsflow/sdk/webhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eventually, startTestApp, type TestApp } from "./test-app.js";

let app: TestApp;
let client: WhatsFlow;
beforeAll(async () => {
  app = await startTestApp();
  client = new WhatsFlow({ apiKey: app.key, baseUrl: app.url });
});
afterAll(() => app.close());

it("sends, reads back, and walks lists to their end", async () => {
  const sent = [];
  for (let number = 0; number < 7; number += 1) {
    sent.push(await client.messages.send({ phone_number: `+9477123456${number}`, message: `Message ${number}` }));
  }
  expect(await client.messages.get(sent[0]?.message_id ?? "")).toMatchObject({
    content: "Message 0",
    direction: "outbound",
  });
  const walked = [];
  for await (const message of client.messages.list({ limit: 3 })) walked.push(message.id);
  expect(walked).toEqual(sent.map(({ message_id }) => message_id).reverse());
  const contacts = await client.contacts.list({ limit: 2 });
  expect(contacts.info).toMatchObject({ page: 1, limit: 2, total: 7, pages: 4 });
  expect((await contacts.next())?.items).toHaveLength(2);
});

it("gets, changes and puts back a webhook", async () => {
  // Nothing is disconnected here: an attempt at a delivery would change the webhook, too.
  const { secret: _, ...created } = await client.webhooks.create({
    url: "https://example.com/hook",
    events: ["device.disconnected"],
  });
  expect(await client.webhooks.get(created.id)).toEqual(created);
  const updated = await client.webhooks.update(created.id, { ...created, description: "For the CRM" });
  expect(updated).toEqual({ ...created, description: "For the CRM", updated_at: updated.updated_at });
  expect(await client.webhooks.delete(created.id)).toBe("Webhook deleted successfully");
});

it("throws errors with their code, details and request id", async () => {
  const error: unknown = await client.messages
    .send({ phone_number: "0771", message: "x" })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BadRequestError);
  expect(error).toMatchObject({
    status: 400,
    code: "invalid_request",
    retryable: false,
    details: [{ path: "phone_number" }],
  });
  expect(error).toHaveProperty("requestId", expect.stringMatching(/^req_/));
});

it("sends once, however often it is asked to under one key", async () => {
  const send = () =>
    client.messages.send({ phone_number: "+94770000000", message: "Once" }, { idempotencyKey: "order-1" });
  const answers = await Promise.all([send(), send(), send()]);
  expect(new Set(answers.map(({ message_id }) => message_id)).size).toBe(1);
});

it("receives verified webhooks", async () => {
  const events: WebhookEvent[] = [];
  let secret = "";
  const receiver = createServer(async (request, response) => {
    const body = await buffer(request);
    const event = await verifyWebhook({ body, headers: request.headers, secret, strict: true });
    events.push(event);
    response.end();
  });
  await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));
  try {
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const webhook = await client.webhooks.create({ url, events: ["message.received"] });
    secret = webhook.secret;
    await client.messages.send({ phone_number: "+12025550104", message: "Grüße \u{1F600}\u2028" });
    const [event] = await eventually(() => (events.length > 0 ? events : undefined), "the webhook");
    expect(event).toMatchObject({ event: "message.received", data: { message: "echo: Grüße \u{1F600}\u2028" } });
    const log = await eventually(async () => {
      const { items } = await client.webhooks.deliveries(webhook.id);
      return items[0]?.success ? items : undefined;
    }, "the delivery log");
    expect(log).toMatchObject([{ event_type: "message.received", attempt_number: 1, response_status: 200 }]);
  } finally {
    receiver.close();
    receiver.closeAllConnections();
  }
});
