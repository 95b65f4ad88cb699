import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CompiledQuery, Kysely, SqliteDialect, sql } from "kysely";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createAccount, getSpace } from "../accounts/accounts.js";
import type { Space } from "../accounts/space.js";
import { findOrCreateContact } from "../contacts/contacts.js";
import { listConversations, MOST_SEARCHED } from "../contacts/conversations.js";
import { insertMessage } from "../messages/messages.js";
import { recordOutcome } from "../messages/outcomes.js";
import { encodeCursor } from "../paging.js";
import type { Database } from "../storage/schema.js";
import { openWriter } from "../storage/sqlite.js";
import { openStore, type Store } from "../storage/store.js";
import { countMessages, lookAtDevices, lookAtWebhooks, mindQuota } from "./overview.js";

const NOW = Date.UTC(2025, 9, 11, 10, 40);
const HOUR_MS = 3_600_000;
let store: Store;
let file: string;
let space: Space;
let other: Space;
let device: { id: string };

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), "whatsflow-"));
  file = join(folder, "whatsflow.db");
  const opened = await openStore(file);
  onTestFinished(async () => {
    await opened.close();
    rmSync(folder, { recursive: true });
  });
  store = opened;
  [space, other] = await store.write(async (tx) => {
    const { id } = await createAccount(tx, { name: "one", plan: "enterprise" }, 0);
    return [await getSpace(tx, id, "test"), await getSpace(tx, id, "live")];
  });
  const found = await store.read.selectFrom("devices").select("id").where("space_id", "=", space.id).executeTakeFirst();
  device = { id: found?.id ?? "" };
});

interface Given {
  phoneNumber?: string;
  name?: string;
  direction?: "inbound" | "outbound";
  text?: string;
}
const message = (at: number, given: Given = {}) =>
  store.write(async (tx) => {
    const { phoneNumber = "+94771234567", name = null, direction = "outbound", text = "Hi" } = given;
    const contact = await findOrCreateContact(tx, space.id, { phoneNumber, lid: null }, at);
    if (name) await tx.updateTable("contacts").set({ name }).where("id", "=", contact.id).execute();
    const stored = { message_type: "text", content: text, expires_at: null, whatsapp_id: null } as const;
    const isInbound = direction === "inbound";
    const state = { status: isInbound ? "delivered" : "pending", origin: isInbound ? null : "api" } as const;
    return insertMessage(tx, device, contact, { ...stored, ...state, direction, created_at: at });
  });
const fail = (id: string) =>
  store.write((tx) => recordOutcome(tx, space.id, id, { status: "failed", code: "expired", message: "Too late" }, NOW));

describe("messages of today and of the last 24 hours", () => {
  it("are counted as they are stored and as they fail, each once", async () => {
    const midnight = Date.UTC(2025, 9, 11);
    await message(midnight - 1, { direction: "inbound" });
    await message(midnight, { direction: "inbound" });
    const doomed = await message(NOW - HOUR_MS);
    await message(NOW);
    expect([await fail(doomed), await fail(doomed)]).toEqual([true, false]);
    await message(NOW - 24 * HOUR_MS);
    const counts = await countMessages(store.read, space, { since: midnight, now: NOW });
    expect(counts.today).toEqual({ inbound: 1, outbound: 2, failed: 1 });
    expect(counts.hours).toHaveLength(24);
    const busy = counts.hours.filter(({ inbound, outbound }) => inbound + outbound > 0);
    expect(
      busy.map(({ startsAt, ...counted }) => [new Date(startsAt).toISOString(), ...Object.values(counted)]),
    ).toEqual([
      ["2025-10-10T23:00:00.000Z", 1, 0, 0],
      ["2025-10-11T00:00:00.000Z", 1, 0, 0],
      ["2025-10-11T09:00:00.000Z", 0, 1, 1],
      ["2025-10-11T10:00:00.000Z", 0, 1, 0],
    ]);
    expect((await countMessages(store.read, other, { since: midnight, now: NOW })).today.outbound).toBe(0);
  });

  it("begin where a day begins that is no whole number of hours away from UTC", async () => {
    // Colombo: UTC+5:30.
    const midnight = Date.UTC(2025, 9, 10, 18, 30);
    await message(midnight - 1);
    await message(midnight);
    await message(Date.UTC(2025, 9, 11, 10, 29));
    await message(NOW);
    const { since, today, hours } = await countMessages(store.read, space, { since: midnight, now: NOW });
    expect([since, today.outbound]).toEqual([midnight, 3]);
    expect(new Date(hours.at(-1)?.startsAt ?? 0).toISOString()).toBe("2025-10-11T10:30:00.000Z");
    expect(hours.slice(-2).map(({ outbound }) => outbound)).toEqual([1, 1]);
    expect(hours.reduce((sum, { outbound }) => sum + outbound, 0)).toBe(4);
  });
});

