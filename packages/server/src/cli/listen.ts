import { Command, InvalidArgumentError } from "commander";
import { EVENT_NAMES } from "../generated/operations.js";
import type { ApiOptions } from "./api-access.js";
import { withDataOptions } from "./command.js";

export interface ListenOptions extends ApiOptions {
  forwardTo: string;
  events?: string;
}

/** `whatsflow listen` */
export function listenCommand(): Command {
  return withDataOptions(new Command("listen"))
    .description("forward events to a receiver on this machine, signed as webhooks are, until Ctrl-C")
    .requiredOption("--forward-to <url>", "where they are posted, such as http://localhost:3000/webhooks", parseTarget)
    .option("--events <events>", "only some, with commas; default all", parseEvents)
    .option("--url <url>", "the server (WHATSFLOW_URL; default http://localhost:2152)")
    .action(async (options: ListenOptions) => {
      // Loaded here alone: the other commands would wait for what they do not need.
      const { listen } = await import("./listening.js");
      await listen(options);
    });
}

function parseTarget(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return text;
  throw new InvalidArgumentError("It must be an http or https address, such as http://localhost:3000/webhooks.");
}

function parseEvents(text: string): string {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !EVENT_NAMES.some((known) => known === name));
  if (unknown.length === 0) return names.join(",");
  throw new InvalidArgumentError(`${unknown.join(", ")} is no event. Events are ${EVENT_NAMES.join(", ")}.`);
}
