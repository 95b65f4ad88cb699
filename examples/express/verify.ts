/** Receives webhooks in Express with verifyWebhook alone: as in any framework that has no handler in the SDK. */
import {
  DeliveryInProgressError,
  oncePerDelivery,
  verifyWebhook,
  type WebhookEvent,
  WebhookVerificationError,
} from "@whatsflow/sdk/webhooks";
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
  try {
    await handle(event, { deliveryId: request.get("webhook-id") ?? "" });
  } catch (error) {
    if (!(error instanceof DeliveryInProgressError)) throw error;
    response.status(409).send("This delivery is being processed already");
    return;
  }
  // Answered when it is done: what failed is sent again. After 30 seconds without an answer it is, too.
  response.sendStatus(200);
});

/** Deliveries may repeat, always under the same id. In production give it a store that survives a restart. */
const handle = oncePerDelivery((event) => {
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
});

app.use(express.json());

app.listen(Number(process.env.PORT ?? 3000));
