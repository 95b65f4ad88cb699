/** Before the first delivery, so that a secret which was copied badly is noticed when the receiver is started. */
import { keyBytes, requireSecrets } from "./signatures.js";

/** @throws TypeError when one of the secrets is none that the server makes. The message repeats nothing of it. */
export function requireSecretForm(secret: unknown): void {
  for (const each of requireSecrets(secret)) if (!isServerSecret(each)) throw new TypeError(WRONG_FORM);
}

const WRONG_FORM =
  "secret is not whsec_ followed by base64, such as whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw. Pass it as it was shown: in the answer of createWebhook (client.webhooks.create), or by whatsflow listen.";

function isServerSecret(secret: string): boolean {
  try {
    return secret.startsWith("whsec_") && keyBytes(secret).length > 0;
  } catch {
    return false;
  }
}
