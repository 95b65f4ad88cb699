import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { createTestSpace, type Received, startReceiver, type TestSpace } from "./dispatcher-fixture.js";
import { queueTest } from "./webhooks.js";

const isGenuine = ({ body, headers }: Received, secret: string) =>
  headers["x-webhook-signature"] === `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

/** Tests a webhook whose receiver answers with these statuses: genuine requests, and others. */
async function verify(here: TestSpace, statuses: { genuine: number; tampered: number; reason?: string }) {
  let secret = "";
  const receiver = await startReceiver((request, response) => {
    if (isGenuine(request, secret)) response.writeHead(statuses.genuine).end("thanks");
    else response.writeHead(statuses.tampered).end(statuses.reason);
  });
  const made = await here.hook(receiver.url);
  secret = made.secret;
  const now = here.clock.now();
  const id = await here.store.write((tx) => queueTest(tx, here.space, null, made.row.id, { verify: true }, now));
  await here.startDispatcher();
  await here.until(async () => Number((await here.deliveries(made.row.id))[0]?.attempt_number) > 0);
  const [delivery] = await here.deliveries(made.row.id);
  expect(delivery?.id).toBe(id);
  return { delivery, receiver, secret, webhook: await here.webhook(made.row.id) };
}

test("a receiver that takes the event and refuses its tampered copy passes", async () => {
  const here = await createTestSpace();
  const reason = '{"reason":"bad_signature"}';
  const { delivery, receiver, secret, webhook } = await verify(here, { genuine: 200, tampered: 401, reason });
  expect(delivery).toMatchObject({ verification: "passed", status: "succeeded", response_status: 200 });
  expect(delivery?.attempts).toMatchObject([
    { attempt_number: 1, tampered: 0, response_status: 200, response_body: "thanks", error: null },
    { attempt_number: 2, tampered: 1, response_status: 401, response_body: reason, error: null },
  ]);
  expect(webhook).toMatchObject({ success_count: 1, failure_count: 0, failing_count: 0 });

  const [genuine, tampered] = receiver.received;
  if (!genuine || !tampered) throw new Error("Both should have come");
  expect(isGenuine(tampered, secret)).toBe(false);
  expect(tampered.headers).toEqual({ ...genuine.headers, "content-length": tampered.headers["content-length"] });
  expect(JSON.parse(tampered.body.toString()).event).toBe("webhook.test");
});

test.each([
  [200, "answered 200 to a wrongly signed copy; a receiver that verifies answers 4xx"],
  [302, "answered 302 to a wrongly signed copy; a receiver that verifies answers 4xx"],
  [500, "answered 500 to a wrongly signed copy; a receiver that verifies answers 4xx"],
])("one that answers the tampered copy with %d fails, and is not asked again", async (status, error) => {
  const here = await createTestSpace();
  const { delivery, webhook } = await verify(here, { genuine: 204, tampered: status });
  expect(delivery).toMatchObject({ verification: "failed", status: "failed", delivered_at: null, due_at: null });
  expect(delivery?.attempts[1]).toMatchObject({ tampered: 1, response_status: status, error });
  expect(webhook).toMatchObject({ success_count: 1, failure_count: 0 });
});

test("a 410 to the tampered copy disables nothing", async () => {
  const here = await createTestSpace();
  const { delivery, webhook } = await verify(here, { genuine: 200, tampered: 410 });
  expect(delivery).toMatchObject({ verification: "passed" });
  expect(webhook).toMatchObject({ is_active: 1 });
});

test("one that refuses the genuine event is asked again like for any other, and no copy is sent before", async () => {
  const here = await createTestSpace();
  const { delivery, receiver, secret } = await verify(here, { genuine: 401, tampered: 401 });
  expect(delivery).toMatchObject({ verification: "pending", status: "pending", due_at: here.clock.now() + 5_000 });
  expect(receiver.received.map((request) => isGenuine(request, secret))).toEqual([true]);
});
