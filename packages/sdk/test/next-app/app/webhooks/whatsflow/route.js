import { oncePerDelivery, webhookHandler } from "@whatsflow/sdk/webhooks";

let failures = 1;

export const POST = webhookHandler({
  // A function, because `next build` loads this module too, where no secret is.
  secret: () => process.env.WHATSFLOW_WEBHOOK_SECRET,
  onEvent: oncePerDelivery((event, { deliveryId }) => {
    if (event.event === "message.received" && event.data.message === "fail once" && failures-- > 0)
      throw new Error("no room in the inbox");
    console.log(`received ${event.event} as ${deliveryId}`);
  }),
});
