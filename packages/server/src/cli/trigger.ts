import { Argument, Command } from "commander";
import { EVENT_NAMES } from "../generated/operations.js";
import { type ApiOptions, findApiAccess, refusalOf, unreachable } from "./api-access.js";
import { print, withDataOptions } from "./command.js";

/** `whatsflow trigger` */
export function triggerCommand(): Command {
  return withDataOptions(new Command("trigger"))
    .description("make an event happen in the sandbox, with sample data")
    .addArgument(new Argument("<event>", "its name").choices(EVENT_NAMES))
    .option("--url <url>", "the server (WHATSFLOW_URL; default http://localhost:2152)")
    .action(trigger);
}

async function trigger(event: string, options: ApiOptions): Promise<void> {
  const access = await findApiAccess(options);
  const response = await fetch(`${access.baseUrl}/events/trigger`, {
    method: "POST",
    headers: { authorization: `Bearer ${access.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ event }),
  }).catch(() => {
    throw unreachable(access);
  });
  const text = await response.text();
  const id = response.ok ? /"id":"(evt_\w+)"/.exec(text)?.[1] : undefined;
  if (id === undefined) throw refusalOf(access, response.status, text);
  print(options, { id, event, url: access.baseUrl }, [`Triggered ${event} at ${access.baseUrl}: ${id}`]);
}
