/** Watches connections from both ends: what this process asks the network for, and what arrives at a listener. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import {
  type AddressInfo,
  connect,
  createServer,
  getDefaultAutoSelectFamilyAttemptTimeout,
  Socket,
  setDefaultAutoSelectFamilyAttemptTimeout,
} from "node:net";
import { networkInterfaces } from "node:os";
import ipaddr from "ipaddr.js";
import { onTestFinished } from "vitest";

const addresses = Object.values(networkInterfaces()).flatMap((list = []) => list.map(({ address }) => address));
/** Some containers have no IPv6. */
export const HAS_IPV6 = addresses.includes("::1");

export interface Listener {
  port: number;
  /** How many connections came until now, and how many bytes with them. Waits for their end. */
  arrived(): Promise<{ connections: number; bytes: number }>;
}

/** Listens on every address of this machine, and answers 204 to whatever it is sent. */
export async function startListener(): Promise<Listener> {
  // A port alone names no connection: one over IPv6 and one over IPv4 may come from the same.
  const sockets = new Map<string, Socket>();
  const ends: Promise<unknown>[] = [];
  const accepted: (() => void)[] = [];
  const server = createServer((socket) => {
    sockets.set(endpoint(socket.remoteAddress, socket.remotePort), socket);
    ends.push(new Promise((closed) => socket.once("close", closed)));
    socket.on("error", () => {});
    socket.once("data", () => socket.end("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
    for (const wake of accepted.splice(0)) wake();
  });
  await new Promise<void>((listening) => server.listen(0, listening));
  onTestFinished(() => {
    for (const socket of sockets.values()) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async arrived() {
      // Connections are accepted in the order in which they came: when this one is there, so are those before it.
      const last = connect({ port, host: "127.0.0.1" });
      await new Promise((connected) => last.once("connect", connected));
      const own = endpoint(last.localAddress, last.localPort);
      while (!sockets.has(own)) await new Promise<void>((wake) => accepted.push(wake));
      sockets.delete(own);
      last.destroy();
      await Promise.all(ends);
      const bytes = [...sockets.values()].reduce((sum, socket) => sum + socket.bytesRead, 0);
      return { connections: sockets.size, bytes };
    },
  };
}

/** IPv4 is written alike by both ends, also where the listener takes it as IPv6. */
const endpoint = (address = "", port = 0) => `${address.replace("::ffff:", "")} ${port}`;

/** A slow machine is no reason to try the next of a name's addresses beside the first. */
const PATIENCE_MS = 60_000;

/** The addresses that sockets of this process are told to connect to while `work` runs. */
export async function connectionsDuring<T>(work: () => Promise<T>): Promise<{ result: T; attempts: string[] }> {
  const attempts: string[] = [];
  const watch = (message: unknown) => {
    if (typeof message !== "object" || message === null || !("socket" in message)) return;
    const { socket } = message;
    if (!(socket instanceof Socket)) return;
    socket.on("connectionAttempt", (address: string) => {
      attempts.push(address);
      // When a guard fails, the test does not wait for a stranger's answer.
      if (!leadsHere(address)) setImmediate(() => socket.destroy(new Error(`connected to ${address}`)));
    });
  };
  const patienceBefore = getDefaultAutoSelectFamilyAttemptTimeout();
  setDefaultAutoSelectFamilyAttemptTimeout(PATIENCE_MS);
  subscribe("net.client.socket", watch);
  try {
    return { result: await work(), attempts };
  } finally {
    unsubscribe("net.client.socket", watch);
    setDefaultAutoSelectFamilyAttemptTimeout(patienceBefore);
  }
}

const leadsHere = (address: string) => ["loopback", "unspecified"].includes(ipaddr.process(address).range());
