/** A webhook's receiver at the level of sockets: it reads and answers byte by byte, as a test tells it. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { freePort } from "../free-port.js";

export interface RawRequest {
  deliveryId: string;
  body: string;
  headers: Map<string, string>;
}
export interface RawConnection {
  socket: Socket;
  /** Reads until there are so many bytes, and no further. */
  readBytes(count: number): Promise<void>;
  readRequest(): Promise<RawRequest>;
  /** Resolves when the bytes are handed to the system. */
  write(text: string): Promise<void>;
  /** Resolves when the other side is gone. */
  closed: Promise<void>;
}
export interface RawReceiver {
  url: string;
  /** The next connection, accepted, and nothing read from it. */
  connection(): Promise<RawConnection>;
  /** How many there were that nobody asked for. */
  readonly waiting: number;
  close(): Promise<void>;
}

/** A port at which connections wait for ever, since nobody accepts them, until it is freed. */
export async function takeDeafPort(): Promise<{ port: number; free(): Promise<void> }> {
  const port = await freePort();
  const worker = new Worker(DEAF, { eval: true, workerData: port });
  await new Promise((listening) => worker.once("message", listening));
  // The system itself accepts as many as the backlog holds, and one more; then it is full.
  const fillers = Array.from({ length: 4 }, () => connect(port, "127.0.0.1").on("error", () => {}));
  let accepted = 0;
  await new Promise<void>((full) => {
    for (const filler of fillers) {
      filler.once("connect", () => {
        accepted += 1;
        if (accepted === 2) full();
      });
    }
  });
  return {
    port,
    async free() {
      for (const filler of fillers) filler.destroy();
      await worker.terminate();
    },
  };
}

const DEAF = `
  const { parentPort, workerData } = require("node:worker_threads");
  const server = require("node:net").createServer();
  server.listen({ port: workerData, host: "127.0.0.1", backlog: 1 }, () => {
    parentPort.postMessage("listening");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

export const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK";

export async function startRawReceiver(port = 0): Promise<RawReceiver> {
  const arrived: Socket[] = [];
  const open = new Set<Socket>();
  let wake = () => {};
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    open.add(socket);
    // Whoever is killed leaves resets behind.
    socket.on("error", () => {}).on("close", () => open.delete(socket));
    arrived.push(socket);
    wake();
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    async connection() {
      for (;;) {
        const socket = arrived.shift();
        if (socket) return overSocket(socket);
        await new Promise<void>((come) => {
          wake = come;
        });
      }
    },
    get waiting() {
      return arrived.length;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of open) socket.destroy();
      }),
  };
}

function overSocket(socket: Socket): RawConnection {
  let received = Buffer.alloc(0);
  const closed = new Promise<void>((done) => socket.once("close", () => done()));
  async function readBytes(count: number): Promise<void> {
    while (received.length < count) {
      const chunk: Buffer | null = socket.read(Math.min(count - received.length, socket.readableLength) || undefined);
      if (chunk) received = Buffer.concat([received, chunk]);
      else {
        await new Promise<void>((resolve, reject) => {
          socket.once("readable", resolve);
          socket.once("close", () => reject(new Error("The connection was closed before the request was read")));
        });
      }
    }
  }
  return {
    socket,
    closed,
    readBytes,
    async readRequest() {
      for (let end = -1; end < 0; end = received.indexOf("\r\n\r\n")) await readBytes(received.length + 1);
      const head = received.subarray(0, received.indexOf("\r\n\r\n")).toString("latin1");
      const headers = new Map(
        head
          .split("\r\n")
          .slice(1)
          .map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]),
      );
      const begin = head.length + 4;
      const size = Number(headers.get("content-length"));
      await readBytes(begin + size);
      const body = received.subarray(begin, begin + size).toString("utf8");
      return { deliveryId: headers.get("x-webhook-delivery-id") ?? "", body, headers };
    },
    write: (text) =>
      new Promise((resolve, reject) => socket.write(text, (error) => (error ? reject(error) : resolve()))),
  };
}
