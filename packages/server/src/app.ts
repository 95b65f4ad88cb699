import type { Logger } from "pino";
import { forgetOldEntries } from "./audit/audit-log.js";
import { auditRoutes } from "./audit/audit-routes.js";
import type { Clock } from "./clock.js";
import type { Config } from "./config.js";
import { contactRoutes } from "./contacts/contacts-routes.js";
import { conversationRoutes } from "./contacts/conversations-routes.js";
import { createNumberChecker } from "./contacts/number-checks.js";
import { deviceRoutes } from "./devices/devices-routes.js";
import { createPairing, type Transports } from "./devices/pairing.js";
import { createEventStreams } from "./events/event-streams.js";
import { eventRoutes } from "./events/events-routes.js";
import { createRetention, holdEvents } from "./events/retention.js";
import type { Handlers } from "./http/contract.js";
import type { Dashboard } from "./http/dashboard.js";
import { createIdempotency } from "./http/idempotency.js";
import { mount } from "./http/mount.js";
import { type Caller, createKeyDirectory, isUser } from "./keys/key-directory.js";
import { keyRoutes } from "./keys/keys-routes.js";
import { createOperator } from "./keys/operator.js";
import { messageRoutes, repeatSendAnswer } from "./messages/messages-routes.js";
import { findPayload } from "./messages/payloads.js";
import { createMessenger } from "./messages/sending.js";
import { listUnread } from "./messages/unfinished.js";
import { countEvents, countSends } from "./metrics/counting.js";
import { addMeasured } from "./metrics/measured.js";
import { createMetrics } from "./metrics/metrics.js";
import { overviewRoutes } from "./overview/overview-routes.js";
import { createReadiness } from "./readiness.js";
import type { SecretBox } from "./storage/secret-box.js";
import type { Store, Tx } from "./storage/store.js";
import { createBaileysTransport } from "./transport/baileys/baileys-transport.js";
import { createSandbox } from "./transport/sandbox/sandbox.js";
import { createRateLimiter } from "./usage/rate-limit.js";
import { usageRoutes } from "./usage/usage-routes.js";
import { forgetOldInvitations } from "./users/invitations.js";
import { invitationRoutes } from "./users/invitations-routes.js";
import { createPasswords } from "./users/passwords.js";
import { createSessions, forgetOldSessions } from "./users/sessions.js";
import { sessionRoutes } from "./users/sessions-routes.js";
import { createSignInLimits } from "./users/sign-in-limits.js";
import { userRoutes } from "./users/users-routes.js";
import { deliveryRoutes } from "./webhooks/deliveries-routes.js";
import { createDispatcher } from "./webhooks/dispatcher.js";
import { forgetOldSecrets } from "./webhooks/webhooks.js";
import { webhookRoutes } from "./webhooks/webhooks-routes.js";

export interface AppDependencies {
  store: Store;
  secretBox: SecretBox;
  clock: Clock;
  log: Logger;
  config: Pick<
    Config,
    "databaseFile" | "dev" | "metricsToken" | "retentionDays" | "trustedProxies" | "webhookAllow" | "whatsapp"
  >;
  /** What the operator's commands show to be let in. */
  operatorToken?: string;
  /** The built dashboard; without it the server is the API alone. */
  dashboard?: Dashboard | undefined;
  /** For tests: transports of their own. */
  transports?: Partial<Transports>;
}

/** A running WhatsFlow without its HTTP server: `fetch` answers requests. */
export interface App {
  fetch: ReturnType<typeof mount>["fetch"];
  /** Begins everything that happens by itself: deliveries, receipts, expiry. */
  start(): Promise<void>;
  /** From now on it is not ready. Resolves when whoever watches knows, or need not be waited for. */
  announceStop(): Promise<void>;
  /** Ends the answers that would not end by themselves: call it before requests under way are waited for. */
  endStreams(): void;
  /** Ends it; what was acknowledged stays on disk and goes on with the next start. */
  stop(): Promise<void>;
}

/** A restart goes on with the receipts of sandbox messages that are younger than this. */
const SANDBOX_RESUMES_MS = 3_600_000;
const DAY_MS = 24 * 3_600_000;

async function forgetOld(tx: Tx, now: number): Promise<void> {
  await forgetOldSecrets(tx, now);
  await forgetOldSessions(tx, now);
  await forgetOldInvitations(tx, now);
  await forgetOldEntries(tx, now);
}

