/** Errors in words: what happened, and the way out. */
import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  NotFoundError,
  TimeoutError,
} from "../../../sdk/src/errors.js";

export { ApiError, AuthenticationError, NotFoundError };

export type Problem = {
  title: string;
  /** What happened, and where it is known what to do. */
  text: string;
  /** What to do, where the text does not say. */
  wayOut?: string | undefined;
  /** Each field that is wrong, by its name in the contract. */
  fields: readonly { path: string; message: string }[];
  /** Stands in the server's log, too. Only where somebody has to look there: what one did wrong oneself is no case for it. */
  requestId?: string | undefined;
};

const WAYS_OUT: Record<string, string> = {
  internal_error: "Try again. If it stays so, look for the request's id in the server's log.",
  mode_not_allowed: "Switch to the other mode at the top of the page.",
};

/** Where the answer's own title, such as "Forbidden", says little. */
const TITLES: Record<string, string> = {
  wrong_password: "That did not work",
  insecure_connection: "This connection is not safe enough",
  internal_error: "The server has failed",
  rate_limited: "Too many tries",
  limit_reached: "No more of these",
};

export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return problemOfAnswer(error);
  if (error instanceof TimeoutError)
    return {
      title: "The server took too long",
      text: "It did not answer in time. What you asked for may have happened all the same.",
      wayOut: "Look whether it did, then try again.",
      fields: [],
    };
  if (error instanceof ConnectionError)
    return {
      title: "The server cannot be reached",
      text: "No answer came. Either this device is offline, or WhatsFlow is not running.",
      wayOut: "Check both, then try again.",
      fields: [],
    };
  return {
    title: "Something went wrong on this page",
    text: error instanceof Error ? error.message : String(error),
    wayOut: "Load the page again.",
    fields: [],
  };
}

function problemOfAnswer(error: ApiError): Problem {
  const { status, code, details, requestId, retryAfter, body } = error;
  const said: { error?: unknown; message?: unknown } = Object(body);
  const wait = code === "rate_limited" && retryAfter ? `Try again in ${inWords(retryAfter)}.` : undefined;
  const text = sentence(typeof said.message === "string" ? said.message : error.message);
  const isOfServer = status >= 500 || code.startsWith("http_");
  return {
    title: TITLES[code] ?? (typeof said.error === "string" ? said.error : "The server refused this"),
    // The server says it too, in words less exact.
    text: wait ? text.replace(TRY_AGAIN, "") : text,
    wayOut: wait ?? WAYS_OUT[code],
    fields: details,
    requestId: isOfServer ? requestId : undefined,
  };
}

/** More may follow it. */
const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** The last sentence, where it tells to try again. */
const TRY_AGAIN = /\s*[^.!?]*\btry again\b[^.!?]*[.!?]$/i;

const inWords = (seconds: number): string =>
  seconds === 1 ? "a second" : seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;

/** What is wrong with one field of a form; the paths of the contract begin with where the field stands, as in `body.name`. */
export function fieldProblem(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const message = error.details.find(({ path }) => path === field || path.endsWith(`.${field}`))?.message;
  // There it stands behind the field's name, here below it.
  return message && sentence(message.charAt(0).toUpperCase() + message.slice(1));
}
