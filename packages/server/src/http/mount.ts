import type { HttpBindings } from "@hono/node-server";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Logger } from "pino";
import type { Clock } from "../clock.js";
import { ApiError } from "../errors.js";
import { type OperationId, operations } from "../generated/operations.js";
import { routes } from "../generated/routes.js";
import { newId } from "../ids.js";
import type { Caller, KeyDirectory } from "../keys/key-directory.js";
import type { Operator } from "../keys/operator.js";
import type { Store } from "../storage/store.js";
import type { RateLimitDecision, RateLimiter } from "../usage/rate-limit.js";
import { preferredType } from "./accept.js";
import { errorResponse, type Headers, rateLimitHeaders, refusing, response, secondsUntil } from "./answers.js";
import { ACCOUNT_HEADER, authenticate, requireScopes } from "./authenticate.js";
import { BASE_PATH } from "./base-path.js";
import { addressGroup, clientAddress } from "./client-address.js";
import type { AnyAnswer, AnyRequest, Handlers } from "./contract.js";
import { type Dashboard, mountDashboard, NOT_BUILT } from "./dashboard.js";
import { contractDocument } from "./document.js";
import type { Execution, Idempotency } from "./idempotency.js";
import { type MonitoringDependencies, mountMonitoring } from "./monitoring.js";
import { endOfTurn } from "./turn.js";
import { type RequestSchemas, validate } from "./validation.js";
import { createWrongKeys } from "./wrong-keys.js";

export interface HttpDependencies extends MonitoringDependencies {
  store: Store;
  clock: Clock;
  log: Logger;
  directory: KeyDirectory;
  operator: Operator;
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
    const caller = await authenticate(c.req.header("authorization"), {
      ...dependencies,
      account: c.req.header(ACCOUNT_HEADER),
      wrongKeys,
      address: () => addressOf(c),
    });
    request.caller = caller;
    const limit = await takeFromLimit(caller);
    const now = clock.now();
    Object.assign(request.headers, rateLimitHeaders(limit, now));
    if (!limit.allowed) {
      const { name, limit: most, resetsAt } = refusing(limit);
      const message = `You have exceeded the rate limit of ${most} requests per ${name}`;
      throw new ApiError("rate_limited", message, { retryAfterSeconds: secondsUntil(resetsAt, now) });
    }
    requireScopes(caller, operations[id].scopes);
    const { params, query, headers, body, idempotencyKey } = await validate(c, schemas);
    const accepted = preferredType(c.req.header("accept"), mediaTypes);
    const disconnect = () => c.env?.outgoing?.destroy();
    const parts = { params, query, headers, body, accepted, disconnect };
    const handle = (execution?: Execution) => handler(toRequest(caller, parts, execution));
    if (idempotencyKey === undefined) {
      const answer = await handle();
      // What was written has had to wait for its commit, with others.
      if (operations[id].method === "get") await endOfTurn();
      // Nobody reads what follows the head.
      if (c.req.method === "HEAD" && answer.body instanceof ReadableStream) await answer.body.cancel();
      return answer;
    }

    // A key that may do less must not be answered what another key was: to it, the same words are another request.
    const rights = [[...caller.scopes].sort(), caller.deviceIds];
    const keyed = { spaceId: caller.space.id, operation: id, key: idempotencyKey, request: [params, body, rights] };
    const { answer, replayed } = await dependencies.idempotency.once(keyed, handle);
    if (replayed) request.headers["idempotent-replayed"] = "true";
    return answer;
  }

  async function takeFromLimit({ space, account, isOperator }: Caller): Promise<RateLimitDecision> {
    if (!isOperator) return dependencies.rateLimiter.take(space.id, account);
    return { allowed: true, ...(await dependencies.rateLimiter.look(space.id, account)) };
  }

  function toRequest(
    caller: Caller,
    parts: Pick<AnyRequest, "params" | "query" | "headers" | "body" | "accepted" | "disconnect">,
    execution: Execution | undefined,
  ): AnyRequest {
    return {
      caller,
      ...parts,
      reply: (status, body) => ({ status, body }),
      replyAs: (media, body) => ({ status: 200, media, body }),
      write: (work) =>
        dependencies.store.write(async (tx) => {
          const answer = await work(tx);
          await execution?.keep(tx, answer);
          return answer;
        }),
      claim: async (tx, messageId) => execution?.claim(tx, messageId),
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
      key_id: request.caller?.keyId,
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

  function addressOf(c: Context<Env>): string {
    const remote = c.env?.incoming?.socket.remoteAddress ?? "unknown";
    return addressGroup(clientAddress(remote, c.req.header("x-forwarded-for"), dependencies.config.trustedProxies));
  }

  return app;
}

/** A request on its way to its answer: what the steps found out. */
interface Exchange {
  headers: Headers;
  caller?: Caller;
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