describe("what needs attention", () => {
  it.each([
    ["connected", null, undefined],
    ["connected", "restricted", "device_restricted"],
    ["disconnected", "restricted", "device_restricted"],
    ["disconnected", "logged_out", "device_disconnected"],
    ["disconnected", "replaced", "device_disconnected"],
    ["disconnected", "outdated_version", "device_disconnected"],
    ["disconnected", "connection_lost", "device_unstable"],
    ["disconnected", "stopped", undefined],
    ["qr_pending", null, "device_not_paired"],
  ] as const)("of a device that is %s (%s) is %s", async (status, reason, kind) => {
    await store.write((tx) => tx.updateTable("devices").set({ status, reason }).execute());
    const { attention, ...counts } = await lookAtDevices(store.read, space);
    expect(attention.map((one) => one.kind)).toEqual(kind ? [kind] : []);
    expect(counts).toEqual({ connected: 0, qr_pending: 0, disconnected: 0, [status]: 1 });
  });

  it("of webhooks is that they fail, or were disabled, but not what was asked for", async () => {
    const states = [
      { is_active: 1, disabled_reason: null, failing_count: 0 },
      { is_active: 1, disabled_reason: null, failing_count: 1 },
      { is_active: 1, disabled_reason: null, failing_count: 2 },
      { is_active: 0, disabled_reason: "gone", failing_count: 0 },
      { is_active: 0, disabled_reason: "requested", failing_count: 0 },
      { is_active: 0, disabled_reason: "requested", failing_count: 3 },
    ] as const;
    await store.write(async (tx) => {
      for (const [index, state] of states.entries())
        await tx
          .insertInto("webhooks")
          .values({
            ...{ id: `webhook_${index}`, space_id: space.id, url: `https://example.com/${index}`, events: "[]" },
            ...{ description: null, device_ids: null, secret: Buffer.alloc(1), failing_since: NOW, ...state },
            ...{ last_triggered_at: null, created_at: NOW, updated_at: NOW },
          })
          .execute();
    });
    const { attention, ...counts } = await lookAtWebhooks(store.read, space);
    expect(counts).toEqual({ active: 3, failing: 2, disabled: 1, paused: 2, pending: 0, oldestPendingAt: null });
    expect(attention.map(({ kind, subject, reason }) => [kind, subject, reason])).toEqual([
      ["webhook_failing", "https://example.com/2", null],
      ["webhook_disabled", "https://example.com/3", "gone"],
    ]);
  });

  it("of a quota is that nine tenths are used", () => {
    const account = { id: "acct_1", name: "one" };
    expect(mindQuota(account, { limit: null, used: 1_000 })).toEqual([]);
    expect(mindQuota(account, { limit: 100, used: 89 })).toEqual([]);
    expect(mindQuota(account, { limit: 100, used: 90 })).toMatchObject([{ kind: "quota_low", subject: "one" }]);
  });
});

