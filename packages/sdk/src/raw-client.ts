/** `client.api`: openapi-fetch, loaded when it is first called, so that whoever does without it does not carry it. */
import type { Client } from "openapi-fetch";
import { fillIn } from "./call.js";
import { toApiError } from "./errors.js";
import type { paths } from "./generated/openapi.js";
import type { Send } from "./retry.js";

/** openapi-fetch's client of this API. */
export type RawClient = Client<paths, "application/json">;

/** Those that ask, and those that say how. */
const METHODS = {
  request: true,
  GET: true,
  PUT: true,
  POST: true,
  DELETE: true,
  OPTIONS: true,
  HEAD: true,
  PATCH: true,
  TRACE: true,
  use: false,
  eject: false,
} satisfies Record<keyof RawClient, boolean>;

/** A client whose every call goes through `send`. */
export function createRawClient(baseUrl: string, send: Send): RawClient {
  let loading: Promise<RawClient> | undefined;
  const load = async (): Promise<RawClient> => {
    const { createFetchClient, isForeign } = await import("./openapi-fetch.js");
    return createFetchClient<paths, "application/json">({
      baseUrl,
      headers: { Accept: "application/json" },
      fetch: async (request) => {
        const response = await send(request);
        if (!isForeign(response)) return response;
        const { status, headers } = response;
        throw toApiError({ status, headers, body: await response.text() });
      },
      pathSerializer: fillIn,
    });
  };
  const ask =
    (name: string) =>
    async (...args: unknown[]) => {
      loading ??= load();
      return Reflect.get(await loading, name)(...args);
    };
  /** It counts for the calls after it. What is wrong with it is thrown by them, as `use` itself cannot tell before openapi-fetch is there. */
  const configure =
    (name: string) =>
    (...args: unknown[]) => {
      loading = (loading ?? load()).then((client) => {
        Reflect.get(client, name)(...args);
        return client;
      });
      loading.catch(() => {});
    };
  const entries = Object.entries(METHODS).map(([name, asks]) => [name, asks ? ask(name) : configure(name)]);
  const client: unknown = Object.fromEntries(entries);
  return client as RawClient;
}
