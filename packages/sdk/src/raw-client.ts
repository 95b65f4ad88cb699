/** `client.api`: openapi-fetch, loaded when it is first called, so that whoever does without it does not carry it. */
import type { Client } from "openapi-fetch";
import { fillIn, REQUEST } from "./call.js";
import type { paths } from "./generated/openapi.js";
import type { Send } from "./retry.js";

/** openapi-fetch's client of this API. */
export type RawClient = Client<paths, "application/json">;

const METHODS = Object.keys({
  request: 1,
  GET: 1,
  PUT: 1,
  POST: 1,
  DELETE: 1,
  OPTIONS: 1,
  HEAD: 1,
  PATCH: 1,
  TRACE: 1,
  use: 1,
  eject: 1,
} satisfies Record<keyof RawClient, 1>);

/** A client whose every call goes through `send`. */
export function createRawClient(baseUrl: string, send: Send): RawClient {
  let loading: Promise<RawClient> | undefined;
  const load = async (): Promise<RawClient> => {
    const { createFetchClient } = await import("./openapi-fetch.js");
    return createFetchClient<paths, "application/json">({
      ...REQUEST,
      baseUrl,
      headers: { Accept: "application/json" },
      fetch: (request) => send(request),
      pathSerializer: fillIn,
    });
  };
  // What is called first is carried out first, so middleware that is added counts for the calls after it.
  const later =
    (name: string) =>
    async (...args: unknown[]) => {
      loading ??= load();
      return Reflect.get(await loading, name)(...args);
    };
  const methods: unknown = Object.fromEntries(METHODS.map((name) => [name, later(name)]));
  return methods as RawClient;
}
