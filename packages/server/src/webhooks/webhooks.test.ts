import { expect, test } from "vitest";
import { createAccount, getSpace } from "../accounts/accounts.js";
import type { Space } from "../accounts/space.js";
import type { DeviceLimit } from "../devices/devices.js";
import { ApiError } from "../errors.js";
import { encodeCursor } from "../paging.js";
import { listDeliveries } from "./deliveries.js";
import { createTestSpace, LOOPBACK_ALLOWED, type TestSpace } from "./dispatcher-fixture.js";
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  type NewWebhook,
  queueTest,
  secretPlace,
  updateWebhook,
  type WebhookChange,
} from "./webhooks.js";

const URL_A = "https://example.com/a";
const INPUT: NewWebhook = {
  url: URL_A,
  events: ["message.received"],
  description: "For the CRM",
  ordered: false,
  isActive: true,
};

function operations(here: TestSpace, limit: DeviceLimit = null, space: Space = here.space) {
  const { store, clock, secretBox } = here;
  const deps = { secretBox, allow: LOOPBACK_ALLOWED };
  return {
    create: (input: Partial<NewWebhook> = {}) =>
      store.write((tx) => createWebhook(tx, deps, space, limit, { ...INPUT, ...input }, clock.now())),
    list: async () => (await listWebhooks(store.read, space, limit)).map(({ id }) => id),
    get: (id: string) => getWebhook(store.read, space, limit, id),
    update: (id: string, change: WebhookChange) =>
      store.write((tx) => updateWebhook(tx, deps, space, limit, id, change, clock.now())),
    remove: (id: string) => store.write((tx) => deleteWebhook(tx, space, limit, id)),
    test: (id: string) => store.write((tx) => queueTest(tx, space, limit, id, { verify: false }, clock.now())),
    deliveries: async (id: string, page: { cursor?: string; limit: number } = { limit: 50 }) =>
      listDeliveries(store.read, await getWebhook(store.read, space, limit, id), {}, page),
  };
}

test("a created webhook is active, and its secret is sealed", async () => {
  const here = await createTestSpace();
  const { row, secret } = await operations(here).create();
  expect(row).toMatchObject({
    url: URL_A,
    events: '["message.received"]',
    description: "For the CRM",
    device_ids: null,
    is_active: 1,
  });
  expect(row).toMatchObject({ disabled_reason: null, success_count: 0, failure_count: 0, last_triggered_at: null });
  expect(row.secret.includes(secret)).toBe(false);
  expect(here.secretBox.open(secretPlace(row.id), row.secret)).toBe(secret);
});

test("a webhook may be created paused, and may not be created for a private address", async () => {
  const here = await createTestSpace();
  const { create, list } = operations(here);
  const { row } = await create({ isActive: false });
  expect(row).toMatchObject({ is_active: 0, disabled_reason: "requested" });
  await expect(create({ url: "http://10.0.0.1/" })).rejects.toThrow(ApiError);
  expect(await list()).toEqual([row.id]);
});

test("a space holds a hundred webhooks", async () => {
  const here = await createTestSpace();
  const { create, list, remove } = operations(here);
  const created = await Promise.all(Array.from({ length: 100 }, () => create()));
  await expect(create()).rejects.toMatchObject({ code: "limit_reached" });
  expect(await list()).toEqual(created.map(({ row }) => row.id));
  await remove(created[0]?.row.id ?? "");
  await create();
});

test("an update changes what is given, and what is put back unchanged changes nothing", async () => {
  const here = await createTestSpace();
  const { create, update } = operations(here);
  const { row } = await create();
  here.clock.advance(1_000);
  const changed = await update(row.id, { events: ["message.sent", "message.failed"], description: null });
  expect(changed).toMatchObject({
    url: URL_A,
    events: '["message.sent","message.failed"]',
    description: null,
    is_active: 1,
  });
  expect(changed.updated_at).toBe(row.created_at + 1_000);
  await expect(update(row.id, { url: "http://169.254.169.254/" })).rejects.toThrow("url:");

  await here.store.write((tx) => tx.updateTable("webhooks").set({ failing_count: 7, failing_since: 1 }).execute());
  expect(await update(row.id, { url: URL_A, isActive: true })).toMatchObject({ failing_count: 7, failing_since: 1 });
  expect(await update(row.id, { url: "https://example.com/b" })).toMatchObject({
    failing_count: 0,
    failing_since: null,
  });
});

