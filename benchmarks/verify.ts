/** The SDK's webhook verifier, as built, against the least that can be done with node:crypto and against other libraries. */
import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
import { verify as verifyOctokit } from "@octokit/webhooks-methods";
import { Webhook as StandardWebhook } from "standardwebhooks";
import Stripe from "stripe";
import { Webhook as SvixWebhook } from "svix";
import type * as webhooks from "../packages/sdk/src/webhooks/index.js";
import { inTurn, median, medianRatio } from "./load.js";
import { perSecond, type Row } from "./table.js";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr";
const BODIES = { "1 kB": 1_000, "64 kB": 64_000 };
const ROUNDS = 21;
const MS_PER_ROUND = 60;
/** So many before the clock is looked at. */
const BATCH = 20;

type Check = () => unknown;

/** As tsx would load it, each function made in a call would be given its name: that costs more than some of them. */
const sdk: Promise<typeof webhooks> = import(new URL("../packages/sdk/dist/webhooks.js", import.meta.url).href);

function eventOf(bytes: number): webhooks.WebhookEvents["message.received"] {
  const event = {
    event: "message.received",
    timestamp: new Date().toISOString(),
    data: {
      message_id: "msg_0k3v9x2m7q1c8z5t4r6w",
      contact_id: "contact_0k3v9x2m7q1c8z5t4r6w",
      phone_number: "+94771234567",
      contact_name: "John Doe",
      message: "",
      message_type: "text",
      device_id: "device_0k3v9x2m7q1c8z5t4r6w",
      device_name: "Main Line",
      created_at: new Date().toISOString(),
    },
  } as const;
  const { length } = JSON.stringify(event);
  return { ...event, data: { ...event.data, message: "Hello again. ".repeat(bytes).slice(0, bytes - length) } };
}

/** The headers of a delivery, as Node's server gives them. */
function receivedHeaders(signed: Record<string, string>, body: string): Record<string, string> {
  const sent = { ...signed, Host: "example.com", Connection: "keep-alive", "Content-Length": String(body.length) };
  return Object.fromEntries(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]));
}

/** HMAC, comparison and JSON alone, with a key that was imported before: no header is looked for, no time is checked. */
function bareCheck(headers: Record<string, string>, body: string | Buffer): Check {
  const key = createSecretKey(Buffer.from(SECRET.replace("whsec_", ""), "base64"));
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature = "" } = headers;
  return async () => {
    const hmac = createHmac("sha256", key);
    if (typeof body === "string") hmac.update(`${id}.${timestamp}.${body}`);
    else hmac.update(`${id}.${timestamp}.`).update(body);
    if (!timingSafeEqual(hmac.digest(), Buffer.from(signature.slice("v1,".length), "base64")))
      throw new Error("the signature does not fit");
    return JSON.parse(typeof body === "string" ? body : body.toString());
  };
}

async function checksOf(text: string, body: string | Buffer) {
  const { signWebhook, verifyWebhook } = await sdk;
  const headers = receivedHeaders((await signWebhook({ body: text, secret: SECRET })).headers, text);
  const { "x-webhook-signature": githubSignature = "" } = headers;
  const [standard, svix, stripe] = [new StandardWebhook(SECRET), new SvixWebhook(SECRET), new Stripe("sk_test_1")];
  const stripeHeader = stripe.webhooks.generateTestHeaderString({ payload: text, secret: SECRET });
  return {
    ours: () => verifyWebhook({ body, headers, secret: SECRET, strict: true }),
    "bare node:crypto": bareCheck(headers, body),
    standardwebhooks: () => standard.verify(body, headers),
    svix: () => svix.verify(body, headers),
    stripe: () => stripe.webhooks.constructEvent(body, stripeHeader, SECRET),
    // It takes text alone, looks for no header, checks no time and reads no JSON; the last is added here.
    "@octokit/webhooks-methods": async () => {
      const given = body.toString();
      if (!(await verifyOctokit(SECRET, given, githubSignature))) throw new Error("the signature does not fit");
      return JSON.parse(given);
    },
  } satisfies Record<string, Check>;
}

/** Each is awaited, so that what is synchronous has no advantage that its user would not have either. */
async function rate(check: Check): Promise<number> {
  const startedAt = performance.now();
  let count = 0;
  while (performance.now() - startedAt < MS_PER_ROUND) {
    for (let index = 0; index < BATCH; index += 1) await check();
    count += BATCH;
  }
  return (count * 1_000) / (performance.now() - startedAt);
}

/** At least this share of what each of them does. Octokit's has none: it looks for no header and checks no time. */
const TARGETS: Record<string, { atLeast: number }> = {
  "bare node:crypto": { atLeast: 0.85 },
  standardwebhooks: { atLeast: 2 },
  svix: { atLeast: 0.95 },
  stripe: { atLeast: 0.95 },
};

async function compare(name: string, text: string, body: string | Buffer): Promise<Row[]> {
  const checks = await checksOf(text, body);
  const measures = Object.entries(checks).map(([who, check]) => [who, () => rate(check)] as const);
  const { ours = [], ...others } = await inTurn(Object.fromEntries(measures), ROUNDS);
  return Object.entries(others).map(([who, rates]) => ({
    name,
    figure: perSecond(median(ours)),
    against: `${perSecond(median(rates))} ${who}`,
    ratio: medianRatio(ours, rates),
    ...(TARGETS[who] && { target: TARGETS[who] }),
  }));
}

export const verifyParts = {
  async verify(): Promise<Row[]> {
    const rows: Row[] = [];
    for (const [size, bytes] of Object.entries(BODIES)) {
      const text = JSON.stringify(eventOf(bytes));
      rows.push(...(await compare(`verify a text of ${size}`, text, text)));
      rows.push(...(await compare(`verify a Buffer of ${size}`, text, Buffer.from(text))));
    }
    return rows;
  },
};
