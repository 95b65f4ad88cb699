import { createServer } from "node:net";

/** Below those that systems give to whoever asks for any. */
const [LEAST, MOST] = [20_000, 32_000];

/**
 * A free port for what listens later, or is closed and comes back to the same address. One that the system chose might meanwhile be
 * given to another server, or be the near end of a connection: even of one that is tried to this very port.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LEAST + Math.floor(Math.random() * (MOST - LEAST));
    const server = createServer();
    const isFree = await new Promise<boolean>((told) => {
      server.once("error", () => told(false)).listen(port, "127.0.0.1", () => told(true));
    });
    if (!isFree) continue;
    await new Promise((closed) => server.close(closed));
    return port;
  }
}
