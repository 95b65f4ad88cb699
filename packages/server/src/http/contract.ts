import type { z } from "@hono/zod-openapi";
import type { operations } from "../generated/openapi.js";
import type { OperationId, operations as table } from "../generated/operations.js";
import type { routes } from "../generated/routes.js";
import type { Caller, UserCaller } from "../keys/key-directory.js";
import type { Tx } from "../storage/store.js";
import type { User } from "../users/users.js";
import type { Client } from "./client.js";

type Route<Id extends OperationId> = (typeof routes)[Id];
type Responses<Id extends OperationId> = operations[Id]["responses"];
type SuccessStatus<Id extends OperationId> = Extract<keyof Responses<Id>, 200 | 201>;
type JsonOf<R> = R extends { content: { "application/json": infer Json } } ? Json : undefined;
type MediaTypeOf<R> = R extends { content: infer Content } ? Extract<keyof Content, string> : never;
/** The media types that the contract has for an operation's success. */
export type MediaType<Id extends OperationId> = MediaTypeOf<Responses<Id>[SuccessStatus<Id>]>;
type Part<R, Name extends string> = R extends { request: Record<Name, infer Schema extends z.ZodType> }
  ? z.output<Schema>
  : undefined;
type Body<R> = R extends {
  request: { body: { content: { "application/json": { schema: infer Schema extends z.ZodType } } } };
}
  ? z.output<Schema>
  : undefined;

declare const allowed: unique symbol;
/** A success that the contract allows for the operation; only `reply` and `replyAs` make one. Errors are thrown, as `ApiError`. */
export type Answer<Id extends OperationId> = AnyAnswer & { readonly [allowed]: Id };

/** Whoever has a key or is signed in; only who is signed in; or nobody who is known. */
type CallerOf<Id extends OperationId> = (typeof table)[Id]["authentication"] extends "key"
  ? Caller
  : (typeof table)[Id]["authentication"] extends "session"
    ? UserCaller
    : undefined;

/** What a handler is given: who asks, the parts of the request, validated, and what it may do with them. */
export interface Request<Id extends OperationId> {
  caller: CallerOf<Id>;
  params: Part<Route<Id>, "params">;
  query: Part<Route<Id>, "query">;
  headers: Part<Route<Id>, "headers">;
  body: Body<Route<Id>>;
  reply<Status extends SuccessStatus<Id>>(status: Status, body: JsonOf<Responses<Id>[Status]>): Answer<Id>;
  /** Which media type of the success the caller prefers, by its `Accept`. */
  accepted: MediaType<Id>;
  /** A 200 that is not JSON. */
  replyAs(type: Exclude<MediaType<Id>, "application/json">, body: MediaAnswer["body"]): Answer<Id>;
  /** Cuts the caller off: for a stream that is over and not read to its end. */
  disconnect(): void;
  /**
   * Does the work of the request in one transaction, which also keeps its answer for the request's Idempotency-Key: either
   * both are on disk or neither is.
   */
  write(work: (tx: Tx) => Promise<Answer<Id>>): Promise<Answer<Id>>;
  /**
   * As `write`, for a handler that has acted already: what was done is told and audited, even when the key or session that it was done
   * with has ended since. `write` does nothing then.
   */
  writeDone(work: (tx: Tx) => Promise<Answer<Id>>): Promise<Answer<Id>>;
  /** Instead of `write`, where the answer follows from a message's state: ties the Idempotency-Key to the message, within `tx`. */
  claim(tx: Tx, messageId: string): Promise<void>;
  client(): Client;
  /** Gives the client the cookie of a session; without a token, takes it away. */
  setCookie(token: string | undefined): void;
  /** From here on this user, invited by whoever made the link, does what the request does, for the audit log and the line in the log. */
  signedInAs(user: User, inviter?: string): void;
}

export type Handler<Id extends OperationId> = (request: Request<Id>) => Promise<Answer<Id>>;
/** One handler for every operation of the contract; it does not compile while one is missing. */
export type Handlers = { [Id in OperationId]: Handler<Id> };

/** A handler's part of the contract, without its name: how the mounting code sees them all. */
export interface AnyRequest {
  caller: Caller | undefined;
  params: unknown;
  query: unknown;
  headers: unknown;
  body: unknown;
  reply(status: number, body: unknown): AnyAnswer;
  accepted: string;
  replyAs(type: string, body: MediaAnswer["body"]): AnyAnswer;
  disconnect(): void;
  write(work: (tx: Tx) => Promise<AnyAnswer>): Promise<AnyAnswer>;
  writeDone(work: (tx: Tx) => Promise<AnyAnswer>): Promise<AnyAnswer>;
  claim(tx: Tx, messageId: string): Promise<void>;
  client(): Client;
  setCookie(token: string | undefined): void;
  signedInAs(user: User, inviter?: string): void;
}
export type AnyAnswer = { status: number; body: unknown; media?: never } | MediaAnswer;
/** A success in another media type than JSON. */
export interface MediaAnswer {
  status: 200;
  media: string;
  body: Uint8Array<ArrayBuffer> | string | ReadableStream<Uint8Array>;
}
