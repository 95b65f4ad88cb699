import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

interface ReceivedRequest {
  headers: IncomingHttpHeaders;
  body: string;
  size: number;
  /** The status; null while there is no answer. */
  answered: number | null;
}
// biome-ignore lint/suspicious/noExplicitAny: tests look into events that the contract check validates
type ReceivedEvent = { event: string; timestamp: string; data: any };

/** An integration's end of a webhook: keeps what it is sent, and only believes what is signed. */
export interface WebhookReceiver {
  url: string;
  /** Set it to have signatures verified; a wrong one is answered 401 and kept in `refused`. */
  secret: string;
  /** What the next requests are answered. */
  status: number;
  /** With what body. */
  answer: string;
  /** With what headers, beside those of every answer. */
  headers: Record<string, string>;
  /** Whether the next requests are left without an answer. */
  hangs: boolean;
  requests: ReceivedRequest[];
  refused: ReceivedRequest[];
  /** Each delivery once, whatever the number of attempts. */
  readonly events: ReceivedEvent[];
  close(): Promise<void>;
}

export async function startReceiver({ port = 0, status = 200 } = {}): Promise<WebhookReceiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const bytes = Buffer.concat(chunks);
      const genuine = receiver.secret === "" || isSigned(bytes, request.headers, receiver.secret);
      const answered = receiver.hangs ? null : genuine ? receiver.status : 401;
      const received = { headers: request.headers, body: bytes.toString("utf8"), size: bytes.length, answered };
      (genuine ? receiver.requests : receiver.refused).push(received);
      if (answered !== null) response.writeHead(answered, receiver.headers).end(receiver.answer);
    });
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/whatsflow`,
    secret: "",
    status,
    answer: "",
    headers: {},
    hangs: false,
    requests: [],
    refused: [],
    get events() {
      const deliveries = new Map(
        receiver.requests.map((request) => [request.headers["x-webhook-delivery-id"], request.body]),
      );
      return [...deliveries.values()].map((body): ReceivedEvent => JSON.parse(body));
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

function isSigned(body: Buffer, headers: IncomingHttpHeaders, secret: string): boolean {
  const expected = Buffer.from(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
  const given = Buffer.from(String(headers["x-webhook-signature"]));
  return expected.length === given.length && timingSafeEqual(expected, given);
}
