/** For workers: takes the tour when asked for, and receives webhooks. */
import { webhookHandler } from "@whatsflow/sdk/webhooks";
import { type Destination, SECRET, tour } from "./tour.js";

const receive = webhookHandler({ secret: SECRET, onEvent: () => {} });

export default {
  async fetch(request: Request, env: Destination): Promise<Response> {
    if (new URL(request.url).pathname === "/webhooks") return receive(request);
    return Response.json(await tour(env));
  },
};
