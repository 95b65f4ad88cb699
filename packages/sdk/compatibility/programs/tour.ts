/**
 * What a user's program does with the package, the same in every runtime. It asks for nothing of the platform but what the package itself
 * needs, and is also what the compilers are given: with Node's types and with those of a browser, as an ES module and as CommonJS.
 */
import { AuthenticationError, type Message, type SentMessage, WhatsFlow } from "@whatsflow/sdk";
import {
  fastifyWebhook,
  nestWebhookHandler,
  nodeWebhookHandler,
  oncePerDelivery,
  signWebhook,
  verifyWebhook,
  type WebhookHandlerOptions,
  WebhookVerificationError,
  webhookHandler,
} from "@whatsflow/sdk/webhooks";

export type Destination = {
  baseUrl: string;
  /** A test key. */
  apiKey: string;
  /** What is sent; unlike what other programs send at the same time. */
  message: string;
};

export const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr";
/** As a server signed it, so that a program does not only agree with itself. */
const RECORDED = {
  body: '{"event":"webhook.test","timestamp":"2025-10-11T10:30:00.000Z","data":{"webhook_id":"webhook_abc123","message":"Grüße"}}',
  headers: {
    "webhook-id": "delivery_abc123",
    "webhook-timestamp": "1760178600",
    "webhook-signature": "v1,/MIcd3lZy1qfaKy/CZ+9JudoKwSaIC1oNpNvAWMOLuc=",
  },
  now: new Date("2025-10-11T10:30:00.000Z"),
};
/** The sandbox answers what is sent to it. */
const ECHO = "+12025550104";

export async function tour(destination: Destination) {
  return { client: await useClient(destination), webhooks: await useWebhooks(), hasNodeCrypto: hasNodeCrypto() };
}

async function useClient({ baseUrl, apiKey, message }: Destination) {
  const isRefused = isBrowserRefused(apiKey);
  const options = { apiKey, baseUrl, dangerouslyAllowBrowser: isRefused };
  const client = new WhatsFlow(options);
  const { sent, heard } = await sendAndHear(client, message);
  const read = await client.messages.get(sent.message_id);
  const listed = await findListed(client, sent.message_id);
  const { items } = await client.messages.list({ limit: 1, cursor: undefined });
  const { status, rateLimit } = await client.usage.get().withResponse();
  const raw = await client.api.GET("/messages/{id}", { params: { path: { id: sent.message_id } } });
  return {
    isRefused,
    sent: sent.message,
    heard,
    read: read.content,
    listed: listed?.id === sent.message_id,
    pageLength: items.length,
    answered: `${status}, ${typeof rateLimit?.remaining}`,
    raw: raw.data?.data.content,
    refused: await refusalOf(new WhatsFlow({ ...options, apiKey: "wf_test_wrong" })),
  };
}

/** Sends once the stream has begun, and leaves it with the echo. */
async function sendAndHear(client: WhatsFlow, message: string): Promise<{ sent: SentMessage; heard: string }> {
  const leaving = new AbortController();
  let sending: Promise<SentMessage> | undefined;
  const onPosition = () => {
    if (sending) return;
    sending = client.messages.send({ phone_number: ECHO, message }, { idempotencyKey: encodeURIComponent(message) });
    sending.catch((reason: unknown) => leaving.abort(reason));
  };
  for await (const event of client.events.stream(
    { events: "message.received" },
    { signal: leaving.signal, onPosition },
  )) {
    if (event.event !== "message.received" || event.data.message !== `echo: ${message}` || !sending) continue;
    return { sent: await sending, heard: event.data.message };
  }
  throw new Error("the stream ended");
}

/** On its page, whichever that is. */
async function findListed(client: WhatsFlow, id: string): Promise<Message | undefined> {
  for await (const message of client.messages.list({ limit: 1 })) if (message.id === id) return message;
  return undefined;
}

/** Whether the client takes this runtime for a browser. */
function isBrowserRefused(apiKey: string): boolean {
  try {
    return !new WhatsFlow({ apiKey });
  } catch (error) {
    if (error instanceof TypeError) return true;
    throw error;
  }
}

async function refusalOf(stranger: WhatsFlow): Promise<string> {
  const result = await stranger.usage.get().result();
  if (result.ok) return "not refused";
  const { error } = result;
  return error instanceof AuthenticationError ? `${error.status} ${error.code}` : error.name;
}

async function useWebhooks() {
  const timestamp = new Date().toISOString();
  const data = { webhook_id: "webhook_abc123", message: "Grüße" };
  const { body, headers } = await signWebhook({ event: { event: "webhook.test", timestamp, data }, secret: SECRET });
  const event = await verifyWebhook({ body, headers, secret: SECRET, strict: true });
  const recorded = await verifyWebhook({ ...RECORDED, secret: SECRET, strict: true });
  // Of the same length.
  const tampered = body.replace("Grüße", "Grüsse");
  const refusal = await verifyWebhook({ body: tampered, headers, secret: SECRET }).then(() => undefined, thrown);

  const told: string[] = [];
  const handle: (request: Request) => Promise<Response> = webhookHandler({
    secret: () => SECRET,
    onEvent: oncePerDelivery((received, { deliveryId }) => {
      if (received.event === "webhook.test") told.push(received.data.message);
      else throw new Error(`${received.event === "$unknown" ? received.name : received.event} as ${deliveryId}`);
    }),
  });
  const answers: number[] = [];
  // The second is a repeat of the first.
  for (const sent of [body, body, tampered]) {
    const request = new Request("http://localhost/webhooks", { method: "POST", body: sent, headers });
    answers.push((await handle(request)).status);
  }
  return {
    verified: event.event === "webhook.test" ? event.data.message : `not verified: ${event.event}`,
    recorded: recorded.timestamp,
    tampered: refusal instanceof WebhookVerificationError ? refusal.code : `not refused: ${refusal}`,
    answers,
    told,
    withoutSecret: withoutSecret(),
  };
}

/** What each handler throws when it is made without a secret. */
function withoutSecret(): string[] {
  const options: WebhookHandlerOptions = { secret: undefined, onEvent: () => {} };
  const makers = { nodeWebhookHandler, nestWebhookHandler, webhookHandler };
  const refusals = Object.values(makers).map((make) => {
    try {
      return make(options).name;
    } catch (error) {
      return nameOf(error);
    }
  });
  return [...refusals, typeof fastifyWebhook];
}

const thrown = (error: unknown): unknown => error;
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));

// `Object`, so that it also fits where the types know no `process`.
type Runtime = { process?: { getBuiltinModule?: (name: string) => unknown }; Object: unknown };

/** Whether webhooks are verified by Node's own crypto; where not, it is by WebCrypto. */
function hasNodeCrypto(): boolean {
  const { process }: Runtime = globalThis;
  return process?.getBuiltinModule?.("node:crypto") !== undefined;
}

/** Never called: what must not compile. */
export function wrongUses(client: WhatsFlow): void {
  // @ts-expect-error the text is missing
  void client.messages.send({ phone_number: ECHO });
  // @ts-expect-error there is no such event
  void client.webhooks.create({ url: "https://example.com", events: ["message.sendt"] });
  // @ts-expect-error there is no such path
  void client.api.GET("/message/{id}", {});
}
