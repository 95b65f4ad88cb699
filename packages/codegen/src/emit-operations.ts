/** Writes operations.ts: the contract's names and the operation table as plain data, without zod. */
import { authenticationOf, enumOf, scopesOf } from "./cross-checks.js";
import { BANNER, literal, names, object } from "./source.js";
import { listOperations, type Spec } from "./spec.js";

/** ERROR_CODES, EVENT_NAMES and SCOPES with their types: names.ts of the SDK and the head of operations.ts. */
export function emitNames(spec: Spec): string {
  return [
    BANNER,
    names("ErrorCode", "ERROR_CODES", enumOf(spec, "ErrorCode"), "The stable, programmable kinds of an error."),
    names("EventName", "EVENT_NAMES", Object.keys(spec.webhooks), "The events that a webhook can be told of."),
    names("Scope", "SCOPES", enumOf(spec, "Scope"), "What a key may do."),
  ].join("\n");
}

/** The source of operations.ts. */
export function emitOperations(spec: Spec): string {
  const rows = listOperations(spec.paths).map((operation) => {
    const { operationId, tags, "x-pagination": pagination = null, "x-audience": audience = null } = operation.object;
    const row = {
      method: operation.method,
      path: operation.path,
      tag: tags[0],
      scopes: scopesOf(spec, operation) ?? [],
      pagination,
      audience,
      authentication: authenticationOf(spec, operation),
      audit: operation.object["x-audit"] ?? false,
    };
    return `${operationId}: ${literal(row)}`;
  });
  return [
    emitNames(spec),
    `/** One operation of the contract, as the server's middleware needs to know it. */
export type Operation = {
  readonly method: "get" | "put" | "post" | "delete" | "patch";
  /** Below the base path, parameters in braces. */
  readonly path: string;
  readonly tag: string;
  /** The scopes that the key must have. */
  readonly scopes: readonly Scope[];
  readonly pagination: { readonly style: "page" | "cursor"; readonly items: string; readonly pagination: string } | null;
  /** \`operator\`: only for signed-in operators, and no part of the published contract. */
  readonly audience: "operator" | null;
  /** \`key\`: a key, or a session. \`session\`: only a session. Null: anybody. */
  readonly authentication: "key" | "session" | null;
  /** Whoever does it, it is written to the audit log. */
  readonly audit: boolean;
};`,
    "",
    "/** Every operation, by its operationId. */",
    `export const operations = ${object(rows)} as const satisfies Record<string, Operation>;`,
    "export type OperationId = keyof typeof operations;",
  ].join("\n");
}