describe("conversations", () => {
  const namesOf = async (search: string | undefined, cursor?: string) => {
    const page = await listConversations(store.read, space, search, { limit: 2, cursor });
    return { ...page, names: page.rows.map(({ contact }) => contact.name ?? contact.phone_number) };
  };

  it("come with their last message, the newest first, page by page", async () => {
    await message(NOW, { phoneNumber: "+94771111111", text: "one" });
    await message(NOW + 1, { phoneNumber: "+94772222222", text: "two" });
    await message(NOW + 2, { phoneNumber: "+94773333333", text: "three" });
    await message(NOW + 3, { phoneNumber: "+94771111111", direction: "inbound", text: "one again" });
    const first = await namesOf(undefined);
    expect(first.rows.map(({ lastMessage }) => lastMessage.content)).toEqual(["one again", "three"]);
    const second = await namesOf(undefined, encodeCursor(first.next ?? []));
    expect(second.rows.map(({ lastMessage }) => lastMessage.content)).toEqual(["two"]);
    expect(second.next).toBeNull();
    expect((await listConversations(store.read, other, undefined, { limit: 2 })).rows).toEqual([]);
  });

  it.each([
    ["doe", ["John Doe"]],
    ["JOHN D", ["John Doe"]],
    ["émile", ["Émile Zola"]],
    ["E\u0301MILE", ["Émile Zola"]],
    ["шевченко", ["Тарас ШЕВЧЕНКО"]],
    ["077 111", ["John Doe"]],
    ["+94 (77) 111-1111", ["John Doe"]],
    ["%", []],
    ["_", []],
    ["'; drop table contacts; --", []],
    ["+", []],
  ])("are found by %s", async (search, names) => {
    await message(NOW, { phoneNumber: "+94771111111", name: "John Doe" });
    await message(NOW, { phoneNumber: "+33142222222", name: "Émile Zola" });
    await message(NOW, { phoneNumber: "+380443333333", name: "Тарас ШЕВЧЕНКО" });
    expect((await namesOf(search)).names).toEqual(names);
  });

  it("are found page by page, and a search that looks at very many goes on with the next page", async () => {
    const many = MOST_SEARCHED + 700;
    await message(NOW, { phoneNumber: "+94771111111", name: "Needle" });
    await store.write(async (tx) => {
      await sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${many})
        insert into contacts (id, space_id, phone_number, name, is_business, total_messages, last_message_at, created_at)
        select 'contact_' || i, ${space.id}, '+9477' || (2000000 + i), 'Hay', 0, 1, ${NOW} + i, 0 from n`.execute(tx);
    });
    const first = await namesOf("needle");
    expect([first.names, first.next === null]).toEqual([[], false]);
    const second = await namesOf("needle", encodeCursor(first.next ?? []));
    expect([second.names, second.next]).toEqual([["Needle"], null]);
  });
});

it("whatever there is, each is read by an index, and nothing is sorted", async () => {
  await message(NOW, { name: "Anna" });
  const connection = openWriter(file);
  const queries: CompiledQuery[] = [];
  const db = new Kysely<Database>({
    dialect: new SqliteDialect({ database: connection }),
    log: ({ query }) => void queries.push(query),
  });
  await listConversations(db, space, undefined, { limit: 10 });
  await listConversations(db, space, "a", { limit: 10, cursor: encodeCursor([NOW + 1, 1]) });
  await countMessages(db, space, { since: NOW, now: NOW });
  await lookAtWebhooks(db, space);
  const steps = queries.flatMap(({ sql: text, parameters }) =>
    connection.prepare<unknown[], { detail: string }>(`explain query plan ${text}`).all(...parameters),
  );
  await db.destroy();
  const details = steps.map(({ detail }) => detail);
  expect(details.filter((detail) => /\b(SCAN (?!messages$|CONSTANT|\(subquery)|TEMP B-TREE)/.test(detail))).toEqual([]);
  for (const index of ["contacts_by_last_message", "messages_of_contact", "deliveries_pending"])
    expect(
      details.some((detail) => detail.includes(index)),
      index,
    ).toBe(true);
  expect(details).toContain("SEARCH message_counts USING PRIMARY KEY (space_id=? AND quarter>? AND quarter<?)");
});
