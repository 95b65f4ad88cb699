import { ConfigError } from "../config.js";
import { ACCOUNT_HEADER } from "../http/authenticate.js";
import { findOperator } from "./operator-file.js";

/** Asks the running server, as its operator. */
export interface ServerClient {
  /**
   * The answer's `data`; undefined where there is none because of a conflict (409).
   *
   * @throws ConfigError in the server's own words
   */
  ask<Data>(method: "GET" | "POST", path: string, body?: object): Promise<Data | undefined>;
}

/**
 * A client for the live devices of an account (name or id), at the server that uses the data folder.
 *
 * @throws ConfigError when none runs there.
 */
export function createServerClient(dataDir: string, account: string): ServerClient {
  const access = findOperator(dataDir);
  const notRunning = new ConfigError(
    `No server runs on the data folder ${dataDir}. Start it with: whatsflow serve --data ${dataDir}`,
  );
  if (!access) throw notRunning;
  const { url, token } = access;
  const headers = { authorization: `Bearer ${token}`, [ACCOUNT_HEADER]: account, "content-type": "application/json" };

  return {
    async ask<Data>(method: "GET" | "POST", path: string, body?: object) {
      const response = await fetch(url + path, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
      }).catch(() => {
        throw notRunning;
      });
      if (response.status === 409) return undefined;
      const answer: unknown = await response.json().catch(() => undefined);
      // Another server may have got the port of one that was killed; it knows nothing of this token.
      if (response.status === 401) throw notRunning;
      if (!response.ok) throw new ConfigError(textIn(answer, "message") ?? `The server answered ${response.status}`);
      // The server is of this very version: the tests hold its answers to the contract's types.
      return at(answer, "data") as Data;
    },
  };
}

const at = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;

/** A text of an answer; undefined where the answer has another form. */
export function textIn(value: unknown, key: string): string | undefined {
  const text = at(value, key);
  return typeof text === "string" ? text : undefined;
}
