import type { tour } from "./programs/tour.js";

type Differences = {
  /** Whether it brings Node's crypto. */
  hasNodeCrypto: boolean;
  /** Whether it is a browser, in which the client refuses to work until it is told to. */
  isBrowser?: boolean;
};

/** What every runtime has to report. */
export const reportOf = (
  message: string,
  { hasNodeCrypto, isBrowser = false }: Differences,
): Awaited<ReturnType<typeof tour>> => ({
  client: {
    isRefused: isBrowser,
    sent: message,
    heard: `echo: ${message}`,
    read: message,
    listed: true,
    pageLength: 1,
    answered: "200, number",
    raw: message,
    refused: "401 unauthorized",
  },
  webhooks: {
    verified: "Grüße",
    recorded: "2025-10-11T10:30:00.000Z",
    tampered: "bad_signature",
    answers: [200, 200, 401],
    told: ["Grüße"],
    withoutSecret: ["TypeError", "TypeError", "TypeError", "function"],
  },
  hasNodeCrypto,
});