test("a webhook that was disabled keeps its reason until it is switched on", async () => {
  const here = await createTestSpace();
  const { create, update } = operations(here);
  const { row } = await create();
  await here.store.write((tx) => tx.updateTable("webhooks").set({ is_active: 0, disabled_reason: "gone" }).execute());
  expect(await update(row.id, { isActive: false })).toMatchObject({ is_active: 0, disabled_reason: "gone" });
  expect(await update(row.id, { isActive: true })).toMatchObject({ is_active: 1, disabled_reason: null });
  expect(await update(row.id, { isActive: false })).toMatchObject({ is_active: 0, disabled_reason: "requested" });
});

test("a key that is limited to devices sees the webhooks of these alone", async () => {
  const here = await createTestSpace();
  const all = operations(here);
  const one = operations(here, ["device_1"]);
  const both = operations(here, ["device_1", "device_2"]);
  const ofAll = (await all.create()).row;
  const ofOne = (await one.create()).row;
  const ofBoth = (await both.create()).row;
  expect(ofOne.device_ids).toBe('["device_1"]');
  expect(await all.list()).toEqual([ofAll.id, ofOne.id, ofBoth.id]);
  expect(await both.list()).toEqual([ofOne.id, ofBoth.id]);
  expect(await one.list()).toEqual([ofOne.id]);
  for (const { id } of [ofAll, ofBoth]) {
    const refused = { code: "not_found", message: `No webhook has the id ${id}` };
    await expect(one.get(id)).rejects.toMatchObject(refused);
    await expect(one.update(id, { description: "mine" })).rejects.toMatchObject(refused);
    await expect(one.remove(id)).rejects.toMatchObject(refused);
    await expect(one.test(id)).rejects.toMatchObject(refused);
    await expect(one.deliveries(id)).rejects.toMatchObject(refused);
  }
});

test("another space's webhook does not exist", async () => {
  const here = await createTestSpace();
  const { id } = (await operations(here).create()).row;
  const otherSpace = await here.store.write(async (tx) => {
    const account = await createAccount(tx, { name: "other", plan: "trial" }, here.clock.now());
    return getSpace(tx, account.id, "test");
  });
  const other = operations(here, null, otherSpace);
  expect(await other.list()).toEqual([]);
  for (const attempt of [other.get, other.remove, other.test, other.deliveries]) {
    await expect(attempt(id)).rejects.toMatchObject({ code: "not_found" });
  }
});

test("the delivery log is walked by cursor, the newest first", async () => {
  const here = await createTestSpace();
  const { create, test, deliveries } = operations(here);
  const { row } = await create();
  for (let count = 0; count < 5; count += 1) await test(row.id);
  const seqs: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await deliveries(row.id, { limit: 2, ...(cursor !== undefined && { cursor }) });
    seqs.push(...page.rows.map(({ seq }) => seq));
    // What is new meanwhile does not shift the pages.
    await test(row.id);
    cursor = page.next ? encodeCursor(page.next) : undefined;
  } while (cursor !== undefined);
  expect(seqs).toEqual([5, 4, 3, 2, 1]);
  await expect(deliveries(row.id, { limit: 2, cursor: "nonsense" })).rejects.toMatchObject({ code: "invalid_request" });
});

test("a test is queued for its webhook alone, whatever that is told of", async () => {
  const here = await createTestSpace();
  const { create, test, deliveries } = operations(here);
  const { row } = await create({ isActive: false });
  const other = (await create({ events: ["webhook.test"] })).row;
  await test(row.id);
  const { rows } = await deliveries(row.id);
  expect(rows).toMatchObject([{ event_name: "webhook.test", status: "pending", attempt_number: 0, attempts: [] }]);
  expect(rows[0]?.event_id).toMatch(/^evt_/);
  expect((await deliveries(other.id)).rows).toEqual([]);
});
