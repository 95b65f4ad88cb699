/** Receives webhooks in Express with verifyWebhook alone: as in any framework that has no handler in the SDK. */
import { verifyWebhook, type WebhookEvent, WebhookVerificationError } from "@whatsflow/sdk/webhooks";
import express from "express";

const app = express();

// The signature is over the bytes that were sent, so this route takes the raw body. An express.json() for the rest of the
// application must come after it, or it would have read the body already.
app.post("/webhooks/whatsflow", express.raw({ type: "application/json" }), async (request, response) => {
  let event: WebhookEvent;
  try {
    event = await verifyWebhook({
      body: request.body,
      headers: request.headers,
      secret: process.env.WHATSFLOW_WEBHOOK_SECRET,
      strict: true,
    });
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    response.status(401).send("Invalid signature");
    return;
  }
  // Answer first: after 30 seconds without an answer the event is sent again.
  response.sendStatus(200);
  handle(event, request.get("webhook-id") ?? "");
});

/** Deliveries may repeat, always under the same id. In production keep the ids where they survive a restart. */
const processed = new Set<string>();

function handle(event: WebhookEvent, deliveryId: string): void {
  if (processed.has(deliveryId)) return;
  processed.add(deliveryId);
  switch (event.event) {
    case "message.received":
      console.log(`New message: ${event.data.message}`);
      break;
    case "message.failed":
      console.log(`Not sent: ${event.data.failure?.message}`);
      break;
    case "device.disconnected":
      console.log(`Device disconnected: ${event.data.device_name}`);
      break;
  }
}

app.use(express.json());

app.listen(Number(process.env.PORT ?? 3000));
