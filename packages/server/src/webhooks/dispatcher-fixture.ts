/** What the tests of this folder share: a database with a space in it, a receiver, and a dispatcher over both. */
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { onTestFinished } from "vitest";
import { createFakeClock, type FakeClock } from "../../test/fake-clock.js";
import { ensureDefaultAccount, getSpace } from "../accounts/accounts.js";
import type { Space } from "../accounts/space.js";
import { appendEvent } from "../events/events.js";
import type { EventName } from "../generated/operations.js";
import { createSecretBox, type SecretBox } from "../storage/secret-box.js";
import { openStore, type Store } from "../storage/store.js";
import type { WebhookAllow } from "./address-guard.js";
import { type Delivery, listDeliveries } from "./deliveries.js";
import { createDispatcher, type Dispatcher } from "./dispatcher.js";
import { createWebhook, type NewWebhook, type Webhook } from "./webhooks.js";

export const NOTHING_ALLOWED: WebhookAllow = { hosts: [], blocks: [], loopback: false };
export const LOOPBACK_ALLOWED: WebhookAllow = { ...NOTHING_ALLOWED, loopback: true };

const KEEP_ALIVE_MS = 600_000;

export interface TestSpace {
  store: Store;
  clock: FakeClock;
  secretBox: SecretBox;
  space: Space;
  /** Registers a webhook for `message.received` alone, unless other events are given. */
  hook(url: string, events?: EventName[], more?: Partial<NewWebhook>): Promise<{ row: Webhook; secret: string }>;
  /** An inbound message for all webhooks that want it. */
  publish(message?: string): Promise<void>;
  webhook(id: string): Promise<Webhook>;
  /** The delivery log, the oldest first. */
  deliveries(webhookId: string): Promise<Delivery[]>;
  /** How many deliveries are pending. */
  countWaiting(webhookId: string): Promise<number>;
  /** Waits until a commit makes it true. */
  until(condition: () => Promise<boolean>): Promise<void>;
  /** A dispatcher whose retries have no jitter. */
  dispatcher(): Dispatcher;
  startDispatcher(): Promise<Dispatcher>;
}

export async function createTestSpace(
  clock: FakeClock = createFakeClock(),
  { allow = LOOPBACK_ALLOWED, lookup }: { allow?: WebhookAllow; lookup?: LookupFunction } = {},
): Promise<TestSpace> {
  const folder = mkdtempSync(join(tmpdir(), "whatsflow-"));
  const store = await openStore(join(folder, "whatsflow.db"));
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const secretBox = createSecretBox(Buffer.alloc(32, 7));
  const space = await store.write(async (tx) => {
    const account = await ensureDefaultAccount(tx, clock.now());
    return getSpace(tx, account.id, "test");
  });
  const commitListeners = new Set<() => void>();
  store.onCommit(() => {
    for (const listener of commitListeners) listener();
  });

  function dispatcher(): Dispatcher {
    const log = pino({ level: "silent" });
    const made = createDispatcher({ store, clock, log, secretBox, allow, lookup, random: () => 0.5 });
    commitListeners.add(made.wake);
    return made;
  }

  return {
    store,
    clock,
    secretBox,
    space,
    hook: (url, events = ["message.received"], more = {}) => {
      const input = { url, events, description: null, ordered: false, isActive: true, ...more };
      const deps = { secretBox, allow: LOOPBACK_ALLOWED };
      return store.write((tx) => createWebhook(tx, deps, space, null, input, clock.now()));
    },
    publish: (message = "Hi, I need help") =>
      store.write((tx) => {
        const data = receivedMessage(message);
        return appendEvent(tx, { name: "message.received", spaceId: space.id, deviceId: null, data }, clock.now());
      }),
    webhook: (id) => store.read.selectFrom("webhooks").selectAll().where("id", "=", id).executeTakeFirstOrThrow(),
    async deliveries(webhookId) {
      const { rows } = await listDeliveries(store.read, { id: webhookId }, {}, { limit: 100 });
      return rows.reverse();
    },
    async countWaiting(webhookId) {
      const { count } = await store.read
        .selectFrom("deliveries")
        .select((e) => e.fn.countAll<number>().as("count"))
        .where("webhook_id", "=", webhookId)
        .where("status", "=", "pending")
        .executeTakeFirstOrThrow();
      return count;
    },
    until: (condition) =>
      new Promise((resolve, reject) => {
        const check = () => {
          condition().then((met) => {
            if (!met) return;
            commitListeners.delete(check);
            resolve();
          }, reject);
        };
        commitListeners.add(check);
        check();
      }),
    dispatcher,
    async startDispatcher() {
      const started = dispatcher();
      onTestFinished(() => {
        const stopped = started.stop();
        // Nothing that a test left hanging is waited for.
        clock.advance(60_000);
        return stopped;
      });
      await started.start();
      return started;
    },
  };
}

export const receivedMessage = (message: string) => ({
  message_id: "msg_abc123",
  contact_id: "contact_xyz789",
  phone_number: "+94771234567",
  contact_name: "John Doe",
  message,
  message_type: "text" as const,
  device_id: "device_123",
  device_name: "Main Line",
  created_at: "2025-10-11T10:30:00.000Z",
});

export interface Received {
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** Resolves when `count` requests have come. */
  requests(count: number): Promise<Received[]>;
}

export type Answer = (request: Received, response: http.ServerResponse, count: number) => void;

/** A server that answers 200, or as it is told; one that does not answer at all hangs until the test ends. */
export async function startReceiver(answer: Answer = (_request, response) => response.end()): Promise<Receiver> {
  const received: Received[] = [];
  const waiting: (() => void)[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const got = { path: request.url ?? "", headers, body: Buffer.concat(chunks) };
    received.push(got);
    for (const wake of waiting.splice(0)) wake();
    answer(got, response, received.length);
  });
  // A machine that stands still for seconds ends no connection between two requests.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(async () => {
    const closed = new Promise((done) => server.close(done));
    server.closeAllConnections();
    await closed;
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    async requests(count) {
      while (received.length < count) await new Promise<void>((wake) => waiting.push(wake));
      return received;
    },
  };
}

/** Answers with these statuses, one after the other, the last one for ever. */
export const statuses =
  (...codes: number[]): Answer =>
  (_request, response, count) => {
    response.statusCode = codes[Math.min(count, codes.length) - 1] ?? 200;
    response.end();
  };
