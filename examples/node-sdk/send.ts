/** Sends one message, and says what to do when that fails. `tsx send.ts +94771234567 "Hello!"` */
import { ApiError, ConnectionError, WhatsFlow } from "@whatsflow/sdk";

const client = new WhatsFlow({
  apiKey: process.env.WHATSFLOW_API_KEY, // from the environment: a key in the code ends up in its history
  baseUrl: process.env.WHATSFLOW_URL, // left out, http://localhost:2152
});
const [phoneNumber = "+94771234567", message = "Hello!", orderId] = process.argv.slice(2);

try {
  const sent = await client.messages.send(
    { phone_number: phoneNumber, message },
    // The SDK repeats what failed on the way, always under one Idempotency-Key. A key of your own, taken from what the message is
    // about, keeps it from going out twice even when this program crashes and starts again.
    { idempotencyKey: orderId ? `order-${orderId}-confirmation` : undefined },
  );
  console.log(`${sent.status} ${sent.message_id}`);
} catch (error) {
  if (error instanceof ApiError) {
    // The code is made for programs, the message for people.
    console.error(`${error.code}: ${error.message}`);
    if (error.retryable) console.error("The same request may succeed later.");
  } else if (error instanceof ConnectionError) {
    console.error(error.message);
  } else throw error;
  process.exitCode = 1;
}
