export type { RequestOptions } from "./call.js";
export { WhatsFlow, type WhatsFlowOptions } from "./client.js";
export { WhatsFlowApiError, WhatsFlowConnectionError, WhatsFlowError, WhatsFlowTimeoutError } from "./errors.js";
export type { StreamedEvent, StreamGap, StreamOptions } from "./event-stream.js";
export { ERROR_CODES, type ErrorCode, EVENT_NAMES, SCOPES } from "./generated/names.js";
export type { components, operations, paths } from "./generated/openapi.js";
export type * from "./generated/resources.js";
export type { Page, PageInfo, PagePromise } from "./pagination.js";
