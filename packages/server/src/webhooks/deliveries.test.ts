import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createFakeClock, type FakeClock } from "../../test/fake-clock.js";
import { eventually, startTestApp, type TestApp } from "../../test/test-app.js";
import { type Received, type Receiver, startReceiver, statuses } from "./dispatcher-fixture.js";

let app: TestApp;
let clock: FakeClock;
beforeAll(async () => {
  clock = createFakeClock();
  app = await startTestApp({ clock });
});
afterAll(() => app.close());

const eventOf = ({ body }: Received) => JSON.parse(body.toString());

describe("a receiver that was down", () => {
  let receiver: Receiver;
  let status: number;
  let path: string;
  beforeEach(async () => {
    status = 500;
    receiver = await startReceiver((_request, response) => response.writeHead(status).end(`answer ${status}`));
    // None that come when the clock is moved: they would tell of messages that another test sent.
    const events = ["message.sent", "webhook.test"];
    const { body } = await app.request("POST", "/webhooks", { body: { url: receiver.url, events } });
    path = `/webhooks/${body.data.id}`;
  });

  const log = async (query = "") => (await app.request("GET", `${path}/deliveries${query}`)).body.data;
  const ids = (list: { id: string }[]) => list.map(({ id }) => id);
  /** A test event whose first attempt has ended. */
  async function fail(): Promise<string> {
    const { body } = await app.request("POST", `${path}/test`);
    const { delivery_id } = body.data;
    await eventually(async () => (await get(delivery_id)).attempt_number === 1, "the attempt");
    return delivery_id;
  }
  const get = async (id: string) => (await app.request("GET", `${path}/deliveries/${id}`)).body.data;
  const giveUp = (...given: string[]) =>
    app.store.write((tx) =>
      tx.updateTable("deliveries").set({ status: "failed", due_at: null }).where("id", "in", given).execute(),
    );
  const received = (id: string) => eventually(async () => (await get(id)).success, `the delivery of ${id}`);

  test("getWebhookDelivery shows the attempts, what was answered, and the very body", async () => {
    const id = await fail();
    const delivery = await get(id);
    expect(delivery).toMatchObject({ id, status: "pending", event_type: "webhook.test", verification: null });
    expect(delivery.attempts).toMatchObject([
      { response_status: 500, response_body: "answer 500", error: "answered 500", tampered: false },
    ]);
    expect(delivery.payload).toBe(receiver.received[0]?.body.toString());
  });

  test("replayWebhookDelivery sends one again: the same id and body, a schedule of its own", async () => {
    const id = await fail();
    await giveUp(id);
    await app.store.write((tx) =>
      tx.updateTable("deliveries").set({ failure_count: 12, waited_ms: 345_600_000 }).where("id", "=", id).execute(),
    );
    const { body } = await app.request("POST", `${path}/deliveries/${id}/replay`);
    expect(body.data).toMatchObject({ id, status: "pending", success: false, delivered_at: null });
    await eventually(async () => (await get(id)).attempt_number === 2, "the replay");
    const waitMs = Date.parse((await get(id)).next_attempt_at) - clock.now();
    expect(waitMs).toBeGreaterThanOrEqual(4_000);
    expect(waitMs).toBeLessThanOrEqual(6_000);
    status = 200;
    clock.advance(waitMs);
    await received(id);

    await app.request("POST", `${path}/deliveries/${id}/replay`);
    await eventually(async () => (await get(id)).attempt_number === 4, "the replay of what was received");
    const requests = receiver.received.filter(({ headers }) => headers["webhook-id"] === id);
    expect(requests).toHaveLength(4);
    expect(new Set(requests.map(({ body: bytes }) => bytes.toString())).size).toBe(1);
    expect((await app.request("GET", path)).body.data).toMatchObject({ success_count: 2, failure_count: 2 });
  });

  test("while the webhook is not active a replay has one attempt", async () => {
    const id = await fail();
    await app.request("PUT", path, { body: { is_active: false } });
    await app.request("POST", `${path}/deliveries/${id}/replay`);
    await eventually(async () => (await get(id)).status !== "pending", "the only attempt");
    expect(await get(id)).toMatchObject({ attempt_number: 2, next_attempt_at: null });
  });

  test("recoverWebhookDeliveries sends again what failed or was skipped since a time, and nothing else", async () => {
    const before = await fail();
    clock.advance(1_000);
    const since = new Date(clock.now()).toISOString();
    await app.request("POST", "/messages/send", { body: { phone_number: "+94771234567", message: "Hi" } });
    const test = await fail();
    await eventually(async () => (await log("?status=pending"))[1]?.attempt_number === 1, "the attempt at the message");
    const failed = ids(await log("?event_type=message.sent"))[0] ?? "";
    await giveUp(before, test, failed);
    await app.request("PUT", path, { body: { is_active: false } });
    await app.request("POST", "/messages/send", { body: { phone_number: "+94771234567", message: "Hi" } });
    await eventually(async () => (await log("?status=skipped")).length >= 1, "what was skipped");
    const recover = () => app.request("POST", `${path}/recover`, { body: { since } });
    const refused = await recover();
    expect(refused.status).toBe(400);
    expect(refused.body.message).toContain("is_active");
    const reversed = { since, until: "2025-10-11T00:00:00Z" };
    expect((await app.request("POST", `${path}/recover`, { body: reversed })).body.details[0].path).toBe("since");

    await app.request("PUT", path, { body: { is_active: true } });
    status = 200;
    const skipped = ids(await log("?status=skipped"));
    expect((await recover()).body.data).toEqual({ count: skipped.length + 1 });
    for (const id of [failed, ...skipped]) await received(id);
    for (const id of [before, test]) expect(await get(id)).toMatchObject({ status: "failed", attempt_number: 1 });
    expect(receiver.received.map((request) => eventOf(request).event)).toContain("message.sent");
    expect((await recover()).body.data).toEqual({ count: 0 });
  });

  test("listWebhookDeliveries takes filters, each with pages that lose nothing", async () => {
    const first = await fail();
    clock.advance(1_000);
    const second = await fail();
    await giveUp(second);
    clock.advance(1_000);
    status = 200;
    const third = (await app.request("POST", `${path}/test`)).body.data.delivery_id;
    await received(third);
    const at = (offsetMs: number) => encodeURIComponent(new Date(clock.now() + offsetMs).toISOString());
    expect(ids(await log("?status=failed"))).toEqual([second]);
    expect(ids(await log("?status=succeeded"))).toEqual([third]);
    expect(ids(await log("?event_type=webhook.test"))).toEqual([third, second, first]);
    expect(ids(await log("?event_type=message.sent"))).toEqual([]);
    expect(ids(await log(`?event_type=webhook.test&since=${at(-1_000)}`))).toEqual([third, second]);
    expect(ids(await log(`?event_type=webhook.test&until=${at(-1_000)}`))).toEqual([first]);
    expect(ids(await log(`?since=${at(-1_000)}&until=${at(0)}&event_type=webhook.test&status=failed`))).toEqual([
      second,
    ]);

    const walked: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query: string = `?event_type=webhook.test&limit=1${cursor && `&cursor=${cursor}`}`;
      const { body } = await app.request("GET", `${path}/deliveries${query}`);
      walked.push(...ids(body.data));
      cursor = body.pagination.next_cursor;
    }
    expect(walked).toEqual([third, second, first]);
  });

  test.each(["status=lost", "event_type=message.lost", "since=yesterday", "until=2025-13-01T00:00:00Z"])(
    "the filter %s is refused by its name",
    async (filter) => {
      const { status: refused, body } = await app.request("GET", `${path}/deliveries?${filter}`);
      expect(refused).toBe(400);
      expect(body.details[0].path).toBe(filter.split("=")[0]);
    },
  );
});

