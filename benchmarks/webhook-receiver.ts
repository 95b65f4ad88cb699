/** The receivers' end of webhooks: one process, with a port for each endpoint. Answers at once, and notes when what arrived. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { obey, sharedNow } from "./worker.js";

/** A request as it came, for another one to be like it. */
export interface Sample {
  headers: Record<string, string>;
  body: string;
  /** By the clock of the day, in milliseconds. */
  arrivedAt: number;
}

/** What the client of each request makes by itself. */
const OF_THE_CLIENT = ["host", "connection", "content-length"];

let arrivals: number[] = [];
let sample: Sample | undefined;
let awaited: { count: number; resolve(times: number[]): void } | undefined;

function tellWhenComplete(): void {
  if (!awaited || arrivals.length < awaited.count) return;
  awaited.resolve(arrivals);
  awaited = undefined;
}

function listen(): Promise<string> {
  const server = createServer((request, response) => {
    arrivals.push(sharedNow());
    const arrivedAt = Date.now();
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      response.setHeader("content-type", "application/json").end('{"ok":true}');
      if (!sample) {
        const headers = Object.entries(request.headers).filter(([name]) => !OF_THE_CLIENT.includes(name));
        sample = {
          headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
          body: Buffer.concat(chunks).toString(),
          arrivedAt,
        };
      }
      tellWhenComplete();
    });
  });
  return new Promise((listening) => {
    server.listen(0, "127.0.0.1", () => listening(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  });
}

const commands = {
  /** Returns the addresses of so many new endpoints. */
  listen: (count: number) => Promise.all(Array.from({ length: count }, listen)),
  /** Forgets what arrived so far. */
  async forget() {
    arrivals = [];
    sample = undefined;
  },
  /** When each of so many requests arrived, and of any beyond them, once they are there. */
  arrivals: (count: number) =>
    new Promise<number[]>((resolve) => {
      awaited = { count, resolve };
      tellWhenComplete();
    }),
  /** The first request since `forget`. */
  async sample() {
    return sample;
  },
};

export type ReceiverCommands = typeof commands;
obey(commands);
