/** For tests of receivers: deliveries as the server sends them, and requests as no client sends them. */
import { request as createRequest } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { type MessageReceivedEvent, type SignOptions, signWebhook } from "../src/webhooks/index.js";

export const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr";
export const OTHER_SECRET = "whsec_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR";

/** An event of now, as the signature without a time is believed for four days only. */
export const messageReceived = (message = "Grüße 😀 \u2028"): MessageReceivedEvent => ({
  event: "message.received",
  timestamp: new Date().toISOString(),
  data: {
    message_id: "msg_abc123",
    contact_id: "contact_xyz789",
    phone_number: "+94771234567",
    contact_name: "John Doe",
    message,
    message_type: "text",
    device_id: "device_123",
    device_name: "Main Line",
    created_at: "2025-10-11T10:30:00.000Z",
  },
});

export type Delivery = { body: string; headers: Record<string, string> };

export const delivery = ({
  body = JSON.stringify(messageReceived()),
  secret = SECRET,
  id,
  timestamp,
}: Partial<Pick<SignOptions, "secret" | "id" | "timestamp"> & { body: string }> = {}): Promise<Delivery> =>
  signWebhook({ body, secret, id, timestamp });

const STANDARD = ["webhook-id", "webhook-timestamp", "webhook-signature"];
const OWN = ["X-Webhook-Signature", "X-Webhook-Delivery-Id"];
const without = (headers: Record<string, string>, names: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));

/** Signed by one of the two schemes alone. */
export const ownScheme = ({ body, headers }: Delivery): Delivery => ({ body, headers: without(headers, STANDARD) });
export const standardScheme = ({ body, headers }: Delivery): Delivery => ({ body, headers: without(headers, OWN) });

export type Answered = { status: number; headers: Headers; text: string };

export async function post(
  url: string,
  { body, headers }: { body: string | Uint8Array<ArrayBuffer>; headers: Record<string, string> },
): Promise<Answered> {
  const response = await fetch(url, { method: "POST", body, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Without a Content-Length, cut into pieces of `size` bytes. */
export function postChunked(
  url: string,
  { body, headers }: Delivery,
  size = 7,
): Promise<Pick<Answered, "status" | "text">> {
  return new Promise((resolve, reject) => {
    const request = createRequest(url, { method: "POST", headers }, async (response) => {
      resolve({ status: response.statusCode ?? 0, text: await text(response) });
    });
    request.on("error", reject);
    const bytes = Buffer.from(body);
    for (let at = 0; at < bytes.length; at += size) request.write(bytes.subarray(at, at + size));
    request.end();
  });
}

/** Says that more bytes come than do, and hangs up. Resolves when the server has hung up, too. */
export function postCutOff(url: string, { body, headers }: Delivery): Promise<void> {
  const { hostname, port, pathname } = new URL(url);
  const bytes = Buffer.from(body);
  const lines = Object.entries({ ...headers, Host: hostname, "Content-Length": bytes.length + 10 });
  const head = `POST ${pathname} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.end(Buffer.concat([Buffer.from(head), bytes])));
    socket.on("error", () => undefined).on("close", () => resolve());
    socket.resume();
  });
}
