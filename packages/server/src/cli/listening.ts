import { Agent } from "undici";
import { findApiAccess } from "./api-access.js";
import { print } from "./command.js";
import { readEvents, type ServedEvent } from "./event-source.js";
import { type Forwarded, forward } from "./forwarding.js";
import type { ListenOptions } from "./listen.js";
import { findListenSecret, type ListenSecret } from "./listen-secret.js";

/** Forwards events, one after the other, until SIGINT or SIGTERM. */
export async function listen(options: ListenOptions): Promise<void> {
  const access = await findApiAccess(options);
  const signing = findListenSecret(options);
  const { secret } = signing;
  const url = options.forwardTo;
  const stop = new AbortController();
  const { signal } = stop;
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
  const [server, receiver] = [new Agent(), new Agent()];
  let isFirst = true;
  let wasRefused = false;
  try {
    const events = readEvents(access, {
      client: server,
      events: options.events,
      signal,
      onConnect() {
        if (isFirst) greet(options, access.baseUrl, signing);
        else note("Connected again.");
        isFirst = false;
      },
      onLost: () => note("The server went away. What happens meanwhile comes when it is back."),
    });
    for await (const event of events) {
      if (event.name === "gap") note(`Some events are missing, since they are no longer kept: ${event.body}`);
      else {
        const forwarded = await forward(receiver, event, { url, secret, signal });
        show(options, event, forwarded);
        if (forwarded.responseStatus === 401 && !wasRefused) note(cureOfRefusal(signing));
        wasRefused ||= forwarded.responseStatus === 401;
      }
      if (signal.aborted) break;
    }
  } finally {
    await Promise.all([server.destroy(), receiver.destroy()]);
  }
}

const note = (text: string) => void process.stderr.write(`${text}\n`);

const greet = (options: ListenOptions, baseUrl: string, { secret, isGiven }: ListenSecret) =>
  print(options, { url: baseUrl, forward_to: options.forwardTo, secret: isGiven ? null : secret }, [
    `Forwarding the events of ${baseUrl} to ${options.forwardTo}`,
    `They are signed with ${isGiven ? "the secret of WHATSFLOW_WEBHOOK_SECRET" : secret}`,
    "Ready. Stop with Ctrl-C.",
  ]);

function show(options: ListenOptions, { id, name }: ServedEvent, forwarded: Forwarded): void {
  const { responseStatus, error, durationMs, tries } = forwarded;
  const at = new Date();
  // What was refused is for the receiver to explain; a 5xx comes from whatever failed on the way as well.
  const answer = responseStatus !== null && responseStatus >= 400 && responseStatus < 500 ? excerpt(forwarded) : "";
  const json = {
    at: at.toISOString(),
    event: name,
    id,
    response_status: responseStatus,
    error,
    duration_ms: durationMs,
    tries,
    ...(answer !== "" && { answer }),
  };
  const outcome = error === null ? `${responseStatus}` : tries > 1 ? `${error}, after ${tries} tries` : error;
  print(options, json, [
    `${at.toTimeString().slice(0, 8)}  ${name}  ${id} → ${outcome} (${durationMs} ms)${answer && `: ${answer}`}`,
  ]);
}

const MOST_SHOWN = 200;

/** One line that does nothing to a terminal: no escape sequences, no text that runs backwards. */
const excerpt = ({ responseBody }: Forwarded): string =>
  Array.from((responseBody ?? "").replace(/[\p{C}\s]+/gu, " ").trim())
    .slice(0, MOST_SHOWN)
    .join("");

/** Said once: whoever has another secret refuses everything. */
const cureOfRefusal = ({ secret, isGiven }: ListenSecret): string =>
  `The receiver probably has another secret. Start it with ${isGiven ? "the WHATSFLOW_WEBHOOK_SECRET that this command has" : `WHATSFLOW_WEBHOOK_SECRET=${secret}`}`;