test("a delivery of another webhook, or of another space, does not exist", async () => {
  const make = async (key?: string) => {
    const body = { url: "https://example.com/", events: ["webhook.test"], is_active: false };
    const { data } = (await app.request("POST", "/webhooks", { body, ...(key && { key }) })).body;
    const tested = await app.request("POST", `/webhooks/${data.id}/test`, key ? { key } : {});
    return { webhook: data.id, delivery: tested.body.data.delivery_id };
  };
  const otherKey = await app.createKey({ account: "other" });
  const [own, second, foreign] = [await make(), await make(), await make(otherKey)];
  for (const [webhook, delivery] of [
    [own.webhook, second.delivery],
    [own.webhook, foreign.delivery],
    [foreign.webhook, foreign.delivery],
    [own.webhook, "delivery_none"],
  ]) {
    const path = `/webhooks/${webhook}/deliveries/${delivery}`;
    expect((await app.request("GET", path)).status).toBe(404);
    expect((await app.request("POST", `${path}/replay`)).status).toBe(404);
  }
  const since = "2025-10-11T00:00:00Z";
  expect((await app.request("POST", `/webhooks/${foreign.webhook}/recover`, { body: { since } })).status).toBe(404);
});

test("a log of thousands is recovered in parts", async () => {
  const failing = await startReceiver(statuses(500));
  const { data } = (await app.request("POST", "/webhooks", { body: { url: failing.url, events: ["webhook.test"] } }))
    .body;
  const { delivery_id } = (await app.request("POST", `/webhooks/${data.id}/test`)).body.data;
  await eventually(
    async () => (await app.request("GET", `/webhooks/${data.id}/deliveries/${delivery_id}`)).body.data.attempt_number,
    "the attempt",
  );
  await app.store.write(async (tx) => {
    const { seq: _, ...row } = await tx
      .selectFrom("deliveries")
      .selectAll()
      .where("id", "=", delivery_id)
      .executeTakeFirstOrThrow();
    const { seq: __, ...event } = await tx
      .selectFrom("events")
      .selectAll()
      .where("seq", "=", row.event_seq)
      .executeTakeFirstOrThrow();
    for (let count = 0; count < 2_500; count += 1) {
      const { seq } = await tx
        .insertInto("events")
        .values({ ...event, id: `evt_${count}`, name: "message.sent" })
        .returning("seq")
        .executeTakeFirstOrThrow();
      const copy = { ...row, id: `delivery_${count}`, event_seq: seq, status: "failed" as const, due_at: null };
      await tx.insertInto("deliveries").values(copy).execute();
    }
  });
  const { body } = await app.request("POST", `/webhooks/${data.id}/recover`, {
    body: { since: "2025-10-11T00:00:00Z" },
  });
  expect(body.data).toEqual({ count: 2_500 });
  await app.request("PUT", `/webhooks/${data.id}`, { body: { is_active: false } });
});

