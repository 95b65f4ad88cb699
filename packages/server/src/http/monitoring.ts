import { createHash, timingSafeEqual } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import type { Config } from "../config.js";
import type { Metrics } from "../metrics/metrics.js";
import type { Readiness } from "../readiness.js";
import { isDirect } from "./client.js";

export const READINESS_PATH = "/readyz";

export interface MonitoringDependencies {
  metrics: Metrics;
  readiness: Readiness;
  config: Pick<Config, "metricsToken">;
}

type Env = { Bindings: Partial<HttpBindings> };

/** What watches the server asks for. It lies beside the contract, as nobody who uses the API needs it. */
export function mountMonitoring(app: Hono<Env>, { metrics, readiness, config }: MonitoringDependencies): void {
  const expected = config.metricsToken === undefined ? undefined : digest(config.metricsToken);

  app.get("/healthz", (c) => c.json({ status: "ok" }));

  app.get(READINESS_PATH, async (c) => {
    const report = await readiness.report();
    return c.json(report, report.status === "ready" ? 200 : 503, { "cache-control": "no-store" });
  });

  app.get("/metrics", async (c) => {
    const refusal = expected ? refuseToken(c, expected) : refuseAddress(c);
    if (refusal) return refusal;
    return c.body(await metrics.scrape(), 200, { "content-type": metrics.contentType, "cache-control": "no-store" });
  });

  /** With a token nothing else counts: who set one may have a proxy on this machine that hides where requests come from. */
  function refuseToken(c: Context<Env>, expected: Buffer): Response | undefined {
    const given = c.req.header("authorization")?.match(/^Bearer +(\S+) *$/i)?.[1];
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return undefined;
    const message = "Send the token of WHATSFLOW_METRICS_TOKEN, as Authorization: Bearer <token>";
    return c.json({ success: false, error: "Unauthorized", message }, 401, { "www-authenticate": "Bearer" });
  }

  function refuseAddress(c: Context<Env>): Response | undefined {
    if (isDirect(c)) return undefined;
    const message =
      "Without a token, metrics are for requests from this machine alone, to 127.0.0.1 or localhost and through no proxy. " +
      "Set WHATSFLOW_METRICS_TOKEN, and send it as Authorization: Bearer <token>";
    return c.json({ success: false, error: "Forbidden", message }, 403);
  }
}

/** Digests are compared, as they have the same length whatever was sent. */
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
