/** Receives webhooks in Hono. The same lines serve any handler that is given a `Request`: Bun, Deno, Next.js, edge functions. */
import { serve } from "@hono/node-server";
import { verifyWebhook } from "@whatsflow/sdk/webhooks";
import { Hono } from "hono";

const app = new Hono();

app.post("/webhooks/whatsflow", async (context) => {
  const { raw: request } = context.req;
  const event = await verifyWebhook({
    body: await request.arrayBuffer(),
    headers: request.headers,
    secret: process.env.WHATSFLOW_WEBHOOK_SECRET,
  }).catch(() => undefined);
  if (!event) return context.text("Invalid signature", 401);
  if (event.event === "message.received") console.log(`New message: ${event.data.message}`);
  return context.text("OK");
});

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
