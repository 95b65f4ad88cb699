import type { HttpBindings } from "@hono/node-server";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Logger } from "pino";
import type { Clock } from "../clock.js";
import type { Config } from "../config.js";
import { ApiError } from "../errors.js";
import { type OperationId, operations } from "../generated/operations.js";
import { routes } from "../generated/routes.js";
import { newId } from "../ids.js";
import type { Caller, KeyDirectory } from "../keys/key-directory.js";
import type { Operator } from "../keys/operator.js";
import type { Store, Tx } from "../storage/store.js";
import type { RateLimitDecision, RateLimiter } from "../usage/rate-limit.js";
import { createSessionLimits } from "../users/session-limits.js";
import type { Sessions } from "../users/sessions.js";
import { preferredType } from "./accept.js";
import { errorResponse, type Headers, rateLimitHeaders, refusing, response, secondsUntil } from "./answers.js";
import { audited, type Doer } from "./auditing.js";
import {
  authenticate,
  refuseOtherSites,
  requireRights,
  requireStillLetIn,
  requireStillValid,
  type Shown,
} from "./authenticate.js";
import { BASE_PATH } from "./base-path.js";
import { clientOf } from "./client.js";
import type { AnyAnswer, AnyRequest, Handlers } from "./contract.js";
import { type Dashboard, mountDashboard, NOT_BUILT } from "./dashboard.js";
import { contractDocument } from "./document.js";
import type { Execution, Idempotency } from "./idempotency.js";
import { type MonitoringDependencies, mountMonitoring } from "./monitoring.js";
import { sessionCookie } from "./session-cookie.js";
import { endOfTurn } from "./turn.js";
import { MAX_BODY_BYTES, MAX_STRANGERS_BODY_BYTES, type RequestSchemas, validate } from "./validation.js";
import { createWrongKeys } from "./wrong-keys.js";

export interface HttpDependencies extends MonitoringDependencies {
  config: Pick<Config, "trustedProxies" | "metricsToken">;
  store: Store;
  clock: Clock;
  log: Logger;
  directory: KeyDirectory;
  operator: Operator;
  sessions: Sessions;
  rateLimiter: RateLimiter;
  idempotency: Idempotency;
  /** Undefined where it was not built. */
  dashboard: Dashboard | undefined;
}

type Env = { Bindings: Partial<HttpBindings> };
/** What a route of the contract holds, as far as it matters here. */
type Route = { request?: RequestSchemas; responses: Record<number, { content?: object }> };
type AnyHandler = (request: AnyRequest) => Promise<AnyAnswer>;

