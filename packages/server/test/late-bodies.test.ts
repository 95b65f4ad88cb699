/** Requests whose head comes in time, and whose body after the session or key that it shows has ended. */
import { request as open } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createFakeClock } from "./fake-clock.js";
import { startTestApp, type TestApp } from "./test-app.js";

const clock = createFakeClock();
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock });
});
afterAll(() => app.close());

type Shown = { session: string } | { key: string };
const headersOf = (shown: Shown): Record<string, string> =>
  "key" in shown
    ? { authorization: `Bearer ${shown.key}` }
    : { cookie: `whatsflow=${shown.session}`, "whatsflow-mode": "test" };

/** Sends the head of a request, does `meanwhile` once the server has let it in, and sends the body then. */
async function late(path: string, body: object, shown: Shown, meanwhile: () => Promise<unknown>): Promise<number> {
  const used = await requestsUsed(shown);
  const text = JSON.stringify(body);
  const headers = { "content-type": "application/json", "content-length": text.length, ...headersOf(shown) };
  const sent = open(app.baseUrl + path, { method: "POST", headers });
  const answered = new Promise<number>((resolve, reject) => {
    sent.once("error", reject).once("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
  sent.write(text.slice(0, 1));
  // Whoever is let in is counted.
  for (let asked = 1; (await requestsUsed(shown)) === used + asked; asked += 1);
  await meanwhile();
  sent.end(text.slice(1));
  return answered;
}
/** By the header that tells what is left of the minute. */
async function requestsUsed(shown: Shown): Promise<number> {
  const { headers } = await app.request("GET", "/usage", { key: null, headers: headersOf(shown) });
  return Number(headers.get("x-ratelimit-limit")) - Number(headers.get("x-ratelimit-remaining"));
}

const KEY = { name: "Made late", scopes: ["messages:read"] };
const MESSAGE = { phone_number: "+94771234567", message: "Sent late" };
const countLate = async () => {
  const keys = await app.store.read.selectFrom("api_keys").select("id").where("name", "=", KEY.name).execute();
  const messages = await app.store.read.selectFrom("messages").select("id").execute();
  return keys.length + messages.length;
};

it.each([
  ["/api-keys", KEY],
  ["/messages/send", MESSAGE],
])("POST %s is not carried out after its session was ended", async (path, body) => {
  const session = await app.signIn();
  const end = () => app.request("DELETE", "/sessions", { session });
  expect(await late(path, body, { session }, end)).toBe(401);
  expect(await countLate()).toBe(0);
});

it("nor after its session went on under another cookie", async () => {
  const session = await app.signIn();
  const renew = () =>
    app.store.write(async (tx) => {
      await tx
        .updateTable("sessions")
        .set({ token_hash: Buffer.alloc(32) })
        .execute();
    });
  expect(await late("/api-keys", KEY, { session }, renew)).toBe(401);
  expect(await countLate()).toBe(0);
});

it.each([
  ["/api-keys", KEY],
  ["/messages/send", MESSAGE],
])("POST %s is not carried out after its key was revoked", async (path, body) => {
  const key = await app.createKey();
  expect(await late(path, body, { key }, () => app.revokeKey(key))).toBe(401);
  expect(await countLate()).toBe(0);
});

it("nor after its key expired", async () => {
  const key = await app.createKey({ expiresAt: clock.now() + 1_000 });
  expect(await late("/messages/send", MESSAGE, { key }, async () => clock.advance(1_000))).toBe(401);
  expect(await countLate()).toBe(0);
});

it("one that comes late, and with what still counts, is carried out", async () => {
  const session = await app.signIn();
  expect(await late("/api-keys", KEY, { session }, async () => undefined)).toBe(201);
  expect(await late("/messages/send", MESSAGE, { key: app.key }, async () => undefined)).toBe(200);
  expect(await countLate()).toBe(2);
});
