export type { ApiPromise, RateLimit, Result, WithResponse } from "./api-promise.js";
export type { RequestOptions } from "./call.js";
export { WhatsFlow, type WhatsFlowOptions } from "./client.js";
export {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  TimeoutError,
  WhatsFlowError,
} from "./errors.js";
export type { StreamedEvent, StreamGap, StreamOptions } from "./event-stream.js";
export { ERROR_CODES, type ErrorCode, EVENT_NAMES, SCOPES } from "./generated/names.js";
export type { components, operations, paths } from "./generated/openapi.js";
export type * from "./generated/resources.js";
export type { Page, PageInfo, PagePromise } from "./pagination.js";
export type { AttemptLog } from "./retry.js";