/** The only wiring: makes every part once and hands it what it needs. */
export function createApp({ store, secretBox, clock, log, config, ...given }: AppDependencies): App {
  const metrics = createMetrics({ log });
  const directory = createKeyDirectory({ store, clock });
  const operator = createOperator(store, given.operatorToken);
  const sessions = createSessions({ store, clock });
  const rateLimiter = createRateLimiter({ store, clock });
  const allow = { ...config.webhookAllow, loopback: config.dev };
  const keptForMs = config.retentionDays * DAY_MS;
  const dispatcher = createDispatcher({
    store,
    clock,
    log,
    secretBox,
    allow,
    onAttempt: ({ attempts, createdAt }, { outcome, attemptedAt, durationMs }) =>
      metrics.webhookAttempt({ outcome, durationMs, waitedMs: attempts === 0 ? attemptedAt - createdAt : undefined }),
    onLeap: async (tx, leapMs, now) => {
      if (leapMs > keptForMs / 2) await holdEvents(tx, now + keptForMs);
    },
  });
  const retention = createRetention({ store, clock, log, keptForMs, forget: forgetOld });
  const sandbox = createSandbox({
    clock,
    log,
    listUnfinished: () => listUnread(store.read, "test", clock.now() - SANDBOX_RESUMES_MS),
  });
  const live = createBaileysTransport({
    store,
    secretBox,
    clock,
    log,
    whatsapp: config.whatsapp,
    findPayload: (deviceId, whatsappId) => findPayload(store.read, deviceId, whatsappId),
  });
  const made: Transports = { live, test: sandbox, ...given.transports };
  const transports: Transports = {
    live: countEvents("live", made.live, metrics),
    test: countEvents("test", made.test, metrics),
  };
  const onExpired = (count: number) => metrics.messagesFailed("expired", count);
  const messenger = countSends(createMessenger({ store, clock, log, transports, onExpired }), metrics);
  /** Of what outlives its request: whether its key, or its session, still counts. */
  const isStillValid = (caller: Caller) =>
    isUser(caller) ? sessions.isStillValid(caller) : directory.isStillValid(caller);
  const onReload = (listener: () => void) => {
    directory.onReload(listener);
    sessions.onEnd(listener);
  };
  const answerFor = (spaceId: number, messageId: string) => repeatSendAnswer(store, spaceId, messageId);
  const streams = createEventStreams({ store, clock, log, directory: { isStillValid, onReload } });
  const signing = { store, clock, sessions, passwords: createPasswords(), signInLimits: createSignInLimits(clock) };
  const idempotency = createIdempotency({ store, clock, log, secretBox, answerFor });

  const handlers: Handlers = {
    ...messageRoutes({ store, messenger }),
    ...deviceRoutes({ store, clock, pairing: createPairing({ store, clock, log, transports }) }),
    ...contactRoutes({ store, numberChecker: createNumberChecker({ store, clock, transports }) }),
    ...webhookRoutes({ store, clock, secretBox, allow }),
    ...deliveryRoutes({ store, clock }),
    ...eventRoutes({ clock, streams }),
    ...keyRoutes({ store, clock, directory }),
    ...usageRoutes({ store, clock, rateLimiter }),
    ...sessionRoutes(signing),
    ...invitationRoutes(signing),
    ...userRoutes({ store, clock, sessions }),
    ...auditRoutes({ store }),
    ...overviewRoutes({ store, clock, rateLimiter }),
    ...conversationRoutes({ store }),
  };
  const { databaseFile } = config;
  store.onCommit(metrics.commit);
  metrics.addGauge({ name: "whatsflow_event_streams", help: "Open streams of events.", read: () => streams.count });
  addMeasured(metrics, { store, clock, databaseFile });
  const readiness = createReadiness({ store, clock, log, databaseFile, isDelivering: dispatcher.isDelivering });
  const watched = { metrics, readiness };
  const asked = { directory, operator, sessions, rateLimiter, idempotency };
  const { fetch } = mount(handlers, { store, clock, log, config, dashboard: given.dashboard, ...asked, ...watched });

  return {
    fetch,
    async start() {
      await messenger.start();
      await dispatcher.start();
      store.onCommit(() => dispatcher.wake());
      store.onCommit(() => streams.wake());
      idempotency.start();
      retention.start();
      readiness.begin();
    },
    announceStop: readiness.end,
    endStreams: () => streams.stop(),
    async stop() {
      streams.stop();
      idempotency.stop();
      await retention.stop();
      await messenger.stop();
      await dispatcher.stop();
      await rateLimiter.flush();
      await directory.flush();
    },
  };
}
