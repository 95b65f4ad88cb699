/** The SDK's resources in the page: the session's cookie stands in for a key, and a header says in which mode. */
import { Call, createSend } from "../call.js";
import { type Mode, Resources } from "../generated/resources.js";
import { reportAnswer, reportSilence } from "./connection.js";

/** The resources of one mode. Live and test have a client each, and nothing that one read is ever shown in the other. */
export type Client = Resources & { readonly mode: Mode };

const BASE_PATH = "/api/public/v1";

function createClient(mode: Mode): Client {
  const send = createSend({
    fetch: (request) => {
      request.headers.set("WhatsFlow-Mode", mode);
      return fetch(request).then(
        (response) => {
          reportAnswer(response.status);
          return response;
        },
        (error: unknown) => {
          if (!request.signal.aborted) reportSilence();
          throw error;
        },
      );
    },
    timeoutMs: 30_000,
    maxRetries: 2,
    maxRetryWaitMs: 5_000,
    backoffMs: 500,
  });
  return Object.assign(new Resources(new Call(location.origin + BASE_PATH, send)), { mode });
}

const clients: Record<Mode, Client> = { live: createClient("live"), test: createClient("test") };

export const clientOf = (mode: Mode): Client => clients[mode];
