import { createServer } from "node:net";

/** Below those that systems choose from when a port of any number is asked for, and so given to nobody by chance. */
const FIRST = 20_000;
const COUNT = 12_000;
let next = process.pid % COUNT;

/** A port of 127.0.0.1 that stays free until it is asked for by its number. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < COUNT; tries += 1) {
    const port = FIRST + next;
    next = (next + 1) % COUNT;
    if (await isFree(port)) return port;
  }
  throw new Error(`No port from ${FIRST} to ${FIRST + COUNT - 1} is free`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