test("what is rare in a long log is looked for in parts, and found", async () => {
  const body = { url: "https://example.com/", events: ["message.sent"], is_active: false };
  const { data } = (await app.request("POST", "/webhooks", { body })).body;
  const path = `/webhooks/${data.id}`;
  const { delivery_id } = (await app.request("POST", `${path}/test`)).body.data;
  clock.advance(1_000);
  await app.store.write(async (tx) => {
    const now = clock.now();
    const [spaceId] = await tx.selectFrom("webhooks").select("space_id as id").where("id", "=", data.id).execute();
    const numbers = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 10050)`;
    const newest = sql<number>`(select max(seq) from events)`;
    await sql`${numbers} insert into events (id, space_id, name, body, created_at)
      select 'evt_many_' || i, ${spaceId?.id}, 'message.sent', x'7b7d', ${now} from n`.execute(tx);
    await sql`${numbers} insert into deliveries (id, space_id, webhook_id, event_seq, status, created_at)
      select 'delivery_many_' || i, ${spaceId?.id}, ${data.id}, ${newest} - i + 1, 'succeeded', ${now} from n`.execute(
      tx,
    );
  });
  const first = (await app.request("GET", `${path}/deliveries?event_type=webhook.test`)).body;
  expect(first.data).toEqual([]);
  const query = `event_type=webhook.test&cursor=${first.pagination.next_cursor}`;
  const second = (await app.request("GET", `${path}/deliveries?${query}`)).body;
  expect(second.data.map(({ id }: { id: string }) => id)).toEqual([delivery_id]);
  expect(second.pagination.next_cursor).toBeNull();
});

test("paused and resumed at once, a webhook leaves out all that waited, and nothing in its middle", async () => {
  const hanging = await startReceiver(() => {});
  const body = { url: hanging.url, events: ["message.sent"], ordered: true };
  const { data } = (await app.request("POST", "/webhooks", { body })).body;
  await app.store.write(async (tx) => {
    const [row] = await tx.selectFrom("webhooks").select("space_id as id").where("id", "=", data.id).execute();
    const numbers = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 2500)`;
    const newest = sql<number>`(select max(seq) from events)`;
    await sql`${numbers} insert into events (id, space_id, name, body, created_at)
      select 'evt_waiting_' || i, ${row?.id}, 'message.sent', x'7b7d', ${clock.now()} from n`.execute(tx);
    await sql`${numbers} insert into deliveries (id, space_id, webhook_id, event_seq, status, due_at, created_at)
      select 'delivery_waiting_' || i, ${row?.id}, ${data.id}, ${newest} - i + 1, 'pending', ${clock.now()}, ${clock.now()} from n`.execute(
      tx,
    );
  });
  await hanging.requests(1);
  await app.request("PUT", `/webhooks/${data.id}`, { body: { is_active: false } });
  await app.request("PUT", `/webhooks/${data.id}`, { body: { is_active: true } });
  const rows = await app.store.read
    .selectFrom("deliveries")
    .select(["status", "lease"])
    .where("webhook_id", "=", data.id)
    .execute();
  expect(rows.filter(({ status, lease }) => status === "pending" && lease === null)).toEqual([]);
  expect(rows.filter(({ status }) => status === "skipped")).toHaveLength(2_499);
});
