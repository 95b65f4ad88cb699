/**
 * openapi-fetch's one function. Our CommonJS build reads `default` as Node does, and so gets openapi-fetch's CommonJS module,
 * whose own `default` is the function.
 */
import imported from "openapi-fetch";

type CreateClient = typeof imported;

const isModule = (value: unknown): value is { default: CreateClient } =>
  typeof value === "object" && value !== null && "default" in value;

export const createFetchClient: CreateClient = isModule(imported) ? imported.default : imported;

/** A redirect, or a success in HTML: openapi-fetch would take the one for an empty error, and stumble at the other. */
export const isForeign = ({ ok, status, headers }: Response): boolean =>
  ok ? headers.get("Content-Type")?.startsWith("text/html") === true : status >= 300 && status < 400;
