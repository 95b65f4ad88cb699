import { createServer } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { Connection } from "./connection.js";
import { listenOnLoopback } from "./listening.js";
import type { Server } from "./server.js";

const PATH = "/ws/chat";

/** How clients find the server during an outage: the connection is cut, or answered with 503. */
export type Outage = "unreachable" | "unavailable";

export interface Door {
  readonly url: string;
  outage: Outage | undefined;
  close(): Promise<void>;
}

/** Listens on loopback; every WebSocket becomes a {@link Connection}. */
export async function openDoor(server: Server, port: number): Promise<Door> {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const http = createServer((_request, response) => response.writeHead(404).end());
  const raw = new Set<Duplex>();
  http.on("connection", (socket) => {
    raw.add(socket);
    socket.on("close", () => raw.delete(socket));
  });
  http.on("upgrade", (request, socket, head) => {
    const refuse = (status: string) => socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
    if (door.outage === "unreachable") socket.destroy();
    else if (door.outage === "unavailable") refuse("503 Service Unavailable");
    else if (!request.url?.startsWith(PATH)) refuse("404 Not Found");
    else sockets.handleUpgrade(request, socket, head, (webSocket) => new Connection(server, webSocket));
  });
  const address = await listenOnLoopback(http, port);
  const door: Door = {
    url: `ws://${address}${PATH}`,
    outage: undefined,
    close: async () => {
      for (const webSocket of sockets.clients) webSocket.terminate();
      for (const socket of raw) socket.destroy();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return door;
}
