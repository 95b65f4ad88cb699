/** Prints messages as they come in, without a webhook, until one says bye. */
import { WhatsFlow } from "@whatsflow/sdk";

const client = new WhatsFlow({ apiKey: process.env.WHATSFLOW_API_KEY, baseUrl: process.env.WHATSFLOW_URL });

for await (const event of client.events.stream({ events: "message.received,message.failed" })) {
  if (event.event !== "message.received") continue;
  console.log(`${event.data.phone_number}: ${event.data.message}`);
  if (event.data.message?.endsWith("bye")) break;
}