/** Everything that the server answers: the contract's operations, each through the same steps, and what lies beside them. */
export function mount(handlers: Handlers, dependencies: HttpDependencies): OpenAPIHono<Env> {
  const { log, clock } = dependencies;
  const app = new OpenAPIHono<Env>();
  const wrongKeys = createWrongKeys(clock);
  const sessionLimits = createSessionLimits(clock);

  for (const id of Object.keys(operations) as OperationId[]) {
    const { method, path } = operations[id];
    const handler = handlers[id] as unknown as AnyHandler;
    const { request: schemas = {}, responses }: Route = routes[id];
    const expected = { schemas, mediaTypes: Object.keys((responses[200] ?? responses[201])?.content ?? {}) };
    app.on(method.toUpperCase(), BASE_PATH + path.replace(/\{(\w+)\}/g, ":$1"), (c) =>
      answered(id, (request) => perform(c, id, expected, handler, request)),
    );
  }
  mountMonitoring(app, dependencies);
  app.get("/openapi.json", (c) => c.json(contractDocument()));
  if (dependencies.dashboard) mountDashboard(app, dependencies.dashboard);
  else app.get("/", () => answered("unknown", () => Promise.reject(new ApiError("not_found", NOT_BUILT))));
  app.notFound((c) => answered("unknown", () => Promise.reject(noRoute(c))));

  /** The steps of every operation, in their order. What a step refuses is thrown. */
  async function perform(
    c: Context<Env>,
    id: OperationId,
    { schemas, mediaTypes }: { schemas: RequestSchemas; mediaTypes: string[] },
    handler: AnyHandler,
    request: Exchange,
  ) {
    const shown = {
      header: (name: string) => c.req.header(name),
      client: () => clientOf(c, dependencies.config.trustedProxies),
    };
    const caller = await letIn(shown, id, request);
    const mostBytes = caller ? MAX_BODY_BYTES : MAX_STRANGERS_BODY_BYTES;
    const { params, query, headers, body, idempotencyKey } = await validate(c, schemas, mostBytes);
    if (caller && schemas.body) await requireStillValid(caller, dependencies);
    const accepted = preferredType(c.req.header("accept"), mediaTypes);
    const disconnect = () => c.env?.outgoing?.destroy();
    const parts = { params, query, headers, body, accepted, disconnect, client: shown.client };
    const handle = (execution?: Execution) => handler(toRequest(id, request, parts, execution));
    if (idempotencyKey === undefined || !caller) {
      const answer = await handle();
      // What was written has had to wait for its commit, with others.
      if (operations[id].method === "get") await endOfTurn();
      // Nobody reads what follows the head.
      if (c.req.method === "HEAD" && answer.body instanceof ReadableStream) await answer.body.cancel();
      return answer;
    }

    // A key that may do less must not be answered what another key was: to it, the same words are another request. Where a key, or a
    // webhook's secret, is answered, so they are to everybody else.
    const { kind, id: actorId } = caller.actor;
    const who = operations[id].audit ? [kind, actorId] : [];
    const rights = [[...caller.scopes].sort(), caller.deviceIds, ...who];
    const keyed = { spaceId: caller.space.id, operation: id, key: idempotencyKey, request: [params, body, rights] };
    const { answer, replayed } = await dependencies.idempotency.once(keyed, handle);
    if (replayed) request.headers["idempotent-replayed"] = "true";
    return answer;
  }

  /** Who asks, and may; undefined where anybody may. */
  async function letIn(shown: Shown, id: OperationId, request: Exchange): Promise<Caller | undefined> {
    if (operations[id].audience === "operator") Object.assign(request.headers, KEPT_BY_NOBODY);
    if (operations[id].authentication === null) {
      refuseOtherSites(shown);
      return undefined;
    }
    const caller = await authenticate(shown, operations[id], { ...dependencies, wrongKeys });
    if (caller.session) Object.assign(request.headers, KEPT_BY_NOBODY);
    request.caller = caller;
    request.doer = { actor: caller.actor, accountId: caller.space.accountId, mode: caller.space.mode };
    const limit = await takeFromLimit(caller);
    const now = clock.now();
    Object.assign(request.headers, rateLimitHeaders(limit, now));
    if (!limit.allowed) {
      const { name, limit: most, resetsAt } = refusing(limit);
      const message = `You have exceeded the rate limit of ${most} requests per ${name}`;
      throw new ApiError("rate_limited", message, { retryAfterSeconds: secondsUntil(resetsAt, now) });
    }
    requireRights(caller, operations[id]);
    return caller;
  }

  /** The operator's own commands are not limited. */
  async function takeFromLimit({ space, account, actor, session }: Caller): Promise<RateLimitDecision> {
    if (session) return sessionLimits.take(session.id);
    if (actor.kind !== "command_line") return dependencies.rateLimiter.take(space.id, account);
    return { allowed: true, ...(await dependencies.rateLimiter.look(space.id, account)) };
  }

  function toRequest(
    id: OperationId,
    request: Exchange,
    parts: Pick<AnyRequest, "params" | "query" | "headers" | "body" | "accepted" | "disconnect" | "client">,
    execution: Execution | undefined,
  ): AnyRequest {
    const auditing = { params: parts.params, who: () => request.doer, now: clock.now() };
    const record = async (tx: Tx, work: (tx: Tx) => Promise<AnyAnswer>) => {
      const answer = await audited(tx, id, auditing, work);
      await execution?.keep(tx, answer);
      return answer;
    };
    return {
      caller: request.caller,
      ...parts,
      reply: (status, body) => ({ status, body }),
      replyAs: (media, body) => ({ status: 200, media, body }),
      write: (work) =>
        dependencies.store.write(async (tx) => {
          await requireStillLetIn(tx, request.caller, clock.now());
          return record(tx, work);
        }),
      writeDone: (work) => dependencies.store.write((tx) => record(tx, work)),
      claim: async (tx, messageId) => {
        await requireStillLetIn(tx, request.caller, clock.now());
        await execution?.claim(tx, messageId);
      },
      setCookie: (token) => {
        request.headers["set-cookie"] = sessionCookie(token, parts.client());
      },
      signedInAs: (user, inviter) => {
        request.doer = {
          actor: { kind: "user", id: user.id, name: user.name },
          accountId: user.account_id,
          mode: null,
          inviter,
        };
      },
    };
  }

  /** What is the same for every request: its id, its answer or error, its line in the log. */
  async function answered(
    operation: OperationId | "unknown",
    answer: (request: Exchange) => Promise<AnyAnswer>,
  ): Promise<Response> {
    const startedAt = performance.now();
    const requestId = newId("req", clock.now());
    const request: Exchange = { headers: { "x-request-id": requestId } };
    const sent = await answer(request).then(
      (success) => response(success, request.headers),
      (error: unknown) => errorResponse(toApiError(error, requestId), requestId, request.headers),
    );
    const durationMs = performance.now() - startedAt;
    dependencies.metrics.httpRequest({ operation, status: sent.status, durationMs });
    log.info({
      request_id: requestId,
      operation,
      status: sent.status,
      duration_ms: Math.round(durationMs),
      ...idOf(request.doer),
    });
    return sent;
  }

  function toApiError(error: unknown, requestId: string): ApiError {
    if (error instanceof ApiError) return error;
    log.error({ request_id: requestId, err: error }, "request failed");
    return new ApiError(
      "internal_error",
      "Something failed on the server. Quote the request_id when you ask for help.",
    );
  }

  return app;
}

/** What a person reads is not for the next one at the same browser, nor for others behind the same proxy. */
const KEPT_BY_NOBODY: Headers = { "cache-control": "no-store", vary: "Cookie, Authorization, WhatsFlow-Mode" };

/** A request on its way to its answer: what the steps found out. */
interface Exchange {
  headers: Headers;
  caller?: Caller;
  /** Who is behind it; also one who signs in with it. */
  doer?: Doer;
}

function idOf(doer: Doer | undefined): { user_id?: string | null; key_id?: string | null } {
  if (!doer) return {};
  const { kind, id } = doer.actor;
  return kind === "user" ? { user_id: id } : { key_id: kind === "key" ? id : "operator" };
}

const PATTERNS = Object.values(operations).map(({ method, path }) => ({
  method: method.toUpperCase(),
  pattern: new RegExp(`^${BASE_PATH}${path.replace(/\{\w+\}/g, "[^/]+")}$`),
}));

/** A path that has other methods is a 405, any other a 404. */
function noRoute(c: Context): ApiError {
  const methods = PATTERNS.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method);
  if (methods.length === 0)
    return new ApiError("not_found", `There is no ${c.req.path}. Paths begin with ${BASE_PATH}/`);
  const allow = [...new Set(methods)].join(", ");
  return new ApiError("method_not_allowed", `${c.req.method} is not possible here. Use ${allow}`, { allow });
}
