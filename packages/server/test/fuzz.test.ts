/** Thousands of requests made from the contract: no answer leaves it, nothing but what it documents fails, nothing is lost. */
import { Agent, request } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OperationId, operations } from "../src/generated/operations.js";
import { checkAnswer } from "./contract-check.js";
import { anyRequest, type GeneratedRequest, TOO_SLOW } from "./request-generator.js";
import { startTestApp, type TestApp } from "./test-app.js";

const SEED = Date.now() % 1_000_000;
/** Each of some requests at once. */
const ROUNDS = 2_000;
/** What is rare may not happen in one series of rounds; that it happens in none of so many is a fault of the generator. */
const SERIES = 12;

let app: TestApp;
/** What the requests authenticate with, the first more often than others. */
let keys: (string | null)[];
/** Ids that exist, by the first part of a path. */
const ids: Record<string, string[]> = {
  ...{ messages: [], devices: [], contacts: [], webhooks: [], "api-keys": [], users: [], invitations: [] },
};
/** Deliveries, the newest last: webhooks are deleted meanwhile. */
const deliveries: { webhook: string; delivery: string }[] = [];
const sent = new Set<string>();
const tally = new Map<string, number>();

beforeAll(async () => {
  app = await startTestApp();
  await app.setPlan("default", 1_000_000_000);
  const { body } = await app.request("GET", "/devices");
  const device: string = body.data[0].id;
  ids.devices?.push(device);
  keys = [
    await app.createKey({ deviceIds: [device] }),
    await app.createKey({ deviceIds: ["device_x"] }),
    await app.createKey({ mode: "live" }),
    await app.createKey({ scopes: ["messages:read"] }),
    "wf_test_0000000000000000000000000000000000000000000",
    null,
  ];
});
afterAll(() => app.close());

function pick(path: string, from: number): string {
  const known = ids[path.split("/")[1] ?? ""] ?? [];
  return known[from % Math.max(1, known.length)] ?? "none";
}

function withIds(path: string, from: number): string {
  const { webhook, delivery } = deliveries.at(-1 - (from % 3)) ?? { webhook: "none", delivery: "none" };
  if (path.includes("{delivery_id}")) return path.replace("{id}", webhook).replace("{delivery_id}", () => delivery);
  return path.replace("{id}", () => pick(path, from));
}

/** What a request shows: a key, or for what only users may do mostly a session. Each has one of its own, as some of them end it. */
async function shown({ operation, key }: GeneratedRequest): Promise<Record<string, string>> {
  const isForUsers = operations[operation as OperationId]?.authentication === "session";
  if (key === SESSION_KEY || (isForUsers && key >= keys.length)) {
    const session = await app.signIn({ name: `user-${key % 5}` });
    return { cookie: `whatsflow=${session}`, "whatsflow-mode": "test" };
  }
  const bearer = key < keys.length ? keys[key] : app.key;
  return typeof bearer === "string" ? { authorization: `Bearer ${bearer}` } : {};
}
/** One in twenty requests is a user's, whatever it asks for. */
const SESSION_KEY = 19;

/** None is used again: one whose body is not read to its end within half a second is closed after its answer. */
const connections = new Agent({ keepAlive: true, maxFreeSockets: 0 });

/** As it is on the wire: neither path nor headers are mended on the way, as `fetch` would. */
async function send(generated: GeneratedRequest) {
  const { method, path, idFrom, headers, body, chunked } = generated;
  const authentication = await shown(generated);
  const bytes = body && Buffer.from(filledIn(body.toString("latin1")), "latin1");
  const target = filledIn(withIds(path, idFrom ?? 0));
  return new Promise<{ target: string; response: Response; text: string }>((resolve, reject) => {
    const outgoing = request(app.baseUrl + target, {
      agent: connections,
      method,
      headers: {
        ...authentication,
        ...(bytes && (chunked ? { "transfer-encoding": "chunked" } : { "content-length": bytes.length })),
        ...headers,
      },
    });
    outgoing.once("error", reject).once("response", (incoming) => {
      const chunks: Buffer[] = [];
      const isStream = incoming.headers["content-type"] === "text/event-stream";
      // A stream does not end: its beginning is the answer.
      if (isStream) incoming.once("data", () => incoming.destroy()).once("close", () => incoming.emit("end"));
      incoming.on("data", (chunk) => chunks.push(chunk)).once("error", reject);
      incoming.once("end", () => {
        const text = Buffer.concat(chunks).toString();
        const given = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
        resolve({ target, text, response: new Response(null, { status: incoming.statusCode, headers: given }) });
      });
    });
    outgoing.end(bytes);
  });
}

