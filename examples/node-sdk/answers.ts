/** What an answer says besides its data, errors without throwing, a log of every attempt, and a `fetch` of one's own. */
import { type AttemptLog, WhatsFlow } from "@whatsflow/sdk";

// Is told of every attempt, those that are repeated too. It never sees the key or a body.
const logger = ({ method, url, attempt, status, error, retryInMs }: AttemptLog) =>
  console.log(`${method} ${new URL(url).pathname} #${attempt}: ${status ?? error?.message}`, retryInMs ?? "");

const client = new WhatsFlow({
  apiKey: process.env.WHATSFLOW_API_KEY,
  baseUrl: process.env.WHATSFLOW_URL,
  logger,
  // Every attempt goes through it: a place for proxies, tracing and headers of your own.
  fetch: (request) => {
    request.headers.set("User-Agent", "our-crm/1.0");
    return fetch(request);
  },
});

// Status, headers, request id and rate limit of the same call.
const { data, requestId, rateLimit } = await client.devices.list().withResponse();
console.log(`${data.length} device, ${rateLimit?.remaining} requests left (${requestId})`);

// For those who do not throw.
const result = await client.messages.get("msg_that_is_not_there").result();
if (result.ok) console.log(result.data.status);
else console.log(`${result.error.name}: ${result.error.message}`);

// The notice that comes with some data.
const { notice, data: webhook } = await client.webhooks
  .create({ url: "https://example.com/webhooks/whatsflow", events: ["message.received"] })
  .withResponse();
console.log(notice);
await client.webhooks.delete(webhook.id);

// The API as openapi-fetch sees it: paths, parameters and answers as the contract has them.
const { data: usage } = await client.api.GET("/usage");
console.log(`plan: ${usage?.data.plan}`);
