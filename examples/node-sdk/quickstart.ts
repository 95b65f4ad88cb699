import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { WhatsFlow } from "@whatsflow/sdk";
import { verifyWebhook } from "@whatsflow/sdk/webhooks";

const client = new WhatsFlow({ apiKey: process.env.WHATSFLOW_API_KEY, baseUrl: process.env.WHATSFLOW_URL });
let secret: string | undefined;

// 1. A receiver for webhooks. It believes nothing that is not signed.
const receiver = createServer(async (request, response) => {
  const body = await buffer(request);
  const event = await verifyWebhook({ body, headers: request.headers, secret, strict: true }).catch(() => undefined);
  response.writeHead(event ? 200 : 401).end();
  if (event?.event !== "message.received") return;
  console.log(`received: ${event.data.message}`);
  await client.webhooks.delete(webhook.id);
  receiver.close();
});
await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));
const address = receiver.address();
const port = typeof address === "object" ? address?.port : undefined;

// 2. Tell the server where it is. The secret is shown this once; keep it.
const webhook = await client.webhooks.create({
  url: `http://127.0.0.1:${port}/webhooks/whatsflow`,
  events: ["message.received"],
});
secret = webhook.secret;

// 3. Send. This number of the sandbox answers with an echo.
const sent = await client.messages.send({ phone_number: "+12025550104", message: "Hello!" });
console.log(`${sent.status}: ${sent.message}`);
