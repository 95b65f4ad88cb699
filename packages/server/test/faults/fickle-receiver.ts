/** A receiver that by chance answers, refuses, hangs, resets, closes midway or drips; it keeps what it was sent and what it took. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook as StandardWebhook } from "standardwebhooks";

const MOODS = ["takes", "takes", "takes", "refuses", "busy", "hangs", "resets", "half", "drips"] as const;
export type Mood = (typeof MOODS)[number] | "gone";

export interface Arrival {
  /** Which webhook, by the last part of its path. */
  hook: string;
  deliveryId: string;
  body: string;
  mood: Mood;
  /** Whether the whole of a 200 was handed to the system. */
  taken: boolean;
}

export interface FickleReceiver {
  urlOf(hook: string): string;
  /** Has the signatures of a webhook verified from now on. */
  expectSecret(hook: string, secret: string): void;
  arrivals: Arrival[];
  /** What was signed wrongly. */
  forged: string[];
  /** The next request to this webhook is answered 410. */
  leave(hook: string): void;
  /** Takes everything from now on; what hangs is cut. */
  heal(): void;
  /** Is called after each arrival. */
  onArrival: () => void;
  close(): Promise<void>;
}

export async function startFickleReceiver(random: () => number): Promise<FickleReceiver> {
  const secrets = new Map<string, StandardWebhook>();
  const leaving = new Set<string>();
  const hanging = new Set<ServerResponse>();
  let healthy = false;

  function moodOf(hook: string): Mood {
    if (healthy) return "takes";
    if (leaving.delete(hook)) return "gone";
    return MOODS[Math.floor(random() * MOODS.length)] ?? "takes";
  }

  function answer(response: ServerResponse, arrival: Arrival): void {
    const take = () => {
      arrival.taken = true;
    };
    switch (arrival.mood) {
      case "takes":
        return void response.writeHead(200).end("OK", take);
      case "refuses":
        return void response.writeHead(500).end("no");
      case "busy":
        return void response.writeHead(429, { "retry-after": "1" }).end();
      case "gone":
        return void response.writeHead(410).end();
      case "hangs":
        return void hanging.add(response);
      case "resets":
        return void response.socket?.resetAndDestroy();
      case "half":
        response.writeHead(200, { "content-length": "10" }).write("half", () => response.socket?.end());
        return;
      case "drips": {
        // Byte by byte, each when the one before has left; the last is the end, for who has it may go away at once.
        const text = "drop by drop";
        response.writeHead(200, { "content-length": String(text.length) });
        const drip = (index: number) => {
          if (response.destroyed) return;
          if (index === text.length - 1) response.end(text.charAt(index), take);
          else response.write(text.charAt(index), () => setImmediate(drip, index + 1));
        };
        drip(0);
      }
    }
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    // Whoever is killed cuts the request off; then nothing has arrived.
    request.on("error", () => {}).on("data", (chunk) => chunks.push(chunk));
    response.on("error", () => {}).on("close", () => hanging.delete(response));
    request.on("end", () => {
      const hook = request.url?.slice(1) ?? "";
      const body = Buffer.concat(chunks).toString("utf8");
      const deliveryId = String(request.headers["x-webhook-delivery-id"]);
      try {
        const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
        secrets.get(hook)?.verify(body, Object.fromEntries(headers));
      } catch (error) {
        receiver.forged.push(`${deliveryId}: ${error}`);
      }
      const arrival: Arrival = { hook, deliveryId, body, mood: moodOf(hook), taken: false };
      receiver.arrivals.push(arrival);
      answer(response, arrival);
      receiver.onArrival();
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const receiver: FickleReceiver = {
    urlOf: (hook) => `http://127.0.0.1:${port}/${hook}`,
    expectSecret: (hook, secret) => void secrets.set(hook, new StandardWebhook(secret)),
    arrivals: [],
    forged: [],
    leave: (hook) => void leaving.add(hook),
    heal() {
      healthy = true;
      for (const response of hanging) response.destroy();
    },
    onArrival: () => {},
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
