/** Reads lists: one page, all pages, and with a filter. */
import { WhatsFlow } from "@whatsflow/sdk";

const client = new WhatsFlow({ apiKey: process.env.WHATSFLOW_API_KEY, baseUrl: process.env.WHATSFLOW_URL });

for (const device of await client.devices.list()) console.log(`device: ${device.device_name} is ${device.status}`);

// One page, with the total for a pager.
const page = await client.messages.list({ page: 1, limit: 2 });
console.log(`page: ${page.items.length} of ${page.info.total}`);

// All of them. Pages are fetched as they are needed, by cursor: what is created meanwhile shifts nothing.
for await (const message of client.messages.list({ limit: 100 })) {
  console.log(`message: ${message.direction} ${message.status} ${message.content}`);
}

// What came in during the last hour.
const since = new Date(Date.now() - 3_600_000).toISOString();
for await (const message of client.messages.list({ direction: "inbound", since })) {
  console.log(`inbound: ${message.content}`);
}

for await (const contact of client.contacts.list()) console.log(`contact: ${contact.phone_number}`);
