/** Receives webhooks with Node alone, no package at all. */
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { verifyWebhook, WebhookVerificationError } from "./verify.mjs";

const secret = process.env.WHATSFLOW_WEBHOOK_SECRET;
if (!secret) throw new Error("Set WHATSFLOW_WEBHOOK_SECRET");

const server = createServer(async (request, response) => {
  // The bytes that were sent and signed. What JSON.parse and JSON.stringify make of them may be others.
  const body = await buffer(request);
  let event;
  try {
    event = verifyWebhook(body, request.headers, secret);
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    response.writeHead(401).end(error.message);
    return;
  }
  response.writeHead(200).end("OK");
  // Deliveries may repeat, always under the same webhook-id: remember which ones you have processed.
  if (event.event === "message.received") console.log(`New message: ${event.data.message}`);
});
server.listen(Number(process.env.PORT ?? 3000));