/** What takes a live key, which few requests have: a test key has its sandbox device, and can neither pair nor lose one. */
const LIVE_ONLY = [
  "createDevice",
  "getDeviceQr",
  "createPairingCode",
  "logoutDevice",
  "deleteDevice",
] as const satisfies OperationId[];

const filledIn = (text: string) =>
  text.replace("{contact}", () => pick("/contacts", 0)).replace("{device}", () => pick("/devices", 0));

async function ask(generated: GeneratedRequest): Promise<void> {
  const { target, response, text } = await send(generated);
  const isStream = response.headers.get("content-type") === "text/event-stream";
  const body = isStream ? text : JSON.parse(text);
  // By the URL Standard `%2e%2e` is `..`, so such a path is another one.
  checkAnswer(generated.method, new URL(app.baseUrl + target).pathname, response, body);
  if (response.status >= 500) {
    // The contract check has seen that it is documented; this one is documented only because it can never be ruled out.
    expect(body.code).not.toBe("internal_error");
  }
  const outcome = `${generated.operation} ${response.status}`;
  tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
  note(generated, target, response.status, body);
}

// biome-ignore lint/suspicious/noExplicitAny: the contract check has validated it
function note({ operation, method }: GeneratedRequest, target: string, status: number, body: any): void {
  if (operation === "sendMessage" && method === "POST") {
    const id = status === 200 ? body.data.message_id : body.message_id;
    if (id !== undefined) sent.add(id);
    if (id !== undefined) ids.messages?.push(id);
  }
  if (operation === "createWebhook" && status === 201) ids.webhooks?.push(body.data.id);
  if (operation === "deleteWebhook" && method === "DELETE" && status === 200)
    ids.webhooks = ids.webhooks?.filter((id) => !target.includes(id)) ?? [];
  if (operation === "testWebhook" && status === 200)
    deliveries.push({ webhook: target.split("/")[2] ?? "", delivery: body.data.delivery_id });
  if (operation === "listUsers" && status === 200) ids.users = body.data.map(({ id }: { id: string }) => id);
  if (operation === "listInvitations" && status === 200)
    ids.invitations = body.data.map(({ id }: { id: string }) => id);
  if (operation === "createApiKey" && status === 201) ids["api-keys"]?.push(body.data.id);
  if (operation === "listContacts" && status === 200)
    ids.contacts?.push(...body.data.contacts.map(({ id }: { id: string }) => id));
}

/** The operations that did not succeed yet, and the statuses that nothing was answered with. */
function missing(): string[] {
  const outcomes = [...tally.keys()];
  const rare = [...LIVE_ONLY, ...TOO_SLOW];
  const succeeded = Object.keys(operations).filter((operation) => !rare.some((name) => name === operation));
  return [
    ...succeeded.filter(
      (operation) => !outcomes.some((one) => one === `${operation} 200` || one === `${operation} 201`),
    ),
    ...["400", "401", "403", "404", "405", "413", "415", "422", "500"].filter(
      (status) => !outcomes.some((outcome) => outcome.endsWith(` ${status}`)),
    ),
  ];
}

describe(`requests made from the contract (seed ${SEED})`, () => {
  it("are answered within it, and nothing is lost", { timeout: 900_000 }, async () => {
    for (let series = 0; series === 0 || (series < SERIES && missing().length > 0); series += 1) {
      await fc.assert(
        fc.asyncProperty(fc.array(anyRequest, { minLength: 1, maxLength: 8 }), async (requests) => {
          await Promise.all(requests.map(ask));
        }),
        { seed: SEED + series, numRuns: ROUNDS },
      );
    }

    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    const stored = new Map<string, string>();
    let query = "limit=100";
    for (let page = 1; ; page += 1) {
      const { body } = await app.request("GET", `/messages?${query}`);
      for (const { id, direction } of body.data) stored.set(id, direction);
      if (page === 1) query = `limit=100&cursor=${body.pagination.next_cursor}`;
      if (body.pagination.next_cursor === null) break;
      query = `limit=100&cursor=${body.pagination.next_cursor}`;
    }
    const { total } = (await app.request("GET", "/messages?limit=1")).body.pagination;
    expect(total).toBe(stored.size);
    const outbound = [...stored].filter(([, direction]) => direction === "outbound").map(([id]) => id);
    expect(new Set(outbound)).toEqual(sent);
  });

  it("were of every kind", () => {
    const count = [...tally.values()].reduce((sum, some) => sum + some, 0);
    expect(count).toBeGreaterThan(5_000);
    expect(missing()).toEqual([]);
  });
});
