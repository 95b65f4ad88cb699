/** The client: resources for everyday use, and `api` for what they do not cover. */
import type { Client } from "openapi-fetch";
import { createCall, pathSegment } from "./call.js";
import type { paths } from "./generated/openapi.js";
import { Resources } from "./generated/resources.js";
import { createFetchClient } from "./openapi-fetch.js";
import { createSend, requireCount } from "./retry.js";

export type WhatsFlowOptions = {
  /** `wf_live_…` or `wf_test_…`. Keep it on your server; never put it into a web page. Undefined, as a variable that is not set, throws. */
  apiKey: string | undefined;
  /** Where the server is, with or without the path: `https://wa.example.com`. Default `http://localhost:2152/api/public/v1`. */
  baseUrl?: string | undefined;
  /** Used instead of the global `fetch`, for example for a proxy. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** How long one attempt may take. Default 30,000; sending waits up to 15,000 for WhatsApp. */
  timeoutMs?: number | undefined;
  /** How often a failed attempt is repeated. Default 2; 0 for never. */
  maxRetries?: number | undefined;
  /** A server that asks for a longer wait than this is not waited for: the error comes at once. Default 60,000. */
  maxRetryWaitMs?: number | undefined;
};

const BASE_PATH = "/api/public/v1";
const FIRST_BACKOFF_MS = 500;
/** The server gives a sign of life every 15 seconds. */
const SILENCE_MS = 45_000;

/**
 * A client of the WhatsFlow API. It holds no connection and may be used by many requests at once.
 *
 * @example
 * ```ts
 * const client = new WhatsFlow({ apiKey: process.env.WHATSFLOW_API_KEY });
 * await client.messages.send({ phone_number: "+94771234567", message: "Hello!" });
 * ```
 *
 * @throws TypeError when the API key is missing or an option is not valid.
 */
export class WhatsFlow extends Resources {
  /**
   * The whole API as a raw, typed openapi-fetch client, with the same retries. It resolves to `{ data, error, response }`
   * and throws only when no answer came.
   */
  readonly api: Client<paths, "application/json">;

  constructor(options: WhatsFlowOptions) {
    const headers = { Accept: "application/json", Authorization: `Bearer ${requireApiKey(options?.apiKey)}` };
    const baseUrl = resolveBaseUrl(options.baseUrl);
    const send = createSend({
      // Looked up at each call, so that what replaces the global later (tests, instrumentation) is used.
      fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
      timeoutMs: requireCount("timeoutMs", options.timeoutMs ?? 30_000, 1),
      maxRetries: requireCount("maxRetries", options.maxRetries ?? 2),
      maxRetryWaitMs: requireCount("maxRetryWaitMs", options.maxRetryWaitMs ?? 60_000),
      backoffMs: FIRST_BACKOFF_MS,
    });
    super(createCall(baseUrl, headers, send, { backoffMs: FIRST_BACKOFF_MS, silenceMs: SILENCE_MS }));
    this.api = createFetchClient<paths, "application/json">({
      baseUrl,
      headers,
      fetch: (request) => send(request),
      pathSerializer: (path, params) =>
        path.replace(/\{(\w+)\}/g, (_, name: string) => pathSegment(name, params[name])),
    });
  }
}

/** The messages never hold the key: `fetch` itself would quote one that is not valid. */
function requireApiKey(apiKey: unknown): string {
  if (typeof apiKey !== "string" || apiKey === "") {
    throw new TypeError(
      "apiKey is missing. Pass it as new WhatsFlow({ apiKey }), for example from an environment variable.",
    );
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new TypeError(
      "apiKey has spaces, line breaks or other characters that no API key has. Was it read from a file?",
    );
  }
  return apiKey;
}

/** `http://localhost:2152` and `http://localhost:2152/api/public/v1` are the same; any other path is kept as it is. */
function resolveBaseUrl(baseUrl = `http://localhost:2152${BASE_PATH}`): string {
  if (!URL.canParse(baseUrl)) throw new TypeError("baseUrl must be an absolute URL such as http://localhost:2152");
  const { protocol, origin, pathname, username, password } = new URL(baseUrl);
  if (protocol !== "http:" && protocol !== "https:") throw new TypeError("baseUrl must begin with http:// or https://");
  if (username || password) throw new TypeError("baseUrl must not hold a user name or password");
  const path = pathname.replace(/\/+$/, "");
  return origin + (path || BASE_PATH);
}
