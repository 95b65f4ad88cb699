/** What all receivers have to stand: genuine events in any text, and everything that is not genuine. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Delivery } from "@whatsflow/sdk";
import { type MessageReceivedEvent, signWebhook } from "@whatsflow/sdk/webhooks";
import { eventually } from "./programs.js";
import type { RunningServer } from "./whatsflow.js";

export const ECHO_NUMBER = "+12025550104";

export const ASCII_TEXTS = [
  "Hello",
  'quotes " and \\ and / </script>',
  "tab\tand\nline\r\nbreaks \u0001\u001f",
  "1e3 {} [] null",
];
export const OTHER_TEXTS = [
  "Grüße",
  "👋🏽 a wave",
  "ආයුබෝවන්",
  "\u2028 and \u2029 and \ufeff",
  "delete: \u007f",
  "😀".repeat(65_536),
];

/** A webhook that is told of inbound messages at a port of this machine. */
export async function registerWebhook({ client }: RunningServer, port: number) {
  const url = `http://127.0.0.1:${port}/webhooks/whatsflow`;
  const { id, secret } = await client.webhooks.create({ url, events: ["message.received"] });
  return { id, secret, url };
}

/** Has the sandbox write `echo: <text>` for each text, and waits until each was delivered or refused once. */
export async function echoAll(
  { client }: RunningServer,
  webhookId: string,
  texts: readonly string[],
): Promise<Delivery[]> {
  const before = (await client.webhooks.deliveries(webhookId)).items.length;
  for (const message of texts) await client.messages.send({ phone_number: ECHO_NUMBER, message });
  return eventually(async () => {
    const { items } = await client.webhooks.deliveries(webhookId);
    const since = items.slice(0, items.length - before);
    return since.length === texts.length && since.every((delivery) => delivery.attempt_number > 0) ? since : undefined;
  }, "the delivery of all echoes");
}

const EVENT: MessageReceivedEvent = {
  event: "message.received",
  timestamp: new Date().toISOString(),
  data: {
    message_id: "msg_abc123",
    contact_id: "contact_xyz789",
    phone_number: "+94771234567",
    contact_name: "John Doe",
    message: "Hi, I need help",
    message_type: "text",
    device_id: "device_123",
    device_name: "Main Line",
    created_at: new Date().toISOString(),
  },
};

type Answers = Record<string, number>;

/** Posts what a receiver must refuse, beside one that is genuine; returns the status of each answer. */
export async function tamper(url: string, secret: string): Promise<Answers> {
  const genuine = await signWebhook({ event: EVENT, secret });
  const other = await signWebhook({ event: EVENT, secret: `whsec_${"B".repeat(44)}` });
  const old = await signWebhook({ event: EVENT, secret, timestamp: new Date(Date.now() - 600_000) });
  const requests = {
    genuine,
    "another body": { ...genuine, body: genuine.body.replace("Hi, I need help", "Hi, pay me") },
    "another secret": other,
    "no signature": { ...genuine, headers: { "Content-Type": "application/json" } },
    "an odd signature": {
      ...genuine,
      headers: { ...genuine.headers, "X-Webhook-Signature": "sha256=é", "webhook-signature": "v1,é" },
    },
    "ten minutes old": old,
  };
  const answers: Answers = {};
  for (const [name, { headers, body }] of Object.entries(requests)) {
    const { status } = await fetch(url, { method: "POST", headers, body });
    answers[name] = status;
  }
  return answers;
}

/** What `tamper` finds at a receiver that checks Standard Webhooks too. */
export const ONLY_GENUINE: Answers = {
  genuine: 200,
  "another body": 401,
  "another secret": 401,
  "no signature": 401,
  "an odd signature": 401,
  "ten minutes old": 401,
};
/** And at one that knows the reference's signature alone, which says nothing of the time. */
export const ANY_AGE: Answers = { ...ONLY_GENUINE, "ten minutes old": 200 };

export interface Recorded {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Keeps what it is sent, and believes everything. */
export async function startRecorder() {
  const recorded: Recorded[] = [];
  const server = createServer(async (request, response) => {
    recorded.push({ headers: request.headers, body: (await buffer(request)).toString("utf8") });
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    port: (server.address() as AddressInfo).port,
    recorded,
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
}
