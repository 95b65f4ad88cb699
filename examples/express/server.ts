/** Receives webhooks in Express. */
import { nodeWebhookHandler, oncePerDelivery } from "@whatsflow/sdk/webhooks";
import express from "express";

const app = express();

// Before express.json(): the signature is over the bytes that were sent, and a parser leaves nothing of them.
app.post(
  "/webhooks/whatsflow",
  nodeWebhookHandler({
    secret: process.env.WHATSFLOW_WEBHOOK_SECRET,
    onEvent: oncePerDelivery((event) => {
      if (event.event === "message.received") console.log(`New message: ${event.data.message}`);
      if (event.event === "message.failed") console.log(`Not sent: ${event.data.failure?.message}`);
      if (event.event === "device.disconnected") console.log(`Device disconnected: ${event.data.device_name}`);
    }),
  }),
);

app.use(express.json());

app.listen(Number(process.env.PORT ?? 3000));
