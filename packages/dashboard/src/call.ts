/** What the generated methods are made of: the published client's own code, so that both ask, repeat and page alike. */
export { type ApiPromise, Call, type PagePromise, type RequestOptions } from "../../sdk/src/call.js";
export type { Page } from "../../sdk/src/pagination.js";
export { createSend } from "../../sdk/src/retry.js";
