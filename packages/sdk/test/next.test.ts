/** A route handler in a Next.js that is started for real, with the package as it is built. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { delivery, messageReceived, OTHER_SECRET, ownScheme, post, postChunked, SECRET } from "./deliveries.js";

const APP = fileURLToPath(new URL("next-app", import.meta.url));
const NEXT = fileURLToPath(import.meta.resolve("next/dist/bin/next"));
/** It compiles at its start, and each route when that is asked for. */
const START_TIMEOUT_MS = 180_000;

let next: ChildProcess;
let ended: Promise<void>;
let printed = "";
let url = "";

beforeAll(async () => {
  const env = { PATH: process.env.PATH, NEXT_TELEMETRY_DISABLED: "1", WHATSFLOW_WEBHOOK_SECRET: SECRET };
  // Next's types ask for a NODE_ENV, which `next dev` sets by itself.
  const options = { cwd: APP, env: { ...env, NODE_ENV: "development" as const } };
  next = spawn(process.execPath, [NEXT, "dev", "--port", "0", "--hostname", "127.0.0.1"], options);
  ended = new Promise((resolve) => next.once("close", () => resolve()));
  url = await new Promise<string>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      printed += chunk;
      const [, origin] = /Local: +(http:\S+).*Ready/s.exec(printed) ?? [];
      if (origin) resolve(`${origin}/webhooks/whatsflow`);
    };
    next.stdout?.on("data", look);
    next.stderr?.on("data", look);
    next.once("close", () => reject(new Error(`Next.js ended:\n${printed}`)));
  });
}, START_TIMEOUT_MS);

afterAll(async () => {
  next.kill();
  await ended;
});

/** What it prints comes by two pipes, and may come later than its answers. */
async function whenPrinted(...texts: string[]): Promise<void> {
  while (!texts.every((text) => printed.includes(text))) {
    const more = [next.stdout, next.stderr].map((pipe) => pipe && once(pipe, "data"));
    const isOver = ended.then(() => Promise.reject(new Error(`Next.js ended:\n${printed}`)));
    await Promise.race([...more, isOver]);
  }
}

it(
  "verifies, answers, and runs onEvent once, in a route handler of Next.js",
  async () => {
    const genuine = await delivery({ id: "delivery_1" });
    for (const request of [genuine, genuine]) {
      expect(await post(url, request)).toMatchObject({ status: 200, text: '{"received":true}' });
    }
    expect(await postChunked(url, genuine)).toMatchObject({ status: 200 });
    expect((await post(url, ownScheme(genuine))).status).toBe(401);
    const { status, text } = await post(url, await delivery({ secret: OTHER_SECRET }));
    expect([status, JSON.parse(text)]).toMatchObject([401, { reason: "bad_signature" }]);
    const large = await post(url, await delivery({ body: "x".repeat(1_048_577) }));
    expect([large.status, JSON.parse(large.text)]).toMatchObject([413, { error: "body_too_large" }]);

    const failing = await delivery({ id: "delivery_2", body: JSON.stringify(messageReceived("fail once")) });
    const failed = await post(url, failing);
    expect(failed.status).toBe(500);
    expect((await post(url, failing)).status).toBe(200);
    expect((await fetch(url)).status).toBe(405);

    await whenPrinted("as delivery_2", "no room in the inbox");
    expect(printed.match(/received message\.received as delivery_\d/g)).toEqual([
      "received message.received as delivery_1",
      "received message.received as delivery_2",
    ]);
  },
  START_TIMEOUT_MS,
);
