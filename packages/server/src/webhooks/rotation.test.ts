import { verifyWebhook } from "@whatsflow/sdk/webhooks";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFakeClock, type FakeClock } from "../../test/fake-clock.js";
import { startTestApp, type TestApp } from "../../test/test-app.js";
import { type Received, type Receiver, startReceiver } from "./dispatcher-fixture.js";

let app: TestApp;
let clock: FakeClock;
beforeAll(async () => {
  clock = createFakeClock(Date.now());
  app = await startTestApp({ clock });
});
afterAll(() => app.close());

async function create(receiver: Receiver): Promise<{ path: string; secret: string }> {
  const { body } = await app.request("POST", "/webhooks", { body: { url: receiver.url, events: ["webhook.test"] } });
  return { path: `/webhooks/${body.data.id}`, secret: body.data.secret };
}
const rotate = async (path: string, body?: object) =>
  (await app.request("POST", `${path}/rotate-secret`, body && { body })).body.data;
/** The next request that comes. */
async function next(path: string, receiver: Receiver): Promise<Received> {
  const count = receiver.received.length + 1;
  await app.request("POST", `${path}/test`);
  const request = (await receiver.requests(count))[count - 1];
  if (!request) throw new Error("No request");
  return request;
}
const verifies = (verify: () => unknown) =>
  Promise.resolve()
    .then(verify)
    .then(
      () => true,
      () => false,
    );
/** With which of the secrets a request verifies, by each scheme and library. */
async function accepts({ body, headers }: Received, secret: string) {
  const { "x-webhook-signature": reference = "", ...rest } = headers;
  const now = new Date(clock.now());
  return {
    standard: await verifies(() => verifyWebhook({ body, headers: rest, secret, now })),
    standardwebhooks: await verifies(() => new StandardWebhook(secret).verify(body.toString(), headers)),
    svix: await verifies(() => new SvixWebhook(secret).verify(body.toString(), headers)),
    reference: await verifies(() =>
      verifyWebhook({ body, headers: { "X-Webhook-Signature": reference }, secret, now }),
    ),
  };
}
const everything = { standard: true, standardwebhooks: true, svix: true, reference: true };
const nothing = { standard: false, standardwebhooks: false, svix: false, reference: false };

test("within the overlap both secrets verify, and the old header keeps the old one until it ends", async () => {
  const receiver = await startReceiver();
  const { path, secret: old } = await create(receiver);
  const { secret, previous_secret_expires_at } = await rotate(path);
  expect(secret).toMatch(/^whsec_[0-9A-Za-z]{44}$/);
  expect(secret).not.toBe(old);
  expect(Date.parse(previous_secret_expires_at)).toBe(clock.now() + 86_400_000);
  expect((await app.request("GET", path)).body.data).toMatchObject({ previous_secret_expires_at });

  const during = await next(path, receiver);
  expect(await accepts(during, old)).toEqual(everything);
  expect(await accepts(during, secret)).toEqual({ ...everything, reference: false });

  clock.advance(86_400_000);
  const after = await next(path, receiver);
  // The libraries look at the clock of this machine, which goes on as before.
  expect(await accepts(after, old)).toMatchObject({ standard: false, reference: false });
  expect(await accepts(after, secret)).toMatchObject({ standard: true, reference: true });
  expect((await app.request("GET", path)).body.data.previous_secret_expires_at).toBeNull();
  clock.advance(-86_400_000);
});

test("without an overlap the old secret is worth nothing at once, also where one was still in use beside it", async () => {
  const receiver = await startReceiver();
  const { path, secret: first } = await create(receiver);
  const { secret: second } = await rotate(path);
  const rotated = await rotate(path, { overlap_seconds: 0 });
  expect(rotated.previous_secret_expires_at).toBeNull();
  const request = await next(path, receiver);
  expect(await accepts(request, first)).toEqual(nothing);
  expect(await accepts(request, second)).toEqual(nothing);
  expect(await accepts(request, rotated.secret)).toEqual(everything);
  const [row] = await app.store.read
    .selectFrom("webhooks")
    .select("previous_secret")
    .where("url", "=", receiver.url)
    .execute();
  expect(row).toEqual({ previous_secret: null });
});

test("rotated twice, the secret before the last is dropped", async () => {
  const receiver = await startReceiver();
  const { path, secret: first } = await create(receiver);
  const { secret: second } = await rotate(path, { overlap_seconds: 60 });
  const { secret: third } = await rotate(path, { overlap_seconds: 60 });
  const request = await next(path, receiver);
  expect(await accepts(request, first)).toEqual(nothing);
  expect(await accepts(request, second)).toEqual(everything);
  expect(await accepts(request, third)).toEqual({ ...everything, reference: false });
});

test("a repeated request gives the same secret again", async () => {
  const { path } = await create(await startReceiver());
  const headers = { "Idempotency-Key": "rotation-1" };
  const once = await app.request("POST", `${path}/rotate-secret`, { headers });
  const again = await app.request("POST", `${path}/rotate-secret`, { headers });
  expect(again.body).toEqual(once.body);
  expect(again.headers.get("idempotent-replayed")).toBe("true");
});

test.each([-1, 604_801, 1.5, "60"])("an overlap of %j is refused", async (overlap_seconds) => {
  const { path } = await create(await startReceiver());
  const { status, body } = await app.request("POST", `${path}/rotate-secret`, { body: { overlap_seconds } });
  expect(status).toBe(400);
  expect(body.details[0].path).toBe("overlap_seconds");
});
