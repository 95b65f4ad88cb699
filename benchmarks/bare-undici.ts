/** Webhooks without a dispatcher: a loop that posts, over the dispatcher's own HTTP client. */
import { createGuardedAgent } from "../packages/server/src/webhooks/address-guard.js";
import type { Sample } from "./webhook-receiver.js";
import { obey } from "./worker.js";

const agent = createGuardedAgent({ allow: { hosts: [], blocks: [], loopback: true }, connectTimeoutMs: 10_000 });

async function post(origin: string, { headers, body }: Sample): Promise<void> {
  const answer = await agent.request({ origin, path: "/", method: "POST", headers, body });
  if (answer.statusCode !== 200) throw new Error(`${origin} answered ${answer.statusCode}`);
  await answer.body.text();
}

const commands = {
  /** Posts the sample so often to each of these endpoints, so many at once to each. */
  async post(urls: string[], sample: Sample, times: number, inFlight: number) {
    const loop = async (origin: string) => {
      for (let posted = 0; posted < times / inFlight; posted += 1) await post(origin, sample);
    };
    const origins = urls.map((url) => new URL(url).origin);
    await Promise.all(origins.flatMap((origin) => Array.from({ length: inFlight }, () => loop(origin))));
  },
};

export type BareUndiciCommands = typeof commands;
obey(commands);
