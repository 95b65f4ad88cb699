/** Receives webhooks with Node alone, no package at all. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";

const TOLERANCE_SECONDS = 300;

/** X-Webhook-Signature: the key is the whole secret as text, and only the body is signed. */
export function verifySignature(body, headers, secret) {
  const expected = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  return equal(headers["x-webhook-signature"], expected);
}

/** Standard Webhooks: the key is what the base64 stands for, and id and time are signed too, so an old copy is refused. */
export function verifyStandardWebhook(body, headers, secret) {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  if (!id || !/^\d+$/.test(timestamp ?? "")) return false;
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
  return (headers["webhook-signature"] ?? "").split(" ").some((signature) => equal(signature, `v1,${expected}`));
}

/** Takes as long for a signature that is wrong at its end as for one that is wrong at once. */
function equal(given, expected) {
  const [a, b] = [Buffer.from(given ?? ""), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const secret = process.env.WHATSFLOW_WEBHOOK_SECRET ?? "";
if (!secret) throw new Error("Set WHATSFLOW_WEBHOOK_SECRET");

const server = createServer(async (request, response) => {
  const body = await buffer(request);
  // Either would do. Prefer Standard Webhooks: it refuses what somebody recorded and sends again.
  if (!verifySignature(body, request.headers, secret) || !verifyStandardWebhook(body, request.headers, secret)) {
    response.writeHead(401).end("Invalid signature");
    return;
  }
  response.writeHead(200).end("OK");
  const event = JSON.parse(body.toString("utf8"));
  if (event.event === "message.received") console.log(`New message: ${event.data.message}`);
});
server.listen(Number(process.env.PORT ?? 3000));
