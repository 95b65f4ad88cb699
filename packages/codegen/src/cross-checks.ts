/** What the structure of the document cannot say: names that must agree with each other across it. */
import { listOperations, lookUp, type Operation, parametersOf, type Spec, SpecError } from "./spec.js";

/** The security scheme of a signed-in operator. */
const SESSION_SCHEME = "sessionCookie";

/** @throws SpecError for the first name that does not agree. */
export function crossCheck(spec: Spec): void {
  const operations = listOperations(spec.paths);
  const hooks = Object.values(spec.webhooks).map(({ post }) => post.operationId);
  requireUnique([...operations.map(({ object }) => object.operationId), ...hooks], "operationId");
  const methods = operations.flatMap(({ object }) => (object["x-sdk"] ? [object["x-sdk"]] : []));
  requireUnique(
    methods.map(({ resource, method }) => `${resource}.${method}`),
    "x-sdk",
  );
  for (const operation of operations) {
    checkPath(spec, operation);
    checkSecurity(spec, operation);
    checkPagination(spec, operation);
    checkAudience(spec, operation);
  }
  for (const { object } of operations) checkTag(spec, object.tags[0], object.operationId);
  const events = enumOf(spec, "EventName");
  const sent = Object.keys(spec.webhooks);
  if (events.join() !== sent.join()) {
    throw new SpecError("components > schemas > EventName", `must list the keys of webhooks: ${sent.join(", ")}`);
  }
}

/** The strings of an enum component. */
export function enumOf(spec: Spec, name: string): string[] {
  const at = `components > schemas > ${name}`;
  const values = lookUp(spec.components.schemas, name, at).enum;
  if (!values) throw new SpecError(at, "must be an enum");
  return values.filter((value) => value !== null);
}

/** The scopes that an operation's key must have; null for an operation without a key. */
export function scopesOf(spec: Spec, { object }: Operation): string[] | null {
  const [requirement] = object.security ?? spec.security ?? [];
  return requirement?.bearerAuth ?? null;
}

/** Who may call an operation: whoever has a key (or is signed in), only who is signed in, or anybody. */
export function authenticationOf(spec: Spec, operation: Operation): "key" | "session" | null {
  if (scopesOf(spec, operation)) return "key";
  const [requirement] = operation.object.security ?? spec.security ?? [];
  return requirement?.[SESSION_SCHEME] ? "session" : null;
}

function requireUnique(values: string[], what: string): void {
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined) throw new SpecError(what, `${twice} is there twice`);
}

function checkPath(spec: Spec, operation: Operation): void {
  const { path, object } = operation;
  const inPath = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? "").sort();
  const parameters = parametersOf(spec, operation);
  const declared = parameters.filter((parameter) => parameter.in === "path");
  if (
    declared
      .map(({ name }) => name)
      .sort()
      .join() !== inPath.join()
  ) {
    throw new SpecError(object.operationId, `must declare the path parameters ${inPath.join(", ") || "(none)"}`);
  }
  if (declared.some(({ required }) => !required))
    throw new SpecError(object.operationId, "path parameters are required");
  requireUnique(
    parameters.map((parameter) => `${object.operationId}: ${parameter.in} ${parameter.name}`),
    "parameters",
  );
}

function checkSecurity(spec: Spec, operation: Operation): void {
  const { operationId, security = spec.security ?? [] } = operation.object;
  if (security.length > 1) throw new SpecError(operationId, "alternatives in security are not supported");
  for (const scheme of Object.keys(security[0] ?? {})) lookUp(spec.components.securitySchemes, scheme, operationId);
  const known = enumOf(spec, "Scope");
  const unknown = (scopesOf(spec, operation) ?? []).filter((scope) => !known.includes(scope));
  if (unknown.length) throw new SpecError(operationId, `${unknown.join(", ")} is not in the enum Scope`);
}

function checkPagination(spec: Spec, operation: Operation): void {
  const pagination = operation.object["x-pagination"];
  if (!pagination) return;
  const query = parametersOf(spec, operation).filter((parameter) => parameter.in === "query");
  const wanted = pagination.style === "page" ? ["page", "cursor", "limit"] : ["cursor", "limit"];
  const lacking = wanted.filter((name) => !query.some((parameter) => parameter.name === name));
  if (lacking.length) throw new SpecError(operation.object.operationId, `paginates without ${lacking.join(", ")}`);
}

/** A key must never open what is for operators alone, nor be missing where it is asked for. */
function checkAudience(spec: Spec, operation: Operation): void {
  const { operationId, "x-audience": audience, security = spec.security ?? [] } = operation.object;
  const schemes = Object.keys(security[0] ?? {});
  const isOpenToKeys = schemes.some((scheme) => scheme !== SESSION_SCHEME);
  if (audience === "operator" && isOpenToKeys)
    throw new SpecError(operationId, `operator operations have the security ${SESSION_SCHEME}, or none`);
  if (audience === undefined && schemes.includes(SESSION_SCHEME))
    throw new SpecError(operationId, `${SESSION_SCHEME} is for operations with x-audience: operator`);
}

function checkTag(spec: Spec, tag: string, at: string): void {
  if (!spec.tags?.some(({ name }) => name === tag)) throw new SpecError(at, `the tag ${tag} is not declared`);
}
