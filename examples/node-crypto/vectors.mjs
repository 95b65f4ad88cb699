/** Runs webhook vectors through verify.mjs: node vectors.mjs < ../webhook-vectors/vectors.json. Prints what became of each. */
import { text } from "node:stream/consumers";
import { verifyWebhook, WebhookVerificationError } from "./verify.mjs";

function outcome({ body_base64, headers, secrets, now }) {
  try {
    return `accepted ${verifyWebhook(Buffer.from(body_base64, "base64"), headers, secrets, now).event}`;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return "refused";
    if (error instanceof TypeError && error.message.includes("secret")) return "no secret";
    throw error;
  }
}

console.log(JSON.stringify(JSON.parse(await text(process.stdin)).map(outcome)));
