/** Receives webhooks in Hono. The same handler serves whatever is given a `Request`: Bun, Deno, Next.js, edge functions. */
import { serve } from "@hono/node-server";
import { webhookHandler } from "@whatsflow/sdk/webhooks";
import { Hono } from "hono";

const app = new Hono();

const receive = webhookHandler({
  secret: process.env.WHATSFLOW_WEBHOOK_SECRET,
  onEvent(event, { deliveryId }) {
    if (event.event === "message.received") console.log(`New message: ${event.data.message} (${deliveryId})`);
  },
});

app.post("/webhooks/whatsflow", (context) => receive(context.req.raw));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
