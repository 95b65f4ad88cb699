/** The tour in a worker of workerd, the runtime of Cloudflare, without its stand-ins for Node. */
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { signWebhook } from "../src/webhooks/index.js";
import { PROGRAM_FILES } from "./bundles.js";
import { SECRET } from "./programs/tour.js";
import { reportOf } from "./report.js";

const { url, key } = inject("whatsflow");
const message = "Hello from a worker";
let worker: Miniflare;
beforeAll(() => {
  worker = new Miniflare({
    modules: true,
    modulesRoot: inject("directory"),
    scriptPath: join(inject("directory"), PROGRAM_FILES.worker),
    compatibilityDate: "2025-01-01",
    compatibilityFlags: [],
    bindings: { baseUrl: url, apiKey: key, message },
    // Otherwise it would ask Cloudflare where this machine is.
    cf: false,
  });
});
afterAll(() => worker?.dispose());

it("a worker takes the tour, with WebCrypto", async () => {
  const response = await worker.dispatchFetch("http://localhost/");
  expect(await response.json()).toEqual(reportOf(message, { hasNodeCrypto: false }));
});

it("a worker receives webhooks, and refuses what is not signed", async () => {
  const timestamp = new Date().toISOString();
  const data = { webhook_id: "webhook_abc123", message: "Grüße" };
  const { body, headers } = await signWebhook({ event: { event: "webhook.test", timestamp, data }, secret: SECRET });
  const post = (text: string) =>
    worker.dispatchFetch("http://localhost/webhooks", { method: "POST", body: text, headers });
  expect((await post(body)).status).toBe(200);
  expect((await post(body.replace("Grüße", "Grüsse"))).status).toBe(401);
});
