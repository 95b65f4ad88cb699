import type { Clock } from "../clock.js";
import { invalid } from "../errors.js";
import { EVENT_NAMES, type EventName } from "../generated/operations.js";
import type { Handlers } from "../http/contract.js";
import type { EventStreams } from "./event-streams.js";
import { isEventName, triggerSample } from "./sample-events.js";

export function eventRoutes({
  clock,
  streams,
}: {
  clock: Clock;
  streams: EventStreams;
}): Pick<Handlers, "streamEvents" | "triggerEvent"> {
  return {
    async streamEvents({ caller, query, headers, replyAs, disconnect }) {
      // A client that comes back by itself has the newer one in its header, and the older one still in its address.
      const lastId = headers["Last-Event-ID"] ?? query.last_event_id;
      const body = await streams.open(caller, {
        lastId: lastId === undefined ? undefined : Number(lastId),
        names: query.events === undefined ? null : parseNames(query.events),
        disconnect,
      });
      return replyAs("text/event-stream", body);
    },

    triggerEvent({ caller, body, reply, write }) {
      const now = clock.now();
      return write(async (tx) => {
        const id = await triggerSample(tx, caller.space, caller.deviceIds, body.event, now);
        return reply(200, { success: true, data: { id, event: body.event } });
      });
    },
  };
}

function parseNames(text: string): EventName[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !isEventName(name));
  if (unknown.length > 0) throw invalid("events", `must be some of ${EVENT_NAMES.join(", ")}, separated by commas`);
  return names.filter(isEventName);
}
