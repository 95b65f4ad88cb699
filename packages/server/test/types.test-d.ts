/** Proves, by compiling, that the zod schemas accept exactly the types that openapi-typescript reads from the same contract. */
import type { z } from "@hono/zod-openapi";
import type { components, operations as documented, webhooks } from "../src/generated/openapi.js";
import type { ErrorCode, EventName, OperationId, Scope } from "../src/generated/operations.js";
import type { routes, webhookRoutes } from "../src/generated/routes.js";
import type { schemas } from "../src/generated/schemas.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Resolves intersections and aliases, so that types are compared by what they say and not by how. `readOnly` binds no one here. */
type Flat<T> = T extends readonly (infer U)[]
  ? Flat<U>[]
  : T extends object
    ? { -readonly [K in keyof T]: Flat<T[K]> }
    : T;

/** The two say the same, or a type that is not empty. */
type Disagreement<A, B> = Equal<Flat<A>, Flat<B>> extends true ? never : "they differ";

type Documented = components["schemas"];
type Parsed = { [K in keyof typeof schemas]: z.input<(typeof schemas)[K]> };

/** The names of the schemas whose zod type is not the documented type. */
type Mismatch = {
  [K in keyof Parsed & keyof Documented]: [Disagreement<Parsed[K], Documented[K]>] extends [never] ? never : K;
}[keyof Parsed & keyof Documented];

type Difference<A, B> = Exclude<A, B> | Exclude<B, A>;
/** The operations of `webhooks:`, which are called after what they tell of. */
type Hook = `on${string}`;

/** Compiles only if `T` is empty; otherwise the error names what is in it. */
type None<T extends never> = T;

export type SchemasAgree = None<Mismatch>;
export type NoSchemaIsAbsent = None<Difference<keyof Parsed, keyof Documented>>;
export type NoOperationIsAbsent = None<Difference<Exclude<keyof documented, Hook>, keyof typeof routes>>;
export type NoWebhookIsAbsent = None<Difference<keyof webhooks, keyof typeof webhookRoutes>>;
export type TheTableIsWhole = None<Difference<OperationId, keyof typeof routes>>;
export type TheNamesAgree = None<
  | Difference<ErrorCode, Documented["ErrorCode"]>
  | Difference<EventName, Documented["EventName"] | keyof webhooks>
  | Difference<Scope, Documented["Scope"]>
>;

// The guards themselves: each must be able to fail.
type Sample = { status: "sent"; at?: string };
// @ts-expect-error a name that is left over
export type AbsenceIsNoticed = None<Difference<"a" | "b", "a">>;
// @ts-expect-error a wider type under the same name
export type WideningIsNoticed = None<Disagreement<Sample, { status: string; at?: string }>>;
// @ts-expect-error a field that is optional on one side only
export type OptionalIsNoticed = None<Disagreement<Sample, { status: "sent"; at: string }>>;
// @ts-expect-error a field that may be null on one side only
export type NullIsNoticed = None<Disagreement<Sample, { status: "sent"; at?: string | null }>>;
// @ts-expect-error a field that one side lacks
export type AFieldIsNoticed = None<Disagreement<Sample, { status: "sent" }>>;
// @ts-expect-error `unknown` agrees with nothing but itself
export type UnknownIsNoticed = None<Disagreement<Sample, unknown>>;
