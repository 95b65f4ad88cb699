/** The client: resources for everyday use, and `api` for what they do not cover. */
import type { Fetch } from "./attempt.js";
import { Call } from "./call.js";
import { Resources } from "./generated/resources.js";
import { createRawClient, type RawClient } from "./raw-client.js";
import { type AttemptLog, createSend, requireCount } from "./retry.js";

export type WhatsFlowOptions = {
  /**
   * `wf_live_…` or `wf_test_…`. Keep it on your server; never put it into a web page. Undefined, as a variable that is not set, throws.
   * `null` sends none: for what signs in by other means, such as a page with a session, or a proxy that adds the key.
   */
  apiKey: string | null | undefined;
  /** Where the server is, with or without the path: `https://wa.example.com`. Default `http://localhost:2152/api/public/v1`. */
  baseUrl?: string | undefined;
  /** Used instead of the global `fetch`, as for a proxy: is given each attempt as one global `Request`. */
  fetch?: Fetch | undefined;
  /** How long one attempt may take. Default 30,000; sending waits up to 15,000 for WhatsApp. */
  timeoutMs?: number | undefined;
  /** How often a failed attempt is repeated. Default 2; 0 for never. */
  maxRetries?: number | undefined;
  /** A server that asks for a longer wait than this is not waited for: the error comes at once. Default 60,000. */
  maxRetryWaitMs?: number | undefined;
  /** Is told of each attempt that was answered or failed, not of those that the caller aborted. It never sees the key, nor a body. What it throws is ignored. */
  logger?: ((attempt: AttemptLog) => unknown) | undefined;
  /** Whoever opens a web page can read a key that is in it. Only `true` makes a client in a browser all the same. */
  dangerouslyAllowBrowser?: boolean | undefined;
};

const BASE_PATH = "/api/public/v1";
const FIRST_BACKOFF_MS = 500;

/**
 * A client of the WhatsFlow API. It holds no connection and may be used by many requests at once.
 *
 * @example
 * ```ts
 * const client = new WhatsFlow({ apiKey: process.env.WHATSFLOW_API_KEY });
 * await client.messages.send({ phone_number: "+94771234567", message: "Hello!" });
 * ```
 *
 * @throws TypeError when the API key is missing, an option is not valid, or this is a browser.
 */
export class WhatsFlow extends Resources {
  /**
   * The whole API as a raw, typed openapi-fetch client, with the same retries. It resolves to `{ data, error, response }`
   * and throws only when no answer of the API came. openapi-fetch is loaded with the first call; its middleware (`client.api.use`) stands before
   * the retries, and never sees the key.
   */
  readonly api: RawClient;

  constructor(options: WhatsFlowOptions) {
    const apiKey = options?.apiKey === null ? null : requireApiKey(options?.apiKey);
    if (apiKey !== null && !options.dangerouslyAllowBrowser) refuseBrowser();
    const baseUrl = resolveBaseUrl(options.baseUrl);
    const send = createSend({
      // Looked up at each call, so that what replaces the global later (tests, instrumentation) is used.
      fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
      timeoutMs: requireCount("timeoutMs", options.timeoutMs ?? 30_000, 1),
      maxRetries: requireCount("maxRetries", options.maxRetries ?? 2),
      maxRetryWaitMs: requireCount("maxRetryWaitMs", options.maxRetryWaitMs ?? 60_000),
      backoffMs: FIRST_BACKOFF_MS,
      authorization: apiKey === null ? undefined : { origin: new URL(baseUrl).origin, value: `Bearer ${apiKey}` },
      logger: options.logger,
    });
    super(new Call(baseUrl, send));
    this.api = createRawClient(baseUrl, send);
  }
}

/** The messages never hold the key: `fetch` itself would quote one that is not valid. */
function requireApiKey(apiKey: unknown): string {
  if (typeof apiKey !== "string" || apiKey === "") {
    throw new TypeError("apiKey is missing. Pass it as new WhatsFlow({ apiKey }), as from an environment variable.");
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new TypeError("apiKey has spaces, line breaks or other characters that no key has. Was it read from a file?");
  }
  return apiKey;
}

/** All browsers, and their workers, call themselves `Mozilla/5.0`; Node, Bun, Deno and edge workers do not. */
function refuseBrowser(): void {
  if (globalThis.navigator?.userAgent?.startsWith("Mozilla/")) {
    throw new TypeError(
      "This is a browser, where anybody can read the API key. Call the API from your server, or set dangerouslyAllowBrowser.",
    );
  }
}

/** `http://localhost:2152` and `http://localhost:2152/api/public/v1` are the same; any other path is kept as it is. */
function resolveBaseUrl(baseUrl = `http://localhost:2152${BASE_PATH}`): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new TypeError("baseUrl must be a URL such as https://wa.example.com, without user name and password");
  }
  return url.origin + (url.pathname.replace(/\/+$/, "") || BASE_PATH);
}
